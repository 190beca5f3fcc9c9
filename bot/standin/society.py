"""Who there is: people, groups, and who is what in them. Each method answers in Bot API shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.standin.chats import Chat, Json, Kind, Person, Status
from bot.standin.errors import WrongUse
from bot.standin.state import State

_SUPERGROUP_BELOW = -1_000_000_000_000


class Society(State):
    """The people and the groups around the bot."""

    # --- people
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

    # --- groups

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

    # --- inside

    def _known(self, user_id: int) -> int:
        return user_id if user_id == self.bot_id else self.person(user_id).id

    def _group(self, chat_id: int) -> Chat:
        chat = self.chat(chat_id)
        if chat.private or chat.moved_to is not None:
            raise WrongUse(f"{chat_id} is no group, or became a supergroup")
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
