"""The arguments of a call, whichever way they came: form, JSON, multipart or query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.standin.chats import Json
from bot.standin.errors import bad_request

_TRUE = frozenset({"true", "yes", "1"})
# Free text, which is never JSON even where it looks so.
_WORDS = frozenset(
    {"text", "caption", "description", "short_description", "name", "callback_query_id", "url",
     "parse_mode", "language_code", "file_id"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Args:
    """Typed reading of arguments. What is absent, empty or null counts as not given."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the argument was given."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default where it is none, as Telegram does."""
        try:
            return int(self.text(name).strip())
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return self.text(name).strip().lower() in _TRUE

    def data(self, name: str, what: str) -> Any:
        """JSON, or None where it was not given. `what` names it in the refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def chat_id(self) -> int | None:
        """The chat that the call is about, for faults and the log."""
        return self.integer("chat_id") or None

    def readable(self) -> Json:
        """The arguments for the log of calls: numbers and lists as such, files by their names."""
        found = {name: _readable(name, value) for name, value in self.values.items()}
        return found | {name: f"file {upload.name}" for name, upload in self.uploads.items()}


def _readable(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in _WORDS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
