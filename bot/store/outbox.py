"""What goes out: written in the transaction that handles a message, sent afterwards in order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KEPT = 48 * 3600  # seconds that a sent row stays (without its words) for counting


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a Bot API method for a chat."""

    method: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call that is waiting to be made."""

    id: int
    chat_id: int
    method: str
    args: Mapping[str, Any]
    attempts: int
    ambiguous: bool  # it was being sent when the program died


def put(
    tx: sqlite3.Connection, inbox_seq: int, chat_id: int, calls: Sequence[Call], now: float
) -> None:
    """Write down the calls that answer an inbox row; a second time for the same row adds none."""
    tx.executemany(
        "INSERT OR IGNORE INTO outbox (inbox_seq, n, chat_id, method, args, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (inbox_seq, n, chat_id, call.method, json.dumps(call.args), now)
            for n, call in enumerate(calls)
        ],
    )


def waiting_chats(db: sqlite3.Connection, now: float) -> Sequence[int]:
    """The chats whose first open call may be made now, who waits longest first."""
    rows = db.execute(
        """SELECT chat_id FROM outbox WHERE id IN
             (SELECT min(id) FROM outbox WHERE state IN ('new', 'sending') GROUP BY chat_id)
           AND not_before <= ? ORDER BY id""",
        (now,),
    )
    return [row[0] for row in rows]


def take(tx: sqlite3.Connection, chat_id: int, now: float) -> Outgoing | None:
    """The chat's first open call, marked as being sent; None where it has to wait."""
    row = tx.execute(
        "SELECT * FROM outbox WHERE state IN ('new', 'sending') AND chat_id = ? ORDER BY id LIMIT 1",
        (chat_id,),
    ).fetchone()
    if row is None or row["not_before"] > now:
        return None
    ambiguous = row["state"] == "sending"
    tx.execute(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1,"
        " maybe_duplicate = maybe_duplicate + ? WHERE id = ?",
        (ambiguous, row["id"]),
    )
    return Outgoing(
        row["id"], chat_id, row["method"], json.loads(row["args"]), row["attempts"], ambiguous
    )


def mark_sent(tx: sqlite3.Connection, call_id: int, message_id: int | None) -> None:
    """Sent: the words go."""
    tx.execute(
        "UPDATE outbox SET state = 'sent', args = '', error = '', message_id = ? WHERE id = ?",
        (message_id, call_id),
    )


def mark_dead(tx: sqlite3.Connection, call_id: int, error: str) -> None:
    """It cannot be sent, now or later."""
    tx.execute(
        "UPDATE outbox SET state = 'dead', args = '', error = ? WHERE id = ?", (error, call_id)
    )


def postpone(
    tx: sqlite3.Connection, call_id: int, until: float, error: str, *, counts: bool
) -> None:
    """Try again later. Being told to wait (429) does not count as an attempt."""
    tx.execute(
        "UPDATE outbox SET state = 'new', not_before = ?, error = ?, attempts = attempts - ?"
        " WHERE id = ?",
        (until, error, 0 if counts else 1, call_id),
    )


def replace_args(tx: sqlite3.Connection, call_id: int, args: Mapping[str, Any]) -> None:
    """The same call with other arguments, say without markup that the server refused."""
    tx.execute(
        "UPDATE outbox SET args = ?, state = 'new' WHERE id = ?", (json.dumps(args), call_id)
    )


def move_chat(tx: sqlite3.Connection, old: int, new: int) -> None:
    """A group became a supergroup: everything open goes to its new id."""
    rows = tx.execute(
        "SELECT id, args FROM outbox WHERE chat_id = ? AND state IN ('new', 'sending')", (old,)
    ).fetchall()
    for row in rows:
        args = json.loads(row["args"])
        if args.get("chat_id") == old:
            args["chat_id"] = new
        tx.execute(
            "UPDATE outbox SET chat_id = ?, args = ?, state = 'new' WHERE id = ?",
            (new, json.dumps(args), row["id"]),
        )


def purge(tx: sqlite3.Connection, now: float) -> None:
    """Forget sent and dead rows after their time."""
    tx.execute(
        "DELETE FROM outbox WHERE state IN ('sent', 'dead') AND created_at < ?", (now - KEPT,)
    )
