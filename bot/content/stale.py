"""What is left of a text past its review day: no amounts and no deadlines that may be wrong by now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.content.model import Article

_GONE = ("cost", "duration")  # sections that are nothing but amounts and deadlines
_SENTENCE = re.compile(r"(?<=[.!?؟…])\s+")
_MARK = re.compile(r"^\s*(?:\d+\.|[-*])\s+")
# A figure: not the number of a paragraph, a telephone number, or a level such as B1.
_FIGURE = re.compile(
    r"(?<![\w§.])(?<!§ )(?!0\d|11[025]\b)\d{1,4}(?:[.,'’\u00a0\u202f]\d+)*(?![\d\w-])"
)


def is_stale(article: Article, today: date | None) -> bool:
    """Whether nobody has looked at the text since its review day."""
    return bool(today and article.review.until and article.review.until < today)


def without_figures(article: Article) -> Article:
    """The article without sentences that hold a figure, and without the sections about cost and time."""
    sections = tuple(
        replace(section, body=_plain(section.body))
        for section in article.sections
        if section.id not in _GONE
    )
    return replace(
        article,
        lead=_plain(article.lead),
        sections=tuple(section for section in sections if section.body),
    )


def _plain(markdown: str) -> str:
    lines = (_line(line) for line in markdown.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _line(line: str) -> str | None:
    """The line without its sentences with figures; None where nothing is left of it."""
    mark = _MARK.match(line)
    begin = mark.group() if mark else ""
    text = line[len(begin) :]
    kept = [part for part in _SENTENCE.split(text) if not _FIGURE.search(part)]
    left = " ".join(kept).strip()
    return None if text.strip() and not left else begin + left
