"""What people do in their chats: write, tap, edit, block. Each method answers in Bot API shape."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from bot.standin.chats import Chat, Entry, Json
from bot.standin.errors import WrongUse
from bot.standin.keyboards import find_button
from bot.standin.media import CAPTIONED, made_up
from bot.standin.society import Society
from bot.standin.state import Event
from bot.standin.text import Formatted, is_blank, is_utf8, polish, units

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024


class World(Society):
    """A small Telegram with one bot in it.

    Pure state: nothing here waits, reads or sends. `clock` gives the seconds since 1970, so a test
    can let two days pass. Impossible things raise WrongUse.
    """

    def __init__(
        self,
        token: str = "1:standin",
        clock: Callable[[], float] = time.time,
        username: str = "lotse_bot",
        name: str = "Lotse",
        *,
        flood: bool = False,
    ) -> None:
        super().__init__(token, clock, username, name, flood=flood)

    # --- what people do in chats

    def start(self, person_id: int, parameter: str | None = None) -> Json:
        """Press START, or open `t.me/bot?start=parameter`. Answers the message."""
        if parameter and not _START.fullmatch(parameter):
            raise WrongUse("a start parameter has 1 to 64 of A-Z a-z 0-9 _ -")
        return self.say(person_id, f"/start {parameter}" if parameter else "/start")

    def say(
        self, person_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None
    ) -> Json:
        """Somebody writes, in the private chat where no other is named. Answers the message."""
        chat = self._place(person_id, chat_id)
        content = _checked(text, _TEXT_LIMIT).fields()
        return self._write(chat, person_id, content, reply_to)

    def send(
        self,
        person_id: int,
        kind: str,
        chat_id: int | None = None,
        caption: str | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Somebody sends a photo, voice message, sticker, …, all made up. Answers the message."""
        chat = self._place(person_id, chat_id)
        content = made_up(kind, self.files, self.person(person_id).user()["first_name"])
        if caption:
            if kind not in CAPTIONED:
                raise WrongUse(f"a {kind} has no caption")
            content |= _checked(caption, _CAPTION_LIMIT).fields("caption_")
        return self._write(chat, person_id, content, reply_to)

    def edit(self, person_id: int, message_id: int, text: str, chat_id: int | None = None) -> Json:
        """Somebody edits their own text. Answers the message."""
        chat = self._place(person_id, chat_id)
        entry = self._own(chat, person_id, message_id)
        if "text" not in entry.message:
            raise WrongUse(f"message {message_id} is no text")
        plain = {k: v for k, v in entry.message.items() if k not in ("text", "entities")}
        fields = _checked(text, _TEXT_LIMIT).fields()
        self.rewrite(chat, entry, plain | {"edit_date": int(self.clock())} | fields)
        return chat.render(entry)

    def delete(self, person_id: int, message_id: int, chat_id: int | None = None) -> Json:
        """Somebody deletes their own message for both sides. Answers the message that went."""
        chat = self._place(person_id, chat_id)
        entry = self._own(chat, person_id, message_id)
        message = chat.render(entry)
        self.remove(chat, entry)
        return message

    def tap(
        self,
        person_id: int,
        message_id: int,
        data_or_label: str,
        chat_id: int | None = None,
        forged: bool = False,
    ) -> str:
        """Somebody taps a button; answers the callback query's id.

        Refuses what is not on that message's keyboard, unless `forged`: then the data goes as it is,
        as from an old screen or a made-up client.
        """
        chat = self._place(person_id, chat_id)
        entry = chat.entry(message_id)
        button = find_button(entry.message, data_or_label) if entry else None
        if not forged:
            if entry is None or button is None:
                raise WrongUse(f"message {message_id} has no button '{data_or_label}'")
            if "callback_data" not in button:
                raise WrongUse(
                    f"the button '{data_or_label}' opens something; the bot hears nothing"
                )
        return self._tapped(
            chat, person_id, message_id, (button or {}).get("callback_data", data_or_label)
        )

    def block(self, person_id: int) -> Json:
        """Somebody blocks the bot. Answers the bot's ChatMember."""
        chat = self._private(person_id)
        if not chat.blocked:
            chat.blocked = True
            self.set_status(chat, self.bot_id, person_id, "kicked")
        return self.member(self.bot_id, "kicked")

    def unblock(self, person_id: int) -> Json:
        """Somebody takes the bot back. Answers the bot's ChatMember."""
        chat = self._private(person_id)
        if chat.blocked:
            chat.blocked = False
            self.set_status(chat, self.bot_id, person_id, "member")
        return self.member(self.bot_id, "member")

    # --- looking

    def messages(self, chat_id: int) -> list[Json]:
        """What stands in a chat now."""
        return self.chat(chat_id).visible()

    def history(self, chat_id: int) -> list[Json]:
        """Everything that happened: {event: sent | edited | deleted, time, message}, in order."""
        return [dict(note) for note in self.chat(chat_id).journal]

    def query(self, query_id: str) -> Json:
        """A tap, with the bot's answer (`answer` is None until there is one)."""
        found = self.queries.get(query_id)
        if found is None:
            raise WrongUse(f"there is no callback query {query_id}")
        return {
            "id": found.id,
            "person_id": found.person_id,
            "chat_id": found.chat_id,
            "answer": found.answer,
        }

    # --- inside

    def _write(self, chat: Chat, person_id: int, content: Json, reply_to: int | None) -> Json:
        if reply_to is not None and chat.entry(reply_to) is None:
            raise WrongUse(f"there is no message {reply_to} to answer")
        chat.opened = True
        return chat.render(self.post(chat, person_id, content, reply_to))

    def _tapped(self, chat: Chat, person_id: int, message_id: int, data: str) -> str:
        entry = chat.entry(message_id)
        # Of a message that is gone the bot learns only that there was one: date 0.
        gone = {"message_id": message_id, "chat": self.brief(chat), "date": 0}
        query = self.new_query(person_id, chat.id)
        body = {
            "id": query.id,
            "from": self.user(person_id),
            "message": chat.render(entry) if entry else gone,
            "chat_instance": str(-7_000_000_000 - chat.id),
            "data": data,
        }
        self.push("callback_query", body)
        self.tell(Event("changed", chat.id))
        return query.id

    def _private(self, person_id: int) -> Chat:
        return self.chat(self.person(person_id).id)

    def _place(self, person_id: int, chat_id: int | None) -> Chat:
        """The chat that somebody acts in, where they may."""
        chat = self._private(person_id) if chat_id is None else self.chat(chat_id)
        self._member(chat, self.person(person_id).id)
        if chat.moved_to is not None:
            raise WrongUse(f"group {chat.id} became supergroup {chat.moved_to}")
        if chat.blocked:
            raise WrongUse(f"{person_id} has blocked the bot; unblock it first")
        return chat

    def _own(self, chat: Chat, person_id: int, message_id: int) -> Entry:
        entry = chat.entry(message_id)
        if entry is None or entry.sender_id != person_id:
            raise WrongUse(f"{person_id} has no message {message_id} in chat {chat.id}")
        return entry


def _checked(text: str, limit: int) -> Formatted:
    """A person's text as their app would send it."""
    if not isinstance(text, str) or not is_utf8(text):
        raise WrongUse("a text is a string without halves of surrogate pairs")
    formatted = polish(Formatted(text))
    if is_blank(formatted.text) or units(formatted.text) > limit:
        raise WrongUse(f"a text has 1 to {limit} UTF-16 units; apps cut longer ones into several")
    return formatted
