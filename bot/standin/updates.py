"""The bot's queue of updates: pure state, with getUpdates' rules of confirming."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.standin.chats import Json

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "message_reaction",
    "message_reaction_count", "chat_boost", "removed_chat_boost",
)  # fmt: skip
# Sent only to a bot that names them.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_DEFAULT = frozenset(KINDS) - _ON_REQUEST
_KEPT_SECONDS = 86_400  # the server forgets an update after a day
_FIRST_ID = 500_000_001


@dataclass(frozen=True, slots=True)
class Update:
    """An update and when it came."""

    id: int
    time: float
    kind: str
    body: Json

    def json(self) -> Json:
        """As an Update of the Bot API."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """Updates wait here until an `offset` confirms them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: deque[Update] = deque()
        self._next_id = _FIRST_ID
        self._allowed = _DEFAULT
        self.webhook: dict[str, Any] = {}  # the arguments of setWebhook; only kept

    def add(self, kind: str, body: Json) -> Update | None:
        """Queue an update, if the bot wants that kind."""
        if kind not in self._allowed:
            return None
        update = Update(self._next_id, self._clock(), kind, body)
        self._next_id += 1
        self._waiting.append(update)
        return update

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds the bot wants; none means the default. Unknown names are ignored."""
        named = frozenset(kinds)
        self._allowed = named & frozenset(KINDS) if named else _DEFAULT

    @property
    def allowed(self) -> list[str]:
        """What the bot asked for; empty where it takes the default."""
        return [] if self._allowed == _DEFAULT else sorted(self._allowed)

    def take(self, offset: int = 0, limit: int = 100) -> list[Json]:
        """What waits from `offset` on; everything below is confirmed and forgotten.

        A negative offset keeps that many from the end. What is returned stays until confirmed.
        """
        self._expire()
        if offset < 0:
            self._forget(self._next_id + offset)
        elif offset <= self._next_id:
            self._forget(offset)
        # An offset from the future confirms nothing: the server starts from the first again.
        return [update.json() for update in itertools.islice(self._waiting, limit)]

    def pending(self) -> list[Json]:
        """Everything not confirmed."""
        self._expire()
        return [update.json() for update in self._waiting]

    def drop(self) -> None:
        """Forget what waits (`drop_pending_updates`)."""
        self._waiting.clear()

    def _forget(self, below: int) -> None:
        while self._waiting and self._waiting[0].id < below:
            self._waiting.popleft()

    def _expire(self) -> None:
        oldest = self._clock() - _KEPT_SECONDS
        while self._waiting and self._waiting[0].time <= oldest:
            self._waiting.popleft()
