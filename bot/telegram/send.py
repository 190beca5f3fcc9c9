"""Sending what is in the outbox: in order for each chat, paced, and knowing what to try again.

Out is "at least once": the Bot API knows no key that would make a second sending harmless, so only
what was under way when the program died can arrive twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.store import chats, outbox
from bot.store.database import Database
from bot.telegram.calls import plain_args
from bot.telegram.pacing import Pace

log = logging.getLogger(__name__)

_UNKNOWN_TRIES = 2  # an answer that may have arrived is sent once more, not for ever
_UNKNOWN_PAUSE = 5.0
_LONGEST_PAUSE = 60.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Calls whose failure nobody misses: a tap's sign, a message that is gone already.
_HARMLESS = ("answerCallbackQuery", "deleteMessage")


class Sender:
    """Makes the calls of one chat after the other; `Lanes` runs chats side by side."""

    def __init__(self, bot: Bot, store: Database, clock: Callable[[], float], pace: Pace) -> None:
        self._bot = bot
        self._store = store
        self._clock = clock
        self._pace = pace

    async def waiting(self) -> list[int]:
        """The chats with something to send now."""
        now = self._clock()
        found = await self._store.read(lambda db: outbox.waiting_chats(db, now))
        return [chat_id for chat_id in found if self._pace.free(chat_id, now)]

    async def send_next(self, chat_id: int) -> None:
        """Make the chat's next call and write down what came of it."""
        now = self._clock()
        call = await self._store.write(lambda tx: outbox.take(tx, chat_id, now))
        if call is None:
            return
        if call.ambiguous:
            log.info(
                "outbox %s may arrive twice: it was being sent when the program stopped", call.id
            )
        if call.method == "sendMessage":
            self._pace.used(chat_id, now)
        try:
            result = await self._bot.do_api_request(call.method, api_kwargs=dict(call.args))
        except TelegramError as error:
            await self._failed(call, error)
        else:
            await self._store.write(lambda tx: outbox.mark_sent(tx, call.id, _message_id(result)))

    async def _failed(self, call: outbox.Outgoing, error: TelegramError) -> None:
        """What an error means; BadRequest and TimedOut are NetworkErrors too, so order matters."""
        match error:
            case RetryAfter():
                await self._wait(call, error)
            case ChatMigrated():
                await self._move(call.chat_id, error.new_chat_id)
            case InvalidToken():
                await self._later(call, _LONGEST_PAUSE, error, counts=False)
            case Forbidden():
                await self._give_up(call, error)
            case BadRequest():
                await self._refused(call, error)
            case EndPointNotFound():
                await self._give_up(call, error)
            case NetworkError() if _surely_not_done(error):
                await self._later(call, _back_off(call.attempts), error, counts=True)
            case _ if call.attempts + 1 < _UNKNOWN_TRIES:
                await self._later(call, _UNKNOWN_PAUSE, error, counts=True)
            case _:
                await self._give_up(call, error)

    async def _wait(self, call: outbox.Outgoing, error: RetryAfter) -> None:
        """The server says how long; the chat waits, which is no failed attempt."""
        wait = error.retry_after
        seconds = float(wait if isinstance(wait, int | float) else wait.total_seconds())
        await self._later(call, seconds, error, counts=False)

    async def _later(
        self, call: outbox.Outgoing, pause: float, error: TelegramError, *, counts: bool
    ) -> None:
        until = self._clock() + pause
        await self._store.write(
            lambda tx: outbox.postpone(tx, call.id, until, _short(error), counts=counts)
        )

    async def _refused(self, call: outbox.Outgoing, error: BadRequest) -> None:
        """A 400 is never repeated as it is: the same call is refused again."""
        text = str(error).lower()
        if "message is not modified" in text:
            await self._store.write(lambda tx: outbox.mark_sent(tx, call.id, None))
        elif "can't parse entities" in text and "parse_mode" in call.args:
            log.error("outbox %s: Telegram refused the markup; sending it as plain text", call.id)
            plain = plain_args(dict(call.args))
            await self._store.write(lambda tx: outbox.replace_args(tx, call.id, plain))
        else:
            await self._give_up(call, error)

    async def _give_up(self, call: outbox.Outgoing, error: TelegramError) -> None:
        level = logging.DEBUG if call.method in _HARMLESS else logging.WARNING
        log.log(level, "outbox %s (%s) cannot be sent: %s", call.id, call.method, _short(error))
        await self._store.write(lambda tx: outbox.mark_dead(tx, call.id, _short(error)))

    async def _move(self, old: int, new: int) -> None:
        def move(tx: Any) -> None:
            outbox.move_chat(tx, old, new)
            chats.move_chat(tx, old, new)

        await self._store.write(move)


def _surely_not_done(error: NetworkError) -> bool:
    """Whether the call did not happen: no connection, or the server itself answered 5xx."""
    answered = not isinstance(error.__cause__, httpx.HTTPError)
    return answered or isinstance(error.__cause__, _NOT_SENT)


def _back_off(attempts: int) -> float:
    """Seconds until the next try: 1, 2, 4 … 60."""
    return min(_LONGEST_PAUSE, 2.0 ** min(attempts, 6))


def _message_id(result: object) -> int | None:
    found = result.get("message_id") if isinstance(result, Mapping) else None
    return found if isinstance(found, int) else None


def _short(error: TelegramError) -> str:
    """The error's kind and text; Telegram's texts hold no words of a person."""
    return f"{type(error).__name__}: {error}"[:200]
