"""Text as Telegram counts and reads it: UTF-16 units, white space, what is found in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]  # a MessageEntity in Bot API shape

# Nothing is looked for inside these.
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention"})
_TLD = "com|org|net|info|eu|de|at|ch|io|me|int|gov|edu|uk|fr|nl|pl|ro|ru|tr|ua|ir|app|online"
_PATTERNS = (
    ("url", re.compile(r"(?i)(?<![\w@])(?:https?|tg)://[^\s<>\"]*[^\s<>\".,;:!?'»)\]]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[A-Za-z]{2,12}(?![\w-])")),
    (
        "url",
        re.compile(
            rf"(?i)(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.)+(?:{_TLD})(?![\w-])"
            r"(?:/(?:[^\s<>\"]*[^\s<>\".,;:!?'»)\]])?)?"
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w/#&])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d \-/()]{5,18}\d(?!\w)")),
)
# Control characters become spaces; line and embedding marks (not isolates!) and three combining
# lines are dropped: tdlib, `clean_input_string`.
_DROPPED = (0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A)
_CLEAN: Mapping[int, str | None] = {
    **{code: " " for code in range(32) if code != 0x0A},
    **dict.fromkeys(_DROPPED),
}
_INVISIBLE = " \n\u00a0\u200b\u200c\u200d\u200e\u200f\u202e\ufeff"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities, their offsets in UTF-16 units."""

    text: str
    entities: tuple[Entity, ...] = ()

    def fields(self, prefix: str = "") -> dict[str, Any]:
        """As a part of a message: `text`/`entities`, with prefix `caption_` the caption's."""
        name = prefix.rstrip("_") or "text"
        found: dict[str, Any] = {name: self.text} if self.text else {}
        return found | ({f"{prefix}entities": list(self.entities)} if self.entities else {})


def units(text: str) -> int:
    """Length in UTF-16 units, which is how Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def is_utf8(text: str) -> bool:
    """Whether the text has no half of a surrogate pair."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in the text."""
    return not text.strip(_INVISIBLE)


def polish(formatted: Formatted) -> Formatted:
    """Clean, trim and find links and commands, as the server does with every text."""
    text, entities = _cleaned(formatted)
    start, end = _trim_bounds(text, entities)
    kept = tuple(_clip(entities, units(text[:start]), units(text[:end])))
    text = text[start:end]
    found = sorted((*kept, *_found(text, kept)), key=lambda e: (e["offset"], -e["length"]))
    return Formatted(text, tuple(found))


def _cleaned(formatted: Formatted) -> tuple[str, tuple[Entity, ...]]:
    """Without control characters; offsets follow where a character was dropped."""
    text = formatted.text
    clean = text.translate(_CLEAN)
    if len(clean) == len(text) or not formatted.entities:
        return clean, formatted.entities
    gone = [units(text[:i]) for i, char in enumerate(text) if ord(char) in _DROPPED]

    def moved(offset: int) -> int:
        return offset - sum(place < offset for place in gone)

    entities = []
    for entity in formatted.entities:
        begin, end = moved(entity["offset"]), moved(entity["offset"] + entity["length"])
        entities.append(entity | {"offset": begin, "length": end - begin})
    return clean, tuple(entities)


def _trim_bounds(text: str, entities: Iterable[Entity]) -> tuple[int, int]:
    """Trailing white space goes; leading only as far as the first entity."""
    end = len(text.rstrip(" \n"))
    first = min((entity["offset"] for entity in entities), default=len(text))
    start = 0
    while start < min(first, end) and text[start] in " \n":
        start += 1
    return start, end


def _clip(entities: Iterable[Entity], begin: int, end: int) -> Iterator[Entity]:
    for entity in entities:
        first = max(entity["offset"], begin)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            yield entity | {"offset": first - begin, "length": last - first}


def _found(text: str, given: Iterable[Entity]) -> Iterator[Entity]:
    """Links, commands, mentions and so on, outside code and links; the first kind wins."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in given
        if entity["type"] in _CLOSED
    ]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin = units(text[: match.start()])
            end = begin + units(match.group())
            if all(end <= first or begin >= last for first, last in taken):
                taken.append((begin, end))
                yield {"type": kind, "offset": begin, "length": end - begin}


def part(text: str, entity: Entity) -> str:
    """The piece of text that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    begin = entity["offset"] * 2
    return raw[begin : begin + entity["length"] * 2].decode("utf-16-le", "replace")
