"""The running bot: fetch, handle, send, clean up – until it is told to stop."""

from __future__ import annotations

import asyncio
import functools
import logging
import sqlite3
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest
from telegram.warnings import PTBUserWarning

from bot.conversation.knowledge import Knowledge
from bot.errors import ServerUnreachable
from bot.settings import Settings
from bot.store import chats, inbox, outbox
from bot.store.database import Database
from bot.telegram.fetch import Fetcher, token_refused
from bot.telegram.lanes import Lanes
from bot.telegram.pacing import Pace
from bot.telegram.profile import update_profile
from bot.telegram.send import Sender
from bot.telegram.work import Worker

log = logging.getLogger(__name__)

_HANDLE_SLOTS = 8
_SEND_SLOTS = 16
_CLEAN_SECONDS = 15.0
_DRAIN_SECONDS = 10.0
_START_TRIES = 4


def build_bot(settings: Settings, request: BaseRequest | None = None) -> Bot:
    """python-telegram-bot's Bot for the server of the settings; `request` for tests in process."""
    # We keep calls as plain data in the outbox and want plain answers, so the typed methods that
    # python-telegram-bot recommends here would only be in the way.
    warnings.filterwarnings("ignore", r"Please use 'Bot\.", PTBUserWarning)
    pool = request or HTTPXRequest(connection_pool_size=_SEND_SLOTS + 8, read_timeout=20)
    return Bot(
        settings.token or "-",
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=pool,
        get_updates_request=pool,
    )


@dataclass(slots=True)
class Service:
    """Everything that runs, put together. `know` is swapped when content changed."""

    bot: Bot
    store: Database
    know: Knowledge
    clock: Callable[[], float]
    pace: Pace = field(default_factory=Pace)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; then stop fetching, send what waits for a while, and return.

        Raises TokenRefused or ServerUnreachable where the server cannot be used at the start.
        """
        await connect(self.bot)
        sender = Sender(self.bot, self.store, self.clock, self.pace)
        sending = Lanes(sender.waiting, sender.send_next, _SEND_SLOTS)
        worker = Worker(self.bot, self.store, lambda: self.know, self.clock, sending.wake)
        handling = Lanes(worker.waiting, worker.handle_next, _HANDLE_SLOTS)
        fetcher = Fetcher(self.bot, self.store, self.clock, handling.wake)
        endless = [
            asyncio.create_task(fetcher.run()),
            asyncio.create_task(forever("cleaning up", self._clean_up)),
        ]
        lanes = [
            asyncio.create_task(forever("handling", handling.run)),
            asyncio.create_task(forever("sending", sending.run)),
        ]
        profile = asyncio.create_task(update_profile(self.bot, self.store, self.know.languages))
        try:
            await _until_stopped(stop, [*endless, *lanes])
            await end(*endless, profile)
            handling.finish()
            await asyncio.wait(lanes[:1], timeout=_DRAIN_SECONDS)
            sending.finish()
            await asyncio.wait(lanes[1:], timeout=_DRAIN_SECONDS)
        finally:
            await end(*endless, *lanes, profile)
            await self.bot.shutdown()

    async def _clean_up(self) -> None:
        """Keep the promises about time: what is done is forgotten, the log is emptied."""
        while True:
            await self.store.write(functools.partial(_purge, now=self.clock()))
            await self.store.truncate_log()
            await asyncio.sleep(_CLEAN_SECONDS)


def _purge(tx: sqlite3.Connection, now: float) -> None:
    inbox.purge(tx, now)
    outbox.purge(tx, now)
    chats.purge(tx, now)


async def _until_stopped(stop: asyncio.Event, loops: list[asyncio.Task[None]]) -> None:
    """Wait for the signal, or raise what a loop cannot go on with."""
    stopped = asyncio.create_task(stop.wait())
    try:
        done, _ = await asyncio.wait([stopped, *loops], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await end(stopped)


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they are gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def forever(what: str, loop: Callable[[], Awaitable[None]]) -> None:
    """Run a loop again when it fails: a full disk or a locked file is waited out, not fatal."""
    pause = 0.5
    while True:
        try:
            await loop()
        except Exception:  # no fault of one loop may end the bot; it is logged and tried again
            log.exception("%s failed; going on in %.0f s", what, pause)
            await asyncio.sleep(pause)
            pause = min(30.0, pause * 2)
        else:
            return


async def connect(bot: Bot) -> None:
    """Ask the server who we are, and make sure that no webhook stands in the way.

    Raises TokenRefused or, after some tries, ServerUnreachable.
    """
    for attempt in range(_START_TRIES):
        try:
            await bot.initialize()
            await bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken as error:
            raise token_refused() from error
        except RetryAfter as error:
            wait = error.retry_after
            await asyncio.sleep(wait if isinstance(wait, int | float) else wait.total_seconds())
        except (NetworkError, TelegramError) as error:
            if attempt == _START_TRIES - 1:
                raise ServerUnreachable(
                    f"no answer from {bot.base_url.split('/bot')[0]} ({error})",
                    where="BOT_API_URL",
                    remedy="Check the address, the network and the server, then start again.",
                ) from error
            await asyncio.sleep(0.5 * 2**attempt)
        else:
            return
    raise ServerUnreachable(
        "the server asks us to wait again and again", where="BOT_API_URL", remedy="Try later."
    )
