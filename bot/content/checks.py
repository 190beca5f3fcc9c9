"""All checks over a catalogue, and what they find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.content.check import Check
from bot.content.model import Catalogue, Problem
from bot.content.parity import Numbers, OfficeWords, Placeholders
from bot.content.structure import (
    Complete,
    EveryLanguage,
    Glossary,
    KnownMunicipalities,
    KnownRoles,
    KnownTopics,
    National,
    Phrases,
    ReviewDays,
    SameQuestion,
    UpToDate,
)
from bot.content.wording import HeavySentences, Length, OwnLanguage, OwnLetters, Sourced


def all_checks(today: date) -> tuple[Check, ...]:
    """Every check, in the order in which their findings are most useful."""
    return (
        KnownRoles(), KnownTopics(), KnownMunicipalities(), SameQuestion(), Complete(), UpToDate(),
        EveryLanguage(), Phrases(), Glossary(), National(), Numbers(), Placeholders(), OfficeWords(),
        OwnLetters(), OwnLanguage(), Length(), HeavySentences(), Sourced(), ReviewDays(today),
    )  # fmt: skip


def find_problems(
    catalogue: Catalogue, checks: Iterable[Check], *, strict: bool = False
) -> list[Problem]:
    """The problems of reading and of the checks, sorted by file; strict makes warnings errors.

    What a file switches off (`ignore: {check: reason}`) is left out.
    """
    found = [*catalogue.problems, *(p for check in checks for p in check.run(catalogue))]
    found = [p for p in found if p.check not in catalogue.ignored.get(p.file, ())]
    if strict:
        found = [replace(p, severity="error") if p.severity == "warning" else p for p in found]
    return sorted(set(found))
