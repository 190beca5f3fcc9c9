"""The checks of wording and of translations: each trips where it should, and only there."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.checks import all_checks, find_problems
from bot.content.load import load
from bot.content.parity import numbers_in

TODAY = date(2026, 11, 24)
WBS = "topics/housing/wbs"
LONG = "Das ist ein Satz, der nie zu Ende geht, weil er " + "immer " * 12 + "weiter läuft."


def found(folder: Path, check: str) -> list[str]:
    """What one check finds in a folder."""
    problems = find_problems(load(folder), all_checks(TODAY))
    return [str(problem) for problem in problems if problem.check == check]


def change(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "what"),
    [
        ("numbers", f"{WBS}/de.md", "Oft nichts.", "Bis 1.603 Euro.", "The number 1603 is missing"),
        ("numbers", f"{WBS}/en.md", "Often nothing", "20 euros", "The number 20 is not in the"),
        ("numbers", f"{WBS}/ar.md", "لا شيء", "۲۵ يورو", "The number 25 is not in the"),
        ("offices", f"{WBS}/en.md", "{rathaus}", "the town hall", "has: {rathaus}"),
        ("offices", f"{WBS}/de.md", "Ausweis mit", "Ausweis https://example.org/a", "example.org/a"),
        ("german-word", f"{WBS}/ar.md", "(Formular)", "(Fromular)", "'Fromular' stands nowhere"),
        ("letters", f"{WBS}/ar.md", "الخطوات", "الخطواتی", "'ی' is no letter"),
        ("letters", f"{WBS}/en.md", "Often nothing", "\u202eOften", "Invisible direction marks"),
        (
            "untranslated", f"{WBS}/en.md", "Often nothing.",
            "Das ist oft nicht zu bezahlen, wenn Sie und ihre Familie auch Geld bekommen.",
            "This looks German",
        ),
        ("length", f"{WBS}/en.md", "Often nothing.", "word " * 60, "the German text"),
        ("heavy-sentence", f"{WBS}/de.md", "Oft nichts.", LONG, "A sentence has"),
        ("source", f"{WBS}/de.md", "Oft nichts.", "Bis 30 Euro.", "An amount in the article"),
        ("review-day", f"{WBS}/de.md", "2099-01-01", "2026-01-01", "should have been reviewed"),
        ("titles", "topics/housing/category.yaml", "ar:", "tr:", "The title is missing in: ar"),
        ("municipality", "regions/musterkreis/contacts.yaml", "[oberstadt]", "[nirgends]", "nirgends"),
    ],
)  # fmt: skip
def test_each_check_trips(
    content: Path, check: str, file: str, old: str, new: str, what: str
) -> None:
    """A file with the fault is named by that check, and was not before."""
    if check == "source":
        change(content / WBS / "topic.yaml", ", checked: 2026-11-22", "")
    before = found(content, check)
    change(content / file, old, new)
    fresh = [text for text in found(content, check) if text not in before]
    assert fresh
    assert all(what in text for text in fresh)


def test_a_text_in_another_script_is_named(content: Path) -> None:
    """One Arabic file that was filled with English, beside others that are Arabic."""
    for topic in ("registration", "contract"):
        folder = content / "topics" / "housing" / topic
        folder.mkdir(exist_ok=True)
        (folder / "ar.md").write_text("---\ntitle: عنوان\n---\nهذا نص قصير.\n", encoding="utf-8")
    assert not found(content, "letters")
    english = (content / WBS / "en.md").read_text(encoding="utf-8")
    (content / WBS / "ar.md").write_text(english, encoding="utf-8")
    assert any("Latin letters" in text for text in found(content, "letters"))


def test_a_phone_number_without_a_day_is_an_error(content: Path) -> None:
    """Nobody can check where it came from."""
    assert any(
        "Rathaus Oberstadt" in text and ": error:" in text for text in found(content, "source")
    )


def test_a_file_switches_a_check_off_with_a_reason(content: Path) -> None:
    """Only that check, only in that file."""
    change(content / WBS / "de.md", "Oft nichts.", LONG)
    assert found(content, "heavy-sentence")
    change(content / WBS / "de.md", "state:", 'ignore: {heavy-sentence: "Ein Zitat."}\nstate:')
    assert not found(content, "heavy-sentence")
    assert found(content, "length")


@pytest.mark.parametrize(
    "text",
    [
        "1.603 Euro und 2,29",
        "1 603 € / 2.29",
        "1,603 euros, 2.29",
        "۱٬۶۰۳ یورو ۲٫۲۹",
        "1\u202f603 · 2,29",
    ],
)
def test_numbers_are_the_same_in_every_writing(text: str) -> None:
    """Separators and digits of any script."""
    assert numbers_in(text) == {1603, 2.29}


def test_list_numbers_links_and_small_words_do_not_count() -> None:
    """'1.' at the start of a line, and what stands in an address."""
    assert numbers_in("1. Gehen Sie\n2. am 30. Juni\nhttps://example.org/17") == {30}


def test_a_word_needs_a_german_text_a_topic_and_a_name_of_its_own(content: Path) -> None:
    """Else it leads nowhere, or to one of two."""
    folder = content / "glossary"
    assert not found(content, "glossary")
    (folder / "anderes").mkdir()
    (folder / "anderes/de.md").write_text(
        "---\ntitle: Anderes\nkeywords: [wohnungsgeber bescheinigung]\n---\nEin Wort.\n", "utf-8"
    )
    assert len(found(content, "glossary")) == 1
    change(folder / "anderes/de.md", "title:", "topic: housing/wbs\ntitle:")
    change(folder / "anderes/de.md", "wohnungsgeber bescheinigung", "wohnungsgeberbescheinigung")
    assert any("stands in" in text for text in found(content, "glossary"))
    change(folder / "anderes/de.md", "housing/wbs", "housing/nothing")
    assert any("housing/nothing" in text for text in found(content, "topic"))
