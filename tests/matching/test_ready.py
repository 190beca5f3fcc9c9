"""Content is ready in a second where nothing changed, and never out of date."""

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.matching import ready
from bot.matching.ready import open_content


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """An empty cache folder."""
    return tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read file by file."""
    seen: list[Path] = []
    load = ready.load

    def watched(folder: Path) -> ready.Catalogue:
        seen.append(folder)
        return load(folder)

    monkeypatch.setattr(ready, "load", watched)
    return seen


def test_the_second_start_reads_nothing(content: Path, cache: Path, reads: list[Path]) -> None:
    """And answers alike, emergencies too."""
    first, matcher = open_content(content, cache=cache)
    again, other = open_content(content, cache=cache)
    assert reads == [content]
    assert (again.topics, again.roles, again.none) == (first.topics, first.roles, first.none)
    for text in ("wbs antrag", "112", "كيف أحصل على شهادة WBS؟", "quatsch"):
        assert other.match(text) == matcher.match(text)


def test_a_changed_file_is_read(content: Path, cache: Path, reads: list[Path]) -> None:
    """An editor's change is there at the next start."""
    open_content(content, cache=cache)
    path = content / "topics/housing/wbs/de.md"
    path.write_text(path.read_text("utf-8").replace("Oft nichts.", "Nichts."), encoding="utf-8")
    catalogue, _ = open_content(content, cache=cache)
    assert len(reads) == 2
    assert catalogue.topics["housing/wbs"].articles["de"].sections[1].body == "Nichts."


class Bomb:
    """What a hostile file would hold."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return (shutil.rmtree, ("nothing-is-there",))


@pytest.mark.parametrize("damage", ["cut", "empty", "foreign", "model gone"])
def test_a_damaged_snapshot_is_made_anew(
    content: Path, cache: Path, reads: list[Path], damage: str
) -> None:
    """A kill, a full disk or somebody else's file cost one slow start; nothing in it is run."""
    open_content(content, cache=cache)
    [path] = cache.glob("content-*.pickle")
    if damage == "model gone":
        next(cache.glob("de-*.npz")).unlink()
    else:
        whole = path.read_bytes()
        path.write_bytes(
            {"cut": whole[: len(whole) // 2], "empty": b"", "foreign": pickle.dumps(Bomb())}[
                damage
            ]
        )
    _, matcher = open_content(content, cache=cache)
    assert len(reads) == 2
    assert matcher.match("wbs antrag").topics[0] == "housing/wbs"


def test_modes_are_kept_apart(content: Path, cache: Path) -> None:
    """`--mode intents` knows no emergencies; the bot does."""
    _, intents = open_content(content, "intents", cache)
    _, topics = open_content(content, cache=cache)
    _, again = open_content(content, "intents", cache)
    assert topics.match("112").topics[0] == "emergency/numbers"
    assert again.match("wbs antrag") == intents.match("wbs antrag")
