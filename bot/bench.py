"""`bench`: how fast the matcher is, beside plain rapidfuzz in the same run, and how much it needs.

Times depend on the machine, so the report also gives each as a multiple of a fixed piece of work
done by the same processor at the same time.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from bot.content.load import load
from bot.content.model import Catalogue
from bot.matching.baselines import PlainRapidfuzz
from bot.matching.features import Features
from bot.matching.matcher import Matcher
from bot.matching.model import Classifier, Example, Lesson, Model
from bot.matching.neighbours import Neighbours
from bot.matching.shelf import Shelf, build_matcher, features_of, lessons
from bot.matching.vectors import Vocabulary

_MESSAGES = 600
_TIMES_MORE = 10
_START = """
import sys, time
begin = time.perf_counter()
from pathlib import Path
from bot.matching.ready import open_content
open_content(Path(sys.argv[1]), cache=Path(sys.argv[2]))[1].match("wbs")
print(time.perf_counter() - begin)
"""


def bench(content: Path, seed: int = 1) -> Iterator[str]:
    """The report, line by line; takes a minute or two."""
    catalogue = load(content)
    messages = _messages(catalogue, random.Random(seed))
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        cold = _start(content, Path(folder))
        warm = min(_start(content, Path(folder)) for _ in range(3))
    matcher = build_matcher(catalogue)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    unit = _unit()
    yield f"{len(catalogue.topics)} topics, {_count(catalogue)} ways of asking,"
    yield f"languages: {', '.join(catalogue.languages())}; seed {seed}"
    yield f"one unit (fixed work of this processor): {unit * 1000:.2f} ms"
    yield from _line("a message", _times(matcher.match, messages), unit)
    long = " ".join(messages)[:4000]
    yield f"a message of {len(long)} letters: {median(_times(matcher.match, [long] * 9)) * 1000:.1f} ms"
    yield f"start, nothing learnt yet: {cold:.1f} s; with a warm cache: {warm:.2f} s"
    yield f"memory of this process: {memory:.0f} MB"
    more = Matcher(catalogue, _ten_times(catalogue, random.Random(seed)), features_of(catalogue))
    yield from _line(f"{_TIMES_MORE} times the questions", _times(more.match, messages), unit)
    plain = PlainRapidfuzz(list(chain.from_iterable(one.examples for one in lessons(catalogue))))
    yield from _line("plain rapidfuzz", _times(plain, messages[:40]), unit)


def _messages(catalogue: Catalogue, rng: random.Random) -> list[str]:
    """Ways of asking of all languages, two glued together now and then, each misspelt a little."""
    texts = [example.text for lesson in lessons(catalogue) for example in lesson.examples]
    chosen = [rng.choice(texts) for _ in range(_MESSAGES)]
    return [_misspelt(f"{text} {rng.choice(['', rng.choice(texts)])}", rng) for text in chosen]


def _misspelt(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(len(letters) // 20):
        letters[rng.randrange(len(letters))] = rng.choice(letters)
    return "".join(letters)


def _start(content: Path, cache: Path) -> float:
    """Seconds from the start of a new process to its first match."""
    done = subprocess.run(
        [sys.executable, "-c", _START, str(content), str(cache)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def _times(ask: Callable[[str], object], messages: Sequence[str]) -> list[float]:
    """Seconds for each message, in one thread."""
    found = []
    for message in messages:
        begin = time.perf_counter()
        ask(message)
        found.append(time.perf_counter() - begin)
    return found


def _unit() -> float:
    """Seconds for parsing a fixed JSON text: what one processor does without our code."""
    text = json.dumps([{"a": list(range(50)), "b": "x" * 100}] * 40)
    return median(_times(lambda _: json.loads(text), [""] * 50))


def _line(name: str, times: Sequence[float], unit: float) -> Iterator[str]:
    p50, p95 = median(times), quantiles(times, n=20)[-1]
    yield (
        f"{name}: p50 {p50 * 1000:.2f} ms ({p50 / unit:.1f} units), p95 {p95 * 1000:.2f} ms"
        f" ({p95 / unit:.1f} units), {len(times) / sum(times):.0f} a second"
    )


def _count(catalogue: Catalogue) -> int:
    return sum(len(lesson.examples) for lesson in lessons(catalogue))


def _ten_times(catalogue: Catalogue, rng: random.Random) -> Mapping[str, Model]:
    """Models over ten times the ways of asking, nine of ten misspelt anew; their weights are noise,
    which takes as long to add up as learnt ones."""
    features = features_of(catalogue)
    learnt = Shelf().models(catalogue)
    return {
        lesson.language: _larger(lesson, learnt[lesson.language], features, rng)
        for lesson in lessons(catalogue)
    }


def _larger(lesson: Lesson, learnt: Model, features: Features, rng: random.Random) -> Model:
    examples = [
        Example(_misspelt(f"{one.text} ", rng) if copy else one.text, one.topic)
        for copy in range(_TIMES_MORE)
        for one in lesson.examples
    ]
    folded = [features.fold(one.text) for one in examples]
    bags = features.bags(folded)
    vocabulary = Vocabulary.of(bags, least=2)
    neighbours = Neighbours.of(
        [vocabulary.vector(bag) for bag in bags], folded,
        [one.text for one in examples], [one.topic for one in examples],
    )  # fmt: skip
    size = len(vocabulary.hashes) + 1
    noise = np.random.default_rng(1)

    def larger(old: Classifier) -> Classifier:
        weights = noise.integers(-9, 9, (size, len(old.classes)), dtype=np.int8)
        return replace(old, weights=weights)

    return replace(
        learnt, vocabulary=vocabulary, neighbours=neighbours, topics=larger(learnt.topics),
        danger=larger(learnt.danger) if learnt.danger else None, texts=len(examples),
    )  # fmt: skip
