"""Handling one update: read the chat, let the conversation decide, commit everything at once."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot

from bot.conversation.events import Event, Say, Turn
from bot.conversation.handle import handle
from bot.conversation.knowledge import Knowledge
from bot.store import chats, inbox, outbox
from bot.store.database import Database
from bot.store.model import Chat
from bot.telegram.calls import to_calls
from bot.telegram.updates import language_of, to_event

log = logging.getLogger(__name__)

OFFICE_TIME = ZoneInfo("Europe/Berlin")


class Worker:
    """Works off the inbox; `know` gives the knowledge that is good at this moment."""

    def __init__(
        self,
        bot: Bot,
        store: Database,
        know: Callable[[], Knowledge],
        clock: Callable[[], float],
        on_reply: Callable[[], None],
    ) -> None:
        self._bot = bot
        self._store = store
        self._know = know
        self._clock = clock
        self._on_reply = on_reply

    async def waiting(self) -> Sequence[int]:
        """The chats with something to handle."""
        return await self._store.read(inbox.waiting_chats)

    async def handle_next(self, chat_id: int) -> None:
        """Handle the chat's oldest update; what fails three times is put aside with an apology."""
        row = await self._store.read(lambda db: inbox.next_for(db, chat_id))
        if row is None:
            return
        try:
            await self._handle(row)
        except sqlite3.OperationalError:
            raise  # the disk or the lock: not this update's fault, it is tried again
        except Exception as error:
            # One update must never stop the rest; what it was is written down without its words.
            log.exception("inbox %s cannot be handled", row.seq, exc_info=_wordless(error))
            await self._failed(row, error)
        self._on_reply()

    async def _handle(self, row: inbox.Incoming) -> None:
        now = self._clock()
        event = to_event(row.body, self._bot)
        if event is None:
            await self._store.write(lambda tx: inbox.mark_done(tx, row.seq))
            return
        chat = await self._store.read(lambda db: chats.load_chat(db, row.chat_id, now))
        turn = self._decide(event, chat, now)
        calls = to_calls(row.chat_id, turn.actions)

        def commit(tx: sqlite3.Connection) -> None:
            if turn.forget:
                chats.forget_chat(tx, row.chat_id)
            else:
                chats.save_chat(tx, turn.chat, now)
            outbox.put(tx, row.seq, row.chat_id, calls, now)
            inbox.mark_done(tx, row.seq)

        await self._store.write(commit)

    def _decide(self, event: Event, chat: Chat, now: float) -> Turn:
        today = datetime.fromtimestamp(now, UTC).astimezone(OFFICE_TIME).date()
        return handle(event, chat, self._know(), today)

    async def _failed(self, row: inbox.Incoming, error: Exception) -> None:
        """Count the try; after the last one say sorry in the person's language."""
        now = self._clock()
        chat = await self._store.read(lambda db: chats.load_chat(db, row.chat_id, now))
        apology = to_calls(row.chat_id, [self._apology(row.body, chat)]) if row.chat_id else []

        def commit(tx: sqlite3.Connection) -> None:
            if inbox.mark_failed(tx, row.seq, type(error).__name__):
                outbox.put(tx, row.seq, row.chat_id, apology, now)

        await self._store.write(commit)

    def _apology(self, update: Mapping[str, Any], chat: Chat) -> Say:
        languages = self._know().languages
        language = languages.choose(chat.language, language_of(update)) or languages["en"]
        return Say(
            language.words(
                "I am sorry, something went wrong on my side. Please write it again in other words."
            )
        )


def _wordless(error: Exception) -> Exception:
    """The error without its text, which could hold a person's words; kind and place stay."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
