"""What is learnt from the ways of asking in one language, and how it is learnt.

Everything is arrays, so that it can be kept in a file and read back in milliseconds: a vocabulary of
features, the weights of two classifiers – one for topics, one that only hears danger – and an index
of the ways of asking themselves.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching import svm
from bot.matching.features import Features, Floats
from bot.matching.neighbours import Neighbours
from bot.matching.vectors import Places, Vocabulary
from bot.text.identify import script_of

OUT_OF_SCOPE = ""  # the topic of phrases that nothing in content/ answers
EMERGENCY = "emergency/"
_MANY = 2000  # texts; from here on a feature that stands in one text alone only costs memory
_ENOUGH_DANGER = 100  # phrases; from fewer nobody learns what danger sounds like
_SILENT = 50  # one text that says nothing, and so is out of scope, for so many that say something
_SILENCE = (np.zeros(0, np.int64), np.zeros(0, np.float32))
_COPIED = 0.7  # the share of texts that are also learnt misspelt; more only takes longer
_LONG = 12  # letters, from which on a text can stand it
_STEPS = 127  # of an 8-bit weight


@dataclass(frozen=True, slots=True)
class Example:
    """One way of asking as it stands in content/, and its topic ('' for out of scope)."""

    text: str
    topic: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """All there is to learn in one language. `alarms` and `harmless` only teach what danger is."""

    language: str
    examples: Sequence[Example]
    alarms: Sequence[Example] = ()
    harmless: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Classifier:
    """Linear scores for a list of classes: about 1 where a class is meant, -1 where it is not."""

    classes: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    steps: Floats  # the worth of one step of the weights, for each class

    @classmethod
    def of(cls, classes: Sequence[str], weights: Floats) -> Classifier:
        """Weights, (features + 1) × classes, in 8 bits each."""
        steps = np.maximum(np.abs(weights).max(axis=0), 1e-6) / _STEPS
        return cls(tuple(classes), np.rint(weights / steps).astype(np.int8), steps)

    def scores(self, places: Places, values: Floats) -> Floats:
        """The score of each class for a vector."""
        found = values @ self.weights[places].astype(np.float32) + self.weights[-1]
        return np.asarray(found * self.steps, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """One language, ready to be asked."""

    language: str
    vocabulary: Vocabulary
    topics: Classifier
    danger: Classifier | None  # None where the content has no emergencies
    neighbours: Neighbours
    texts: int
    scripts: Mapping[str, float]  # the share of texts written in each script


def learn(lesson: Lesson, features: Features, seed: int = 1) -> Model:
    """Train on a lesson; takes seconds. The same lesson always gives the same model."""
    examples = [item for item in lesson.examples if features.fold(item.text)]
    folded = [features.fold(item.text) for item in examples]
    extra = [*lesson.alarms, *(Example(text, OUT_OF_SCOPE) for text in lesson.harmless)]
    bags = features.bags(folded)
    more = features.bags([features.fold(item.text) for item in extra])
    vocabulary = Vocabulary.of([*bags, *more], least=2 if len(bags) > _MANY else 1)
    vectors = [vocabulary.vector(bag) for bag in bags]
    labels = [item.topic for item in examples]
    silent = [_SILENCE] * max(1, len(vectors) // _SILENT)
    copies, copied = _misspelt(folded, labels, random.Random(seed))
    typed = [vocabulary.vector(bag) for bag in features.bags(copies)]
    topics = _classifier(
        [*vectors, *typed, *silent], [*labels, *copied, *[OUT_OF_SCOPE] * len(silent)],
        len(vocabulary.hashes), seed,
    )  # fmt: skip
    danger = None
    alarming = [item.topic for item in [*examples, *lesson.alarms] if _is_danger(item.topic)]
    if len(alarming) >= _ENOUGH_DANGER:
        every = [*vectors, *(vocabulary.vector(bag) for bag in more)]
        kinds = [
            label if _is_danger(label) else OUT_OF_SCOPE
            for label in [*labels, *(item.topic for item in extra)]
        ]
        danger = _classifier(every, kinds, len(vocabulary.hashes), seed)
    neighbours = Neighbours.of(vectors, folded, [item.text for item in examples], labels)
    scripts = Counter(script_of(item.text) for item in examples)
    shares = {script: count / len(examples) for script, count in scripts.items()}
    return Model(lesson.language, vocabulary, topics, danger, neighbours, len(examples), shares)


def _misspelt(
    folded: Sequence[str], labels: Sequence[str], rng: random.Random
) -> tuple[list[str], list[str]]:
    """Copies of the longer texts as people mistype them, with their topics: they teach the
    classifier not to hang everything on a few letters."""
    texts, topics = [], []
    for text, topic in zip(folded, labels, strict=True):
        if len(text) >= _LONG and rng.random() < _COPIED:
            texts.append("".join(_mistyped(text, rng)))
            topics.append(topic)
    return texts, topics


def _mistyped(text: str, rng: random.Random) -> Iterator[str]:
    """The letters of a text, one in ten replaced, left out, doubled or moved."""
    held = ""
    for letter in text:
        kind = rng.random() if letter != " " else 1.0
        if kind < 0.025:
            held += letter  # comes after the next one
            continue
        if kind < 0.05:
            yield letter * 2
        elif kind < 0.075:
            yield rng.choice(text.replace(" ", ""))
        elif kind >= 0.1:
            yield letter
        yield held
        held = ""
    yield held


def _is_danger(topic: str) -> bool:
    return topic.startswith(EMERGENCY)


def _classifier(
    vectors: Sequence[tuple[Places, Floats]], labels: Sequence[str], size: int, seed: int
) -> Classifier:
    classes = sorted(set(labels))
    number = {label: place for place, label in enumerate(classes)}
    numbers = np.array([number[label] for label in labels], dtype=np.int32)
    weights = svm.train(vectors, numbers, size, np.random.default_rng(seed))
    return Classifier.of(classes, weights)


def save(model: Model, path: Path) -> None:
    """Write a model as a NumPy archive (no pickles in it)."""
    danger, near = model.danger, model.neighbours
    words = {
        "language": model.language, "texts": model.texts, "scripts": model.scripts,
        "topics": model.topics.classes,
        "danger": danger.classes if danger else None, "folded": near.folded,
        "asked": near.texts, "labels": near.labels,
    }  # fmt: skip
    arrays: dict[str, npt.NDArray[Any]] = {
        "hashes": model.vocabulary.hashes, "rarity": model.vocabulary.rarity,
        "topic_weights": model.topics.weights, "topic_steps": model.topics.steps,
        "starts": near.starts, "rows": near.rows, "nearness": near.weights, "label_of": near.label_of,
    }  # fmt: skip
    if danger:
        arrays |= {"danger_weights": danger.weights, "danger_steps": danger.steps}
    text = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, words=text, **arrays)


def load(path: Path) -> Model:
    """Read what `save` wrote.

    Raises OSError, ValueError, KeyError or BadZipFile where the file is not there or damaged.
    """
    with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        got = {name: archive[name] for name in archive.files}
    words = json.loads(got["words"].tobytes())
    danger = (
        Classifier(tuple(words["danger"]), got["danger_weights"], got["danger_steps"])
        if words["danger"]
        else None
    )
    return Model(
        language=words["language"],
        vocabulary=Vocabulary(got["hashes"], got["rarity"]),
        topics=Classifier(tuple(words["topics"]), got["topic_weights"], got["topic_steps"]),
        danger=danger,
        neighbours=Neighbours(
            tuple(words["asked"]), tuple(words["folded"]), tuple(words["labels"]),
            got["label_of"], got["starts"], got["rows"], got["nearness"],
        ),
        texts=words["texts"],
        scripts=words["scripts"],
    )  # fmt: skip
