"""How fast Telegram lets a bot write: about one message a second in a chat, short bursts allowed,
twenty a minute in a group (Bot FAQ, "My bot is hitting limits")."""

from __future__ import annotations

from dataclasses import dataclass, field

_BURST = 3
_PER_SECOND = 1.0
_GROUP_PER_MINUTE = 18
_GROUP_BURST = 3
_FORGET = 120.0  # seconds


@dataclass(slots=True)
class Pace:
    """A leaky bucket for each chat: every message fills it by one, time empties it."""

    _levels: dict[int, tuple[float, float]] = field(default_factory=dict)  # chat → level, moment

    def free(self, chat_id: int, now: float) -> bool:
        """Whether a message may be sent to the chat now."""
        return self._level(chat_id, now) <= _burst(chat_id) - 1 + 1e-6

    def used(self, chat_id: int, now: float) -> None:
        """A message is being sent."""
        self._levels[chat_id] = (self._level(chat_id, now) + 1, now)
        if len(self._levels) > 10_000:
            self._levels = {c: v for c, v in self._levels.items() if now - v[1] < _FORGET}

    def _level(self, chat_id: int, now: float) -> float:
        level, moment = self._levels.get(chat_id, (0.0, now))
        passed = max(0.0, now - moment)  # the clock may be set back
        return max(0.0, level - passed * _rate(chat_id))


def _rate(chat_id: int) -> float:
    """Messages a second; groups have negative ids."""
    return _PER_SECOND if chat_id > 0 else _GROUP_PER_MINUTE / 60


def _burst(chat_id: int) -> int:
    return _BURST if chat_id > 0 else _GROUP_BURST
