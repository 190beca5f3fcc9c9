"""Opening hours are read once and written in each language's way."""

import pytest

from bot.content.hours import parse_hours


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "Mo.–Fr. 08:00–16:00 · Sa. 08:00–13:00"),
        ("uk", "пн–пт 08:00–16:00 · сб 08:00–13:00"),
    ],
)
def test_days_and_times_follow_the_language(language: str, written: str) -> None:
    """Names of days and the clock come from CLDR."""
    hours = parse_hours("Mo-Fr 08:00-16:00; Sa 08:00-13:00")
    assert hours.write(language, "", "") == written


def test_day_and_night_has_its_own_words() -> None:
    """24/7 is not a list of days."""
    assert parse_hours("24/7").write("de", "Tag und Nacht", "") == "Tag und Nacht"


@pytest.mark.parametrize(
    "text", ["", "Mo", "08:00-12:00", "Mo-Xx 08:00-12:00", "Mo 8-12", "Mo 25:00-26:00"]
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError):
        parse_hours(text)
