"""Fetching updates: written down first, confirmed afterwards.

getUpdates confirms everything below its `offset`, and Telegram forgets it. So a batch is
committed to the inbox before the next poll carries the new offset: a crash between the two
brings the batch again (and the inbox knows it), never a loss.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Bot
from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import TokenRefused
from bot.store import inbox
from bot.store.database import Database
from bot.telegram.updates import ALLOWED, chat_of

log = logging.getLogger(__name__)

POLL_SECONDS = 25
_LONGEST_PAUSE = 60.0


class Fetcher:
    """Polls for updates and writes them to the inbox; calls `on_news` after each batch."""

    def __init__(
        self, bot: Bot, store: Database, clock: Callable[[], float], on_news: Callable[[], None]
    ) -> None:
        self._bot = bot
        self._store = store
        self._clock = clock
        self._on_news = on_news
        self._offset: int | None = None
        self._pause = 0.0

    async def run(self) -> None:
        """Fetch until cancelled. Raises TokenRefused; everything else is waited out."""
        while True:
            try:
                updates = await self._poll()
                if updates:
                    await self._keep(updates)
                self._pause = 0.0
            except (InvalidToken, EndPointNotFound) as error:
                raise token_refused() from error
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
            except (TelegramError, OSError, ValueError) as error:
                await self._back_off(error)

    async def _poll(self) -> Sequence[dict[str, Any]]:
        args: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": list(ALLOWED)}
        if self._offset is not None:
            args["offset"] = self._offset
        found = await self._bot.do_api_request(
            "getUpdates", api_kwargs=args, read_timeout=POLL_SECONDS + 10
        )
        if not isinstance(found, list):
            raise NetworkError("getUpdates did not answer with a list")
        return [update for update in found if isinstance(update, dict) and "update_id" in update]

    async def _keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit, and only then move the offset: the next poll confirms."""
        now = self._clock()
        rows = [(chat_of(update), update) for update in updates]
        await self._store.write(lambda tx: inbox.accept(tx, rows, now))
        self._offset = int(updates[-1]["update_id"]) + 1
        self._on_news()

    async def _back_off(self, error: Exception) -> None:
        """Wait longer each time; after a restart the old long poll still hangs at the server (409)."""
        self._pause = min(_LONGEST_PAUSE, self._pause * 2 or 0.5)
        kind = "another poller is still connected" if isinstance(error, Conflict) else str(error)
        log.warning("getUpdates: %s; trying again in %.0f s", kind, self._pause)
        await asyncio.sleep(self._pause)


def token_refused() -> TokenRefused:
    """The error for a token that the server does not know."""
    return TokenRefused(
        "the server does not know this token",
        where="BOT_TOKEN",
        remedy="Copy it again from @BotFather, and check that BOT_API_URL is the right server.",
    )


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait if isinstance(wait, int | float) else wait.total_seconds())
