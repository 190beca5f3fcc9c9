"""What came in. A row is written before Telegram is told that it arrived, and emptied when done."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Update = Mapping[str, Any]

MOST_TRIES = 3
REMEMBERED = 48 * 3600  # seconds; Telegram itself keeps updates for 24 hours
DEAD_TEXT = 24 * 3600  # seconds that a row which could not be handled keeps its text


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update that is waiting to be handled."""

    seq: int
    chat_id: int
    body: Update
    tries: int


def accept(tx: sqlite3.Connection, updates: Iterable[tuple[int, Update]], now: float) -> int:
    """Write down updates with their chat's id; how many were new.

    The hash stands beside the id because Telegram's ids begin anew at random after a quiet week.
    """
    rows = []
    for chat_id, update in updates:
        body = json.dumps(update, ensure_ascii=True, sort_keys=True)
        digest = hashlib.sha256(body.encode()).hexdigest()
        rows.append((int(update.get("update_id", 0)), digest, chat_id, body, now))
    before = tx.total_changes
    tx.executemany(
        "INSERT OR IGNORE INTO inbox (update_id, body_sha, chat_id, body, received_at)"
        " VALUES (?, ?, ?, ?, ?)",
        rows,
    )
    return tx.total_changes - before


def waiting_chats(db: sqlite3.Connection) -> Sequence[int]:
    """The chats with something to handle, who waits longest first."""
    rows = db.execute(
        "SELECT chat_id FROM inbox WHERE state = 'new' GROUP BY chat_id ORDER BY min(seq)"
    )
    return [row[0] for row in rows]


def next_for(db: sqlite3.Connection, chat_id: int) -> Incoming | None:
    """The oldest update of a chat that is not handled yet."""
    row = db.execute(
        "SELECT seq, body, tries FROM inbox WHERE state = 'new' AND chat_id = ? ORDER BY seq LIMIT 1",
        (chat_id,),
    ).fetchone()
    return Incoming(row["seq"], chat_id, json.loads(row["body"]), row["tries"]) if row else None


def mark_done(tx: sqlite3.Connection, seq: int) -> None:
    """Handled: the words go, id and hash stay so that a second delivery is recognised."""
    tx.execute("UPDATE inbox SET state = 'done', body = '', error = '' WHERE seq = ?", (seq,))


def mark_failed(tx: sqlite3.Connection, seq: int, error: str) -> bool:
    """One more try failed; True where it was the last one and the row is dead now."""
    tx.execute("UPDATE inbox SET tries = tries + 1, error = ? WHERE seq = ?", (error, seq))
    tx.execute("UPDATE inbox SET state = 'dead' WHERE seq = ? AND tries >= ?", (seq, MOST_TRIES))
    row = tx.execute("SELECT state FROM inbox WHERE seq = ?", (seq,)).fetchone()
    return bool(row and row["state"] == "dead")


def purge(tx: sqlite3.Connection, now: float) -> None:
    """Forget what is done long ago, and the words of what could not be handled."""
    tx.execute("DELETE FROM inbox WHERE state = 'done' AND received_at < ?", (now - REMEMBERED,))
    tx.execute(
        "UPDATE inbox SET body = '' WHERE state = 'dead' AND body != '' AND received_at < ?",
        (now - DEAD_TEXT,),
    )
