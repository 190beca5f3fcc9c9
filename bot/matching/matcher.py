"""The matcher: a text in, an answer, two or three choices, or honest silence out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from bot.content.model import Catalogue
from bot.matching.emergency import SILENCE, Alarm, Triggers
from bot.matching.index import Entry, Floats, Index, entry
from bot.text.fold import fold
from bot.text.identify import UNKNOWN, Guess, Identifier

Kind = Literal["answer", "choices", "none"]
Mode = Literal["topics", "intents"]

OUT_OF_SCOPE = ""  # the topic of phrases that nothing in content/ answers
_POSSIBLE = 0.4  # share of the best score that a topic needs to be offered after "no, not this"
CANDIDATES = 40  # entries that rapidfuzz looks at


@dataclass(frozen=True, slots=True)
class Decision:
    """How certain is certain enough. Probabilities of being right, 0..1."""

    answer: float = 0.55
    careful: float = 0.7  # for topics marked `care: high`
    alarm: float = 0.8  # for an emergency that no trigger speaks of
    choice: float = 0.22
    offer: float = 0.08  # a second or third topic beside the first


@dataclass(frozen=True, slots=True)
class Reason:
    """One way of asking that spoke for a topic, and how near it is (0..1)."""

    topic: str
    text: str
    language: str
    nearness: float


@dataclass(frozen=True, slots=True)
class Match:
    """What the matcher makes of a text."""

    kind: Kind
    topics: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    language: Guess = UNKNOWN
    alarm: Alarm | None = None
    reasons: tuple[Reason, ...] = field(default=(), repr=False)

    @property
    def topic(self) -> str | None:
        """The topic that would be answered, if any."""
        return self.topics[0] if self.kind == "answer" else None


def entries_of(catalogue: Catalogue, mode: Mode = "topics") -> Iterator[Entry]:
    """Every way of asking in a catalogue: titles, questions, keywords, and what is out of scope."""
    for topic in catalogue.topics.values():
        for article in topic.articles.values():
            texts = [article.title, *article.questions, *article.keywords]
            for text in dict.fromkeys(texts):
                yield entry(text, topic.id, article.language)
    if mode == "topics":
        for language, phrases in catalogue.none.items():
            for text in phrases:
                yield entry(text, OUT_OF_SCOPE, language)


class Matcher:
    """Built once from a catalogue; answers any number of questions, from any thread."""

    def __init__(
        self, catalogue: Catalogue, identifier: Identifier | None = None, mode: Mode = "topics"
    ) -> None:
        self._mode = mode
        self._index = Index(list(entries_of(catalogue, mode)))
        self._triggers = Triggers(catalogue) if mode == "topics" else None
        self._identifier = identifier or Identifier(catalogue.languages())
        self._careful = {topic.id for topic in catalogue.topics.values() if topic.care == "high"}
        self._decision = Decision()

    def match(self, text: str, *, emergencies: bool = True) -> Match:
        """The topics of a text, the likeliest first, and how sure the matcher is of them.

        `emergencies=False` where the person said that no danger was meant.
        """
        folded = fold(text)
        scores, reasons = self._scores(folded)
        language = self._language(text, reasons)
        ranked = self._rank(scores)
        heard = self._triggers.hear(text) if self._triggers and emergencies else SILENCE
        if heard.alarm:
            return self._emergency(heard.alarm, ranked, language, reasons)
        if heard.harmless or not emergencies:
            ranked = [item for item in ranked if not item[0].startswith("emergency/")]
        return self._decide(ranked, language, reasons)

    def nearest(self, text: str) -> tuple[str, ...]:
        """The topics that a text may be about at all; no emergencies, no small talk."""
        scores = self._scores(fold(text))[0]
        enough = _POSSIBLE * max(scores.values(), default=0.0)
        ranked = sorted(scores, key=lambda topic: -scores[topic])
        return tuple(
            topic
            for topic in ranked
            if topic and scores[topic] >= enough and not topic.startswith(("emergency/", "chat/"))
        )

    def _scores(self, folded: str) -> tuple[dict[str, float], tuple[Reason, ...]]:
        """How well each topic fits, 0..1, and the entries that spoke loudest."""
        scores = dict.fromkeys(self._index.topics, 0.0) if self._mode == "intents" else {}
        if not folded or not self._index.entries:
            return scores, ()
        nearness, centres = self._index.similar(folded)
        candidates = np.argsort(-nearness)[:CANDIDATES]
        fits = self._judge(folded, candidates, nearness)
        for place in np.argsort(-centres)[:20]:
            scores[self._index.topics[place]] = 0.4 * float(centres[place])
        best: dict[str, list[float]] = {}
        for fit, place in fits:
            best.setdefault(self._index.entries[place].topic, []).append(fit)
        for topic, values in best.items():
            top = sorted(values, reverse=True)[:3]
            neighbours = 0.8 * top[0] + 0.2 * sum(top) / 3
            scores[topic] = scores.get(topic, 0.0) + 0.6 * neighbours
        reasons = tuple(
            Reason(item.topic, item.text, item.language, fit)
            for fit, item in ((fit, self._index.entries[place]) for fit, place in fits[:5])
        )
        return scores, reasons

    def _judge(
        self, folded: str, candidates: npt.NDArray[np.intp], nearness: Floats
    ) -> list[tuple[float, int]]:
        """rapidfuzz looks at the nearest entries: same words in another order, typing errors."""
        fits = []
        for place in candidates[nearness[candidates] > 0]:
            known = self._index.entries[place].folded
            ratio = (
                fuzz.token_sort_ratio(folded, known) + fuzz.token_set_ratio(folded, known)
            ) / 200
            fits.append(
                (0.6 * float(nearness[place]) + 0.4 * ratio * min(1.0, ratio + 0.2), int(place))
            )
        return sorted(fits, reverse=True)

    @staticmethod
    def _rank(scores: dict[str, float]) -> list[tuple[str, float]]:
        """Topics with the probability of being right, from score and lead over the next one."""
        ranked = sorted(scores.items(), key=lambda item: -item[1])[:6]
        result = []
        for place, (topic, score) in enumerate(ranked):
            others = [value for other, value in ranked if other != topic]
            lead = score - max(others, default=0.0) if place == 0 else score - ranked[0][1]
            result.append((topic, 1 / (1 + exp(-(9 * (score - 0.42) + 14 * lead)))))
        return result

    def _language(self, text: str, reasons: tuple[Reason, ...]) -> Guess:
        """The language by its letters; where those cannot tell, that of a near way of asking."""
        guess = self._identifier.guess(text)
        if guess.certain or not reasons or reasons[0].nearness < 0.6:
            return guess
        return Guess(reasons[0].language, certain=reasons[0].nearness >= 0.8)

    def _decide(
        self, ranked: list[tuple[str, float]], language: Guess, reasons: tuple[Reason, ...]
    ) -> Match:
        limit = self._decision
        topics = [(topic, p) for topic, p in ranked if topic != OUT_OF_SCOPE]
        if self._mode == "intents":
            return self._intents(topics, reasons, language)
        if not topics or ranked[0][0] == OUT_OF_SCOPE or topics[0][1] < limit.choice:
            return Match("none", language=language, reasons=reasons)
        first, probability = topics[0]
        needed = limit.careful if first in self._careful else limit.answer
        if first.startswith("emergency/"):
            needed = limit.alarm
        offered = [topics[0], *(item for item in topics[1:3] if item[1] >= limit.offer)]
        if probability < needed and len(offered) < 2:
            offered = topics[:2]
        kind: Kind = "answer" if probability >= needed or len(offered) < 2 else "choices"
        return _match(kind, offered, language, reasons)

    def _intents(
        self, topics: list[tuple[str, float]], reasons: tuple[Reason, ...], language: Guess
    ) -> Match:
        kind: Kind = "none"
        if topics and topics[0][1] >= self._decision.choice:
            kind = "answer" if topics[0][1] >= self._decision.answer else "choices"
        return _match(kind, topics[:3], language, reasons)

    def _emergency(
        self,
        alarm: Alarm,
        ranked: list[tuple[str, float]],
        language: Guess,
        reasons: tuple[Reason, ...],
    ) -> Match:
        """The emergency first; an ordinary topic after it where the text asks for one too."""
        others = [
            (topic, p)
            for topic, p in ranked
            if p >= self._decision.answer
            and topic
            and not topic.startswith(("emergency/", "chat/"))
        ]
        found = [(alarm.topic, 0.99), *others[:1]]
        return Match(
            "answer",
            tuple(topic for topic, _ in found),
            tuple(round(p, 4) for _, p in found),
            language,
            alarm,
            reasons,
        )


def _match(
    kind: Kind, found: list[tuple[str, float]], language: Guess, reasons: tuple[Reason, ...]
) -> Match:
    return Match(
        kind,
        tuple(topic for topic, _ in found),
        tuple(round(p, 4) for _, p in found),
        language,
        reasons=reasons,
    )
