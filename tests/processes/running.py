"""The stand-in and the bot as processes, and a client that plays the people."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "data" / "content"
TOKEN = "42:processes"
T = TypeVar("T")


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(look: Callable[[], T | None], seconds: float, what: str) -> T:
    """The first truthy thing that `look` returns, or a failure after so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.03)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


@dataclass
class People:
    """The people and groups around the bot, through the stand-in's /sim/ paths."""

    address: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20, trust_env=False))

    def post(self, path: str, **body: Any) -> Any:
        """Do something; what came of it."""
        answer = self.http.post(f"{self.address}/sim/{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        """Look at something."""
        answer = self.http.get(f"{self.address}/sim/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def add(self, name: str, language_code: str | None) -> int:
        """A new person; their id is also the id of their chat with the bot."""
        return int(self.post("people", name=name, language_code=language_code)["id"])

    def say(self, person: int, text: str) -> int:
        """Somebody writes; the message's id."""
        return int(self.post("say", person_id=person, text=text)["message_id"])

    def messages(self, chat: int) -> list[dict[str, Any]]:
        """What is visible in a chat."""
        found = self.get(f"chats/{chat}/messages")
        return list(found["messages"] if isinstance(found, dict) else found)

    def replies(self, chat: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat."""
        return [m for m in self.messages(chat) if m["from"]["is_bot"]]

    def wait_reply(self, chat: int, count: int, seconds: float = 20) -> dict[str, Any]:
        """The bot's message number `count` (from 1)."""
        wait_for(lambda: len(self.replies(chat)) >= count, seconds, f"reply {count}")
        return self.replies(chat)[count - 1]

    def tap(self, person: int, message: Mapping[str, Any], data: str) -> None:
        """Tap the button with this data (or whose data begins with it)."""
        rows = message["reply_markup"]["inline_keyboard"]
        found = next(b for row in rows for b in row if b["callback_data"].startswith(data))
        self.post(
            "tap", person_id=person, message_id=message["message_id"],
            data_or_label=found["callback_data"],
        )  # fmt: skip


@contextlib.contextmanager
def process(
    command: Sequence[str], log: Path, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process with its output in a file; killed at the end if it still runs."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={**os.environ, **(env or {})}, cwd=ROOT,
        )  # fmt: skip
        try:
            yield child
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()


@contextlib.contextmanager
def standin(folder: Path) -> Iterator[People]:
    """The stand-in as a server, ready."""
    port = free_port()
    command = [sys.executable, "-m", "bot.standin", "--port", str(port), "--token", TOKEN]
    with process(command, folder / "standin.log"):
        people = People(f"http://127.0.0.1:{port}")

        def ready() -> bool:
            with contextlib.suppress(httpx.TransportError):
                return people.http.get(f"{people.address}/sim/state").status_code == 200
            return False

        with people.http:
            wait_for(ready, 20, "the stand-in")
            yield people


def bot_env(people: People, folder: Path, content: Path = SMALL) -> dict[str, str]:
    """The environment for a bot that talks to this stand-in."""
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": people.address,
        "BOT_DATABASE": str(folder / "bot.db"),
        "BOT_CONTENT": str(content),
        "PYTHONUNBUFFERED": "1",
    }


BOT = (sys.executable, "-m", "bot", "run")


def stop(child: subprocess.Popen[bytes], seconds: float = 15) -> int:
    """SIGTERM, and the status with which it ended."""
    child.send_signal(signal.SIGTERM)
    return child.wait(seconds)
