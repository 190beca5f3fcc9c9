"""The Bot API misbehaves; nobody loses a reply for it."""

import asyncio
import sqlite3

import pytest

from tests.telegram.conftest import Running
from tests.telegram.test_whole_way import add

ASK = "wie bekomme ich einen wbs"


async def test_being_told_to_wait_is_waited_out(bot: Running) -> None:
    """429 with retry_after: the reply comes afterwards, once."""
    person = add(bot.world, "de")
    bot.world.faults.add(method="sendMessage", kind="retry_after", seconds=1)
    bot.world.say(person, ASK)
    await bot.reply(person)
    await bot.quiet()
    assert len(bot.replies(person)) == 1


async def test_a_server_error_is_tried_again(bot: Running) -> None:
    """502 three times, then the reply."""
    person = add(bot.world, "de")
    bot.world.faults.add(method="sendMessage", kind="status", code=502, times=2)
    bot.world.say(person, ASK)
    await bot.reply(person, seconds=15)


async def test_polling_goes_on_after_errors_and_garbage(bot: Running) -> None:
    """getUpdates fails in several ways; the message still arrives."""
    person = add(bot.world, "de")
    bot.world.faults.add(method="getUpdates", kind="status", code=500, times=1)
    bot.world.faults.add(method="getUpdates", kind="garbage", times=1)
    bot.world.say(person, "hallo")
    await bot.reply(person, seconds=15)


async def test_somebody_who_blocked_the_bot_stops_nobody_else(bot: Running) -> None:
    """The call is given up, the rest goes on."""
    gone, here = add(bot.world, "de"), add(bot.world, "de")
    bot.world.say(gone, ASK)
    bot.world.block(gone)
    bot.world.say(here, ASK)
    await bot.reply(here)
    await bot.quiet()
    assert "dead" in await bot.state("outbox") or bot.replies(gone)


async def test_refused_markup_is_sent_as_plain_text(bot: Running) -> None:
    """If a text ever breaks Telegram's HTML, the person still reads it."""
    person = add(bot.world, "de")
    bot.world.say(person, "hallo")
    await bot.reply(person)
    broken = {"chat_id": person, "text": "<b>offen & <a href='x'>", "parse_mode": "HTML"}

    def put(tx: sqlite3.Connection) -> None:
        from bot.store import outbox

        outbox.put(tx, 999, person, [outbox.Call("sendMessage", broken)], 0)

    await bot.store.write(put)
    assert (await bot.reply(person, 2))["text"]


async def test_one_update_that_cannot_be_parsed_costs_only_itself(bot: Running) -> None:
    """It becomes a dead row with an apology; those beside it are answered."""
    good, bad = add(bot.world, "de"), add(bot.world, "de")
    bot.world.say(good, ASK)
    await bot.reply(good)

    def accept(tx: sqlite3.Connection) -> None:
        from bot.store import inbox

        broken = {"update_id": 10**9, "message": {"chat": {"id": bad}, "from": {"id": bad}}}
        inbox.accept(tx, [(bad, broken)], 0)

    bot.world.say(bad, "hallo")
    await bot.reply(bad)
    await bot.store.write(accept)
    assert "schiefgegangen" in (await bot.reply(bad, 2))["text"] or bot.replies(bad)
    bot.world.say(bad, ASK)
    await bot.reply(bad, 3)
    assert (await bot.state("inbox")).count("dead") == 1


async def test_an_exception_in_a_screen_ends_in_an_apology_in_the_own_language(
    bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks, the person reads something in their language."""
    from bot.telegram import work

    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(work, "handle", broken)
    person = add(bot.world, "uk")
    bot.world.say(person, ASK)
    assert (await bot.reply(person))["text"].startswith("Вибачте")
    assert await bot.state("inbox") == ["dead"]


async def test_order_is_kept_in_each_chat(bot: Running) -> None:
    """Twelve people write five messages each, all at once."""
    people = [add(bot.world, "de") for _ in range(12)]
    sent: dict[int, list[int]] = {person: [] for person in people}
    for n in range(4):
        for person in people:
            sent[person].append(bot.world.say(person, f"{ASK} {n}")["message_id"])
    await bot.until(lambda: all(len(bot.replies(p)) == 4 for p in people), 30)
    for person in people:
        assert [m["reply_to_message"]["message_id"] for m in bot.replies(person)] == sent[person]


async def test_a_second_poller_is_waited_out(bot: Running) -> None:
    """After a restart the old long poll still hangs at the server: 409."""
    person = add(bot.world, "de")
    bot.world.faults.add(method="getUpdates", kind="status", code=409, times=2)
    bot.world.say(person, ASK)
    await bot.reply(person, seconds=15)
    await asyncio.sleep(0)
