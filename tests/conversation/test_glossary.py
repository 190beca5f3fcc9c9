"""A word from a letter, typed alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversation.knowledge import Knowledge
from tests.conversation.conftest import Person

Make = Callable[..., Person]


@pytest.mark.parametrize(
    "text",
    [
        "Wohnungsgeberbestätigung",
        "wohnungsgeberbestatigung",
        "Wohnungs Geber Bestätigung?",
        "wonungsgeberbestetigung",
        "was bedeutet Wohnungsgeberbescheinigung",
        "Was ist eine Wohnungsgeberbestätigung?",
    ],
)
def test_a_word_gets_its_meaning_the_next_step_and_its_topic(person: Make, text: str) -> None:
    """However it is spelt, and with a question around it that only asks what it means."""
    someone = person()
    said = someone.writes(text)
    assert said.startswith("📖 Wohnungsgeberbestätigung\nEin Papier vom Vermieter.")
    assert "Bringen Sie es zur Anmeldung mit" in said
    assert [button.data for button in someone.buttons] == ["topic|housing/registration"]
    someone.taps_data(someone.buttons[0].data)
    assert "📖" not in someone.text


def test_the_meaning_comes_in_the_persons_language(person: Make) -> None:
    """With the German word in it, and honest about who translated it."""
    someone = person(app="en")
    someone.taps_data("speak|en|-")
    said = someone.writes("Wohnungsgeberbestätigung")
    assert "A paper from the landlord." in said
    assert "Translated by a computer." in said


@pytest.mark.parametrize(
    "text",
    ["wohnungsgeberbestätigung vom vermieter unterschreiben lassen", "wohnung", "wbs antrag"],
)
def test_a_question_about_a_topic_stays_one(person: Make, text: str) -> None:
    """A word among others, or a shorter one, asks for more than a meaning."""
    assert "📖" not in person().writes(text)


def test_an_unapproved_word_is_not_shown_where_only_approved_texts_are(small: Knowledge) -> None:
    """Then the topic answers, as it would without the glossary."""
    someone = Person(replace(small, show="approved"))
    assert "📖" not in someone.writes("Wohnungsgeberbestätigung")
