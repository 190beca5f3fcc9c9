"""Checks of how an article is written: its letters, its language, its length, its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from bot.content.check import problem
from bot.content.model import Article, Catalogue, Contact, Problem
from bot.content.parity import pairs, text_of
from bot.content.where import line_of
from bot.languages import ORIGIN
from bot.text.direction import without_controls
from bot.text.identify import script_of

# Letters that belong to a neighbour's alphabet and come from the wrong keyboard.
_FOREIGN: Mapping[str, str] = {"ar": "یکپژ", "fa": "يكة", "uk": "ыэёъ", "ru": "іїєґ"}
_FEWEST, _MOST = 80, 200  # words of a German article
_SHORTER, _LONGER = 0.5, 1.7  # words of a translation, measured by the German text
_HEAVY = 20  # words of a German sentence; "Einfache Sprache" asks for 15 and fewer
_GERMAN = frozenset((
    "und", "nicht", "ist", "das", "der", "eine", "einen", "einer", "für", "auf", "ihre", "ihnen",
    "werden", "oder", "wenn", "auch", "beim", "vom", "zum", "zur", "haben", "bekommen", "müssen",
    "können", "sich", "sie", "mit", "dem",
))  # fmt: skip
_GERMAN_SHARE = 0.25
_PARAGRAPH = 8  # words, from which on a paragraph's language can be told
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_MONEY = re.compile(r"\d[\d.,]*\s*(?:€|Euro|Prozent|%)")


def _written(catalogue: Catalogue) -> Iterator[Article]:
    for topic in catalogue.texts():
        yield from (article for article in topic.articles.values() if article.written)


class OwnLetters:
    """A text in the wrong script, or with a neighbour language's letters, is not found by search."""

    id: ClassVar[str] = "letters"
    sentence: ClassVar[str] = "A text is in its language's script, letters and plain characters."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Another script than the language's other texts, foreign letters, direction controls."""
        scripts: dict[str, Counter[str]] = {}
        found = [(article, script_of(text_of(article))) for article in _written(catalogue)]
        for article, script in found:
            scripts.setdefault(article.language, Counter())[script] += 1
        for article, script in found:
            usual = scripts[article.language].most_common(1)[0][0]
            if script != usual:
                yield self._found(
                    catalogue, article, f"The text is in {script.title()} letters.", ""
                )
            text = text_of(article)
            for letter in sorted(set(_FOREIGN.get(article.language, "")) & set(text)):
                yield self._found(
                    catalogue, article, f"'{letter}' is no letter of this language.", letter
                )
            if text != without_controls(text):
                yield self._found(catalogue, article, "Invisible direction marks in the text.", "")

    def _found(self, catalogue: Catalogue, article: Article, what: str, near: str) -> Problem:
        line = line_of(catalogue, article.file, near) if near else 1
        return problem(
            self, article.file, what,
            "Type it anew with the language's own keyboard; the bot sets directions by itself.",
            severity="warning", line=line,
        )  # fmt: skip


class OwnLanguage:
    """A paragraph that was never translated."""

    id: ClassVar[str] = "untranslated"
    sentence: ClassVar[str] = "No paragraph of a translation is German."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Paragraphs in which a quarter of the words are German function words."""
        for _, article in pairs(catalogue):
            for paragraph in text_of(article).split("\n"):
                words = _WORD.findall(paragraph.lower())
                german = sum(word in _GERMAN for word in words)
                if len(words) >= _PARAGRAPH and german >= _GERMAN_SHARE * len(words):
                    yield problem(
                        self, article.file, f"This looks German: '{paragraph[:40]}…'.",
                        "Translate it.", severity="warning",
                        line=line_of(catalogue, article.file, paragraph[:40]),
                    )  # fmt: skip


class Length:
    """A first reply is read on a small phone, by somebody who is tired."""

    id: ClassVar[str] = "length"
    sentence: ClassVar[str] = (
        "A German article has 80 to 200 words; translations are about as long."
    )

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """German articles outside the limits, translations far from the German length."""
        for topic in catalogue.topics.values():
            german = topic.articles.get(ORIGIN)
            if german and german.written:
                words = len(_WORD.findall(text_of(german)))
                if not _FEWEST <= words <= _MOST:
                    yield self._found(german, f"It has {words} words.", f"{_FEWEST} to {_MOST}")
        for origin, article in pairs(catalogue):
            theirs, own = (len(_WORD.findall(text_of(text))) for text in (origin, article))
            if not _SHORTER * theirs <= own <= _LONGER * theirs:
                what = f"It has {own} words, the German text {theirs}."
                yield self._found(article, what, "about as many")

    def _found(self, article: Article, what: str, wanted: str) -> Problem:
        remedy = f"Good are {wanted}."
        return problem(self, article.file, what, remedy, severity="warning")


class HeavySentences:
    """German is read here by people who are learning it."""

    id: ClassVar[str] = "heavy-sentence"
    sentence: ClassVar[str] = "No German sentence has more than 20 words."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """German sentences that are too long."""
        for article in _written(catalogue):
            if article.language != ORIGIN:
                continue
            for sentence in _SENTENCE.split(text_of(article)):
                words = len(_WORD.findall(sentence))
                if words > _HEAVY:
                    yield problem(
                        self, article.file, f"A sentence has {words} words: '{sentence[:40]}…'.",
                        "Make two of it.", severity="warning",
                        line=line_of(catalogue, article.file, sentence[:40]),
                    )  # fmt: skip


class Sourced:
    """An amount or a number to call without an origin cannot be checked by anybody."""

    id: ClassVar[str] = "source"
    sentence: ClassVar[str] = "Every amount and every phone number has a source with a day."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Articles with amounts, and contacts with numbers, whose sources name no day."""
        for topic in catalogue.topics.values():
            german = topic.articles.get(ORIGIN)
            days = [source.checked for source in topic.sources]
            if german and _MONEY.search(text_of(german)) and not (days and all(days)):
                yield problem(
                    self, topic.file, "An amount in the article has no source with a day.",
                    "Add 'sources:' with title, url and checked.",
                )  # fmt: skip
        for office in _offices(catalogue):
            if office.phones and not any(s.checked or s.published for s in office.sources):
                yield problem(
                    self, office.file, f"The number of '{office.name}' has no source with a day.",
                    "Add 'sources:' with title, url and checked.", line=office.line,
                )  # fmt: skip


def _offices(catalogue: Catalogue) -> Iterator[Contact]:
    for region in catalogue.regions.values():
        yield from dict.fromkeys(
            office for offices in region.contacts.values() for office in offices
        )
