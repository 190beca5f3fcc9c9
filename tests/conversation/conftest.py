"""A person in a chat, without Telegram: events in, texts out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from bot.content.load import load
from bot.conversation.events import (
    Asked,
    Button,
    Commanded,
    Event,
    Kind,
    Received,
    Say,
    Tapped,
    Turn,
)
from bot.conversation.handle import handle
from bot.conversation.knowledge import Knowledge, build_knowledge
from bot.languages import Languages
from bot.store.model import Chat
from bot.text.html import to_plain

TODAY = date(2026, 11, 24)


@dataclass
class Person:
    """Writes and taps; remembers what came back, as the chat on the phone would."""

    know: Knowledge
    app: str | None = "de"
    group: bool = False
    chat: Chat = field(default_factory=lambda: Chat(1))
    turn: Turn = field(default_factory=lambda: Turn(Chat(1)))
    asked: str = ""
    number: int = 0

    def _do(self, event: Event) -> str:
        self.turn = handle(event, self.chat, self.know, TODAY)
        self.chat = self.turn.chat
        return self.text

    def _next(self) -> int:
        self.number += 10
        return self.number

    def writes(self, text: str, *, edited: bool = False) -> str:
        """A text message."""
        self.asked = text
        return self._do(Asked(1, self._next(), self.app, self.group, text=text, edited=edited))

    def commands(self, name: str, argument: str = "") -> str:
        """/name argument."""
        self.asked = f"/{name} {argument}".strip()
        return self._do(
            Commanded(1, self._next(), self.app, self.group, name=name, argument=argument)
        )

    def sends(self, kind: Kind) -> str:
        """A photo, a voice message, …"""
        return self._do(Received(1, self._next(), self.app, self.group, kind=kind))

    def taps(self, label: str, *, question: str | None = None) -> str:
        """The button whose label contains this."""
        button = next(button for button in self.buttons if label in button.label)
        return self.taps_data(button.data, question=question)

    def taps_data(self, data: str, *, question: str | None = None) -> str:
        """A button by its data, old or forged ones too."""
        asked = self.asked if question is None else question
        return self._do(
            Tapped(1, self.number + 1, self.app, self.group, data=data, tap_id="t",
                   question=asked, question_id=self.number)
        )  # fmt: skip

    @property
    def says(self) -> list[Say]:
        """The messages that came back."""
        return [action for action in self.turn.actions if isinstance(action, Say)]

    @property
    def text(self) -> str:
        """Everything that came back, as plain text."""
        return "\n---\n".join(to_plain(str(say.html)) for say in self.says)

    @property
    def buttons(self) -> list[Button]:
        """The buttons under the last message."""
        return [button for row in self.says[-1].rows for button in row] if self.says else []


@pytest.fixture(scope="session")
def small(languages: Languages) -> Knowledge:
    """Knows the small content folder."""
    return build_knowledge(load(Path(__file__).parents[1] / "data" / "content"), languages)


@pytest.fixture
def person(small: Knowledge) -> Callable[..., Person]:
    """A new person: `person(app='ar')`."""

    def make(**values: object) -> Person:
        return Person(small, **values)  # type: ignore[arg-type]

    return make
