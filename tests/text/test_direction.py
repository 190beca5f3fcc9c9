"""Right-to-left texts keep numbers and names in their order."""

from bot.text.direction import FSI, PDI, first_strong, isolate_latin, without_controls


def test_each_latin_run_is_wrapped_once() -> None:
    """An address stays one run, Arabic around it is left alone."""
    text = isolate_latin("العنوان: Hopfengarten 2, 27356 Rotenburg في المدينة")
    assert text == f"العنوان: {FSI}Hopfengarten 2, 27356 Rotenburg{PDI} في المدينة"


def test_a_german_text_has_no_foreign_runs_left_open() -> None:
    """Every isolate that is opened is closed."""
    text = isolate_latin("WBS، (B1) 12 %")
    assert text.count(FSI) == text.count(PDI) > 0


def test_first_strong_character_decides() -> None:
    """As Telegram does it."""
    assert first_strong("📞 123 سلام abc") == "rtl"
    assert first_strong("1. abc سلام") == "ltr"
    assert first_strong("📞 123") == ""


def test_controls_in_a_name_are_taken_out() -> None:
    """Nobody turns our text around with an override."""
    assert without_controls("a\u202eb\u2066c") == "abc"
