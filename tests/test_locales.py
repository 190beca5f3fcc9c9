"""The interface's texts: every one extracted, every one translated."""

import ast
import shutil
from pathlib import Path

import pytest

from bot.languages import Languages, default_locales, load_languages
from bot.locales import catalogue_problems, messages_in_code
from bot.text.direction import FSI, PDI, first_strong

ROOT = Path(__file__).parent.parent


def spoken(path: Path) -> set[str]:
    """The constant texts given to words(), plain() and plural() in a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in ("words", "plain", "plural") and isinstance(first, ast.Constant):
            found.add(str(first.value))
    return found


def test_babel_finds_every_text_in_the_code() -> None:
    """A text inside an f-string would be missed; none is."""
    in_code = {text for path in (ROOT / "bot").rglob("*.py") for text in spoken(path)}
    extracted = {
        part for m in messages_in_code() if m.id
        for part in (m.id if isinstance(m.id, tuple | list) else [m.id])[:1]
    }  # fmt: skip
    assert in_code <= extracted


def test_nothing_is_untranslated() -> None:
    """Each language has each text, with the same places in it."""
    assert catalogue_problems(strict=True) == []


@pytest.mark.parametrize("damage", ["missing", "places"])
def test_a_damaged_catalogue_is_found(tmp_path: Path, damage: str) -> None:
    """The check can fail."""
    folder = Path(shutil.copytree(default_locales(), tmp_path / "locales"))
    path = folder / "uk" / "LC_MESSAGES" / "bot.po"
    text = path.read_text(encoding="utf-8")
    good = 'msgstr "Я розмовляю: {languages}"'
    assert good in text
    bad = {"missing": 'msgstr ""', "places": 'msgstr "Я розмовляю: {language}"'}[damage]
    path.write_text(text.replace(good, bad), encoding="utf-8")
    assert len(catalogue_problems(folder)) == 1


def test_names_and_directions_come_from_cldr(languages: Languages) -> None:
    """Own names, capital first; Arabic is written from the right."""
    assert [languages[c].name for c in ("de", "en", "ar", "uk")] == [
        "Deutsch",
        "English",
        "العربية",
        "Українська",
    ]
    assert [code for code in languages if languages[code].rtl] == ["ar", "fa"]


def test_values_are_escaped_and_isolated(languages: Languages) -> None:
    """Markup in a name stays text; in Arabic a Latin name keeps its direction."""
    german = languages["de"].words("Source: {source}", source="<b>&")
    assert german == "Quelle: &lt;b&gt;&amp;"
    assert f"{FSI}BAMF{PDI}" in languages["ar"].words("Source: {source}", source="BAMF")


def test_arabic_texts_begin_in_their_own_script(languages: Languages) -> None:
    """Telegram takes the direction from the first strong character."""
    for message in messages_in_code():
        text = (
            languages["ar"].translations.gettext(message.id)
            if isinstance(message.id, str) and message.id
            else ""
        )
        if text:
            assert first_strong(text.replace("<b>", "")) == "rtl", text


def test_a_language_is_offered_by_adding_files(tmp_path: Path) -> None:
    """No line of code: a catalogue is enough."""
    folder = Path(shutil.copytree(default_locales(), tmp_path / "locales"))
    shutil.copytree(folder / "de", folder / "ti")
    assert load_languages(folder)["ti"].name == "ትግርኛ"
