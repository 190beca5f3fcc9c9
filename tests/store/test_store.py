"""The SQLite file: what is promised about it."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from bot.errors import DatabaseReadOnly, DatabaseTooNew, NotADatabase
from bot.store import chats, inbox, outbox
from bot.store.database import Database
from bot.store.model import Chat
from bot.store.outbox import Call


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database will be."""
    return tmp_path / "sub" / "bot.db"


def update(number: int, text: str = "hallo") -> dict[str, object]:
    """A raw update."""
    return {"update_id": number, "message": {"text": text, "chat": {"id": 5}}}


async def test_it_begins_empty_and_is_durable(path: Path) -> None:
    """A new file is made, in WAL mode with full synchronisation and secure deletion."""
    async with Database(path) as store:

        def settings(tx: sqlite3.Connection) -> list[object]:
            names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            return [tx.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

        assert (
            await store.read(lambda db: db.execute("SELECT count(*) FROM inbox").fetchone()[0])
            == 0
        )
        connection = store._write_connection
        assert connection is not None
        assert settings(connection) == ["wal", 2, 1, 1]


async def test_a_failed_transaction_leaves_nothing(path: Path) -> None:
    """All or nothing."""
    async with Database(path) as store:

        def broken(tx: sqlite3.Connection) -> None:
            chats.save_chat(tx, Chat(1, language="de"), 0)
            raise RuntimeError("pulled the plug")

        with pytest.raises(RuntimeError):
            await store.write(broken)
        assert await store.read(lambda db: chats.load_chat(db, 1, 0)) == Chat(1)


async def test_the_same_update_is_kept_once_and_a_new_one_with_an_old_id_is_not_lost(
    path: Path,
) -> None:
    """Ids begin anew after a quiet week, so the body's hash decides too."""
    async with Database(path) as store:
        first = [(5, update(1)), (5, update(2))]
        assert await store.write(lambda tx: inbox.accept(tx, first, 0)) == 2
        assert await store.write(lambda tx: inbox.accept(tx, first, 0)) == 0
        again = [(5, update(1, "another text"))]
        assert await store.write(lambda tx: inbox.accept(tx, again, 0)) == 1


async def test_words_live_only_as_long_as_the_work(path: Path) -> None:
    """Done and sent rows are empty, and a look into the files finds nothing."""
    async with Database(path) as store:
        secret = "Geheimnis-4711"
        await store.write(lambda tx: inbox.accept(tx, [(5, update(1, secret))], 0))
        row = await store.read(lambda db: inbox.next_for(db, 5))
        assert row is not None
        calls = [Call("sendMessage", {"chat_id": 5, "text": f"Antwort auf {secret}"})]
        await store.write(lambda tx: outbox.put(tx, row.seq, 5, calls, 0))
        await store.write(lambda tx: inbox.mark_done(tx, row.seq))
        call = await store.write(lambda tx: outbox.take(tx, 5, 0))
        assert call is not None
        await store.write(lambda tx: outbox.mark_sent(tx, call.id, 77))
        await store.truncate_log()
        for file in path.parent.iterdir():
            assert secret.encode() not in file.read_bytes(), file.name


async def test_a_row_that_cannot_be_handled_loses_its_words_after_a_day(path: Path) -> None:
    """Three tries, then dead; 24 hours later its text is gone."""
    async with Database(path) as store:
        await store.write(lambda tx: inbox.accept(tx, [(5, update(1))], 0))
        results = [await store.write(lambda tx: inbox.mark_failed(tx, 1, "E")) for _ in range(3)]
        assert results == [False, False, True]

        def body(db: sqlite3.Connection) -> str:
            return str(db.execute("SELECT body FROM inbox").fetchone()[0])

        await store.write(lambda tx: inbox.purge(tx, 23 * 3600))
        assert await store.read(body)
        await store.write(lambda tx: inbox.purge(tx, 25 * 3600))
        assert await store.read(body) == ""


async def test_a_topic_is_at_hand_for_thirty_minutes_and_a_chat_for_a_year(path: Path) -> None:
    """Then they are forgotten."""
    async with Database(path) as store:
        chat = Chat(5, language="ar", region="x", topic="housing/wbs", shown=("lead", "steps"))
        await store.write(lambda tx: chats.save_chat(tx, chat, 0))
        assert await store.read(lambda db: chats.load_chat(db, 5, 29 * 60)) == chat
        later = await store.read(lambda db: chats.load_chat(db, 5, 31 * 60))
        assert (later.topic, later.shown, later.language) == (None, (), "ar")
        await store.write(lambda tx: chats.purge(tx, 364 * 86400))
        assert (await store.read(lambda db: chats.load_chat(db, 5, 0))).language == "ar"
        await store.write(lambda tx: chats.purge(tx, 367 * 86400))
        assert await store.read(lambda db: chats.load_chat(db, 5, 0)) == Chat(5)


def test_an_emergency_is_never_the_topic_at_hand() -> None:
    """Whatever the conversation says, a chat does not remember it."""
    chat = Chat(1, topic="housing/wbs").about("emergency/violence", "lead")
    assert (chat.topic, chat.shown) == (None, ())


async def test_the_outbox_keeps_the_order_of_a_chat_also_when_the_first_has_to_wait(
    path: Path,
) -> None:
    """Nothing overtakes inside a chat; other chats go on."""
    async with Database(path) as store:
        say = [Call("sendMessage", {"text": "1"}), Call("sendMessage", {"text": "2"})]
        await store.write(lambda tx: outbox.put(tx, 1, 5, say, 0))
        await store.write(lambda tx: outbox.put(tx, 1, 5, say, 0))  # handled twice: no second copy
        await store.write(lambda tx: outbox.put(tx, 2, 6, say[:1], 0))
        first = await store.write(lambda tx: outbox.take(tx, 5, 0))
        assert first is not None and first.args == {"text": "1"}
        await store.write(lambda tx: outbox.postpone(tx, first.id, 60, "429", counts=False))
        assert await store.read(lambda db: outbox.waiting_chats(db, 1)) == [6]
        assert await store.write(lambda tx: outbox.take(tx, 5, 1)) is None
        again = await store.write(lambda tx: outbox.take(tx, 5, 61))
        assert again is not None and (again.args, again.attempts) == ({"text": "1"}, 0)


async def test_a_file_that_is_no_database_is_left_as_it_is(path: Path) -> None:
    """One clear line, nothing overwritten."""
    path.parent.mkdir()
    path.write_text("meine Notizen", encoding="utf-8")
    with pytest.raises(NotADatabase, match="not an SQLite database"):
        async with Database(path):
            pass
    assert path.read_text(encoding="utf-8") == "meine Notizen"


async def test_a_database_of_another_program_is_left_as_it_is(path: Path) -> None:
    """Not a table more, not a byte changed."""
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NotADatabase, match="recipes"):
        async with Database(path):
            pass
    assert path.read_bytes() == before


async def test_a_read_only_database_is_refused(path: Path) -> None:
    """Also for root, who could write it all the same."""
    async with Database(path):
        pass
    path.chmod(0o444)
    with pytest.raises(DatabaseReadOnly, match="read-only"):
        async with Database(path):
            pass


async def test_a_database_of_a_newer_version_is_refused_unchanged(path: Path) -> None:
    """Going back needs the backup; guessing would destroy it."""
    async with Database(path):
        pass
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew, match="newer version"):
        async with Database(path):
            pass
    assert path.read_bytes() == before


async def test_a_damaged_database_is_refused(path: Path) -> None:
    """The header is right and the rest is not."""
    path.parent.mkdir()
    path.write_bytes(b"SQLite format 3\x00" + os.urandom(8192))
    with pytest.raises(NotADatabase):
        async with Database(path):
            pass


def test_a_group_that_became_a_supergroup_keeps_its_messages(tmp_path: Path) -> None:
    """Open calls and the chat's choices go to the new id."""
    from bot.store.database import connect
    from bot.store.migrations import migrate

    db = connect(tmp_path / "bot.db")
    from sqlite_utils import Database as SqliteUtils

    migrate(SqliteUtils(db), tmp_path / "bot.db")
    outbox.put(db, 1, -5, [Call("sendMessage", {"chat_id": -5, "text": "x"})], 0)
    outbox.move_chat(db, -5, -1005)
    row = db.execute("SELECT chat_id, args FROM outbox").fetchone()
    assert row["chat_id"] == -1005
    assert json.loads(row["args"])["chat_id"] == -1005
    db.close()
