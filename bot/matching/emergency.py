"""Trigger phrases: what people in danger type, of every language, looked for in every message.

A trigger fires where all its words stand in the message near each other and in their order (or side
by side in any order), each as written, with a typing error, or as the beginning of a longer word. A
phrase under `not:` that explains those words better (it covers at least the same places, as closely)
keeps it quiet: "want to die" fires, "want to die laughing" does not. What no trigger says is left
to the classifier, which learns from all of these phrases (`bot.matching.model`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.content.model import Catalogue
from bot.text.fold import words

_SLACK = 3  # words that may stand between the words of a trigger
_MOST_WORDS = 400
_SHORT_LOOK_ALIKE = 8  # words; longer ones only teach the classifier
_SWAPPED = 4  # letters of a word in which two may have changed places
_PREFIX = 5  # letters from which on a word may be the beginning of a longer one


@dataclass(frozen=True, slots=True)
class Phrase:
    """A trigger with its topic, word by word."""

    text: str
    topic: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a message: at which of its words, and how many letters differ."""

    phrase: Phrase
    places: tuple[int, ...]
    distance: int


class Triggers:
    """All triggers and short look-alikes of a catalogue, ready to be looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        articles = [
            (topic.id, article)
            for topic in catalogue.topics.values()
            for article in topic.articles.values()
        ]
        phrases = [
            Phrase(text, topic, tuple(words(text)))
            for topic, article in articles
            for text in article.triggers
        ]
        self._known = _Words({word for phrase in phrases for word in phrase.words})
        often = Counter(word for phrase in phrases for word in phrase.words)
        self._by_rarest: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            if phrase.words:
                self._by_rarest[min(phrase.words, key=lambda word: often[word])].append(phrase)
        self._look_alikes: dict[Phrase, list[Phrase]] = defaultdict(list)
        for _, article in articles:
            for text in article.no_triggers:
                if len(text.split()) <= _SHORT_LOOK_ALIKE:
                    self._excuse(Phrase(text, "", tuple(words(text))))

    def _excuse(self, look_alike: Phrase) -> None:
        """Remember a look-alike with every trigger that it would set off and says more than."""
        for hit in self._hits(look_alike.words):
            if hit.phrase.words != look_alike.words:
                self._look_alikes[hit.phrase].append(look_alike)

    def hear(self, text: str) -> Hit | None:
        """The clearest trigger in the text that no look-alike explains."""
        spoken = words(text)[:_MOST_WORDS]
        hits = [hit for hit in self._hits(spoken) if not self._explained(hit, spoken)]
        return min(hits, key=lambda hit: (-len(hit.places), hit.distance), default=None)

    def _hits(self, spoken: Sequence[str]) -> list[Hit]:
        present: dict[str, dict[int, int]] = defaultdict(dict)  # known word → place → errors
        for place, word in enumerate(spoken):
            for known, errors in self._known.like(word).items():
                present[known][place] = errors
        possible = [
            phrase
            for known in present
            for phrase in self._by_rarest.get(known, ())
            if all(word in present for word in phrase.words)
        ]
        found = (
            _placed(phrase, present)
            for phrase in possible
            # A number alone is a cry for help; among other words it may be a bus or an amount.
            if not "".join(phrase.words).isdigit() or len(spoken) == len(phrase.words)
        )
        return [hit for hits in found for hit in hits]

    def _explained(self, hit: Hit, spoken: Sequence[str]) -> bool:
        """Whether a harmless phrase covers the same words and more, at least as closely."""
        for look_alike in self._look_alikes.get(hit.phrase, ()):
            present: dict[str, dict[int, int]] = {}
            for known in set(look_alike.words):
                fits = {place: _errors(word, known) for place, word in enumerate(spoken)}
                present[known] = {place: e for place, e in fits.items() if e is not None}
            for other in _placed(look_alike, present):
                if set(other.places) >= set(hit.places) and other.distance <= hit.distance:
                    return True
        return False


class _Words:
    """Words that are found again with a typing error or as the beginning of a longer word.

    Each stands under itself and under every form with one letter left out, and so does what is
    looked up: they meet where at most two letters differ (SymSpell, W. Garbe 2012).
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._forms: dict[str, list[str]] = defaultdict(list)
        for word in known:
            for form in _shortened(word):
                self._forms[form].append(word)

    def like(self, word: str) -> Mapping[str, int]:
        """The known words that a typed word may be, and how many letters differ."""
        possible = {known for form in _shortened(word) for known in self._forms.get(form, ())}
        for end in range(_PREFIX, len(word)):
            possible.update(k for k in self._forms.get(word[:end], ()) if k == word[:end])
        fits = {known: _errors(word, known) for known in possible}
        return {known: errors for known, errors in fits.items() if errors is not None}


def _shortened(word: str) -> set[str]:
    """The word, and from four letters on its forms with one letter left out."""
    if len(word) < 4 or word.isdigit():
        return {word}
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def _errors(word: str, known: str) -> int | None:
    """Letters that differ where the word may be the known one, else None.

    None in short words, where each letter counts ("like" is not "live", but "liev" is); one in
    words up to seven letters, two in longer ones; the first letter is right (people rarely mistype
    it).
    """
    if word == known:
        return 0
    if len(known) >= _PREFIX and word.startswith(known):
        return 0
    if word[:1] != known[:1] or known.isdigit():
        return None
    if len(known) < _shortest(known):
        return 1 if len(known) == _SWAPPED and _same_letters(word, known) else None
    allowed = 1 if len(known) < 8 else 2
    distance = OSA.distance(word, known, score_cutoff=allowed)
    return distance if distance <= allowed else None


def _same_letters(word: str, known: str) -> bool:
    return len(word) == len(known) and sorted(word) == sorted(known)


def _shortest(known: str) -> int:
    """Letters from which on a word may be mistyped; Arabic script writes no short vowels, so four
    of its letters say as much as five of others."""
    return 4 if "\u0600" <= known[:1] <= "\u06ff" else 5


def _placed(phrase: Phrase, present: Mapping[str, Mapping[int, int]]) -> list[Hit]:
    """Every stretch of the message in which all words of the phrase stand."""
    found = []
    for start in present.get(phrase.words[0], {}):
        chosen = _chosen(phrase, present, start)
        in_order = chosen == sorted(chosen)
        side_by_side = max(chosen) - min(chosen) == len(chosen) - 1
        # A look-alike excuses only in its own order: "not at the camp any more" is no "not any more".
        if len(chosen) == len(phrase.words) and (in_order or (side_by_side and phrase.topic)):
            distance = sum(
                present[word][place] for word, place in zip(phrase.words, chosen, strict=True)
            )
            found.append(Hit(phrase, tuple(chosen), distance))
    return found


def _chosen(phrase: Phrase, present: Mapping[str, Mapping[int, int]], start: int) -> list[int]:
    """A different word of the message for each word of the phrase, near the one before."""
    chosen = [start]
    for word in phrase.words[1:]:
        last = chosen[-1]
        near = [
            place
            for place in present[word]
            if place not in chosen and abs(place - last) <= _SLACK + 1
        ]
        if not near:
            break
        chosen.append(min(near, key=lambda place: (place < last, abs(place - last - 1))))
    return chosen
