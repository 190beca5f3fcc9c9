"""How well the real content is understood, on questions that nobody used to build it."""

import random
from collections import defaultdict
from statistics import fmean, median
from time import perf_counter

import pytest
from rapidfuzz import fuzz, process

from bot.conversation.knowledge import Knowledge
from bot.matching.evaluation import AIMS, Aim, Result, by_language, run
from bot.matching.questions import Question, read_alarms, read_questions
from bot.matching.shelf import lessons
from bot.text.fold import fold
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "questions"
QUESTIONS = read_questions(FOLDER)
ALARMS = read_alarms(FOLDER)
LANGUAGES = sorted({question.language for question in QUESTIONS})
# The languages that are within every limit; the others stand in docs/evaluation.md as they are,
# and come in here as soon as they are.
HELD = ("ar", "de", "en", "uk")
_NEARLY = 90  # rapidfuzz ratio: the same sentence with another ending or a typing error


@pytest.fixture(scope="module")
def results(know: Knowledge) -> list[Result]:
    """What the matcher makes of every development question."""
    return run(know.matcher.match, QUESTIONS)


@pytest.mark.parametrize("aim", AIMS, ids=lambda aim: aim.name)
def test_every_language_is_within_what_is_wanted_at_least(results: list[Result], aim: Aim) -> None:
    """The lowest language of each figure in docs/evaluation.md."""
    figures = by_language(results)
    for language in HELD:
        value = figures[language][aim.name]
        assert value >= aim.lowest if aim.at_least else value <= aim.lowest, language


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_questions_of_every_kind(language: str) -> None:
    """At least 150, emergencies and out of scope among them, and 40 alarms and look-alikes."""
    own = [question for question in QUESTIONS if question.language == language]
    assert len(own) >= 150
    assert sum(question.danger for question in own) >= 30
    assert sum(not question.in_scope for question in own) >= 40
    sounded = [question for question in ALARMS if question.language == language]
    assert sum(question.style == "alarm" for question in sounded) >= 40
    assert sum(question.style == "harmless" for question in sounded) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_stands_in_the_content_or_nearly_so(know: Knowledge, language: str) -> None:
    """Otherwise the figures would only show that it can read."""
    lesson = next(one for one in lessons(know.catalogue) if one.language == language)
    texts = [*(e.text for e in lesson.examples), *(e.text for e in lesson.alarms)]
    known = [fold(text) for text in [*texts, *lesson.harmless]]
    for question in [*QUESTIONS, *ALARMS]:
        if question.language == language and fold(question.text):
            near = process.extractOne(
                fold(question.text), known, scorer=fuzz.ratio, score_cutoff=_NEARLY
            )
            assert near is None, (question.text, near[0])


@pytest.mark.parametrize("language", HELD)
def test_alarms_are_heard_and_look_alikes_are_not(know: Knowledge, language: str) -> None:
    """Hard ones, more than forty of each: nine in ten alarms; not one in eight look-alikes."""
    heard = defaultdict(list)
    for question in ALARMS:
        if question.language == language:
            heard[question.style].append(know.matcher.match(question.text).alarm is not None)
    assert fmean(heard["alarm"]) >= 0.9
    assert fmean(heard["harmless"]) <= 0.12


@pytest.mark.parametrize(
    "text",
    ["my phone died", "I could kill for a coffee", "112 euros", "das kostet 112 Euro",
     "mein Handy ist gestorben", "я вбив би за каву", "مات تلفوني"],
)  # fmt: skip
def test_figures_of_speech_set_off_no_alarm(know: Knowledge, text: str) -> None:
    """Words of danger without danger."""
    assert know.matcher.match(text).alarm is None


@pytest.mark.parametrize("text", ["112", "110", "SOS", "١١٢", "ruf 112", "call 112 please"])
def test_the_numbers_themselves_are_cries_for_help(know: Knowledge, text: str) -> None:
    """What somebody types who does not know what else to do."""
    assert know.matcher.match(text).alarm


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("kif b2ader a3mel anmeldung", "housing/registration"),
        ("анмельдунг термін", "housing/registration"),
        ("جوب سنتر تقديم طلب مساعدة", "work/unemployment-benefit"),
        ("wohnungs geber bestätigung", "housing/registration"),
        ("yak otrymaty wbs", "housing/wbs"),
        ("مَوْعِد لِتَسْجِيلِ العُنْوَان", "housing/registration"),
    ],
)
def test_scripts_and_spellings_meet(know: Knowledge, text: str, topic: str) -> None:
    """Latin Arabic and Ukrainian, German words in other scripts, split compounds, vowel signs."""
    assert know.matcher.match(text).topics[:1] == (topic,)


def test_a_chosen_language_is_no_blinker(know: Knowledge) -> None:
    """A German question in an Arabic chat is understood and known to be German."""
    match = know.matcher.match("Wie beantrage ich einen Wohnberechtigungsschein?", "ar")
    assert (match.topics[0], match.language.code) == ("housing/wbs", "de")


def test_a_tenth_of_the_letters_wrong_costs_at_most_ten_points(
    know: Knowledge, results: list[Result], request: pytest.FixtureRequest
) -> None:
    """Replaced, dropped, doubled or swapped letters."""
    seed = request.config.getoption("--seed") or 1  # another one with --seed
    print(f"seed {seed}")
    rng = random.Random(seed)
    asked = [q for q in QUESTIONS if q.in_scope and not q.danger]
    before = fmean(r.first for r in results if r.question.in_scope and not r.question.danger)
    noisy = [Question(_noisy(q.text, rng), q.language, q.right, q.style) for q in asked]
    after = fmean(result.first for result in run(know.matcher.match, noisy))
    assert after >= before - 0.10, (before, after)


def _noisy(text: str, rng: random.Random) -> str:
    """The text with each letter wrong once in ten times."""
    letters = [char for char in text if char.isalpha()]
    out: list[str] = []
    for char in text:
        if not char.isalpha() or rng.random() >= 0.1:
            out.append(char)
            continue
        kind = rng.choice(("replace", "drop", "double", "swap"))
        if kind == "swap" and out:
            out.insert(-1, char)
        elif kind == "double":
            out.append(char * 2)
        elif kind == "replace":
            out.append(rng.choice(letters))
    return "".join(out)


def test_scores_are_about_as_often_right_as_they_say(results: list[Result]) -> None:
    """Of the topics named with 0.8 to 1, at least eight in ten are right."""
    named = [
        (score, topic in result.question.right)
        for result in results
        if not result.match.alarm
        for topic, score in zip(result.match.topics, result.match.scores, strict=True)
    ]
    assert fmean(right for score, right in named if score >= 0.8) >= 0.85
    assert fmean(right for score, right in named if score < 0.2) <= 0.3


def test_a_message_takes_milliseconds(know: Knowledge) -> None:
    """Five times the goal of 3 ms, so that a slow machine does not fail."""
    times = []
    for question in QUESTIONS[:200]:
        begin = perf_counter()
        know.matcher.match(question.text)
        times.append(perf_counter() - begin)
    assert median(times) <= 0.015
