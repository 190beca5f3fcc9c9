"""What a button says when it is tapped: a verb and its parts, within Telegram's 64 bytes.

Nothing is kept for a button: `part|interpreter/request|steps` means the same after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 64  # bytes
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Tap:
    """A verb with its parts."""

    verb: str
    parts: tuple[str, ...] = ()

    def part(self, place: int) -> str:
        """A part, '' where it is missing (an old or a forged button)."""
        return self.parts[place] if place < len(self.parts) else ""


def encode(verb: str, *parts: str) -> str:
    """The data of a button. Raises ValueError where it would not fit."""
    data = _SEPARATOR.join((verb, *parts))
    if len(data.encode()) > LIMIT:
        raise ValueError(f"Button data over {LIMIT} bytes: {data}")
    return data


def decode(data: str) -> Tap:
    """The tap behind the data that came back."""
    verb, *parts = data.split(_SEPARATOR)
    return Tap(verb, tuple(parts))
