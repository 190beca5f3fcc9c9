"""One lane for each chat: in order inside a chat, side by side across chats."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

FindChats = Callable[[], Awaitable[Sequence[int]]]
WorkChat = Callable[[int], Awaitable[None]]

log = logging.getLogger(__name__)

_AFTER_TROUBLE = 1.0  # seconds
_LOOK_AGAIN = 0.5  # seconds; for rows that wait for their time


class Lanes:
    """Works off what waits in the store, one piece per chat at a time.

    `find` gives the chats with something to do, `work` does one piece for a chat. After each
    piece the chat goes behind the others, so nobody who sends much takes the slots of the rest.
    """

    def __init__(self, find: FindChats, work: WorkChat, slots: int) -> None:
        self._find = find
        self._work = work
        self._slots = asyncio.Semaphore(slots)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._finishing = False

    def wake(self) -> None:
        """There may be something new."""
        self._news.set()

    def finish(self) -> None:
        """Return from `run` as soon as nothing waits any more."""
        self._finishing = True
        self._news.set()

    async def run(self) -> None:
        """Work until told to finish, or cancelled; then the pieces under way are cancelled too."""
        try:
            while True:
                self._news.clear()
                waiting = await self._find()
                for chat_id in waiting:
                    if chat_id not in self._busy:
                        await self._begin(chat_id)
                if self._finishing and not waiting and not self._busy:
                    return
                await self._wait()
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _begin(self, chat_id: int) -> None:
        await self._slots.acquire()
        task = asyncio.create_task(self._work_once(chat_id))
        self._busy[chat_id] = task

    async def _work_once(self, chat_id: int) -> None:
        try:
            await self._work(chat_id)
        except (
            Exception
        ):  # the store's trouble (disk, lock): the piece waits there and comes again
            log.exception("a lane stopped; it goes on in %.0f s", _AFTER_TROUBLE)
            await asyncio.sleep(_AFTER_TROUBLE)
        finally:
            self._busy.pop(chat_id, None)
            self._slots.release()
            self._news.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_AGAIN):
                await self._news.wait()
        except TimeoutError:
            return
