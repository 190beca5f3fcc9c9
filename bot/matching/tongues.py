"""Which of the languages of the content a text is in, by the features of their ways of asking.

How people write to the bot is known best from content/ itself: office German inside Arabic, Arabic
and Ukrainian in Latin letters, words without their accents. So each language's vocabulary serves as
a profile (naive Bayes); a general library is asked only about what no language of the content knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from bot.matching.features import Bag
from bot.matching.model import Model
from bot.text.identify import UNKNOWN, Guess, Identifier, owners_of, script_of

# Fitted on tests/questions (docs/evaluation.md): how much rarer an unknown feature is than one seen
# once, how far the share of a script in a language's texts is made up for, and the sharpness that
# makes probabilities of the scores.
_UNSEEN = 0.5
_SCRIPT = 0.5
_RAREST_SCRIPT = 0.02
_EVER = 0.003  # the share of a language's texts from which on it is written in a script at all
_SHARPNESS = 12.0
_CERTAIN = 0.95  # a probability
_KNOWN = 0.6  # the share of features that a language must know to be certain
_TRIED = 0.1  # the least probability of a language whose model is asked
_OWN = 0.15  # what a language is ahead that alone has letters of its own in the text
_CHOSEN = 0.15  # what the language that the person chose is ahead


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that a text may be in, how probably, and the share of features it knows."""

    code: str
    probability: float
    known: float


class Tongues:
    """The profiles of the languages in the content."""

    def __init__(self, models: Mapping[str, Model], identifier: Identifier | None = None) -> None:
        self._models = models
        # The same for all, or a language with few texts would seem to know everything.
        most = max((model.texts for model in models.values()), default=1)
        self._unseen = log(1 + most) + _UNSEEN
        self._identifier = identifier or Identifier(models)

    def hear(self, text: str, bag: Bag, chosen: str | None = None) -> list[Tongue]:
        """The languages that the text may be in, the likeliest first; those hardly possible are
        left out. `chosen`, the language of the person, tips the balance where nothing else does."""
        if len(bag.hashes) == 0:
            return []
        script = script_of(text)
        found = {
            code: _fit(model, bag, script, self._unseen)
            for code, model in self._written_in(script).items()
        }
        owners = owners_of(text.lower())
        own = owners.pop() if len(owners) == 1 else None
        scores = {
            code: fit + _CHOSEN * (code == chosen) + _OWN * (code == own)
            for code, (fit, _) in found.items()
        }
        best = max(scores.values())
        weights = {code: exp(_SHARPNESS * (score - best)) for code, score in scores.items()}
        total = sum(weights.values())
        tongues = [Tongue(code, weights[code] / total, found[code][1]) for code in weights]
        tongues.sort(key=lambda tongue: -tongue.probability)
        return [tongue for tongue in tongues if tongue.probability >= _TRIED] or tongues[:1]

    def _written_in(self, script: str) -> Mapping[str, Model]:
        """The languages that are ever written in a script; all, where none is."""
        found = {
            code: model
            for code, model in self._models.items()
            if model.scripts.get(script, 0.0) >= _EVER
        }
        return found or self._models

    def guess(self, text: str, tongues: Sequence[Tongue]) -> Guess:
        """The text's language. Certain only where a sentence leaves no doubt."""
        if not tongues or not script_of(text):
            return UNKNOWN
        first, several = tongues[0], len(text.split()) > 1
        if first.known >= _KNOWN:
            return Guess(first.code, certain=several and first.probability >= _CERTAIN)
        if several:
            return self._identifier.guess(text)
        return UNKNOWN


def _fit(model: Model, bag: Bag, script: str, unseen: float) -> tuple[float, float]:
    """The mean log probability of the text's features in a language, and the share it knows."""
    vocabulary = model.vocabulary
    where, known = vocabulary.where(bag)
    logs = np.where(known, 1 - vocabulary.rarity[where], -unseen)
    share = max(model.scripts.get(script, 1.0), _RAREST_SCRIPT)
    mean = float(logs @ bag.weights) / float(bag.weights.sum())
    return mean - _SCRIPT * log(share), float(known.mean())
