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
ROUNDS = 4  # after which nothing changes on the development questions
_SMALL = 0.02  # what moves less is left alone; smaller only takes longer


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
    own_ease = number * np.maximum(texts, 1) / (2 * COST * len(classes))
    ease = np.float32(1 / (2 * COST))
    weights = np.zeros((size + 1, number), np.float32)
    flat = weights.reshape(-1)
    alphas = np.zeros((len(classes), number), np.float32)
    rows = [
        (np.append(places, size), np.append(values, np.float32(1))) for places, values in vectors
    ]
    lengths = np.array([float(values @ values) for _, values in rows], dtype=np.float32)
    for _ in range(rounds):
        for text in rng.permutation(len(rows)):
            places, values = rows[text]
            own, alpha, length = classes[text], alphas[text], lengths[text]
            found = values @ weights.take(places, axis=0)
            moved = alpha + (1 + found - ease * alpha) / (length + ease)
            less = own_ease[own]
            moved[own] = alpha[own] + (1 - found[own] - less * alpha[own]) / (length + less)
            step = alpha - np.maximum(moved, 0)
            active = np.flatnonzero(np.abs(step) > _SMALL)
            alpha[active] -= step[active]
            step[own] = -step[own]
            # a few columns of a few rows: through flat places three times faster than by slices
            flat[(places * number)[:, None] + active] += values[:, None] * step[active]
    return weights
