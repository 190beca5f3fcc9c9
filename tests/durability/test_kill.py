"""No accepted message without its reply, whenever the process dies."""

import random
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.durability.kills import run_kills
from tests.processes.running import BOT, bot_env, standin

pytestmark = pytest.mark.durability


def test_twenty_kills_lose_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every message is answered, in order in each chat, and the database is sound."""
    seed = request.config.getoption("--seed") or random.SystemRandom().randrange(10**6)
    kills = request.config.getoption("--kills")
    print(f"seed {seed}, {kills} kills")
    with standin(tmp_path) as people:
        env = bot_env(people, tmp_path)
        outcome = run_kills(people, BOT, env, tmp_path, kills=kills, seed=seed, patience=30)
    print(outcome)
    assert (outcome.lost, outcome.out_of_order) == (0, 0), (outcome, seed)
    assert outcome.twice <= kills * 16  # only what was being sent at a kill: 16 at once at most
    with sqlite3.connect(tmp_path / "bot.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM inbox WHERE state != 'done'").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM outbox WHERE state != 'sent'").fetchone() == (0,)
    db.close()


def test_the_same_harness_finds_the_losses_of_plain_polling(tmp_path: Path) -> None:
    """The negative control: without inbox and outbox messages are lost."""
    with standin(tmp_path) as people:
        env = bot_env(people, tmp_path)
        command = (sys.executable, "-m", "tests.durability.plain_polling")
        outcome = run_kills(people, command, env, tmp_path, kills=8, seed=7, patience=5)
    print(outcome)
    assert outcome.lost > 0
