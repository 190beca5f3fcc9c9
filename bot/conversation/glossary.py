"""A word from a letter: somebody types nothing but a German office word, and gets its meaning."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.content.model import MEANING, Catalogue, Topic
from bot.languages import ORIGIN
from bot.text.fold import fold

_MOST_WORDS = 8
_ALIKE = 86  # rapidfuzz ratio, 0..100
_EXACT = 5  # letters, up to which nothing may be misspelt


class Glossary:
    """The words of content/glossary by their names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words: dict[str, Topic] = {}
        for word in catalogue.glossary.values():
            german = word.articles.get(ORIGIN)
            for name in (german.title, *german.keywords) if german else ():
                self._words.setdefault(_squeezed(fold(name)), word)
        phrases = [
            phrase
            for sections in catalogue.followups.values()
            for phrase in sections.get(MEANING, ())
        ]
        self._asking = {part for phrase in phrases for part in fold(phrase).split()}

    def find(self, text: str) -> Topic | None:
        """The word that a text is, or whose meaning it asks for; misspelt too.

        None where the text says anything else: then it is a question about a topic.
        """
        parts = fold(text).split()
        if len(parts) > _MOST_WORDS:
            return None
        name = _squeezed(" ".join(part for part in parts if part not in self._asking))
        if name in self._words:
            return self._words[name]
        if len(name) <= _EXACT:
            return None
        best = process.extractOne(name, self._words.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self._words[best[0]] if best else None


def _squeezed(folded: str) -> str:
    """Without spaces: compounds are taken apart and put together as people like."""
    return folded.replace(" ", "")
