"""Past its review day a text loses what may be wrong by now, and nothing else."""

from datetime import date

import pytest

from bot.content.model import Article, Review, Section
from bot.content.stale import is_stale, without_figures


def article(lead: str, **sections: str) -> Article:
    """A German article with these sections."""
    parts = tuple(Section(name, name, body) for name, body in sections.items())
    review = Review(until=date(2026, 11, 1))
    return Article("housing/wbs", "de", "de.md", "WBS", lead=lead, sections=parts, review=review)


def test_sentences_with_figures_and_the_sections_of_cost_and_time_go() -> None:
    """What stays is still a text."""
    old = article(
        "Das kostet 2,29 Euro. Fragen Sie das Amt.",
        steps="1. Gehen Sie hin.\n2. Bezahlen Sie 1.603 Euro.\n3. Warten Sie.",
        cost="Oft nichts.",
        duration="Zwei Wochen.",
        who="Alle ab 18 Jahren.",
    )
    left = without_figures(old)
    assert left.lead == "Fragen Sie das Amt."
    assert [(part.id, part.body) for part in left.sections] == [
        ("steps", "1. Gehen Sie hin.\n3. Warten Sie.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rufen Sie 112 an.", "Nachts hilft 116117.", "Die Nummer ist 0800 0022833.",
        "Sie brauchen B1.", "Das steht in § 24 AufenthG.",
    ],
)  # fmt: skip
def test_telephone_numbers_levels_and_paragraphs_stay(text: str) -> None:
    """They are no amounts; without them the text would be of no use."""
    assert without_figures(article(text)).lead == text


def test_other_scripts_are_looked_at_too() -> None:
    """Arabic sentences end with other marks."""
    assert (
        without_figures(article("كم يكلف؟ ادفع 30 يورو. اسأل الدائرة.")).lead
        == "كم يكلف؟ اسأل الدائرة."
    )


def test_a_text_is_stale_the_day_after() -> None:
    """On the day itself it still holds; without a day or a date it never ends."""
    text = article("Ja.")
    assert not is_stale(text, date(2026, 11, 1))
    assert is_stale(text, date(2026, 11, 2))
    assert not is_stale(text, None)
