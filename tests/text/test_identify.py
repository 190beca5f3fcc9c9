"""Which language a text is in."""

import pytest

from bot.text.identify import Identifier


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    """Knows the languages of the first content."""
    return Identifier(["de", "en", "ar", "uk"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wie bekomme ich einen Dolmetscher?", "de"),
        ("How can I find an interpreter for the doctor?", "en"),
        ("كيف أحصل على مترجم عند الطبيب؟", "ar"),
        ("Як знайти перекладача до лікаря?", "uk"),
        ("چطور می‌توانم خانه پیدا کنم؟", "fa"),
        ("Jak mogę znaleźć mieszkanie?", "pl"),
    ],
)
def test_whole_sentences_are_certain(identifier: Identifier, text: str, code: str) -> None:
    """A sentence is recognised, also in a language without content."""
    guess = identifier.guess(text)
    assert (guess.code, guess.certain) == (code, True)


@pytest.mark.parametrize("text", ["", "👍", "12345", "?!", "WBS", "ok"])
def test_what_cannot_tell_is_not_certain(identifier: Identifier, text: str) -> None:
    """Digits, emoji and single words never switch a language."""
    assert not identifier.guess(text).certain
