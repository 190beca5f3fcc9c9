"""What is: the bot, people, chats, messages, files and the queue of updates. No input or output."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from bot.standin.chats import Chat, Entry, Json, Kind, Person, Status
from bot.standin.errors import WrongUse
from bot.standin.faults import Faults
from bot.standin.flood import Flood
from bot.standin.media import Files
from bot.standin.profile import Profile
from bot.standin.text import Entity, part
from bot.standin.updates import UpdateQueue

_FIRST_PERSON = 1001
_FIRST_GROUP = 5001
_SUPERGROUPS = -1_000_000_000_000
_SEEN_BY_BOT = ("new_chat_members", "left_chat_member", "migrate_to_chat_id")
_ADMINISTRATOR = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_change_info", "can_invite_users", "can_pin_messages", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
_NOT_ADMINISTRATOR = ("can_be_edited", "is_anonymous", "can_promote_members")


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened that a page or a waiting poll wants to know of."""

    kind: Literal["update", "changed", "typing", "answered"]
    chat_id: int = 0
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class Query:
    """A tap that waits for answerCallbackQuery."""

    id: str
    person_id: int
    chat_id: int
    time: float
    answer: Json | None = None


class State:
    """Everything the stand-in knows. Both sides, people and the bot, work on it."""

    def __init__(
        self, token: str, clock: Callable[[], float], username: str, name: str, *, flood: bool
    ) -> None:
        self.token = token
        self.clock = clock
        self.bot: Json = {
            "id": _bot_id(token),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.queue = UpdateQueue(clock)
        self.profile = Profile(name)
        self.files = Files()
        self.faults = Faults(clock)
        self.flood = Flood(clock) if flood else None
        self.calls: list[Json] = []
        self._listeners: list[Callable[[Event], None]] = []
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_000_000_000_000_000_001)

    # --- finding

    @property
    def bot_id(self) -> int:
        """The bot's own id."""
        return int(self.bot["id"])

    def person(self, person_id: int) -> Person:
        """A person. Raises WrongUse where there is none."""
        found = self.people.get(person_id)
        if found is None:
            raise WrongUse(f"there is no person {person_id}")
        return found

    def chat(self, chat_id: int) -> Chat:
        """A chat. Raises WrongUse where there is none."""
        found = self.chats.get(chat_id)
        if found is None:
            raise WrongUse(f"there is no chat {chat_id}")
        return found

    def user(self, user_id: int) -> Json:
        """A person or the bot as a User."""
        return dict(self.bot) if user_id == self.bot_id else self.person(user_id).user()

    def brief(self, chat: Chat) -> Json:
        """A chat as a Chat of the Bot API."""
        return chat.brief(self.people.get(chat.id))

    # --- listening

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with every event; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, event: Event) -> None:
        """Tell everybody who listens."""
        for listener in list(self._listeners):
            listener(event)

    # --- changing

    def new_person_id(self) -> int:
        """An id that nobody has."""
        return next(n for n in itertools.count(_FIRST_PERSON) if n not in self.people)

    def new_group_id(self, kind: Kind) -> int:
        """An id as Telegram gives them: -n for groups, -100n for supergroups."""
        base = _SUPERGROUPS if kind == "supergroup" else 0
        ids = (base - n for n in itertools.count(_FIRST_GROUP))
        return next(n for n in ids if n not in self.chats)

    def post(self, chat: Chat, user_id: int, content: Json, reply_to: int | None = None) -> Entry:
        """Put a message of a person or the bot into a chat; the bot hears of what it may see."""
        now = self.clock()
        message = {
            "message_id": self._new_message_id(chat),
            "from": self.user(user_id),
            "chat": self.brief(chat),
            "date": int(now),
            **content,
        }
        entry = Entry(message, reply_to, outgoing=user_id == self.bot_id)
        chat.entries[entry.id] = entry
        chat.note("sent", now, entry)
        if not entry.outgoing and self._bot_sees(chat, entry):
            self.push("message", chat.render(entry))
        self.changed(chat)
        return entry

    def rewrite(self, chat: Chat, entry: Entry, message: Json) -> None:
        """Replace a message by its edited form; the bot hears of a person's edit."""
        entry.message = message
        chat.note("edited", self.clock(), entry)
        if not entry.outgoing and self._bot_sees(chat, entry):
            self.push("edited_message", chat.render(entry))
        self.changed(chat)

    def remove(self, chat: Chat, entry: Entry) -> None:
        """Delete a message for everyone. No update tells of it, as at Telegram."""
        chat.note("deleted", self.clock(), entry)
        entry.deleted = True
        self.changed(chat)

    def set_status(self, chat: Chat, user_id: int, by: int, new: Status) -> None:
        """Change what somebody is in a chat, with the update that tells the bot."""
        old = chat.status(user_id)
        chat.members[user_id] = new
        kind = "my_chat_member" if user_id == self.bot_id else "chat_member"
        body = {
            "chat": self.brief(chat),
            "from": self.user(by),
            "date": int(self.clock()),
            "old_chat_member": self.member(user_id, old),
            "new_chat_member": self.member(user_id, new),
        }
        if kind == "my_chat_member" or chat.rules(self.bot_id):
            self.push(kind, body)
        self.changed(chat)

    def push(self, kind: str, body: Json) -> None:
        """Queue an update and wake who polls."""
        if self.queue.add(kind, body):
            self.tell(Event("update"))

    def changed(self, chat: Chat) -> None:
        """Tell pages to look again."""
        self.tell(Event("changed", chat.id))

    def new_query(self, person_id: int, chat_id: int) -> Query:
        """Write down a tap."""
        query = Query(str(next(self._query_ids)), person_id, chat_id, self.clock())
        self.queries[query.id] = query
        return query

    def member(self, user_id: int, status: Status) -> Json:
        """A ChatMember of the Bot API."""
        found: Json = {"user": self.user(user_id), "status": status}
        if status == "creator":
            return found | {"is_anonymous": False}
        if status == "administrator":
            rights = dict.fromkeys(_ADMINISTRATOR, True)
            return found | rights | dict.fromkeys(_NOT_ADMINISTRATOR, False)
        return found | ({"until_date": 0} if status == "kicked" else {})

    def _new_message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves; all other chats share the bot's one counter."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        return next(self._message_ids)

    def _bot_sees(self, chat: Chat, entry: Entry) -> bool:
        """Privacy mode: in groups only what is meant for the bot, unless it is administrator."""
        if chat.private:
            return not chat.blocked
        if not chat.has(self.bot_id):
            return False
        if chat.rules(self.bot_id) or any(key in entry.message for key in _SEEN_BY_BOT):
            return True
        answered = chat.entries.get(entry.reply_to or 0)
        if answered is not None and answered.outgoing:
            return True
        return any(self._addresses_bot(text, entity) for text, entity in _spans(entry.message))

    def _addresses_bot(self, text: str, entity: Entity) -> bool:
        name = f"@{self.bot['username']}".lower()
        words = part(text, entity).lower()
        if entity["type"] == "bot_command":
            return "@" not in words or words.endswith(name)
        return bool(entity["type"] == "mention" and words == name)


def _spans(message: Json) -> list[tuple[str, Entity]]:
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    return [(text, entity) for entity in entities]


def _bot_id(token: str) -> int:
    """A token begins with the bot's id."""
    head = token.partition(":")[0]
    return int(head) if head.isascii() and head.isdigit() else 1
