"""Content that changes while the bot runs."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.load import load
from bot.conversation.knowledge import build_knowledge
from bot.languages import Languages
from bot.refresh import Refresher, fingerprint
from bot.settings import Settings
from bot.store.database import Database
from bot.telegram.service import Service, build_bot, end

SMALL = Path(__file__).parent / "data" / "content"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder of one's own."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
async def service(folder: Path, tmp_path: Path, languages: Languages) -> AsyncIterator[Service]:
    """A service that knows the folder and whose content is looked at ten times a second."""
    know = build_knowledge(load(folder), languages)
    async with Database(tmp_path / "bot.db") as store:
        service = Service(build_bot(Settings(token="1:x")), store, know, time.time)
        task = asyncio.create_task(Refresher(service, folder, seconds=0.1).run())
        await asyncio.sleep(0.2)
        yield service
        await end(task)


async def until(look: object, seconds: float = 30) -> None:
    """Wait until `look()` is true."""
    async with asyncio.timeout(seconds):
        while not look():  # type: ignore[operator]
            await asyncio.sleep(0.05)


async def test_a_new_way_of_asking_is_understood_without_a_restart(
    service: Service, folder: Path
) -> None:
    """An editor adds a question; the bot learns it beside answering."""
    assert service.know.matcher.match("zettel fürs billige haus").topics == ()
    file = folder / "topics" / "housing" / "wbs" / "de.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("questions:", "questions:\n  - zettel fürs billige haus"))
    await until(lambda: service.know.matcher.match("zettel fürs billige haus").topics)
    assert service.know.matcher.match("zettel fürs billige haus").topics[0] == "housing/wbs"


async def test_garbage_leaves_the_last_good_text_in_use(service: Service, folder: Path) -> None:
    """A broken file, then a folder without topics: people go on getting answers."""
    old = service.know
    file = folder / "topics" / "housing" / "wbs" / "de.md"
    file.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    await until(lambda: service.know is not old)
    assert service.know.matcher.match("wbs antrag").topics == ("housing/wbs",)
    kept = service.know
    shutil.rmtree(folder / "topics")
    await asyncio.sleep(1)
    assert service.know is kept


def test_the_fingerprint_sees_every_change(folder: Path) -> None:
    """A new file, another text, a file that is gone."""
    seen = {fingerprint(folder)}
    file = folder / "topics" / "new.txt"
    file.write_text("a", encoding="utf-8")
    seen.add(fingerprint(folder))
    file.write_text("ab", encoding="utf-8")
    seen.add(fingerprint(folder))
    assert len(seen) == 3
    file.unlink()
    assert fingerprint(folder) in seen
