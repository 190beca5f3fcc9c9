"""A linear support vector machine: one against the rest for all classes at once, in numpy.

Dual coordinate descent for the squared hinge loss (Hsieh et al., "A Dual Coordinate Descent Method
for Large-scale Linear SVM", ICML 2008, algorithm 1 – what LIBLINEAR does), except that one visit of
a text moves the multipliers of all classes together. A class with few texts counts as much as one
with many: its own texts weigh total / (classes · texts of the class).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.features import Floats
from bot.matching.vectors import Places

COST = 1.0  # the usual C; from 0.3 to 3 nothing changes by more than a point
ROUNDS = 5  # after which nothing changes on the development questions
_SMALL = 1e-3  # what moves less is left alone
_FEW = 8  # classes; so many columns are written one by one faster than all at once


def train(
    vectors: Sequence[tuple[Places, Floats]],
    classes: npt.NDArray[np.int32],
    size: int,
    rng: np.random.Generator,
    rounds: int = ROUNDS,
) -> Floats:
    """Weights, (size + 1) × classes; the last row is the constant term.

    `vectors`: places below `size` and weights of each text; `classes`: the class of each, from 0.
    """
    number = int(classes.max()) + 1
    texts = np.bincount(classes, minlength=number)
    own_cost = COST * len(classes) / (number * np.maximum(texts, 1))
    weights = np.zeros((size + 1, number), np.float32)
    alphas = np.zeros((len(classes), number), np.float32)
    rows = [
        (np.append(places, size), np.append(values, np.float32(1))) for places, values in vectors
    ]
    lengths = np.array([float(values @ values) for _, values in rows], dtype=np.float32)
    for _ in range(rounds):
        for text in rng.permutation(len(rows)):
            places, values = rows[text]
            found = weights[places]
            own = classes[text]
            sign = np.full(number, -1, np.float32)
            sign[own] = 1
            ease = np.full(number, 1 / (2 * COST), np.float32)
            ease[own] = 1 / (2 * own_cost[own])
            gradient = sign * (values @ found) - 1 + ease * alphas[text]
            moved = np.maximum(alphas[text] - gradient / (lengths[text] + ease), 0)
            step = (moved - alphas[text]) * sign
            alphas[text] = moved
            active = np.flatnonzero(np.abs(step) > _SMALL)
            if len(active) > _FEW:
                weights[places] = found + values[:, None] * step
            else:
                for one in active:
                    weights[places, one] += values * step[one]
    return weights
