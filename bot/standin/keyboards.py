"""Inline keyboards: what Telegram takes, and finding the button that somebody taps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.standin.chats import Json
from bot.standin.errors import bad_request
from bot.standin.links import checked_link

_MOST_BUTTONS = 100
_MOST_IN_ROW = 8
_DATA_BYTES = 64
_OTHER_KINDS = (
    "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
    "login_url", "web_app", "copy_text", "pay", "callback_game",
)  # fmt: skip
_PLAIN_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def checked_markup(markup: Any) -> Json | None:
    """The inline keyboard of a message, None where there is none. Raises ApiError.

    Reply keyboards are taken and not shown: they are no part of the message.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if any(markup.get(kind) for kind in _PLAIN_KINDS):
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    checked = [[_checked_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > _MOST_BUTTONS or any(len(row) > _MOST_IN_ROW for row in checked):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _checked_button(button: Any) -> Json:
    trouble = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{trouble}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{trouble}Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("url"):
        return {"text": text, "url": _checked_url(str(button["url"]))}
    if "callback_data" in button and not any(button.get(kind) for kind in _OTHER_KINDS):
        return {"text": text, "callback_data": _checked_data(button["callback_data"])}
    for kind in _OTHER_KINDS:
        if kind in button:
            return {"text": text, kind: button[kind]}
    raise bad_request(f"{trouble}Text buttons are unallowed in the inline keyboard")


def _checked_data(data: Any) -> str:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= _DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _checked_url(url: str) -> str:
    """Buttons open web addresses and tg: links, nothing else: no tel:, no mailto:."""
    address = checked_link(url)
    if address is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return address


def buttons(message: Json) -> Iterator[Json]:
    """Every button under a message, row by row."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from row


def find_button(message: Json, data_or_label: str) -> Json | None:
    """The button with that data, else the one with that label."""
    found = list(buttons(message))
    for key in ("callback_data", "text"):
        for button in found:
            if button.get(key) == data_or_label:
                return dict(button)
    return None
