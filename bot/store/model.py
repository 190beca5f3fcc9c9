"""What the store keeps of a chat."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: the language that was tapped, where the person lives, and the topic at hand.

    `shown` names the parts of that topic that were shown already ('lead', 'steps', …).
    """

    id: int
    language: str | None = None
    region: str | None = None
    municipality: str | None = None
    topic: str | None = None
    shown: tuple[str, ...] = ()

    def about(self, topic: str | None, *shown: str) -> Chat:
        """The chat with a topic at hand. An emergency is never remembered."""
        if topic is None or topic.startswith("emergency/"):
            return replace(self, topic=None, shown=())
        before = self.shown if topic == self.topic else ()
        return replace(self, topic=topic, shown=tuple(dict.fromkeys((*before, *shown))))
