"""An index over ways of asking: TF-IDF vectors of character n-grams and words, cosine.

Character n-grams (2 to 5 letters, within a word and its edges) forgive typing errors, endings and
compounds; whole words weigh in for short texts. All languages stand in one index, so a question
typed in another language than the chosen one, or half in German, is found all the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.text.fold import fold

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

NGRAMS = (2, 5)
MOST_WORDS = 120  # of one text; a longer one says nothing new and must not cost more time
WORD_WEIGHT = 3  # a whole word counts as often as its n-grams roughly do


def features(text: str) -> Counter[str]:
    """How often each n-gram and word stands in a folded text."""
    found: Counter[str] = Counter()
    for word in text.split()[:MOST_WORDS]:
        found[f"={word}"] += WORD_WEIGHT
        if not word.isdigit():  # "12" is not nearly "112"
            found.update(_ngrams(f"^{word[:40]}$"))
    return found


def _ngrams(word: str) -> Iterator[str]:
    shortest, longest = NGRAMS
    for size in range(shortest, longest + 1):
        for start in range(len(word) - size + 1):
            yield word[start : start + size]


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of asking: the text as written, folded, its topic ('' for out of scope), language."""

    text: str
    folded: str
    topic: str
    language: str


def entry(text: str, topic: str, language: str) -> Entry:
    """An Entry from a text as it stands in content/."""
    return Entry(text, fold(text), topic, language)


class Index:
    """Vectors of all entries, stored by feature, and the sum of each topic's vectors."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.topics = tuple(sorted({item.topic for item in entries}))
        number = {topic: place for place, topic in enumerate(self.topics)}
        self.topic_of: Ints = np.array([number[item.topic] for item in entries], dtype=np.int32)
        self._vocabulary: dict[str, int] = {}
        self._build([features(item.folded) for item in entries])

    def _build(self, bags: list[Counter[str]]) -> None:
        frequency: Counter[str] = Counter()
        for bag in bags:
            frequency.update(bag.keys())
        self._vocabulary = {feature: place for place, feature in enumerate(frequency)}
        total = max(len(bags), 1)
        self._idf = np.array(
            [1 + math.log(total / count) for count in frequency.values()], dtype=np.float32
        )
        columns, rows, weights = self._vectors(bags)
        order = np.argsort(columns, kind="stable")
        self._rows, self._weights = rows[order], weights[order]
        self._starts = np.searchsorted(columns[order], np.arange(len(frequency) + 1))
        self._centres = self._topic_centres(columns, rows, weights)

    def _vectors(self, bags: list[Counter[str]]) -> tuple[Ints, Ints, Floats]:
        """Column (feature), row (entry) and weight of everything that is not zero."""
        parts = [self._vector(bag) for bag in bags]
        columns = np.concatenate([part[0] for part in parts] or [np.zeros(0, np.int32)])
        weights = np.concatenate([part[1] for part in parts] or [np.zeros(0, np.float32)])
        sizes = [len(part[0]) for part in parts]
        rows = np.repeat(np.arange(len(bags), dtype=np.int32), sizes)
        return columns, rows, weights

    def _vector(self, bag: Counter[str]) -> tuple[Ints, Floats]:
        """A text as known features and weights of length one."""
        known = [(self._vocabulary[f], n) for f, n in bag.items() if f in self._vocabulary]
        columns = np.array([column for column, _ in known], dtype=np.int32)
        counts = np.array([n for _, n in known], dtype=np.float32)
        weights = (1 + np.log(counts)) * self._idf[columns] if known else counts
        norm = float(np.linalg.norm(weights)) or 1.0
        return columns, (weights / norm).astype(np.float32)

    def _topic_centres(self, columns: Ints, rows: Ints, weights: Floats) -> Floats:
        """Topics × features: the mean direction of each topic's entries."""
        size = len(self.topics) * len(self._vocabulary)
        cells = self.topic_of[rows].astype(np.int64) * len(self._vocabulary) + columns
        sums = np.bincount(cells, weights=weights, minlength=size).astype(np.float32)
        centres = sums.reshape(len(self.topics), len(self._vocabulary))
        norms = np.linalg.norm(centres, axis=1, keepdims=True)
        return np.asarray((centres / np.where(norms == 0, 1, norms)).T, order="C")

    def similar(self, folded: str) -> tuple[Floats, Floats]:
        """Cosine of a folded text with every entry, and with every topic's centre."""
        bag = features(folded)
        columns, weights = self._vector(bag)
        if len(columns) == 0:
            return np.zeros(len(self.entries), np.float32), np.zeros(len(self.topics), np.float32)
        spans = [slice(self._starts[column], self._starts[column + 1]) for column in columns]
        rows = np.concatenate([self._rows[span] for span in spans])
        parts = np.concatenate(
            [self._weights[span] * weight for span, weight in zip(spans, weights, strict=True)]
        )
        nearness = np.bincount(rows, weights=parts, minlength=len(self.entries))
        return nearness.astype(np.float32), weights @ self._centres[columns]
