"""People, chats and the messages in them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]

PRESENT: frozenset[Status] = frozenset({"creator", "administrator", "member"})
RULING: frozenset[Status] = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Telegram app; `language_code` is the app's language, None where unknown."""

    id: int
    name: str
    language_code: str | None = None

    def user(self) -> Json:
        """As a User of the Bot API."""
        first, _, last = self.name.partition(" ")
        found: Json = {"id": self.id, "is_bot": False, "first_name": first}
        if last:
            found["last_name"] = last
        if self.language_code:
            found["language_code"] = self.language_code
        return found


@dataclass(slots=True)
class Entry:
    """One message. `message` is complete but for `reply_to_message`, which is looked up anew."""

    message: Json
    reply_to: int | None = None
    outgoing: bool = False
    deleted: bool = False
    reaction: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The message's number in its chat."""
        return int(self.message["message_id"])

    @property
    def sender_id(self) -> int:
        """Who wrote it."""
        return int(self.message["from"]["id"])


@dataclass(slots=True)
class Chat:
    """A chat with everything in it. A private chat has the person's id."""

    id: int
    kind: Kind
    title: str
    members: dict[int, Status]
    entries: dict[int, Entry] = field(default_factory=dict)
    journal: list[Json] = field(default_factory=list)
    opened: bool = False  # the person has written to the bot
    blocked: bool = False  # the person has blocked the bot
    moved_to: int | None = None  # the supergroup that this group became
    last_id: int = 0  # of supergroups only: they count their own messages

    @property
    def private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return self.kind == "private"

    def status(self, user_id: int) -> Status:
        """What somebody is here; `left` for strangers."""
        return self.members.get(user_id, "left")

    def has(self, user_id: int) -> bool:
        """Whether somebody is in the chat now."""
        return self.status(user_id) in PRESENT

    def rules(self, user_id: int) -> bool:
        """Whether somebody is an administrator here."""
        return self.status(user_id) in RULING

    def present(self) -> Iterator[int]:
        """The ids of everybody who is in the chat."""
        return (user_id for user_id in self.members if self.has(user_id))

    def brief(self, person: Person | None = None) -> Json:
        """As a Chat of the Bot API."""
        if person is not None and self.private:
            user = person.user()
            names: Json = {key: user[key] for key in ("first_name", "last_name") if key in user}
            return {"id": self.id, "type": self.kind, **names}
        return {"id": self.id, "type": self.kind, "title": self.title}

    def entry(self, message_id: int) -> Entry | None:
        """A message that is there now."""
        found = self.entries.get(message_id)
        return None if found is None or found.deleted else found

    def render(self, entry: Entry, *, nested: bool = True) -> Json:
        """The message as the bot gets it; a reply holds the message it answers, one level deep."""
        message = copy.deepcopy(entry.message)
        answered = self.entry(entry.reply_to) if nested and entry.reply_to else None
        if answered is not None:
            message["reply_to_message"] = self.render(answered, nested=False)
        return message

    def visible(self) -> list[Json]:
        """The messages that are there now, in order."""
        return [self.render(entry) for entry in self.entries.values() if not entry.deleted]

    def note(self, event: str, time: float, entry: Entry) -> None:
        """Write down what happened to a message."""
        self.journal.append({"event": event, "time": time, "message": self.render(entry)})
