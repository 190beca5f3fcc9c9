"""One writer thread, one reader thread, handed over to asyncio.

Every write is one transaction begun with BEGIN IMMEDIATE on the writer's connection, so two
writers never meet inside this process; other programs are waited for. WAL with
`synchronous=FULL`: what was committed survives a power cut.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlite_utils import Database as SqliteUtils

from bot.errors import DatabaseReadOnly, NotADatabase, StoreError
from bot.store.migrations import migrate, refuse_foreign

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_BUSY_SECONDS = 5.0
_HEADER = b"SQLite format 3\x00"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class Database:
    """The store, open. Use it as `async with Database(path) as store:`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = ThreadPoolExecutor(1, "store-writer")
        self._reader = ThreadPoolExecutor(1, "store-reader")
        self._write_connection: sqlite3.Connection | None = None
        self._read_connection: sqlite3.Connection | None = None

    async def __aenter__(self) -> Database:
        try:
            await self._on(self._writer, self._open_for_writing)
            await self._on(self._reader, self._open_for_reading)
        except BaseException:  # cancelled too: no thread and no open file stays behind
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish what is being written and let go of the file."""
        for pool, connection in (
            (self._reader, self._read_connection),
            (self._writer, self._write_connection),
        ):
            if connection is not None:
                await self._on(pool, connection.close)
            pool.shutdown()

    async def write(self, work: Work[T]) -> T:
        """Run `work` in one transaction; an exception in it undoes everything."""
        return await self._on(self._writer, lambda: self._transaction(work))

    async def read(self, work: Work[T]) -> T:
        """Run `work` on the reader's connection; it sees what is committed."""
        return await self._on(self._reader, lambda: work(_open(self._read_connection)))

    async def truncate_log(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that no old page stays there."""
        await self._on(self._writer, self._checkpoint)

    async def _on(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, work)

    def _open_for_writing(self) -> None:
        check_file(self._path)
        try:
            self._write_connection = connect(self._path)
            db = SqliteUtils(self._write_connection)
            refuse_foreign(db, self._path)
            for pragma in _PRAGMAS:
                db.conn.execute(f"PRAGMA {pragma}")
            migrate(db, self._path)
        except sqlite3.DatabaseError as error:
            raise explain(self._path, error) from error

    def _open_for_reading(self) -> None:
        self._read_connection = connect(self._path)
        self._read_connection.execute("PRAGMA query_only=ON")

    def _transaction(self, work: Work[T]) -> T:
        connection = _open(self._write_connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:  # whatever it was, nothing of it may stay half done
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _checkpoint(self) -> None:
        _open(self._write_connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open(connection: sqlite3.Connection | None) -> sqlite3.Connection:
    if connection is None:
        raise RuntimeError("The database is not open: use 'async with Database(path)'.")
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode whose rows have names."""
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    return connection


def check_file(path: Path) -> None:
    """Refuse, before anything is touched, a file that is no database or cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise NotADatabase(path, "this is a folder", remedy="Set BOT_DATABASE to a file.")
    if not path.exists():
        if not os.access(path.parent, os.W_OK):
            raise DatabaseReadOnly(
                path.parent, "the folder cannot be written", remedy="Give this user write access."
            )
        return
    with path.open("rb") as file:
        start = file.read(len(_HEADER))
    if start and start != _HEADER:
        raise NotADatabase(
            path,
            "this file is not an SQLite database; it was left as it is",
            remedy="Set BOT_DATABASE to another file.",
        )
    # A file without any write bit is read-only on purpose, also for root.
    if not os.access(path, os.W_OK) or not path.stat().st_mode & (
        stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    ):
        raise DatabaseReadOnly(
            path, "the database is read-only", remedy="Give this user write access (chmod u+w)."
        )


def explain(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    """What SQLite's error means for a person, and what to do."""
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return NotADatabase(
            path,
            f"SQLite cannot read this file ({text}); it was left as it is",
            remedy="Restore a backup, or set BOT_DATABASE to another file.",
        )
    if "readonly" in text or "unable to open" in text:
        return DatabaseReadOnly(
            path, f"SQLite cannot write here ({text})", remedy="Give this user write access."
        )
    if "locked" in text or "busy" in text:
        return StoreError(
            path, "another program holds the database", remedy="Stop that program and try again."
        )
    return StoreError(path, text, remedy="Look at the disk and the file's rights.")
