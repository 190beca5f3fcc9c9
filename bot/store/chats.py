"""What a chat chose: number, language, region, municipality – and for 30 minutes the topic at hand."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from bot.store.model import Chat

FORGOTTEN_AFTER = timedelta(days=365)  # of silence
TOPIC_SECONDS = 30 * 60


def load_chat(db: sqlite3.Connection, chat_id: int, now: float) -> Chat:
    """The chat as it is now; a new one knows nothing."""
    row = db.execute("SELECT * FROM chats WHERE id = ?", (chat_id,)).fetchone()
    if row is None:
        return Chat(chat_id)
    fresh = row["topic_until"] > now
    return Chat(
        id=chat_id,
        language=row["language"],
        region=row["region"],
        municipality=row["municipality"],
        topic=row["topic"] if fresh else None,
        shown=tuple(row["shown"].split()) if fresh else (),
    )


def save_chat(tx: sqlite3.Connection, chat: Chat, now: float) -> None:
    """Write the chat; only the day of its last message is kept, not the hour."""
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    tx.execute(
        "INSERT OR REPLACE INTO chats"
        " (id, language, region, municipality, topic, shown, topic_until, last_day)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            chat.id,
            chat.language,
            chat.region,
            chat.municipality,
            chat.topic,
            " ".join(chat.shown),
            now + TOPIC_SECONDS if chat.topic else 0,
            day,
        ),
    )


def move_chat(tx: sqlite3.Connection, old: int, new: int) -> None:
    """A group became a supergroup."""
    tx.execute("UPDATE OR REPLACE chats SET id = ? WHERE id = ?", (new, old))


def purge(tx: sqlite3.Connection, now: float) -> None:
    """Forget silent chats, and topics that are no longer at hand."""
    oldest = (datetime.fromtimestamp(now, UTC) - FORGOTTEN_AFTER).date().isoformat()
    tx.execute("DELETE FROM chats WHERE last_day < ?", (oldest,))
    tx.execute(
        "UPDATE chats SET topic = NULL, shown = '', topic_until = 0"
        " WHERE topic IS NOT NULL AND topic_until < ?",
        (now,),
    )


def read_note(db: sqlite3.Connection, name: str) -> str:
    """A small value of the bot itself, '' where there is none."""
    row = db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
    return str(row["value"]) if row else ""


def write_note(tx: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a small value of the bot itself."""
    tx.execute("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (name, value))


def forget_chat(tx: sqlite3.Connection, chat_id: int) -> None:
    """Everything kept of a chat goes."""
    tx.execute("DELETE FROM chats WHERE id = ?", (chat_id,))
