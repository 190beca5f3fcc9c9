"""Opening hours: read from OpenStreetMap's notation, written as each language writes them.

A small part of https://wiki.openstreetmap.org/wiki/Key:opening_hours is enough for offices:
`Mo-Fr 08:00-16:00; Sa 08:00-13:00`, `Tu,Th 09:00-12:00,14:00-18:00`, `24/7`, `PH` for holidays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from babel import Locale
from babel.dates import format_time, get_day_names

from bot.text.direction import isolate

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY = "PH"
_RULE = re.compile(r"(?P<days>[A-Za-z,\- ]+?)\s+(?P<times>\d[\d:,\- ]*)")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Rule:
    """Some days and the spans of time on each of them."""

    days: tuple[tuple[str, str], ...]  # first and last day of each run; equal for a single day
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When an office is open or a line is answered. No rules at all: day and night."""

    rules: tuple[Rule, ...] = ()

    @property
    def always(self) -> bool:
        """Day and night, every day."""
        return not self.rules

    def write(self, language: str, always: str, holiday: str) -> str:
        """The hours as the language writes days and times.

        `always` and `holiday` are the language's words for "day and night" and "holidays".
        """
        if self.always:
            return always
        locale = Locale.parse(language)
        return " · ".join(_write_rule(rule, locale, holiday) for rule in self.rules)


def parse_hours(text: str) -> OpeningHours:
    """Read the notation. Raises ValueError with the part that is not understood."""
    if text.strip() == "24/7":
        return OpeningHours()
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        raise ValueError(text)
    return OpeningHours(tuple(_parse_rule(part) for part in parts))


def _parse_rule(part: str) -> Rule:
    match = _RULE.fullmatch(part)
    if not match:
        raise ValueError(part)
    days = tuple(_parse_days(run.strip()) for run in match["days"].split(","))
    spans = tuple(_parse_span(span.strip()) for span in match["times"].split(","))
    return Rule(days, spans)


def _parse_days(run: str) -> tuple[str, str]:
    first, _, last = (part.strip() for part in run.partition("-"))
    for day in (first, last or first):
        if day not in (*DAYS, HOLIDAY):
            raise ValueError(run)
    return first, last or first


def _parse_span(span: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(span)
    if not match:
        raise ValueError(span)
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    return time(start_hour, start_minute), time(end_hour % 24, end_minute)


def _write_rule(rule: Rule, locale: Locale, holiday: str) -> str:
    names = get_day_names("abbreviated", locale=locale)

    def day(code: str) -> str:
        return holiday if code == HOLIDAY else names[DAYS.index(code)]

    days = ", ".join(day(a) if a == b else f"{day(a)}–{day(b)}" for a, b in rule.days)
    spans = ", ".join(f"{_clock(a, locale)}–{_clock(b, locale)}" for a, b in rule.spans)
    return f"{days} {isolate(spans) if locale.text_direction == 'rtl' else spans}"


def _clock(moment: time, locale: Locale) -> str:
    return format_time(moment, "short", locale=locale)
