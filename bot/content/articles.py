"""LANGUAGE.md files → Article: front matter, lead, sections."""

from __future__ import annotations

import re
from pathlib import Path

from bot.content.model import SECTIONS, Article, Section, Translation, text_hash
from bot.content.reader import Fields, Reader
from bot.languages import ORIGIN

FIELDS = [
    "title",
    "questions",
    "keywords",
    "triggers",
    "not",
    "source",
    "sources",
    "translation",
    "state",
    "by",
    "on",
    "review-by",
    "topic",
]
_TRANSLATIONS: tuple[Translation, ...] = ("", "machine", "human")
_HEADING = re.compile(
    r"^##[ \t]+(?P<heading>.+?)[ \t]*(?:\{#(?P<id>[\w-]*)\})?[ \t]*$", re.MULTILINE
)


def read_article(reader: Reader, path: Path, topic: str, *, local: bool = False) -> Article | None:
    """The article in the file, or None where it is broken; problems go to the reader.

    `local`: lines that a region adds to an article; they need no title.
    """
    parts = reader.front_matter(path)
    if parts is None:
        return None
    fields, body, body_line = parts
    fields.only(FIELDS)
    title = fields.string("title", required=not local)
    if not title and not local:
        return None
    lead, sections = _split(reader, path, body, body_line)
    return Article(
        topic=topic,
        language=path.stem,
        file=reader.name(path),
        title=title,
        questions=fields.strings("questions"),
        keywords=fields.strings("keywords"),
        triggers=fields.strings("triggers"),
        no_triggers=fields.strings("not"),
        lead=lead,
        sections=sections,
        review=fields.review(),
        translation=_translation(fields, path.stem),
        source_hash=fields.string("source"),
        text_hash=text_hash(title, body),
        belongs_to=fields.string("topic"),
    )


def _translation(fields: Fields, language: str) -> Translation:
    if language == ORIGIN:
        return ""
    return fields.one_of("translation", _TRANSLATIONS, "")


def _split(
    reader: Reader, path: Path, body: str, body_line: int
) -> tuple[str, tuple[Section, ...]]:
    """The lead and the sections of a body."""
    headings = list(_HEADING.finditer(body))
    lead = body[: headings[0].start()] if headings else body
    ends = [*(heading.start() for heading in headings[1:]), len(body)][: len(headings)]
    sections: list[Section] = []
    for heading, end in zip(headings, ends, strict=True):
        line = body_line + body[: heading.start()].count("\n")
        section = Section(
            heading["id"] or "", heading["heading"], body[heading.end() : end].strip()
        )
        if _fits(reader, path, line, section, sections):
            sections.append(section)
    order = {name: place for place, name in enumerate(SECTIONS)}
    return lead.strip(), tuple(sorted(sections, key=lambda part: order[part.id]))


def _fits(reader: Reader, path: Path, line: int, section: Section, before: list[Section]) -> bool:
    """Whether a section can be used; otherwise the editor is told why not."""
    if section.id not in SECTIONS:
        name = f"'{section.id}'" if section.id else "missing"
        reader.report(
            path,
            line,
            f"The section's id is {name}.",
            f"End the heading with one of {{#{'}, {#'.join(SECTIONS)}}}.",
        )
        return False
    if any(other.id == section.id for other in before):
        reader.report(path, line, f"The section '{section.id}' stands twice.", "Join the two.")
        return False
    return True
