"""Texts as sparse vectors: which features a collection knows, how rare each is, length one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Bag, Floats, Hashes

Places = npt.NDArray[np.int64]
_NOTHING = np.uint64(2**64 - 1)  # the vocabulary's last hash, which no feature has


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features of a collection of texts: hashes, rising, and how rare each is (1 … ~10)."""

    hashes: Hashes
    rarity: Floats

    @classmethod
    def of(cls, bags: Sequence[Bag], least: int = 1) -> Vocabulary:
        """The features that stand in at least `least` of the texts; rarity is smoothed IDF."""
        every = np.concatenate([bag.hashes for bag in bags] or [np.zeros(0, np.uint64)])
        hashes, counts = np.unique(every, return_counts=True)
        kept = counts >= least
        rarity = np.log((1 + len(bags)) / (1 + counts[kept])) + 1
        return cls(np.append(hashes[kept], _NOTHING), np.append(rarity, 0).astype(np.float32))

    def where(self, bag: Bag) -> tuple[Places, npt.NDArray[np.bool_]]:
        """The place of each feature of a text, and whether it is known at all."""
        places = np.searchsorted(self.hashes, bag.hashes)
        return places, self.hashes[places] == bag.hashes

    def vector(self, bag: Bag) -> tuple[Places, Floats]:
        """Places and weights (as heavy as they are rare) of the known features, of length one."""
        places, known = self.where(bag)
        found = places[known]
        weights = bag.weights[known] * self.rarity[found]
        return found, weights / (float(np.linalg.norm(weights)) or 1.0)
