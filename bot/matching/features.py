"""A folded text as numbers: hashed features with weights, seen from three sides.

- letters: n-grams of 2 to 4 characters within a word and its edges; they forgive endings, typing
  errors, German compounds;
- words: each word, and each pair of neighbours;
- sounds: n-grams of the consonants in any script (`bot.text.sounds`), so that Arabic typed in
  Latin letters meets Arabic, and Анмельдунг meets Anmeldung.

A feature is the 64-bit hash of what it stands for, computed for a whole text at once with numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.text.fold import fold
from bot.text.sounds import Sounds

Hashes = npt.NDArray[np.uint64]
Owners = npt.NDArray[np.int32]  # the number of the text that each feature belongs to
Floats = npt.NDArray[np.float32]

MOST_WORDS = 120  # of one text; a longer one says nothing new and must not cost more time
_LONGEST_WORD = 40
_SPACE = np.uint64(ord(" "))
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = np.array(  # odd 64-bit constants, one for each place in an n-gram
    [0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True)
class Views:
    """How much each side of a text counts; 0 leaves it out (the ablation in docs/evaluation.md)."""

    letters: float = 1.0
    words: float = 1.5
    sounds: float = 0.7


@dataclass(frozen=True, slots=True)
class Bag:
    """The features of one text: hashes (each once, rising) and how much each counts."""

    hashes: Hashes
    weights: Floats


@dataclass(frozen=True, slots=True)
class Features:
    """How texts become features: folded how, with which spellings of sounds, seen from where."""

    sounds: Sounds = field(default_factory=Sounds)
    views: Views = Views()
    fold: Callable[[str], str] = fold

    def bag(self, folded: str) -> Bag:
        """The features of a folded text; at most `MOST_WORDS` words are looked at."""
        return self.bags([folded])[0]

    def bags(self, folded: Sequence[str]) -> list[Bag]:
        """The features of many folded texts, computed together."""
        texts = [[word[:_LONGEST_WORD] for word in text.split()[:MOST_WORDS]] for text in folded]
        spoken = [self.sounds.of(" ".join(words)).split() for words in texts]
        parts = [
            (*_ngrams(texts, 2, 4, salt=1), self.views.letters),
            (*_words(texts, salt=2), self.views.words),
            (*_ngrams(spoken, 2, 4, salt=3), self.views.sounds),
        ]
        parts = [part for part in parts if part[2]]
        owners = np.concatenate([owner for owner, _, _ in parts])
        hashes = np.concatenate([found for _, found, _ in parts])
        weights = np.repeat([weight for _, _, weight in parts], [len(p[1]) for p in parts])
        return _grouped(owners, hashes, weights, len(folded))


def _grouped(
    owners: Owners, hashes: Hashes, weights: npt.NDArray[np.float64], texts: int
) -> list[Bag]:
    """A bag for each text: each hash once, with the root of its summed weights."""
    order = np.lexsort((hashes, owners))
    owners, hashes, weights = owners[order], hashes[order], weights[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    starts = np.flatnonzero(first)
    sums = np.add.reduceat(weights, starts) if len(starts) else np.zeros(0)
    heavy = np.sqrt(sums).astype(np.float32)
    ends = np.searchsorted(owners[starts], np.arange(texts + 1))
    unique = hashes[starts]
    return [Bag(unique[begin:end], heavy[begin:end]) for begin, end in pairwise(ends)]


def _ngrams(
    texts: Sequence[Sequence[str]], shortest: int, longest: int, salt: int
) -> tuple[Owners, Hashes]:
    """Text number and hash of all character n-grams within words and their edges.

    The texts stand in one row with two spaces between them, so that no n-gram reaches across.
    """
    rows = [f" {' '.join(words)} " for words in texts]
    codes = np.frombuffer("".join(rows).encode("utf-32-le", "replace"), dtype=np.uint32)
    codes = codes.astype(np.uint64)
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])
    edge = codes == _SPACE
    owners, hashes = [np.zeros(0, np.int32)], [np.zeros(0, np.uint64)]
    for size in range(shortest, min(longest, len(codes)) + 1):
        count = len(codes) - size + 1
        value = np.full(count, size * 131 + salt, dtype=np.uint64)
        across = edge[:count] & edge[1 : 1 + count]
        for place in range(size):
            value += codes[place : place + count] * _FACTORS[place]
            if 0 < place < size - 1:
                across |= edge[place : place + count]
        owners.append(owner[:count][~across])
        hashes.append(_mixed(value[~across]))
    return np.concatenate(owners), np.concatenate(hashes)


def _words(texts: Sequence[Sequence[str]], salt: int) -> tuple[Owners, Hashes]:
    """Text number and hash of each word and each pair of neighbours."""
    found = [[*words, *(f"{one} {two}" for one, two in pairwise(words))] for words in texts]
    values = [crc32(text.encode("utf-8", "replace")) for texts_ in found for text in texts_]
    owners = np.repeat(np.arange(len(found), dtype=np.int32), [len(words) for words in found])
    return owners, _mixed(np.array(values, dtype=np.uint64) + np.uint64(salt << 32))


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(31))) * _MIX
    return np.asarray(values ^ (values >> np.uint64(29)), dtype=np.uint64)
