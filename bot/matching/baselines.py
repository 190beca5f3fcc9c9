"""What others would do with the same content: plain rapidfuzz, and SQLite's full-text search.

Both know no "none" and no emergencies; they are measured on the questions that have a topic.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.matching.matcher import Match
from bot.matching.model import Example
from bot.text.fold import fold

_LOOKED_AT = 50


class PlainRapidfuzz:
    """The ways of asking nearest by rapidfuzz's WRatio, as its documentation suggests."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._topics = [example.topic for example in examples]
        self._texts = [fold(example.text) for example in examples]

    def __call__(self, text: str) -> Match:
        """The topics of the nearest ways of asking."""
        found = process.extract(fold(text), self._texts, scorer=fuzz.WRatio, limit=_LOOKED_AT)
        return _first_three([(self._topics[place], score / 100) for _, score, place in found])


class FullTextSearch:
    """SQLite FTS5 with BM25 over the folded ways of asking, any of the words."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE asked USING fts5(text, topic UNINDEXED)")
        rows = [(fold(example.text), example.topic) for example in examples]
        self._db.executemany("INSERT INTO asked VALUES (?, ?)", rows)

    def __call__(self, text: str) -> Match:
        """The topics of the best hits."""
        words = " OR ".join(f'"{word}"' for word in fold(text).split()[:60])
        if not words:
            return Match("none")
        rows = self._db.execute(
            "SELECT topic, bm25(asked) FROM asked WHERE asked MATCH ? ORDER BY 2 LIMIT ?",
            (words, _LOOKED_AT),
        )
        return _first_three([(topic, 0.0) for topic, _ in rows])

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()


def _first_three(found: Sequence[tuple[str, float]]) -> Match:
    topics: dict[str, float] = {}
    for topic, score in found:
        topics.setdefault(topic, score)
    best = list(topics.items())[:3]
    return Match("answer", tuple(t for t, _ in best), tuple(s for _, s in best))
