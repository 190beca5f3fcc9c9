"""'And what does it cost?' – a short question that only makes sense with the topic at hand."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.content.model import MEANING, Catalogue
from bot.text.fold import fold

_MOST_WORDS = 8
_SAME_WORD = 80  # rapidfuzz ratio, 0..100
_SAME_PHRASE = 72


class Followups:
    """The phrases of content/followups, ready to be compared with."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._phrases: dict[str, str] = {}
        for sections in catalogue.followups.values():
            for section, phrases in sections.items():
                if section != MEANING:
                    self._phrases.update({fold(phrase): section for phrase in phrases})
        self._vocabulary = sorted({word for phrase in self._phrases for word in phrase.split()})

    def section(self, text: str) -> str | None:
        """The section that a short text asks for.

        None where the text holds a word that follow-ups never use: then it names something of
        its own ("what does the WBS cost?") and is a new question.
        """
        folded = fold(text)
        words = folded.split()
        if not 0 < len(words) <= _MOST_WORDS or not all(map(self._is_known, words)):
            return None
        best = process.extractOne(
            folded, self._phrases.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_PHRASE
        )
        return self._phrases[best[0]] if best else None

    def _is_known(self, word: str) -> bool:
        return bool(
            process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        )


def places_by_name(catalogue: Catalogue) -> Mapping[str, tuple[str, str | None]]:
    """Folded name of every region and municipality → its region and municipality."""
    names: dict[str, tuple[str, str | None]] = {}
    for region in catalogue.regions.values():
        for town in region.municipalities:
            for name in (town.name, town.id, *town.aliases):
                names.setdefault(fold(name), (region.id, town.id))
        for name in (*region.name.values(), region.id, *region.aliases):
            names[fold(name)] = (region.id, None)
    return names


class Places:
    """The names people use for the places they live in."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names = places_by_name(catalogue)

    def find(self, text: str) -> tuple[str, str | None] | None:
        """The region and municipality that a text names, if it is nothing but a place's name."""
        folded = fold(text)
        if not folded or len(folded) > 60:
            return None
        best = process.extractOne(folded, self._names.keys(), scorer=fuzz.ratio, score_cutoff=88)
        return self._names[best[0]] if best else None
