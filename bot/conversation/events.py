"""What can happen in a chat, and what the bot does about it – without a word of Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from bot.store.model import Chat

Kind = Literal["photo", "voice", "sticker", "file", "location", "contact", "other"]


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody did something. `app_language` is the language of their app, only a hint."""

    chat_id: int
    message_id: int
    app_language: str | None = None
    group: bool = False


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """A text in free words; `edited` where it replaces an earlier one."""

    text: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Commanded(Event):
    """A command like /start with what stands behind it."""

    name: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Tapped(Event):
    """A button under one of the bot's messages. `question` is the text that message replies to."""

    data: str = ""
    tap_id: str = ""
    question: str = ""
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class Received(Event):
    """Something that is no text."""

    kind: Kind = "other"


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its label and the data (64 bytes at most) that comes back."""

    label: str
    data: str


def labelled(pictogram: str, label: str) -> str:
    """A button's label behind its pictogram, which speaks to people who read slowly."""
    return f"{pictogram} {label}".strip()


Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Say:
    """A new message, as a reply to the person's where `reply_to` is given."""

    html: Markup
    rows: Rows = ()
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text and other buttons for a message of the bot."""

    message_id: int
    html: Markup
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Delete:
    """Take away a message, the bot's or (in a private chat) the person's."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Toast:
    """The short sign that a tap was understood."""

    tap_id: str
    text: str = ""


Action = Say | Edit | Delete | Toast


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows from an event: the chat as it is now and what goes out, in order.

    `forget` deletes everything that is kept of the chat.
    """

    chat: Chat
    actions: tuple[Action, ...] = field(default=())
    forget: bool = False
