"""`translations` and `gaps`: what is there, what is missing, what to do next – as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.content.gaps import gaps
from bot.content.load import load
from bot.content.model import Catalogue
from bot.content.progress import STEPS, progress_of, todo, topics_with_text
from bot.errors import SettingsError
from bot.locales import coverage
from bot.settings import Settings

_LETTERS = {"missing": "·", "outdated": "!", "draft": "d", "machine": "m", "reviewed": "r",
            "approved": "A"}  # fmt: skip


def translation_lines(settings: Settings, language: str | None) -> Iterator[str]:
    """The state of every article in every language; with `language` what to do next in it."""
    catalogue = load(settings.content)
    if language is None:
        yield from _summary(catalogue)
        yield ""
        yield from _by_topic(catalogue)
        return
    if language not in catalogue.languages():
        raise SettingsError(
            f"there is no content in '{language}'", where="--todo",
            remedy=f"Known are: {', '.join(catalogue.languages())}.",
        )  # fmt: skip
    for task in todo(catalogue, language):
        mark = " (money, rights or deadlines)" if task.urgent else ""
        yield f"{task.file}: {task.progress}; {task.text}{mark}"


def _summary(catalogue: Catalogue) -> Iterator[str]:
    """A line for each language: articles by progress, ways of asking, texts of the interface."""
    topics = list(topics_with_text(catalogue))
    widths = (10, *(10 for _ in STEPS), 10, 14)
    yield _row(widths, "language", *STEPS, "to ask", "interface")
    for language in catalogue.languages():
        found = Counter(progress_of(topic, language) for topic in topics)
        asked = sum(language in t.articles for t in catalogue.topics.values())
        said, messages = coverage(language)
        yield _row(
            widths, language, *(str(found[step]) for step in STEPS),
            f"{asked}/{len(catalogue.topics)}", f"{said}/{messages}",
        )  # fmt: skip


def _by_topic(catalogue: Catalogue) -> Iterator[str]:
    languages = catalogue.languages()
    yield "; ".join(f"{letter} {step}" for step, letter in _LETTERS.items())
    yield _row((30, *(3 for _ in languages)), "", *languages)
    for topic in topics_with_text(catalogue):
        marks = [_LETTERS[progress_of(topic, language)] for language in languages]
        yield _row((30, *(3 for _ in languages)), topic.id, *marks)


def gap_lines(settings: Settings, region_id: str) -> Iterator[str]:
    """What nobody knows yet about a region, and how much of each kind."""
    catalogue = load(settings.content)
    region = catalogue.regions.get(region_id)
    if region is None:
        raise SettingsError(
            f"'{region_id}' is not known", where="--region",
            remedy=f"Known are: {', '.join(catalogue.regions)}.",
        )  # fmt: skip
    found = list(gaps(catalogue, region))
    yield from (f"{gap.file}:{gap.line}: {gap.what}" for gap in found)
    kinds = Counter(gap.kind for gap in found)
    yield f"{len(found)} gaps: " + ", ".join(f"{n} {kind}" for kind, n in kinds.items())


def _row(widths: Sequence[int], *cells: str) -> str:
    return "".join(f"{cell:<{width}}" for width, cell in zip(widths, cells, strict=True)).rstrip()
