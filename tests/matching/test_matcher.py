"""From a text to topics."""

import json
from pathlib import Path

import pytest

from bot.content.load import load
from bot.matching.batch import match_lines
from bot.matching.matcher import Matcher
from bot.matching.shelf import build_matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """Knows the small content folder."""
    return build_matcher(load(Path(__file__).parents[1] / "data" / "content"))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Wie bekomme ich einen WBS?", "housing/wbs"),
        ("wohnberechtigungschein beantragn", "housing/wbs"),
        ("بدي بيت رخيص من الدوله", "housing/wbs"),
        ("WOHNUNGSGEBERBESTÄTIGUNG", "housing/registration"),
        ("hallo", "chat/greeting"),
        ("Mein Vater hat einen Herzinfarkt", "emergency/numbers"),
        ("mein kind ist bewustlos bitte schnell", "emergency/numbers"),
        ("112", "emergency/numbers"),
    ],
)
def test_the_right_topic_is_answered(matcher: Matcher, text: str, topic: str) -> None:
    """Exact, misspelt, in capitals, in another language, in danger."""
    match = matcher.match(text)
    assert (match.kind, match.topics[:1]) == ("answer", (topic,))


@pytest.mark.parametrize(
    "text",
    [
        "wie wird das wetter",
        "",
        "👍",
        "asdfghjkl",
        "12",
        "wer hat gestern gewonnen im fussballspiel",
    ],
)
def test_what_nothing_answers_stays_unanswered(matcher: Matcher, text: str) -> None:
    """Honest silence instead of a guess."""
    match = matcher.match(text)
    assert (match.kind, match.topics, match.scores) == ("none", (), ())


@pytest.mark.parametrize("text", ["das kostet 112 Euro", "es brennt mir unter den Nägeln"])
def test_look_alikes_set_off_no_alarm(matcher: Matcher, text: str) -> None:
    """A harmless phrase explains the words of the trigger."""
    assert matcher.match(text).alarm is None
    assert not any(topic.startswith("emergency/") for topic in matcher.match(text).topics)


def test_danger_comes_first_and_the_question_after_it(matcher: Matcher) -> None:
    """The ordinary topic is offered behind the emergency."""
    match = matcher.match("es brennt! und wie bekomme ich einen wbs")
    assert match.topics[0] == "emergency/numbers"
    assert matcher.match("es brennt", emergencies=False).alarm is None


def test_scores_are_probabilities_that_fall(matcher: Matcher) -> None:
    """One for each topic, between 0 and 1, the likeliest first."""
    for text in ("wohnung", "anmeldung", "schein", "wbs wohnung anmelden", "hallo wbs"):
        match = matcher.match(text)
        assert len(match.scores) == len(match.topics) <= 3
        assert list(match.scores) == sorted(match.scores, reverse=True)
        assert all(0 <= score <= 1 for score in match.scores)


def test_batch_answers_every_line_in_order_and_goes_on_after_a_broken_one(
    matcher: Matcher,
) -> None:
    """JSON Lines in, JSON Lines out; an error is a line of its own."""
    lines = [
        '{"id": "a", "text": "wie bekomme ich einen wbs", "language": "de"}',
        "not json",
        "",
        '{"id": 7}',
        "[1]",
        '{"id": "b", "text": "x\\ud800y"}',
    ]
    out = [json.loads(line) for line in match_lines(lines, matcher)]
    assert [row.get("id") for row in out] == ["a", None, 7, None, "b"]
    assert set(out[0]) == {"id", "kind", "topics", "scores", "language"}
    assert out[0]["topics"][0] == "housing/wbs"
    assert out[0]["language"] == "de"
    assert ["error" in row for row in out] == [False, True, True, True, False]


def test_intents_mode_always_offers_topics(tmp_path: Path) -> None:
    """One to three topics with the confidence on which the kind was decided."""
    for name, question in (("lost", "I lost my card"), ("late", "when does my card arrive")):
        folder = tmp_path / "topics" / "card" / name
        folder.mkdir(parents=True)
        (folder / "en.md").write_text(
            f"---\ntitle: {name}\nquestions: ['{question}']\n---\n", encoding="utf-8"
        )
    matcher = build_matcher(load(tmp_path), "intents", tmp_path / "cache")
    for text in ("card lost", "banana", "hello", ""):
        match = matcher.match(text)
        assert 1 <= len(match.topics) <= 3
        assert len(match.topics) == len(match.scores)
