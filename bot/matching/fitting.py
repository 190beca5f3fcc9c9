"""Fits the weights of `bot.matching.decision` on the development questions.

Two small models with a handful of numbers each, so that a thousand messages are plenty: which topic
is meant (a softmax over the topics that come into question), and whether somebody is in danger
(logistic regression). A weak pull towards zero keeps the numbers small.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.decision import Weights
from bot.matching.matcher import Matcher, View
from bot.matching.model import EMERGENCY, OUT_OF_SCOPE
from bot.matching.questions import Question

Numbers = npt.NDArray[np.float64]
_PULL = 0.02
_STEPS = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """A question and what the matcher found out about it."""

    question: Question
    view: View


def look_at(matcher: Matcher, questions: Sequence[Question]) -> list[Seen]:
    """The evidence for every question."""
    return [Seen(question, matcher.look(question.text)) for question in questions]


def fit(topics: Sequence[Seen], alarms: Sequence[Seen]) -> Weights:
    """The weights that make the right topics and the real alarms most probable."""
    chosen = [_topic_case(seen) for seen in topics if not seen.question.danger]
    cases = [case for case in chosen if case[1].any()]
    score, ratio, none = _climb(3, lambda w: _topic_slope(w, cases))
    heard = [seen for seen in [*topics, *alarms] if seen.view.danger]
    facts = np.array([seen.view.danger.facts for seen in heard if seen.view.danger])
    truth = np.array([float(seen.question.danger) for seen in heard])
    danger = _climb(facts.shape[1], lambda w: _danger_slope(w, facts, truth))
    return Weights(
        round(float(score), 2), round(float(ratio), 2), round(float(none), 2),
        danger=tuple(round(float(value), 2) for value in danger),
    )  # fmt: skip


def _topic_case(seen: Seen) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Facts of each topic in question, and which of them are right."""
    ordinary = [e for e in seen.view.evidence if not e.topic.startswith(EMERGENCY)]
    facts = [[e.score, e.ratio, e.topic == OUT_OF_SCOPE] for e in ordinary]
    right = np.array([e.topic in seen.question.right for e in ordinary], dtype=bool)
    return np.array(facts, dtype=float), right


def _topic_slope(
    weights: Numbers, cases: Sequence[tuple[Numbers, npt.NDArray[np.bool_]]]
) -> Numbers:
    """How the mean log probability of the right topics grows with each weight."""
    slope = np.zeros(len(weights))
    for facts, right in cases:
        strength = facts @ weights
        share = np.exp(strength - strength.max())
        share /= share.sum()
        wanted = share * right
        slope += (wanted / wanted.sum() - share) @ facts
    return slope / len(cases)


def _danger_slope(weights: Numbers, facts: Numbers, truth: Numbers) -> Numbers:
    guess = 1 / (1 + np.exp(-np.clip(facts @ weights, -50, 50)))
    return np.asarray((truth - guess) @ facts / len(truth))


def _climb(size: int, slope: Callable[[Numbers], Numbers]) -> Numbers:
    """Gradient ascent with a step for each weight that adapts to its slope (Adam)."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, _STEPS + 1):
        gradient = slope(weights) - _PULL * weights / 100
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        pace = 0.3 * (1 - step / (_STEPS + 1))
        weights = weights + pace * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.99**step)) + 1e-8
        )
    return weights
