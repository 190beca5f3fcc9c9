"""How well the matcher understands: figures by language and by style, on the development questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.matching.matcher import Match
from bot.matching.questions import Question

Ask = Callable[[str], Match]
_TONGUE_STYLES = ("plain", "story", "indirect", "spoken", "typos", "latin")


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure, what it means, and where we want it: the mean of the languages and the lowest."""

    name: str
    sentence: str
    mean: float
    lowest: float
    at_least: bool = True


AIMS = (
    Aim("first", "right first", 0.83, 0.72),
    Aim("three", "right in the first three", 0.91, 0.83),
    Aim("answer", "the right topic given as `answer`", 0.70, 0.55),
    Aim("wrong", "a wrong topic given as `answer`", 0.08, 0.12, at_least=False),
    Aim("none", "out of scope: `none`", 0.86, 0.74),
    Aim("none-answer", "out of scope given an `answer`", 0.04, 0.08, at_least=False),
    Aim("alarm", "emergencies answered as emergency", 0.97, 0.92),
    Aim("false-alarm", "others taken for an emergency", 0.01, 0.02, at_least=False),
    Aim("language", "language found (sentences)", 0.97, 0.90),
)


@dataclass(frozen=True, slots=True)
class Result:
    """A question and what the matcher made of it."""

    question: Question
    match: Match

    @property
    def first(self) -> bool:
        """Whether the likeliest topic is right."""
        return self.match.topics[:1] != () and self.match.topics[0] in self.question.right

    @property
    def three(self) -> bool:
        """Whether one of the three topics is right."""
        return any(topic in self.question.right for topic in self.match.topics[:3])

    @property
    def figures(self) -> Mapping[str, bool]:
        """Every figure that this question has a part in."""
        question, match = self.question, self.match
        answered = match.kind == "answer"
        found: dict[str, bool] = {}
        if question.danger:
            found["alarm"] = match.alarm is not None
        else:
            found["false-alarm"] = match.alarm is not None
        if question.in_scope and not question.danger:
            found |= {"first": self.first, "three": self.three}
            found |= {"answer": answered and self.first, "wrong": answered and not self.first}
        if not question.in_scope:
            found |= {"none": match.kind == "none", "none-answer": answered}
        if question.style in _TONGUE_STYLES:
            found["language"] = match.language.code == question.language
        return found


def run(ask: Ask, questions: Sequence[Question]) -> list[Result]:
    """Ask every question."""
    return [Result(question, ask(question.text)) for question in questions]


def figures(results: Sequence[Result]) -> dict[str, float]:
    """The share of questions for which each figure holds."""
    sums: dict[str, list[bool]] = defaultdict(list)
    for result in results:
        for name, holds in result.figures.items():
            sums[name].append(holds)
    return {name: fmean(values) for name, values in sums.items()}


def by_language(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """The figures of each language."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.question.language].append(result)
    return {language: figures(group) for language, group in groups.items()}


def by_style(results: Sequence[Result]) -> dict[str, dict[str, tuple[float, float, int]]]:
    """Right first, right in three and the number of questions, by style and language."""
    groups: dict[str, dict[str, list[Result]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        if result.question.in_scope:
            groups[result.question.style][result.question.language].append(result)
    return {
        style: {
            language: (fmean(r.first for r in group), fmean(r.three for r in group), len(group))
            for language, group in languages.items()
        }
        for style, languages in groups.items()
    }


def mean(languages: Mapping[str, Mapping[str, float]], name: str) -> float:
    """The mean of a figure over the languages, each counting the same."""
    return fmean(values[name] for values in languages.values())


def worst(languages: Mapping[str, Mapping[str, float]], aim: Aim) -> float:
    """The figure of the language that does worst."""
    values = [figures[aim.name] for figures in languages.values()]
    return min(values) if aim.at_least else max(values)


def reached(aim: Aim, average: float, lowest: float) -> bool:
    """Whether mean and lowest language are where we want them."""
    if aim.at_least:
        return average >= aim.mean and lowest >= aim.lowest
    return average <= aim.mean and lowest <= aim.lowest


def reliability(results: Sequence[Result], bins: int = 10) -> list[tuple[float, float, int]]:
    """For each band of scores: the mean score, the share that was right, and how many there were.

    Counted over all topics that were named, emergencies left out (their score is about danger).
    """
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for result in results:
        if result.match.alarm:
            continue
        for topic, score in zip(result.match.topics, result.match.scores, strict=True):
            right = topic in result.question.right
            found[min(int(score * bins), bins - 1)].append((score, right))
    return [
        (fmean(s for s, _ in pairs), fmean(r for _, r in pairs), len(pairs))
        for _, pairs in sorted(found.items())
    ]


def expected_error(bands: Sequence[tuple[float, float, int]]) -> float:
    """The mean distance between score and share of right ones (expected calibration error)."""
    total = sum(count for _, _, count in bands)
    return sum(abs(score - right) * count for score, right, count in bands) / max(total, 1)
