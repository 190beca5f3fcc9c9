"""The nearest ways of asking: an index finds some forty, rapidfuzz looks at them closely.

The index keeps the rarest features of each way of asking, and a question looks only at its own
rarest ones, so the time hardly grows with the number of questions in content/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from bot.matching.features import Floats
from bot.matching.vectors import Places

CANDIDATES = 40  # ways of asking that rapidfuzz looks at
_KEPT = 40  # features of each way of asking in the index
_VISITS = 20_000  # entries of the index that one question may touch
_LONGEST = 300  # letters that rapidfuzz compares; ways of asking are shorter


@dataclass(frozen=True, slots=True)
class Near:
    """A way of asking near the question: which, its topic, how near by features and by letters."""

    text: str
    topic: str
    cosine: float
    ratio: float

    @property
    def nearness(self) -> float:
        """Both views together, 0..1."""
        return (self.cosine + self.ratio) / 2


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The ways of asking of one language, by feature."""

    texts: tuple[str, ...]
    folded: tuple[str, ...]
    labels: tuple[str, ...]
    label_of: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]  # of each feature's entries in `rows`
    rows: npt.NDArray[np.int32]
    weights: Floats

    @classmethod
    def of(
        cls,
        vectors: Sequence[tuple[Places, Floats]],
        folded: Sequence[str],
        texts: Sequence[str],
        topics: Sequence[str],
    ) -> Neighbours:
        """Index the texts by the heaviest features of their vectors."""
        kept = [_heaviest(places, weights, _KEPT) for places, weights in vectors]
        columns = np.concatenate([places for places, _ in kept] or [np.zeros(0, np.int32)])
        values = np.concatenate([weights for _, weights in kept] or [np.zeros(0, np.float32)])
        rows = np.repeat(np.arange(len(kept), dtype=np.int32), [len(p) for p, _ in kept])
        order = np.argsort(columns, kind="stable")
        size = int(columns.max()) + 1 if len(columns) else 0
        starts = np.searchsorted(columns[order], np.arange(size + 1))
        labels = tuple(sorted(set(topics)))
        number = {label: place for place, label in enumerate(labels)}
        label_of = np.array([number[topic] for topic in topics], dtype=np.int32)
        return cls(
            tuple(texts), tuple(folded), labels, label_of, starts, rows[order], values[order]
        )

    def near(self, folded: str, places: Places, weights: Floats) -> list[Near]:
        """The nearest ways of asking to a text with this vector, the nearest first."""
        found = self._candidates(places, weights)
        if not found:
            return []
        asked = [self.folded[row] for row, _ in found]
        text = folded[:_LONGEST]
        same = cdist([text], asked, scorer=fuzz.token_set_ratio)[0]
        order = cdist([text], asked, scorer=fuzz.token_sort_ratio)[0]
        ratios = (same + order) / 200
        near = [
            Near(self.texts[row], self.labels[self.label_of[row]], cosine, float(ratio))
            for (row, cosine), ratio in zip(found, ratios, strict=True)
        ]
        return sorted(near, key=lambda item: -item.nearness)

    def _candidates(self, places: Places, weights: Floats) -> list[tuple[int, float]]:
        """Rows with their cosine over the indexed features, the most similar first."""
        inside = places < len(self.starts) - 1
        places, weights = places[inside], weights[inside]
        order = np.argsort(-weights)
        sizes = self.starts[places + 1] - self.starts[places]
        few = order[np.cumsum(sizes[order]) <= _VISITS]
        if len(few) == 0:
            return []
        spans = [slice(self.starts[place], self.starts[place + 1]) for place in places[few]]
        rows = np.concatenate([self.rows[span] for span in spans])
        values = np.concatenate([self.weights[span] for span in spans]) * np.repeat(
            weights[few], sizes[few]
        )
        unique, where = np.unique(rows, return_inverse=True)
        cosines = np.bincount(where, values)
        best = np.argsort(-cosines)[:CANDIDATES]
        return [(int(unique[place]), float(cosines[place])) for place in best]


def _heaviest(places: Places, weights: Floats, most: int) -> tuple[Places, Floats]:
    if len(places) <= most:
        return places, weights
    best = np.argpartition(-weights, most)[:most]
    return places[best], weights[best]
