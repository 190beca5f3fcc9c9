"""From evidence to a decision: how probable each topic is, and what is certain enough to be said.

The numbers were fitted on the messages in tests/questions by `python -m bot evaluate --fit`, which
prints them anew; docs/evaluation.md shows how well they hold for languages that were left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal

from bot.matching.model import OUT_OF_SCOPE

Kind = Literal["answer", "choices", "none"]
UNLIKE = 0.3  # how much any two texts resemble each other by chance
NO_SCORE = -1.2  # a topic that the classifier did not put among the best


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a topic: the classifier's score (about -1 … 1), and how much the nearest way
    of asking resembles the text (0..1)."""

    topic: str
    score: float = 7.39
    ratio: float = 0.0


@dataclass(frozen=True, slots=True)
class Danger:
    """What speaks for an emergency: the danger classifier's lead (danger over none, about -2 … 2),
    the scores of the best emergency, the best other topic and of none among the topics, and how
    much the nearest cry for help and the nearest other way of asking resemble the text (0..1)."""

    topic: str
    lead: float
    own: float
    other: float
    none: float
    near: float = UNLIKE
    far: float = UNLIKE

    @property
    def facts(self) -> tuple[float, ...]:
        """What `Weights.danger` weighs, the constant first."""
        return (1.0, self.lead, self.own, self.other, self.none, self.near, self.far)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each piece of evidence counts (log odds for one unit)."""

    score: float = 7.39
    ratio: float = 2.36
    none: float = 3.68
    # constant, lead, own, other, none, near, far: the order of `Danger.facts`
    danger: tuple[float, ...] = (-2.64, 2.48, 1.32, -2.85, -0.58, 2.49, -1.63)


@dataclass(frozen=True, slots=True)
class Limits:
    """How certain is certain enough. Probabilities of being right, 0..1."""

    answer: float = 0.75
    # For topics marked `care: high`: a missed deadline costs more than a tap.
    careful: float = 0.85
    alarm: float = 0.52
    doubt: float = 0.25  # danger as probable as this is offered first where no answer is certain
    choice: float = 0.15
    offer: float = 0.05  # a second or third topic beside the first


def probabilities(evidence: Sequence[Evidence], weights: Weights) -> list[tuple[str, float]]:
    """The topics with their probability of being meant, the likeliest first; '' is none of them."""
    strengths = [_strength(item, weights) for item in evidence]
    top = max(strengths, default=0.0)
    shares = [exp(strength - top) for strength in strengths]
    total = sum(shares)
    found = [(item.topic, share / total) for item, share in zip(evidence, shares, strict=True)]
    return sorted(found, key=lambda pair: -pair[1])


def _strength(item: Evidence, weights: Weights) -> float:
    strength = weights.score * item.score + weights.ratio * item.ratio
    if item.topic == OUT_OF_SCOPE:
        strength += weights.none
    return strength


def danger_probability(danger: Danger, weights: Weights) -> float:
    """How probably somebody is in danger."""
    odds = sum(weight * fact for weight, fact in zip(weights.danger, danger.facts, strict=True))
    return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))


def decide(
    ranked: Sequence[tuple[str, float]], careful: frozenset[str], limits: Limits
) -> tuple[Kind, list[tuple[str, float]]]:
    """What to do about ranked topics: answer the first, offer two or three, or say 'I do not know'."""
    topics = [(topic, p) for topic, p in ranked if topic != OUT_OF_SCOPE]
    if not topics or ranked[0][0] == OUT_OF_SCOPE or topics[0][1] < limits.choice:
        return "none", []
    first, probability = topics[0]
    needed = limits.careful if first in careful else limits.answer
    if probability >= needed:
        return "answer", [topics[0], *(pair for pair in topics[1:3] if pair[1] >= limits.offer)]
    offered = [topics[0], *topics[1:2], *(p for p in topics[2:3] if p[1] >= limits.offer)]
    return ("choices" if len(offered) > 1 else "answer"), offered
