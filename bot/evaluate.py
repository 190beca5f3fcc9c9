"""`evaluate`: how well the bot understands, beside others on the same content, as docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.content.load import load
from bot.content.model import Catalogue
from bot.matching.baselines import FullTextSearch, PlainRapidfuzz
from bot.matching.decision import Weights
from bot.matching.evaluation import (
    AIMS,
    Result,
    by_language,
    by_style,
    expected_error,
    mean,
    reached,
    reliability,
    run,
    worst,
)
from bot.matching.features import Features, Views
from bot.matching.fitting import Seen, fit, look_at
from bot.matching.matcher import Matcher
from bot.matching.model import OUT_OF_SCOPE, Example, Model, learn
from bot.matching.questions import STYLES, Question, read_alarms, read_questions
from bot.matching.shelf import Shelf, features_of, lessons

_HEAD = """# How well the bot understands

Written by `python -m bot evaluate`; do not edit. Measured on the development questions in
`tests/questions`, which were composed apart from `content/`, and only in the languages that have
content. A message answered with `none` counts as not right.
"""


def evaluation(content: Path, questions: Path, *, ablation: bool = True) -> Iterator[str]:
    """The report, piece by piece. Raises SettingsError where there are no questions."""
    catalogue = load(content)
    asked = [q for q in read_questions(questions) if q.language in catalogue.languages()]
    features = features_of(catalogue)
    learnt = Shelf().models(catalogue)
    results = run(Matcher(catalogue, learnt, features).match, asked)
    yield _HEAD
    yield from _summary(results, catalogue)
    yield from _styles(results)
    yield from _others(catalogue, asked, results)
    yield from _calibration(results)
    seen = look_at(Matcher(catalogue, learnt, features), asked)
    alarms = look_at(Matcher(catalogue, learnt, features), read_alarms(questions))
    yield from _left_out(catalogue, learnt, features, seen, alarms)
    if ablation:
        yield from _ablation(catalogue, learnt, features, seen, alarms)


def fitted_weights(content: Path, questions: Path) -> Weights:
    """The weights of `bot.matching.decision`, fitted anew."""
    catalogue = load(content)
    asked = [q for q in read_questions(questions) if q.language in catalogue.languages()]
    features = features_of(catalogue)
    matcher = Matcher(catalogue, Shelf().models(catalogue), features)
    return fit(look_at(matcher, asked), look_at(matcher, read_alarms(questions)))


def _summary(results: Sequence[Result], catalogue: Catalogue) -> Iterator[str]:
    """Every figure by language, with what we want."""
    languages = by_language(results)
    texts = sum(len(lesson.examples) for lesson in lessons(catalogue))
    yield (
        f"\n{len(results)} questions in {len(languages)} languages; {len(catalogue.topics)} topics,"
        f" {texts} ways of asking.\n\n## By language\n"
    )
    yield _table(
        ["", *languages, "mean", "wanted: mean", "wanted: lowest", ""],
        [
            [
                aim.sentence,
                *(f"{values[aim.name]:.2f}" for values in languages.values()),
                f"**{mean(languages, aim.name):.3f}**",
                f"{'≥' if aim.at_least else '≤'} {aim.mean:.2f}",
                f"{'≥' if aim.at_least else '≤'} {aim.lowest:.2f}",
                "✓" if reached(aim, mean(languages, aim.name), worst(languages, aim)) else "✗",
            ]
            for aim in AIMS
        ],
    )


def _styles(results: Sequence[Result]) -> Iterator[str]:
    """Right first / right in three, by style."""
    styles = by_style(results)
    codes = list(by_language(results))
    yield "\n## By style\n\nRight first / right in the first three, in %, and the number of questions.\n"
    rows = []
    for style in (style for style in STYLES if style in styles):
        cells = styles[style]
        rows.append([style, *(_cell(cells.get(code)) for code in codes)])
    yield _table(["style", *codes], rows)


def _cell(found: tuple[float, float, int] | None) -> str:
    return f"{found[0] * 100:.0f} / {found[1] * 100:.0f} ({found[2]})" if found else "–"


def _others(
    catalogue: Catalogue, asked: Sequence[Question], results: Sequence[Result]
) -> Iterator[str]:
    """Plain rapidfuzz and FTS5 on the questions that have a topic; they are told the language."""
    plain: list[Result] = []
    searched: list[Result] = []
    for lesson in lessons(catalogue):
        examples = [e for e in [*lesson.examples, *lesson.alarms] if e.topic != OUT_OF_SCOPE]
        scoped = [q for q in asked if q.in_scope and q.language == lesson.language]
        plain += run(PlainRapidfuzz(examples), scoped)
        with closing(FullTextSearch(examples)) as search:
            searched += run(search, scoped)
    rivals = {
        "this matcher": [result for result in results if result.question.in_scope],
        "plain rapidfuzz (WRatio, nearest)": plain,
        "SQLite FTS5 (BM25)": searched,
    }
    codes = list(by_language(results))
    yield "\n## Beside others\n\nThe same content; they are told the language."
    yield " Right first / in three, in %.\n"
    rows = []
    for name, found in rivals.items():
        cells = [_share([r for r in found if r.question.language == code]) for code in codes]
        rows.append([name, *cells, _share(found)])
    yield _table(["", *codes, "all"], rows)


def _share(results: Sequence[Result]) -> str:
    first = sum(result.first for result in results) / len(results)
    three = sum(result.three for result in results) / len(results)
    return f"{first * 100:.0f} / {three * 100:.0f}"


def _calibration(results: Sequence[Result]) -> Iterator[str]:
    """A reliability diagram in characters."""
    bands = reliability(results)
    yield (
        "\n## Does a score of 0.8 mean right in 8 of 10?\n\nAll topics that were named, by score;"
        f" expected calibration error {expected_error(bands):.3f}.\n"
    )
    yield _table(
        ["mean score", "right", "named", "right (█) against score (|)"],
        [
            [f"{score:.2f}", f"{right:.2f}", str(count), f"`{_bar(score, right)}`"]
            for score, right, count in bands
        ],
    )


def _bar(score: float, right: float, width: int = 25) -> str:
    cells = ["█" if place < round(right * width) else "·" for place in range(width)]
    cells[min(width - 1, round(score * width))] = "|"
    return "".join(cells)


def _left_out(
    catalogue: Catalogue, learnt: Mapping[str, Model], features: Features,
    seen: Sequence[Seen], alarms: Sequence[Seen],
) -> Iterator[str]:  # fmt: skip
    """Do the fitted numbers hold for a language that took no part in fitting them?"""
    rows = []
    for code in dict.fromkeys(item.question.language for item in seen):
        others = [[s for s in group if s.question.language != code] for group in (seen, alarms)]
        matcher = Matcher(catalogue, learnt, features, weights=fit(*others))
        own = [item.question for item in seen if item.question.language == code]
        values = by_language(run(matcher.match, own))[code]
        rows.append([code, *(f"{values[aim.name]:.2f}" for aim in AIMS)])
    yield "\n## Numbers fitted on the other languages only\n"
    yield _table(["", *(aim.name for aim in AIMS)], rows)


def _ablation(
    catalogue: Catalogue, learnt: Mapping[str, Model], features: Features,
    seen: Sequence[Seen], alarms: Sequence[Seen],
) -> Iterator[str]:  # fmt: skip
    """What each part is worth: the same measurement without it, the weights fitted anew."""
    asked, sounded = [s.question for s in seen], [s.question for s in alarms]
    weights = fit(seen, alarms)
    bare = replace(features, fold=lambda text: " ".join(text.casefold().split()))
    silent = replace(features, views=Views(sounds=0))
    variants = {"everything": Matcher(catalogue, learnt, features, weights=weights)}
    for name, other in (("without folding", bare), ("without sounds (transliteration)", silent)):
        models = {lesson.language: learn(lesson, other) for lesson in lessons(catalogue)}
        new = Matcher(catalogue, models, other)
        anew = fit(look_at(new, asked), look_at(new, sounded))
        variants[name] = Matcher(catalogue, models, other, weights=anew)
    variants["without the classifier (nearest ways of asking only)"] = Matcher(
        catalogue, learnt, features, weights=replace(weights, score=0, ratio=12, none=0)
    )
    variants["without rapidfuzz"] = Matcher(
        catalogue, learnt, features, weights=replace(weights, ratio=0)
    )
    plain = _without_none(catalogue, features)
    variants["without the class “none”"] = Matcher(catalogue, plain, features, weights=weights)
    names = [aim for aim in AIMS if aim.name != "language"]
    rows = []
    for name, matcher in variants.items():
        languages = by_language(run(matcher.match, asked))
        rows.append([name, *(f"{mean(languages, aim.name):.3f}" for aim in names)])
    yield "\n## What each part is worth\n\nMean of the languages.\n"
    yield _table(["", *(aim.name for aim in names)], rows)


def _without_none(catalogue: Catalogue, features: Features) -> dict[str, Model]:
    """Models that no phrase taught what is out of scope."""
    found = {}
    for lesson in lessons(catalogue):
        examples: list[Example] = [e for e in lesson.examples if e.topic != OUT_OF_SCOPE]
        found[lesson.language] = learn(replace(lesson, examples=examples), features)
    return found


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
