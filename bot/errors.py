"""Every error that Lotse raises on purpose.

LotseError                 something a person can put right; the text says how
├── SettingsError          an environment variable or option is missing or wrong
├── ContentError           a content folder cannot be used at all (single broken files are Problems)
├── LearningFailed         how people ask could not be learnt from the content
├── StoreError             the database file cannot be used
│   ├── NotADatabase       the file is something else, or another program's
│   ├── DatabaseTooNew     a newer Lotse wrote it
│   └── DatabaseReadOnly   it, or its folder, cannot be written
└── ServerError            the Bot API server
    ├── TokenRefused       it does not know the token
    └── ServerUnreachable  nobody answers at its address
"""

from __future__ import annotations

from pathlib import Path


class LotseError(Exception):
    """What went wrong and what to do about it, in one line.

    `where` names the file (with line), option or variable; `remedy` is a full sentence.
    """

    def __init__(self, what: str, *, remedy: str, where: str = "") -> None:
        self.what = what
        self.remedy = remedy
        self.where = where
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join(f"{text.rstrip('.')}. {self.remedy}".split())


class SettingsError(LotseError):
    """An environment variable or a command's option is missing or wrong."""


class ContentError(LotseError):
    """The content folder as a whole cannot be used."""


class LearningFailed(LotseError):
    """The child process that learns from the ways of asking ended with an error."""


class StoreError(LotseError):
    """The database file cannot be used; it is left as it is."""

    def __init__(self, path: Path | str, what: str, *, remedy: str) -> None:
        super().__init__(what, remedy=remedy, where=str(path))


class NotADatabase(StoreError):
    """The file at BOT_DATABASE is not an SQLite database, or not ours."""


class DatabaseTooNew(StoreError):
    """The database was written by a newer version of Lotse."""


class DatabaseReadOnly(StoreError):
    """The database or its folder cannot be written."""


class ServerError(LotseError):
    """The Bot API server refuses us or is not there."""


class TokenRefused(ServerError):
    """The server answered 401 or 404 to our token."""


class ServerUnreachable(ServerError):
    """No answer from BOT_API_URL."""
