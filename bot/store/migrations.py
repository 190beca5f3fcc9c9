"""The tables, as numbered steps. A step that was released is never changed; a new one is added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.errors import DatabaseTooNew, NotADatabase

_SET = "lotse"


def _001_inbox_outbox_chats(db: Database) -> None:
    """What came in, what goes out, what a chat chose, and small values of the bot itself."""
    statements = """
    CREATE TABLE inbox (
        seq INTEGER PRIMARY KEY,
        update_id INTEGER NOT NULL,
        body_sha TEXT NOT NULL,
        chat_id INTEGER NOT NULL,
        body TEXT NOT NULL,
        received_at REAL NOT NULL,
        state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'dead')),
        tries INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        UNIQUE (update_id, body_sha)
    );
    CREATE INDEX inbox_open ON inbox (chat_id, seq) WHERE state = 'new';
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        inbox_seq INTEGER NOT NULL,
        n INTEGER NOT NULL,
        chat_id INTEGER NOT NULL,
        method TEXT NOT NULL,
        args TEXT NOT NULL,
        priority INTEGER NOT NULL DEFAULT 0,
        not_before REAL NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'sending', 'sent', 'dead')),
        attempts INTEGER NOT NULL DEFAULT 0,
        maybe_duplicate INTEGER NOT NULL DEFAULT 0,
        created_at REAL NOT NULL,
        message_id INTEGER,
        error TEXT NOT NULL DEFAULT '',
        UNIQUE (inbox_seq, n)
    );
    CREATE INDEX outbox_open ON outbox (chat_id, id) WHERE state IN ('new', 'sending');
    CREATE TABLE chats (
        id INTEGER PRIMARY KEY,
        language TEXT,
        region TEXT,
        municipality TEXT,
        topic TEXT,
        shown TEXT NOT NULL DEFAULT '',
        topic_until REAL NOT NULL DEFAULT 0,
        last_day TEXT NOT NULL
    );
    CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    """
    for statement in statements.split(";"):
        if statement.strip():
            db.conn.execute(statement)


STEPS: tuple[Callable[[Database], None], ...] = (_001_inbox_outbox_chats,)


def refuse_foreign(db: Database, path: Path) -> None:
    """Raise NotADatabase where the file has tables and none is ours: it belongs to somebody else."""
    tables = db.table_names()
    if tables and "_sqlite_migrations" not in tables:
        raise NotADatabase(
            path,
            f"this database belongs to another program (it has a table '{tables[0]}');"
            " it was left as it is",
            remedy="Set BOT_DATABASE to another file.",
        )


def migrate(db: Database, path: Path) -> None:
    """Bring the tables to this version. Raises DatabaseTooNew and changes nothing if they are newer."""
    steps = Migrations(_SET)
    for step in STEPS:
        steps(name=step.__name__.lstrip("_"))(step)
    version = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
    known = {step.__name__.lstrip("_") for step in STEPS}
    if version > len(STEPS) or any(step.name not in known for step in steps.applied(db)):
        raise DatabaseTooNew(
            path,
            "a newer version of Lotse wrote this database; nothing was changed",
            remedy="Start that version, or restore the backup from before the upgrade.",
        )
    steps.apply(db)
    db.conn.execute(f"PRAGMA user_version={len(STEPS)}")
