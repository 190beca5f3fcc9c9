"""The bot and the stand-in in one process: real python-telegram-bot, no socket."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.request import HTTPXRequest

from bot.content.load import load
from bot.conversation.knowledge import Knowledge, build_knowledge
from bot.languages import Languages
from bot.settings import Settings
from bot.standin import World, create_app
from bot.store.database import Database
from bot.telegram.service import Service, build_bot

SMALL = Path(__file__).parents[1] / "data" / "content"
SETTINGS = Settings(token="1:standin", api_url="http://standin")


@pytest.fixture(scope="session")
def small(languages: Languages) -> Knowledge:
    """Knows the small content folder."""
    return build_knowledge(load(SMALL), languages)


@dataclass
class Running:
    """A running bot and the world around it."""

    world: World
    service: Service
    store: Database

    def replies(self, chat: int) -> list[dict[str, Any]]:
        """The bot's visible messages in a chat."""
        return [m for m in self.world.messages(chat) if m["from"]["is_bot"]]

    async def reply(self, chat: int, count: int = 1, seconds: float = 10) -> dict[str, Any]:
        """The bot's message number `count` in a chat, as soon as it is there."""
        await self.until(lambda: len(self.replies(chat)) >= count, seconds)
        return self.replies(chat)[count - 1]

    async def until(self, look: Callable[[], object], seconds: float = 10) -> None:
        """Wait until `look` is true."""
        async with asyncio.timeout(seconds):
            while not look():
                await asyncio.sleep(0.01)

    async def state(self, table: str) -> list[str]:
        """The states of all rows of inbox or outbox."""
        return await self.store.read(
            lambda db: [row[0] for row in db.execute(f"SELECT state FROM {table} ORDER BY 1")]
        )

    async def quiet(self) -> None:
        """Nothing is left to handle or to send."""
        async with asyncio.timeout(20):
            while "new" in await self.state("inbox") or {"new", "sending"} & set(
                await self.state("outbox")
            ):
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def running(world: World, know: Knowledge, path: Path) -> AsyncIterator[Running]:
    """A bot against this world, until the block ends; then it stops cleanly."""
    transport = httpx.ASGITransport(app=create_app(world))
    request = HTTPXRequest(connection_pool_size=32, httpx_kwargs={"transport": transport})
    stop = asyncio.Event()
    async with Database(path) as store:
        service = Service(build_bot(SETTINGS, request), store, know, time.time)
        task = asyncio.create_task(service.run(stop))
        try:
            yield Running(world, service, store)
        finally:
            stop.set()
            await asyncio.wait_for(task, 30)


@pytest.fixture
def world() -> World:
    """A stand-in in which nobody is yet."""
    return World(token=SETTINGS.token)


@pytest.fixture
async def bot(world: World, small: Knowledge, tmp_path: Path) -> AsyncIterator[Running]:
    """A running bot with the small content."""
    async with running(world, small, tmp_path / "bot.db") as here:
        yield here
