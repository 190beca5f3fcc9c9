"""What a check is: a class with an id, a sentence, and a method that yields problems.

Errors block, warnings turn `check --strict` red, notes (what depends on today's date) never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Protocol

from bot.content.model import Catalogue, Problem, Severity


class Check(Protocol):
    """One thing that can be wrong."""

    id: ClassVar[str]
    sentence: ClassVar[str]

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Every place where it is wrong."""


def problem(
    check: Check,
    file: str,
    what: str,
    remedy: str,
    *,
    severity: Severity = "error",
    line: int = 1,
) -> Problem:
    """A finding of a check; `file` is named from the content folder on, `line` counts from 1."""
    return Problem(file, line, what, remedy, severity, check.id)
