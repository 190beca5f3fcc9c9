"""The commands as a person runs them: results on standard output, one clear line when it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes.running import ROOT, SMALL, TOKEN, bot_env, free_port, standin

pytestmark = pytest.mark.processes


def lotse(*args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a clean environment."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BOT_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *args], input=stdin, capture_output=True, text=True,
        encoding="utf-8", cwd=ROOT, env={**clean, "LC_ALL": "C", **env}, timeout=90, check=False,
    )  # fmt: skip


def one_line_error(done: subprocess.CompletedProcess[str]) -> str:
    """The single line on standard error of a command that failed with status 1."""
    lines = [line for line in done.stderr.splitlines() if line.startswith("lotse: ")]
    assert done.returncode == 1, done.stderr
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def test_asking_for_an_interpreter_names_the_pool_and_its_number() -> None:
    """The sentence that this project began with."""
    done = lotse(
        "ask", "Wie bekomme ich einen Dolmetscher für den Arzt?", "--region", "rotenburg-wuemme"
    )
    assert done.returncode == 0, done.stderr
    assert "Sprachmittlerpool" in done.stdout
    assert "04261 983-2854" in done.stdout


def test_explain_shows_what_decided() -> None:
    """The nearest ways of asking with their topics."""
    done = lotse("ask", "wbs antrag", "--explain", BOT_CONTENT=str(SMALL))
    assert "housing/wbs: wbs antrag" in done.stdout


def test_match_batch_reads_standard_input_and_writes_only_json() -> None:
    """Same order, one line each, UTF-8 whatever the locale."""
    lines = [
        {"id": "1", "text": "бürger wbs", "language": "uk"},
        {"id": "2", "text": "شهادة السكن"},
    ]
    stdin = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines) + "broken\n"
    done = lotse("match", "--batch", "-", "--content", str(SMALL), stdin=stdin)
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("id") for row in out] == ["1", "2", None]
    assert out[1]["topics"][0] == "housing/wbs"
    assert done.returncode == 0


def test_check_is_strictly_green_on_the_real_content() -> None:
    """Nothing lands with a warning."""
    done = lotse("check", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", ["try", "run", "ask", "match", "check"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    """--help says what it does."""
    done = lotse(command, "--help")
    assert done.returncode == 0
    assert f"python -m bot {command}" in done.stdout


def test_wrong_usage_ends_with_status_two() -> None:
    """As every command line tool does."""
    assert lotse("ask").returncode == 2
    assert lotse("nonsense").returncode == 2
    assert lotse("match").returncode == 2


def test_unknown_options_are_named() -> None:
    """Which regions and languages there are stands in the line."""
    line = one_line_error(lotse("ask", "wbs", "--region", "atlantis", BOT_CONTENT=str(SMALL)))
    assert "--region" in line
    assert "musterkreis" in line


def test_run_without_a_token_says_where_to_get_one() -> None:
    """BotFather, or try."""
    assert "@BotFather" in one_line_error(lotse("run"))


def test_run_with_a_wrong_token_ends_with_one_line_without_the_token(tmp_path: Path) -> None:
    """The server refuses it; it is not printed."""
    with standin(tmp_path) as people:
        env = bot_env(people, tmp_path) | {"BOT_TOKEN": "1:wrong-secret"}
        done = lotse("run", **env)
    assert "BOT_TOKEN" in one_line_error(done)
    assert "wrong-secret" not in done.stderr + done.stdout
    assert TOKEN not in done.stderr + done.stdout


def test_run_against_a_server_that_is_not_there(tmp_path: Path) -> None:
    """The address is named, the remedy too."""
    env = {
        "BOT_TOKEN": "1:x",
        "BOT_API_URL": f"http://127.0.0.1:{free_port()}",
        "BOT_DATABASE": str(tmp_path / "bot.db"),
        "BOT_CONTENT": str(SMALL),
    }
    assert "BOT_API_URL" in one_line_error(lotse("run", **env))


@pytest.mark.parametrize("content", ["not a database at all", ""])
def test_run_with_a_file_that_is_no_database(tmp_path: Path, content: str) -> None:
    """Left as it is; an empty file may become a database, other text never."""
    file = tmp_path / "notes.txt"
    file.write_text(content, encoding="utf-8")
    env = {
        "BOT_TOKEN": "1:x",
        "BOT_API_URL": f"http://127.0.0.1:{free_port()}",
        "BOT_DATABASE": str(file),
        "BOT_CONTENT": str(SMALL),
    }
    line = one_line_error(lotse("run", **env))
    if content:
        assert "not an SQLite database" in line
        assert file.read_text(encoding="utf-8") == content


def test_settings_that_make_no_sense_are_named() -> None:
    """Variable, value and remedy."""
    assert "BOT_SHOW" in one_line_error(lotse("check", BOT_SHOW="everything"))
    assert "BOT_API_URL" in one_line_error(lotse("check", BOT_API_URL="localhost"))
    assert "BOT_VOLUNTEERS" in one_line_error(lotse("check", BOT_VOLUNTEERS="the group"))
    assert "BOT_CONTENT" in one_line_error(lotse("check", BOT_CONTENT="/nowhere"))


def test_settings_are_read_from_env_file(tmp_path: Path) -> None:
    """.env in the folder counts like the environment."""
    (tmp_path / ".env").write_text(f"BOT_CONTENT={SMALL}\n", encoding="utf-8")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BOT_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check"], capture_output=True, text=True, cwd=tmp_path,
        env=clean, timeout=60, check=False,
    )  # fmt: skip
    assert "4 topics" in done.stdout
