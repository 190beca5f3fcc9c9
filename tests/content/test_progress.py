"""How far the texts have come, and what nobody knows yet."""

from pathlib import Path

import pytest

from bot.content.gaps import gaps
from bot.content.load import load
from bot.content.progress import progress_of, todo
from bot.errors import SettingsError
from bot.overview import gap_lines, translation_lines
from bot.settings import read_settings

WBS = "topics/housing/wbs"


def change(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_translation_goes_from_missing_to_approved(content: Path) -> None:
    """Each edit an editor makes moves it one step."""
    path = content / WBS / "en.md"
    steps = []

    def look() -> None:
        steps.append(progress_of(load(content).topics["housing/wbs"], "en"))

    look()
    change(path, '"000000"', f'"{load(content).topics["housing/wbs"].articles["de"].text_hash}"')
    look()
    change(path, "translation: machine", "translation: human")
    look()
    change(path, "translation: human", "translation: human\nstate: approved\nby: Redaktion")
    look()
    path.unlink()
    look()
    assert steps == ["outdated", "machine", "reviewed", "approved", "missing"]


def test_todo_begins_with_what_is_missing_and_urgent(content: Path) -> None:
    """Registration has no Arabic text; it is about a deadline."""
    change(
        content / "topics/housing/registration/topic.yaml", "contacts:", "care: high\ncontacts:"
    )
    tasks = todo(load(content), "ar")
    assert [(t.topic, t.progress, t.urgent) for t in tasks[:2]] == [
        ("housing/registration", "missing", True),
        ("emergency/numbers", "missing", False),
    ]
    assert tasks[-1].progress == "outdated"
    assert not any(task.topic.startswith("chat/") for task in tasks)


def test_gaps_name_what_a_region_does_not_know(content: Path) -> None:
    """An office without hours, a dated one, an unknown rule, a fact to confirm, a town without one."""
    path = content / "regions/musterkreis/region.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write("interpreter-pool: {cost: {value: free, source: Flyer}, spoken-only: true}\n")
    change(
        content / WBS / "topic.yaml", "contacts:", 'check: ["Gilt die Grenze noch?"]\ncontacts:'
    )
    change(content / "regions/musterkreis/contacts.yaml", "    certainty: current\n", "")
    catalogue = load(content)
    assert catalogue.problems == ()
    region = catalogue.regions["musterkreis"]
    assert [rule.value for rule in region.pool] == [None, None, None, "free", "yes", None]
    found = {(gap.kind, gap.what) for gap in gaps(catalogue, region)}
    assert ("hours", "Rathaus Unterdorf: no opening hours.") in found
    assert ("certainty", "Rathaus Unterdorf: dated, newest source without a day.") in found
    assert ("pool", "Interpreter pool, 'days-ahead': unknown.") in found
    assert ("fact", "housing/wbs: Gilt die Grenze noch?") in found
    assert not any("Rathaus Oberstadt: no" in what for _, what in found)


def test_the_commands_print_tables(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each language and topic; an unknown name is an error with a remedy."""
    monkeypatch.setenv("BOT_CONTENT", str(content))
    settings = read_settings()
    lines = list(translation_lines(settings, None))
    assert lines[0].split()[:2] == ["language", "missing"]
    assert [line.split()[0] for line in lines[1:4]] == ["ar", "de", "en"]
    assert next(line for line in lines if line.startswith("housing/wbs")).split()[1:] == [
        "!",
        "d",
        "!",
    ]
    assert any("wbs/ar.md: outdated" in line for line in translation_lines(settings, "ar"))
    assert list(gap_lines(settings, "musterkreis"))[-1].split()[1] == "gaps:"
    with pytest.raises(SettingsError, match="Known are"):
        list(translation_lines(settings, "xx"))
    with pytest.raises(SettingsError, match="musterkreis"):
        list(gap_lines(settings, "nowhere"))
