"""The matcher: a text in, an answer, two or three choices, or honest silence out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.content.model import Catalogue
from bot.matching.decision import (
    NO_SCORE,
    UNLIKE,
    Danger,
    Evidence,
    Kind,
    Limits,
    Weights,
    danger_probability,
    decide,
    probabilities,
)
from bot.matching.emergency import Triggers
from bot.matching.features import Bag, Features
from bot.matching.model import EMERGENCY, OUT_OF_SCOPE, Model
from bot.matching.neighbours import Near
from bot.matching.tongues import Tongues
from bot.text.identify import UNKNOWN, Guess

Mode = Literal["topics", "intents"]
Ranked = list[tuple[str, float]]  # topics with their probability, the likeliest first

# What a topic needs to be offered after "no, not this": a probability, or a way of asking like it.
_POSSIBLE = 0.02
_ALIKE = 0.5
_BEST = 8  # topics that the decision looks at
_SHORTEST = 3  # letters or digits; less says nothing about danger
_EXPLAINED = 40  # words that `weigh` looks at


@dataclass(frozen=True, slots=True)
class Alarm:
    """What set it off: the topic and the nearest phrase from content/; how probable danger is."""

    topic: str
    phrase: str
    probability: float


@dataclass(frozen=True, slots=True)
class Match:
    """What the matcher makes of a text."""

    kind: Kind
    topics: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    language: Guess = UNKNOWN
    alarm: Alarm | None = None
    near: tuple[Near, ...] = field(default=(), repr=False)

    @property
    def topic(self) -> str | None:
        """The topic that would be answered, if any."""
        return self.topics[0] if self.kind == "answer" else None


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is found out about a text before anything is decided."""

    evidence: Sequence[Evidence]
    danger: Danger | None
    language: Guess
    near: Sequence[Near]


class Matcher:
    """Built from a catalogue and the models learnt from it; answers from any thread.

    `triggers` of the same catalogue, where they are there already: they take a moment to prepare.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        models: Mapping[str, Model],
        features: Features,
        mode: Mode = "topics",
        triggers: Triggers | None = None,
        weights: Weights | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._models = models
        self._features = features
        self._mode = mode
        self._weights = weights or Weights()
        self._limits = limits or Limits()
        self._tongues = Tongues(models)
        self._triggers = (triggers or Triggers(catalogue)) if mode == "topics" else None
        self._topics = tuple(catalogue.topics)
        self._careful = frozenset(t.id for t in catalogue.topics.values() if t.care == "high")

    def match(self, text: str, chosen: str | None = None, *, emergencies: bool = True) -> Match:
        """The topics of a text, the likeliest first, and how sure the matcher is of them.

        `chosen` is the language that the person chose. `emergencies=False` where the person said
        that no danger was meant.
        """
        seen = self.look(text, chosen)
        alarm = self._alarm(text, seen) if emergencies and self._triggers else None
        ordinary = seen.evidence
        if self._mode == "intents":
            ordinary = ordinary or [Evidence(topic) for topic in self._topics[:3]]
        else:
            ordinary = [e for e in ordinary if not e.topic.startswith(EMERGENCY)]
        if alarm:
            return self._emergency(alarm, ordinary, seen)
        if not ordinary:
            return Match("none", language=seen.language)
        ranked = probabilities(ordinary, self._weights)
        kind, found = decide(ranked, self._careful, self._limits)
        if self._mode == "intents":
            found = [pair for pair in ranked if pair[0] != OUT_OF_SCOPE][:3]
        elif kind != "answer" and emergencies:
            kind, found = self._with_doubt(kind, found, ranked, seen)
        return _match(kind, found, seen)

    def nearest(self, text: str) -> tuple[str, ...]:
        """The topics that a text may be about at all; no emergencies, no small talk."""
        seen = self.look(text)
        like = {e.topic for e in seen.evidence if e.ratio >= _ALIKE}
        ranked = probabilities(seen.evidence, self._weights)
        return tuple(
            topic
            for topic, p in ranked
            if topic
            and (p >= _POSSIBLE or topic in like)
            and not topic.startswith((EMERGENCY, "chat/"))
        )

    def weigh(self, text: str, topic: str, chosen: str | None = None) -> list[tuple[str, float]]:
        """The words of a text that speak for or against a topic, the weightiest first.

        A word's worth is what the topic's score would lose without it (about -2 … 2).
        """
        words = text.split()[:_EXPLAINED]
        full = self._score(text, topic, chosen)
        worth = [
            (word, full - self._score(" ".join(words[:place] + words[place + 1 :]), topic, chosen))
            for place, word in enumerate(words)
        ]
        worth.sort(key=lambda pair: -abs(pair[1]))
        return [(word, value) for word, value in worth if abs(value) >= 0.05]

    def _score(self, text: str, topic: str, chosen: str | None) -> float:
        """The topic's score in the likeliest language."""
        folded = self._features.fold(text)
        bag = self._features.bag(folded)
        tongues = self._tongues.hear(text, bag, chosen)
        if not tongues:
            return NO_SCORE
        return self._ask(self._models[tongues[0].code], folded, bag).scores.get(topic, NO_SCORE)

    def look(self, text: str, chosen: str | None = None) -> View:
        """The evidence for each topic that comes into question."""
        folded = self._features.fold(text)
        bag = self._features.bag(folded)
        tongues = self._tongues.hear(text, bag, chosen)
        language = self._tongues.guess(text, tongues)
        if not tongues:
            return View((), None, language, ())
        total = sum(tongue.probability for tongue in tongues)
        asked = [
            (tongue.probability / total, self._ask(self._models[tongue.code], folded, bag))
            for tongue in tongues
        ]
        evidence, danger, near = _joined(asked)
        return View(evidence, danger if len(folded) >= _SHORTEST else None, language, near)

    def _ask(self, model: Model, folded: str, bag: Bag) -> _Opinion:
        places, values = model.vocabulary.vector(bag)
        scores = dict(
            zip(model.topics.classes, model.topics.scores(places, values).tolist(), strict=True)
        )
        danger: Mapping[str, float] = {}
        if model.danger:
            found = model.danger.scores(places, values).tolist()
            danger = dict(zip(model.danger.classes, found, strict=True))
        near = model.neighbours.near(folded, places, values) if len(places) else []
        return _Opinion(scores, danger, near)

    def _alarm(self, text: str, seen: View) -> Alarm | None:
        """A trigger, or a text so near to what people in danger write that it must be one."""
        hit = self._triggers.hear(text) if self._triggers else None
        probability = danger_probability(seen.danger, self._weights) if seen.danger else 0.0
        if hit:
            return Alarm(hit.phrase.topic, hit.phrase.text, max(probability, 0.9))
        if seen.danger is None or probability < self._limits.alarm:
            return None
        topic = seen.danger.topic
        phrase = next((item.text for item in seen.near if item.topic == topic), "")
        return Alarm(topic, phrase, probability)

    def _with_doubt(
        self, kind: Kind, found: Ranked, ranked: Ranked, seen: View
    ) -> tuple[Kind, Ranked]:
        """Where no answer is certain, danger that may be meant is offered first: nobody in danger
        is told 'I do not know'."""
        danger = seen.danger
        probability = danger_probability(danger, self._weights) if danger else 0.0
        if danger is None or probability < self._limits.doubt:
            return kind, found
        others = [pair for pair in (found or ranked) if pair[0] != OUT_OF_SCOPE][:2]
        if not others:
            return kind, found
        return "choices", [
            (danger.topic, probability),
            *((t, min(p, probability)) for t, p in others),
        ]

    def _emergency(self, alarm: Alarm, ordinary: Sequence[Evidence], seen: View) -> Match:
        """The emergency first; an ordinary topic after it where the text asks for one too."""
        ranked = probabilities(ordinary, self._weights)
        others = [
            (topic, p)
            for topic, p in ranked[:1]
            if p >= self._limits.answer and topic and not topic.startswith("chat/")
        ]
        first = (alarm.topic, alarm.probability)
        found = [first, *((topic, min(p, alarm.probability)) for topic, p in others)]
        return replace(_match("answer", found, seen), alarm=alarm)


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What one language's model says about a text."""

    scores: Mapping[str, float]
    danger: Mapping[str, float]
    near: Sequence[Near]


def _joined(
    asked: Sequence[tuple[float, _Opinion]],
) -> tuple[list[Evidence], Danger | None, list[Near]]:
    """The opinions of one or more languages, each with its probability, as one."""
    scores: dict[str, float] = {}
    for topic in {topic for _, opinion in asked for topic in opinion.scores}:
        scores[topic] = sum(share * o.scores.get(topic, NO_SCORE) for share, o in asked)
    near = sorted(
        (item for _, opinion in asked for item in opinion.near), key=lambda item: -item.nearness
    )
    ratios: dict[str, float] = {}
    for item in near:
        ratios[item.topic] = max(ratios.get(item.topic, 0.0), item.ratio)
    best = sorted(scores, key=lambda topic: -scores[topic])[:_BEST]
    considered = dict.fromkeys([*best, *(item.topic for item in near[:6])])
    if OUT_OF_SCOPE in scores:
        considered[OUT_OF_SCOPE] = None
    evidence = [Evidence(t, scores.get(t, NO_SCORE), ratios.get(t, 0.0)) for t in considered]
    return evidence, _danger(asked, scores, ratios), near


def _danger(
    asked: Sequence[tuple[float, _Opinion]],
    scores: Mapping[str, float],
    ratios: Mapping[str, float],
) -> Danger | None:
    """The danger that the likelier languages hear together."""
    sums: dict[str, float] = {}
    for share, opinion in asked:
        for topic, score in opinion.danger.items():
            sums[topic] = sums.get(topic, 0.0) + share * score
    topics = [topic for topic in sums if topic]
    if not topics:
        return None
    worst = max(topics, key=lambda topic: sums[topic])
    own, other = _best(scores, NO_SCORE)
    near, far = _best(ratios, UNLIKE)
    none = scores.get(OUT_OF_SCOPE, NO_SCORE)
    return Danger(worst, sums[worst] - sums.get(OUT_OF_SCOPE, 0.0), own, other, none, near, far)


def _best(values: Mapping[str, float], least: float) -> tuple[float, float]:
    """The highest value of an emergency, and of anything else."""
    danger = [value for topic, value in values.items() if topic.startswith(EMERGENCY)]
    other = [value for topic, value in values.items() if not topic.startswith(EMERGENCY)]
    return max(danger, default=least), max(other, default=least)


def _match(kind: Kind, found: Sequence[tuple[str, float]], seen: View) -> Match:
    return Match(
        kind,
        tuple(topic for topic, _ in found),
        tuple(round(p, 4) for _, p in found),
        seen.language,
        near=tuple(seen.near[:5]),
    )
