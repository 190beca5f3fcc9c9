"""Danger first: trigger phrases of every language, looked for in every message.

A trigger fires where all its words stand in the message close together, each as written, with
a typing error, or as the beginning of a longer word. A phrase under `not:` that explains those words
better (it covers at least the same places, as closely) keeps it quiet: "112" fires, "112 Euro" does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.content.model import Catalogue
from bot.text.fold import words

_SLACK = 3  # words that may stand between the words of a trigger
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Phrase:
    """A trigger (with its topic) or a look-alike (topic '')."""

    text: str
    topic: str
    words: tuple[int, ...]  # places in the vocabulary


@dataclass(frozen=True, slots=True)
class Alarm:
    """What set it off: the topic and the phrase from content/."""

    topic: str
    phrase: str
    places: frozenset[int]  # which words of the message
    distance: int  # letters that differ


@dataclass(frozen=True, slots=True)
class Hearing:
    """The loudest alarm; or, where there is none, whether the text is known to be harmless."""

    alarm: Alarm | None = None
    harmless: bool = False


SILENCE = Hearing()


class Triggers:
    """All triggers and look-alikes of a catalogue, ready to be looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._vocabulary: dict[str, int] = {}
        self._phrases: list[Phrase] = []
        for topic in catalogue.topics.values():
            for article in topic.articles.values():
                self._add(article.triggers, topic.id)
                self._add(article.no_triggers, "")
        self._list = list(self._vocabulary)
        self._limits = np.array([_errors_allowed(word) for word in self._list], dtype=np.int64)

    def _add(self, texts: Iterable[str], topic: str) -> None:
        for text in texts:
            places = tuple(
                self._vocabulary.setdefault(word, len(self._vocabulary)) for word in words(text)
            )
            if places:
                self._phrases.append(Phrase(text, topic, places))

    def hear(self, text: str) -> Hearing:
        """The emergency that the text speaks of, if any, and whether a look-alike explains it."""
        spoken = words(text)[:_MOST_WORDS]
        if not spoken or not self._list:
            return SILENCE
        errors = self._errors(spoken)
        present = {int(place) for place in np.flatnonzero((errors >= 0).any(axis=0))}
        possible = [phrase for phrase in self._phrases if present.issuperset(phrase.words)]
        hits = [hit for phrase in possible for hit in _placed(phrase, errors)]
        look_alikes = [hit for hit in hits if not hit.topic]
        alarms = [hit for hit in hits if hit.topic and not _explained(hit, look_alikes)]
        loudest = min(alarms, key=lambda hit: (-len(hit.places), hit.distance), default=None)
        return Hearing(loudest, harmless=loudest is None and bool(look_alikes))

    def _errors(self, spoken: Sequence[str]) -> npt.NDArray[np.int64]:
        """Letters that differ, spoken words × vocabulary; -1 where the two do not match."""
        distance = cdist(spoken, self._list, scorer=OSA.distance, score_cutoff=2, dtype=np.int64)
        found = np.where(distance <= self._limits, distance, -1)
        for place, word in enumerate(spoken):
            if len(word) >= 5:
                for number, known in enumerate(self._list):
                    if len(known) >= 5 and word.startswith(known):
                        found[place, number] = 0 if word == known else max(found[place, number], 0)
        return found


def _errors_allowed(word: str) -> int:
    """Typing errors that a word may have: none in short ones, where each letter counts."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


def _placed(phrase: Phrase, errors: npt.NDArray[np.int64]) -> list[Alarm]:
    """Every stretch of the message in which all words of the phrase stand."""
    stretch = len(phrase.words) + _SLACK
    columns = [np.flatnonzero(errors[:, word] >= 0) for word in phrase.words]
    found: list[Alarm] = []
    for start in columns[0]:
        chosen = _choose(phrase, columns, errors, int(start), stretch)
        # A look-alike excuses only in its own order: "not at the camp any more" is no "not any more".
        if chosen is not None and (phrase.topic or chosen == sorted(chosen)):
            distance = sum(
                int(errors[place, word]) for place, word in zip(chosen, phrase.words, strict=True)
            )
            found.append(Alarm(phrase.topic, phrase.text, frozenset(chosen), distance))
    return found


def _choose(
    phrase: Phrase,
    columns: Sequence[npt.NDArray[np.int64]],
    errors: npt.NDArray[np.int64],
    start: int,
    stretch: int,
) -> list[int] | None:
    """A different word of the message for each word of the phrase, near its first word."""
    chosen = [start]
    for word, column in zip(phrase.words[1:], columns[1:], strict=True):
        near = [int(p) for p in column if abs(int(p) - start) < stretch and int(p) not in chosen]
        if not near:
            return None
        chosen.append(min(near, key=lambda p: (int(errors[p, word]), abs(p - chosen[-1] - 1))))
    return chosen


def _explained(alarm: Alarm, look_alikes: Sequence[Alarm]) -> bool:
    """Whether a harmless phrase covers the same words and more, at least as closely."""
    return any(
        other.places >= alarm.places and other.distance <= alarm.distance for other in look_alikes
    )
