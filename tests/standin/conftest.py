"""A world, and the real python-telegram-bot in front of it, without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.standin import World, create_app


@dataclass(slots=True)
class Clock:
    """A clock that a test moves."""

    now: float = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The world's clock."""
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    """A world with Amira, who has an Arabic app and has written to the bot."""
    world = World(clock=clock)
    world.add_person("Amira", "ar", person_id=1001)
    world.say(1001, "/start")
    world.queue.drop()
    return world


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    """python-telegram-bot, connected."""
    app = create_app(world)
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=app)})
    polling = HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=app)})
    bot = Bot(
        world.token,
        base_url="http://standin/bot",
        base_file_url="http://standin/file/bot",
        request=request,
        get_updates_request=polling,
    )
    async with bot:
        yield bot


@pytest.fixture
async def web(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A plain HTTP client."""
    transport = httpx.ASGITransport(app=create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://standin") as client:
        yield client
