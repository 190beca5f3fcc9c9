"""getUpdates: the long poll. One may wait; the next one ends it with 409."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.standin.about import allowed_updates
from bot.standin.args import Args
from bot.standin.chats import Json
from bot.standin.errors import ApiError, conflict
from bot.standin.state import Event, State

_LONGEST_WAIT = 50
_MOST = 100
_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)


class Poller:
    """Waits for updates on behalf of the one bot there is."""

    def __init__(self, world: State) -> None:
        self._world = world
        self._waiting: asyncio.Future[None] | None = None

    async def get(self, args: Args) -> list[Json]:
        """The updates from `offset` on; waits for one up to `timeout` seconds. Raises ApiError."""
        queue = self._world.queue
        if queue.webhook:
            raise conflict(_WEBHOOK)
        self.end(conflict(_OTHER_POLLER))
        if (kinds := allowed_updates(args)) is not None:
            queue.allow(kinds)
        offset = args.integer("offset")
        limit = args.integer("limit", _MOST)
        limit = limit if 1 <= limit <= _MOST else _MOST
        timeout = min(max(args.integer("timeout"), 0), _LONGEST_WAIT)
        found = queue.take(offset, limit)
        if found or not timeout:
            return found
        await self._wait(timeout)
        # A negative offset has forgotten what it wanted to; once more would forget new ones.
        return queue.take(max(offset, 0), limit)

    def end(self, reason: ApiError) -> None:
        """End the poll that waits, if one does."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(reason)
        self._waiting = None

    def close(self) -> None:
        """Let the poll that waits return empty: the server stops."""
        _wake(self._waiting)

    async def _wait(self, seconds: float) -> None:
        """Return when there is an update, or when the time is up. Raises the end's reason."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[None] = loop.create_future()
        self._waiting = waiting
        unsubscribe = self._world.subscribe(_waker(loop, waiting))
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            unsubscribe()
            if self._waiting is waiting:
                self._waiting = None


def _waker(
    loop: asyncio.AbstractEventLoop, waiting: asyncio.Future[None]
) -> Callable[[Event], None]:
    """A test may act from another thread, so the loop is told in the safe way."""

    def listener(event: Event) -> None:
        if event.kind == "update":
            loop.call_soon_threadsafe(_wake, waiting)

    return listener


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
