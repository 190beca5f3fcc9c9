"""Folding: equal where people mean the same."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fold import LONGEST, fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("kiracı", "kiraci"),
        ("mieszkanie łódź", "mieszkanie lodz"),
        ("ședință", "sedinta"),
        ("مَوْعِد", "موعد"),
        ("أحتاج إلى مترجمة", "احتاج الي مترجمه"),
        ("یک خانه", "يك خانه"),
        ("می‌خواهم", "میخواهم"),
        ("житло і реєстрація", "житло ы реестрация"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("Hilfeeeee!!!", "hilfe"),
        ("об'єкт", "обʼєкт"),
    ],
)
def test_what_people_type_differently_folds_alike(typed: str, meant: str) -> None:
    """Case, marks, letters of a wrong keyboard, digits and repetition make no difference."""
    assert fold(typed) == fold(meant)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folding is idempotent."""
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1).filter(lambda text: any(char.isalpha() for char in text)))
def test_letters_never_vanish(text: str) -> None:
    """A text with letters is never folded to nothing."""
    assert fold(text)


@pytest.mark.parametrize("piece", ["a", "a\u0301", "\u0301\u0316", "ﷺ", "ب", "aaa ", "\u200f"])
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Ten times the text takes about ten times as long, thousands of marks on a letter too."""

    def seconds(text: str) -> float:
        best = []
        for _ in range(5):
            begin = time.perf_counter()
            fold(text)
            best.append(time.perf_counter() - begin)
        return min(best)

    short, long = piece * 400, piece * 4000
    assert seconds(long) <= 60 * seconds(short) + 0.005


def test_more_than_a_message_is_not_read() -> None:
    """What is longer than a Telegram message is cut, so nobody can make it slow."""
    assert len(fold("x y " * 100_000)) <= LONGEST
