"""Content files: what editors write, and what they are told when something is wrong."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.checks import all_checks, find_problems
from bot.content.load import load
from bot.errors import ContentError

TODAY = date(2026, 11, 24)


def problems(folder: Path, *, strict: bool = False) -> list[str]:
    """What an editor reads."""
    return [str(p) for p in find_problems(load(folder), all_checks(TODAY), strict=strict)]


def change(path: Path, old: str, new: str) -> Path:
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_good_folder_has_articles_sections_and_contacts(content: Path) -> None:
    """Everything in the files is in the catalogue."""
    catalogue = load(content)
    assert catalogue.problems == ()
    wbs = catalogue.topics["housing/wbs"]
    assert sorted(wbs.articles) == ["ar", "de", "en"]
    assert [part.id for part in wbs.articles["de"].sections] == ["steps", "cost"]
    muster = catalogue.regions["musterkreis"]
    offices = catalogue.contacts("rathaus", muster, "unterdorf")
    assert [office.name for office in offices] == ["Rathaus Unterdorf"]
    assert catalogue.contacts("rathaus", muster, None) == ()
    assert catalogue.needs_municipality("rathaus", muster)
    assert [o.id for o in catalogue.contacts("notruf", muster, None)] == ["notruf"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "what"),
    [
        ("housing/wbs/de.md", "title: Wohn", "title: [Wohn", 3, "YAML is broken"),
        (
            "housing/wbs/de.md",
            "title: Wohnberechtigungsschein (WBS)\n",
            "",
            2,
            "'title' is missing",
        ),
        ("housing/wbs/de.md", "title:", "lang: no\ntitle:", 2, "The field 'lang' is not known"),
        ("housing/wbs/de.md", "{#cost}", "{#price}", 20, "The section's id is 'price'"),
        ("housing/wbs/de.md", "{#cost}", "", 20, "The section's id is missing"),
        ("housing/wbs/de.md", "state: draft", "state: ready", 10, "'state: ready' is not known"),
        ("housing/wbs/de.md", "2099-01-01", "soon", 11, "'review-by: soon' is no day"),
        ("housing/wbs/de.md", "keywords: [WBS,", "keywords: WBS #", 9, "'keywords' is not a list"),
        (
            "housing/wbs/topic.yaml",
            "[rathaus]",
            "[rathouse]",
            1,
            "The role 'rathouse' is not known",
        ),
        (
            "housing/wbs/topic.yaml",
            "housing/registration",
            "housing/flat",
            2,
            "'housing/flat' is not",
        ),
        ("housing/wbs/de.md", "{rathaus}", "{rathous}", 13, "The role 'rathous' is not known"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(
    content: Path, file: str, old: str, new: str, line: int, what: str
) -> None:
    """An editor reads exactly where to look and what to do."""
    change(content / "topics" / file, old, new)
    found = [text for text in problems(content) if what in text]
    assert len(found) == 1
    assert found[0].startswith(f"content/topics/{file}:{line}: error: ")
    assert found[0].endswith(".")


def test_the_same_question_in_two_topics_is_an_error(content: Path) -> None:
    """It could be answered by either."""
    change(content / "topics/housing/registration/de.md", "anmeldung termin", "WBS Antrag!")
    assert any("The question 'wbs antrag' stands in" in text for text in problems(content))


def test_broken_files_do_not_stop_the_rest(content: Path) -> None:
    """A file that cannot be read costs only itself."""
    (content / "topics/housing/wbs/de.md").write_bytes(b"\xff\xfe\x00garbage")
    (content / "roles.yaml").write_text("{", encoding="utf-8")
    catalogue = load(content)
    assert sorted(catalogue.topics["housing/wbs"].articles) == ["ar", "en"]
    assert "housing/registration" in catalogue.topics
    assert len(catalogue.problems) == 2


def test_the_last_good_version_stays(content: Path) -> None:
    """While a file is broken, what it said before is used."""
    good = load(content)
    for path in content.rglob("*.*"):
        path.write_text("title: [", encoding="utf-8")
    broken = load(content, good)
    assert broken.problems
    assert broken.topics["housing/wbs"].articles["de"] == good.topics["housing/wbs"].articles["de"]
    assert broken.topics["housing/wbs"].contacts == ("rathaus",)
    assert broken.regions["musterkreis"].contacts == good.regions["musterkreis"].contacts
    assert broken.none == good.none
    assert broken.followups == good.followups
    assert broken.roles == good.roles


def test_no_is_a_word_and_not_false(content: Path) -> None:
    """YAML's 'no' stays what the editor typed."""
    change(content / "topics/housing/wbs/de.md", "keywords: [WBS,", "keywords: [no, yes, on,")
    assert load(content).topics["housing/wbs"].articles["de"].keywords[:3] == ("no", "yes", "on")


def test_an_outdated_translation_is_a_warning_and_strict_makes_it_an_error(content: Path) -> None:
    """The English text was made from another German one."""
    german = load(content).topics["housing/wbs"].articles["de"].text_hash
    for code in ("ar", "en"):
        change(content / f"topics/housing/wbs/{code}.md", '"000000"', f'"{german}"')
    assert not any("changed after" in text for text in problems(content, strict=True))
    change(content / "topics/housing/wbs/de.md", "Oft nichts", "Nichts")
    assert sum("changed after" in text and ": warning:" in text for text in problems(content)) == 2
    assert (
        sum(
            "changed after" in text and ": error:" in text
            for text in problems(content, strict=True)
        )
        == 2
    )


def test_a_past_review_day_never_turns_strict_red(content: Path) -> None:
    """What depends on today's date is a note."""
    change(content / "topics/housing/wbs/de.md", "2099-01-01", "2020-01-01")
    found = [
        text for text in problems(content, strict=True) if "should have been reviewed" in text
    ]
    assert len(found) == 1
    assert ": note:" in found[0]


def test_opening_hours_that_cannot_be_read_are_named(content: Path) -> None:
    """The notation is small, and the remedy shows it."""
    change(content / "regions/musterkreis/contacts.yaml", "Mo-Fr 08:00-12:00", "montags früh")
    assert any("'montags früh' cannot be read" in text for text in problems(content))


def test_a_folder_without_topics_is_refused(tmp_path: Path) -> None:
    """One clear line names the setting."""
    with pytest.raises(ContentError, match="BOT_CONTENT"):
        load(tmp_path)


def test_a_folder_with_only_intents_is_enough(tmp_path: Path) -> None:
    """Title and questions alone make a topic."""
    folder = tmp_path / "topics" / "card" / "lost"
    folder.mkdir(parents=True)
    (folder / "en.md").write_text(
        "---\ntitle: Lost\nquestions: [I lost my card]\n---\n", encoding="utf-8"
    )
    catalogue = load(tmp_path)
    assert catalogue.problems == ()
    assert catalogue.topics["card/lost"].articles["en"].questions == ("I lost my card",)


def test_a_language_without_its_phrases_is_told(content: Path) -> None:
    """Without follow-up phrases 'and what does it cost?' would be a new question."""
    (content / "followups" / "de.yaml").unlink()
    assert any(
        "followups/de.yaml:1" in found and "The file is missing." in found
        for found in problems(content)
    )
