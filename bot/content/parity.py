"""Checks that a translation says what the German article says: numbers, roles, links, office words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import ClassVar

from bot.content.check import problem
from bot.content.model import Article, Catalogue, Problem
from bot.content.roles import roles_in
from bot.content.where import line_of
from bot.languages import ORIGIN
from bot.text.fold import fold

_LIST_NUMBER = re.compile(r"^[ \t]*\d+\.[ \t]", re.MULTILINE)
_GAP = "[.,'’\u00a0\u202f ]"
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d\d?(?!\d))?|\d+(?:[.,]\d\d?(?!\d))?"
)
_SMALL = 12  # up to here a language may write a word where German has a figure, and the other way
_SPOKEN = {
    "ein": 1, "erst": 1, "zwei": 2, "beide": 2, "dritt": 3, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieb": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
}  # fmt: skip
_LINK = re.compile(r"https?://[^\s)>\]]+")
_BRACKET = re.compile(r"[(（]([^()（）]+)[)）]")
_TERM = 4  # words; an office word in brackets has no more
_GERMAN = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüß-]{7,}")  # shorter ones are too often no German
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ-]{4,}")


def pairs(catalogue: Catalogue) -> Iterator[tuple[Article, Article]]:
    """Every written German article with each of its written translations."""
    for topic in catalogue.texts():
        origin = topic.articles.get(ORIGIN)
        if origin is None or not origin.written:
            continue
        for article in topic.articles.values():
            if article.written and article.language != ORIGIN:
                yield origin, article


def text_of(article: Article) -> str:
    """Everything that a newcomer reads of an article, as Markdown."""
    parts = [article.lead]
    for section in article.sections:
        parts += [section.heading, section.body]
    return "\n\n".join(parts)


class Numbers:
    """A wrong amount or deadline does harm, and nobody who reviews twelve languages sees it."""

    id: ClassVar[str] = "numbers"
    sentence: ClassVar[str] = "A translation has the numbers of the German article, and no others."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Numbers that stand on one side only; small ones may be words in German."""
        for origin, article in pairs(catalogue):
            german, other = numbers_in(text_of(origin)), numbers_in(text_of(article))
            spoken = {n for word, n in _SPOKEN.items() if word in text_of(origin).lower()}
            lost = {n for n in german - other if n > _SMALL or n != int(n)}
            added = other - german - spoken
            for number in sorted(lost):
                yield self._found(catalogue, article, number, "is missing", "Add it")
            for number in sorted(added):
                yield self._found(
                    catalogue, article, number, "is not in the German article", "Correct it"
                )

    def _found(
        self, catalogue: Catalogue, article: Article, number: float, what: str, do: str
    ) -> Problem:
        return problem(
            self, article.file, f"The number {number:g} {what}.", f"{do}, or bring de.md up to date.",
            severity="warning", line=line_of(catalogue, article.file, f"{number:g}"),
        )  # fmt: skip


def numbers_in(text: str) -> set[float]:
    """The numbers of a text, whatever script and separators they are written with.

    '1.603 Euro', '1 603 €', '۱۶۰۳' are 1603; '2,29' and '2.29' are 2.29; the numbers of a list and
    of a link do not count.
    """
    plain = "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
        for char in _LIST_NUMBER.sub("", _LINK.sub("", text)).replace("٬", ".").replace("٫", ",")
    )
    return {_value(match.group()) for match in _NUMBER.finditer(plain)}


def _value(written: str) -> float:
    whole, _, fraction = written, "", ""
    if re.search(r"[.,]\d\d?$", written):
        whole, fraction = re.split(r"[.,](?=\d\d?$)", written)
    return float(f"{re.sub(_GAP, '', whole)}.{fraction or 0}")


class Placeholders:
    """The offices and pages that the German article leads to."""

    id: ClassVar[str] = "offices"
    sentence: ClassVar[str] = "A translation names the same roles and links as the German article."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Roles in braces and links that stand on one side only."""
        for origin, article in pairs(catalogue):
            german, other = text_of(origin), text_of(article)
            differ = {f"{{{role}}}" for role in set(roles_in(german)) ^ set(roles_in(other))}
            differ |= set(_LINK.findall(german)) ^ set(_LINK.findall(other))
            if differ:
                yield problem(
                    self, article.file,
                    f"Only one of this text and the German one has: {', '.join(sorted(differ))}.",
                    "Use the same ones.", severity="warning",
                )  # fmt: skip


class OfficeWords:
    """People meet the German word in their letter; a misspelt or another one misleads them."""

    id: ClassVar[str] = "german-word"
    sentence: ClassVar[str] = "German words in brackets stand in the German article or are known."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Capitalised Latin words in brackets that nothing German in content/ knows."""
        known = _GermanWords(catalogue)
        for _, article in pairs(catalogue):
            for bracket in _BRACKET.findall(text_of(article)):
                if len(bracket.split()) > _TERM or bracket.endswith((".", "?", "!")):
                    continue  # a remark in the language itself
                for word in _LATIN_WORD.findall(bracket):
                    if _GERMAN.fullmatch(word) and word not in known:
                        yield problem(
                            self, article.file, f"'{word}' stands nowhere in the German content.",
                            "Is it spelt as in de.md?", severity="warning",
                            line=line_of(catalogue, article.file, word),
                        )  # fmt: skip


class _GermanWords:
    """The words of everything German in a catalogue; the last two letters may be an ending."""

    def __init__(self, catalogue: Catalogue) -> None:
        texts = [title.get(ORIGIN, "") for title in catalogue.roles.values()]
        for topic in catalogue.texts():
            texts += [source.title for source in topic.sources]
            german = topic.articles.get(ORIGIN)
            if german:
                texts += [german.title, *german.keywords, *german.questions, text_of(german)]
        self._words = sorted({fold(word) for text in texts for word in _LATIN_WORD.findall(text)})

    def __contains__(self, word: str) -> bool:
        begin = fold(word)[: max(4, len(word) - 2)]
        place = bisect_left(self._words, begin)
        return place < len(self._words) and self._words[place].startswith(begin)
