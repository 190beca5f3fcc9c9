"""Telegram's flood limits, off by default: one message a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable

from bot.standin.errors import too_many

_BURST = 3  # a few at once are let through; how many is nowhere written
_PER_MINUTE = 20


class Flood:
    """Counts the bot's messages in each chat."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sent: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=_PER_MINUTE))
        self._credit: dict[int, tuple[float, float]] = {}  # what is left, and since when

    def check(self, chat_id: int) -> None:
        """Count a message. Raises ApiError 429 where it is one too many."""
        now = self._clock()
        credit = self._refilled(chat_id, now)
        if credit < 1:
            raise too_many(max(1, math.ceil(1 - credit)))
        sent = self._sent[chat_id]
        if chat_id < 0 and len(sent) == _PER_MINUTE and now - sent[0] < 60:
            raise too_many(max(1, math.ceil(60 - (now - sent[0]))))
        self._credit[chat_id] = (credit - 1, now)
        sent.append(now)

    def _refilled(self, chat_id: int, now: float) -> float:
        left, since = self._credit.get(chat_id, (float(_BURST), now))
        return min(float(_BURST), left + (now - since))
