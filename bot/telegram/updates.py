"""A raw update → an Event, or nothing where the bot has nothing to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from telegram import Bot, CallbackQuery, Chat, Message, Update

from bot.conversation.events import Asked, Commanded, Event, Kind, Received, Tapped

# What getUpdates asks for; other kinds of updates are never sent to us.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

_KINDS: Mapping[str, Kind] = {
    "photo": "photo", "voice": "voice", "audio": "voice", "video_note": "voice",
    "sticker": "sticker", "animation": "sticker", "document": "file", "video": "file",
    "location": "location", "venue": "location", "contact": "contact",
    "dice": "sticker", "poll": "other", "story": "other",
}  # fmt: skip
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)


def chat_of(update: Mapping[str, Any]) -> int:
    """The chat that a raw update belongs to (the person where there is none, else 0)."""
    for body in update.values():
        if not isinstance(body, Mapping):
            continue
        message = body.get("message") if isinstance(body.get("message"), Mapping) else None
        for place in (body.get("chat"), (message or {}).get("chat"), body.get("from")):
            if isinstance(place, Mapping) and isinstance(place.get("id"), int):
                return int(place["id"])
    return 0


def language_of(update: Mapping[str, Any]) -> str | None:
    """The app language of whoever caused a raw update."""
    for body in update.values():
        person = body.get("from") if isinstance(body, Mapping) else None
        if isinstance(person, Mapping) and isinstance(person.get("language_code"), str):
            return str(person["language_code"])
    return None


def to_event(raw: Mapping[str, Any], bot: Bot) -> Event | None:
    """The event of a raw update. Raises what python-telegram-bot raises on one it cannot parse."""
    update = Update.de_json(dict(raw), bot)
    if update.callback_query:
        return _tapped(update.callback_query)
    message = update.message or update.edited_message
    if message is None or (message.from_user and message.from_user.is_bot):
        return None
    return _from_message(message, bot.username, edited=update.edited_message is not None)


def _from_message(message: Message, username: str, *, edited: bool) -> Event | None:
    group = message.chat.type != Chat.PRIVATE
    language = message.from_user.language_code if message.from_user else None
    base = (message.chat.id, message.message_id, language, group)
    text = message.text
    if text is None:
        return None if group else _received(message, base)
    command = _COMMAND.fullmatch(text)
    if command:
        if command["bot"] and command["bot"].lower() != username.lower():
            return None
        return Commanded(*base, name=command["name"].lower(), argument=command["rest"] or "")
    if group:
        words = _addressed(message, text, username)
        if words is None:
            return None
        text = words
    return Asked(*base, text=text, edited=edited)


def _addressed(message: Message, text: str, username: str) -> str | None:
    """In a group: the text without the bot's name where it is meant for the bot, else None."""
    name = re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
    if name.search(text):
        return name.sub(" ", text).strip()
    answered = message.reply_to_message
    author = answered.from_user if answered else None
    return text if author and author.username and author.username == username else None


def _received(message: Message, base: tuple[int, int, str | None, bool]) -> Event | None:
    if message.caption and message.caption.strip():
        return Asked(*base, text=message.caption)
    for attribute, kind in _KINDS.items():
        if getattr(message, attribute, None):
            return Received(*base, kind=kind)
    service = message.new_chat_members or message.pinned_message or message.left_chat_member
    return None if service else Received(*base, kind="other")


def _tapped(query: CallbackQuery) -> Event | None:
    message = query.message
    if message is None:
        return None
    answered = message.reply_to_message if isinstance(message, Message) else None
    question = (answered.text or answered.caption or "") if answered else ""
    return Tapped(
        message.chat.id,
        message.message_id,
        query.from_user.language_code,
        message.chat.type != Chat.PRIVATE,
        data=query.data or "",
        tap_id=query.id,
        question=question,
        question_id=answered.message_id if answered else None,
    )
