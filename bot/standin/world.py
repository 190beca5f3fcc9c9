"""What people do: write, tap, block, make groups. Each method answers in Bot API shape."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.standin.chats import Chat, Entry, Json, Kind, Person, Status
from bot.standin.errors import WrongUse
from bot.standin.keyboards import find_button
from bot.standin.media import CAPTIONED, made_up
from bot.standin.state import Event, Query, State
from bot.standin.text import Formatted, is_blank, is_utf8, polish, units

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024
_SUPERGROUP_BELOW = -1_000_000_000_000


class World(State):
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
        self.bot |= {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    # --- people and groups

    def add_person(
        self, name: str, language_code: str | None = None, person_id: int | None = None
    ) -> Json:
        """Somebody new, who has not written to the bot yet. Answers a User."""
        person_id = self.new_person_id() if person_id is None else person_id
        if person_id <= 0 or person_id == self.bot_id or person_id in self.people:
            raise WrongUse(f"{person_id} cannot be a person's id, or is taken")
        if not name.strip():
            raise WrongUse("a person needs a name")
        person = Person(person_id, name.strip(), language_code or None)
        self.people[person_id] = person
        members: dict[int, Status] = {person_id: "member", self.bot_id: "member"}
        self.chats[person_id] = Chat(person_id, "private", person.name, members)
        self.changed(self.chats[person_id])
        return person.user()

    def set_language(self, person_id: int, language_code: str | None) -> Json:
        """Switch the language of somebody's app. Answers the User."""
        person = replace(self.person(person_id), language_code=language_code or None)
        self.people[person_id] = person
        self.changed(self.chats[person_id])
        return person.user()

    def add_group(
        self,
        title: str,
        members: Iterable[int] = (),
        administrators: Iterable[int] = (),
        supergroup: bool = False,
        chat_id: int | None = None,
    ) -> Json:
        """A group that has been there for long, the bot in it. Answers a Chat; no update comes.

        The first administrator is its creator. The bot is an administrator if its id is among them.
        """
        supergroup = supergroup or (chat_id is not None and chat_id < _SUPERGROUP_BELOW)
        kind: Kind = "supergroup" if supergroup else "group"
        chat_id = self.new_group_id(kind) if chat_id is None else chat_id
        if chat_id >= 0 or chat_id in self.chats or not title.strip():
            raise WrongUse(f"a group needs a title and a free negative id, not {chat_id}")
        statuses: dict[int, Status] = {self.bot_id: "member"}
        statuses |= {self.person(person_id).id: "member" for person_id in members}
        for user_id in administrators:
            creator = "creator" not in statuses.values() and user_id != self.bot_id
            statuses[self._known(user_id)] = "creator" if creator else "administrator"
        self.chats[chat_id] = Chat(chat_id, kind, title.strip(), statuses, opened=True)
        self.changed(self.chats[chat_id])
        return self.brief(self.chats[chat_id])

    def join(self, chat_id: int, person_id: int) -> Json:
        """Somebody comes into a group. Answers the message that says so."""
        chat = self._group(chat_id)
        self.set_status(chat, self.person(person_id).id, person_id, "member")
        return chat.render(
            self.post(chat, person_id, {"new_chat_members": [self.user(person_id)]})
        )

    def leave(self, chat_id: int, person_id: int) -> Json:
        """Somebody leaves a group. Answers the message that says so."""
        chat = self._group(chat_id)
        self._member(chat, person_id)
        entry = self.post(chat, person_id, {"left_chat_member": self.user(person_id)})
        self.set_status(chat, person_id, person_id, "left")
        return chat.render(entry)

    def promote(self, chat_id: int, user_id: int, administrator: bool = True) -> Json:
        """Make somebody, or the bot, an administrator, or end that. Answers a ChatMember."""
        chat = self._group(chat_id)
        self._member(chat, user_id)
        status: Status = "administrator" if administrator else "member"
        self.set_status(chat, user_id, self._boss(chat), status)
        return self.member(user_id, status)

    def add_bot_to_group(
        self, chat_id: int, person_id: int | None = None, administrator: bool = False
    ) -> Json:
        """Somebody takes the bot into a group. Answers the message that says so."""
        chat = self._group(chat_id)
        by = self._boss(chat) if person_id is None else self._member(chat, person_id)
        self.set_status(chat, self.bot_id, by, "administrator" if administrator else "member")
        return chat.render(self.post(chat, by, {"new_chat_members": [dict(self.bot)]}))

    def remove_bot_from_group(self, chat_id: int, person_id: int | None = None) -> Json:
        """Somebody throws the bot out. Answers the bot's ChatMember."""
        chat = self._group(chat_id)
        by = self._boss(chat) if person_id is None else self._member(chat, person_id)
        self.set_status(chat, self.bot_id, by, "kicked")
        return self.member(self.bot_id, "kicked")

    def migrate(self, chat_id: int) -> Json:
        """A group becomes a supergroup with a new id; the old one refuses from now on."""
        old = self._group(chat_id)
        if old.kind == "supergroup":
            raise WrongUse("this is a supergroup already")
        new_id = self.new_group_id("supergroup")
        new = Chat(new_id, "supergroup", old.title, dict(old.members), opened=True)
        self.chats[new_id] = new
        boss = self._boss(old)
        self.post(old, boss, {"migrate_to_chat_id": new_id})
        old.moved_to = new_id
        self.post(new, boss, {"migrate_from_chat_id": chat_id})
        return self.brief(new)

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

    def edit(
        self, person_id: int, message_id: int, text: str, chat_id: int | None = None
    ) -> Json:
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
                raise WrongUse(f"the button '{data_or_label}' opens something; the bot hears nothing")
        return self._tapped(chat, person_id, message_id, (button or {}).get("callback_data", data_or_label))

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
        if chat.private and chat.blocked:
            raise WrongUse(f"{person_id} has blocked the bot; unblock it first")
        if reply_to is not None and chat.entry(reply_to) is None:
            raise WrongUse(f"there is no message {reply_to} to answer")
        chat.opened = True
        return chat.render(self.post(chat, person_id, content, reply_to))

    def _tapped(self, chat: Chat, person_id: int, message_id: int, data: str) -> str:
        entry = chat.entry(message_id)
        # Of a message that is gone the bot learns only that there was one: date 0.
        gone = {"message_id": message_id, "chat": self.brief(chat), "date": 0}
        query: Query = self.new_query(person_id, chat.id)
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

    def _known(self, user_id: int) -> int:
        return user_id if user_id == self.bot_id else self.person(user_id).id

    def _private(self, person_id: int) -> Chat:
        return self.chat(self.person(person_id).id)

    def _group(self, chat_id: int) -> Chat:
        chat = self.chat(chat_id)
        if chat.private or chat.moved_to is not None:
            raise WrongUse(f"{chat_id} is no group, or became a supergroup")
        return chat

    def _place(self, person_id: int, chat_id: int | None) -> Chat:
        """The chat that somebody acts in, where they may."""
        chat = self._private(person_id) if chat_id is None else self.chat(chat_id)
        self._member(chat, self.person(person_id).id)
        if chat.moved_to is not None:
            raise WrongUse(f"group {chat.id} became supergroup {chat.moved_to}")
        return chat

    def _member(self, chat: Chat, user_id: int) -> int:
        if not chat.has(user_id):
            raise WrongUse(f"{user_id} is not in chat {chat.id}")
        return user_id

    def _boss(self, chat: Chat) -> int:
        """Who runs a group: its first administrator, else its first member."""
        people = [user_id for user_id in chat.present() if user_id != self.bot_id]
        ruling = [user_id for user_id in people if chat.rules(user_id)]
        if not people:
            raise WrongUse(f"nobody is in chat {chat.id}")
        return (ruling or people)[0]

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
