"""What the conversation wants → calls of the Bot API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation.events import Action, Delete, Edit, Rows, Say, Toast
from bot.store.outbox import Call
from bot.text.html import LIMIT, length, to_plain

_NO_PREVIEW = {"is_disabled": True}


def to_calls(chat_id: int, actions: Sequence[Action]) -> list[Call]:
    """The calls that carry out a turn, in order."""
    return [_call(chat_id, action) for action in actions]


def _call(chat_id: int, action: Action) -> Call:
    match action:
        case Say():
            args: dict[str, Any] = {"chat_id": chat_id, **_text(str(action.html))}
            if action.reply_to:
                args["reply_parameters"] = {
                    "message_id": action.reply_to,
                    "allow_sending_without_reply": True,
                }
            return Call("sendMessage", args | _keyboard(action.rows))
        case Edit():
            args = {"chat_id": chat_id, "message_id": action.message_id, **_text(str(action.html))}
            return Call("editMessageText", args | _keyboard(action.rows))
        case Delete():
            return Call("deleteMessage", {"chat_id": chat_id, "message_id": action.message_id})
        case Toast():
            return Call(
                "answerCallbackQuery", {"callback_query_id": action.tap_id, "text": action.text}
            )


def _text(html: str) -> dict[str, Any]:
    """Text and its markup; a text that is too long goes plain and cut, which never breaks a tag."""
    if length(html) <= LIMIT:
        return {"text": html, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
    return {"text": cut(to_plain(html)), "link_preview_options": _NO_PREVIEW}


def cut(text: str, limit: int = LIMIT) -> str:
    """The text within `limit` UTF-16 units, cut after a paragraph or word, with an ellipsis."""
    if len(text.encode("utf-16-le")) // 2 <= limit:
        return text
    units = text.encode("utf-16-le")[: (limit - 2) * 2]
    short = units.decode("utf-16-le", "ignore")
    paragraph = short.rfind("\n\n")
    end = paragraph if paragraph > limit // 2 else short.rfind(" ")
    return short[: end if end > 0 else len(short)].rstrip() + " …"


def plain_args(args: dict[str, Any]) -> dict[str, Any]:
    """The same call without markup, for when the server could not parse it."""
    rest = {key: value for key, value in args.items() if key != "parse_mode"}
    return rest | {"text": cut(to_plain(str(args.get("text", ""))))}


def _keyboard(rows: Rows) -> dict[str, Any]:
    if not rows:
        return {}
    keyboard = [[{"text": b.label, "callback_data": b.data} for b in row] for row in rows]
    return {"reply_markup": {"inline_keyboard": keyboard}}
