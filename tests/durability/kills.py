"""kill -9 at random moments under load; the same harness for our bot and for plain polling."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.processes.running import People, process, wait_for

CHATS = 40
BURST = 20  # messages before each kill


@dataclass(frozen=True)
class Outcome:
    """What became of the messages that the server had accepted."""

    sent: int
    lost: int
    twice: int
    out_of_order: int


def run_kills(
    people: People,
    command: Sequence[str],
    env: Mapping[str, str],
    folder: Path,
    *,
    kills: int,
    seed: int,
    patience: float,
) -> Outcome:
    """Start the bot, kill it `kills` times while people write, let it finish, count.

    `patience`: seconds without a new reply after which nothing more is expected.
    """
    chance = random.Random(seed)
    chats = [people.add(f"person {number}", "de") for number in range(CHATS)]
    sent: dict[int, list[int]] = {chat: [] for chat in chats}
    for _ in range(kills):
        with process(command, folder / "bot.log", env) as bot:
            if chance.random() < 0.7:
                _wait_until_it_polls(people)
            for _ in range(BURST):
                chat = chance.choice(chats)
                sent[chat].append(people.say(chat, f"wie bekomme ich einen wbs {chance.random()}"))
            time.sleep(chance.uniform(0, chance.choice((0.1, 1.0))))
            bot.send_signal(signal.SIGKILL)
            bot.wait()
    with process(command, folder / "bot.log", env):
        _wait_until_quiet(people, sent, patience)
    return _count(people, sent)


def _wait_until_it_polls(people: People) -> None:
    before = len(people.get("calls?method=getUpdates"))
    wait_for(lambda: len(people.get("calls?method=getUpdates")) > before, 20, "the bot to poll")


def _answers(people: People, chat: int) -> list[int]:
    """The ids of the messages that the bot's messages reply to, in order."""
    return [
        message["reply_to_message"]["message_id"]
        for message in people.replies(chat)
        if message.get("reply_to_message")
    ]


def _wait_until_quiet(people: People, sent: Mapping[int, list[int]], patience: float) -> None:
    last, since = -1, time.monotonic()
    while time.monotonic() - since < patience:
        answered = [set(_answers(people, chat)) for chat in sent]
        if all(
            answers >= set(asked) for answers, asked in zip(answered, sent.values(), strict=True)
        ):
            return
        count = sum(map(len, answered))
        if count != last:
            last, since = count, time.monotonic()
        time.sleep(0.2)


def _count(people: People, sent: Mapping[int, list[int]]) -> Outcome:
    lost = twice = out_of_order = 0
    for chat, asked in sent.items():
        answers = _answers(people, chat)
        first = list(dict.fromkeys(answers))
        lost += len(set(asked) - set(answers))
        twice += len(answers) - len(first)
        out_of_order += sum(a > b for a, b in pairwise(first))
    return Outcome(sum(map(len, sent.values())), lost, twice, out_of_order)
