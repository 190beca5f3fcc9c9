"""Telegram's rules, kept by the stand-in: what passes here passes there."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden

from bot.standin import World
from bot.standin.errors import ApiError
from bot.standin.html import parse_html

AMIRA = 1001


async def call(
    web: httpx.AsyncClient, world: World, method: str, **arguments: Any
) -> dict[str, Any]:
    """One call with a JSON body; the whole answer."""
    answer = await web.post(f"/bot{world.token}/{method}", json=arguments)
    return dict(answer.json())


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("<b>open", "Can't find end tag"),
        ("<b><i>crossed</b></i>", "Unmatched end tag"),
        ("<table>no</table>", "Unsupported start tag"),
        ("2 < 3", "Unsupported start tag"),
        ("</b>", "Unexpected end tag"),
        ("<a href='x", "Unclosed"),
    ],
)
def test_html_that_telegram_refuses_is_refused(source: str, refusal: str) -> None:
    """A text of ours that would fail there must fail here."""
    with pytest.raises(ApiError, match=refusal) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert "can't parse entities" in str(caught.value)


def test_offsets_of_entities_count_utf16_units() -> None:
    """An emoji is two units, so what follows it starts two further on."""
    parsed = parse_html("😀 <b>fett</b> &lt;&amp;&gt;")
    assert parsed.text == "😀 fett <&>"
    assert [(e["type"], e["offset"], e["length"]) for e in parsed.entities] == [("bold", 3, 4)]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    world: World, web: httpx.AsyncClient
) -> None:
    """Redelivery, `limit` and confirmation, as the Bot API describes them."""
    for text in ("eins", "zwei", "drei"):
        world.say(AMIRA, text)
    first = (await call(web, world, "getUpdates", limit=2))["result"]
    assert [u["message"]["text"] for u in first] == ["eins", "zwei"]
    again = (await call(web, world, "getUpdates", limit=2))["result"]
    assert again == first
    rest = (await call(web, world, "getUpdates", offset=first[-1]["update_id"] + 1))["result"]
    assert [u["message"]["text"] for u in rest] == ["drei"]
    assert (await call(web, world, "getUpdates", offset=rest[-1]["update_id"] + 1))["result"] == []


async def test_only_the_wanted_kinds_of_update_are_queued(
    world: World, web: httpx.AsyncClient
) -> None:
    """`allowed_updates` holds from the call on that names it."""
    await call(web, world, "getUpdates", allowed_updates=["callback_query"])
    world.say(AMIRA, "nobody listens")
    assert (await call(web, world, "getUpdates"))["result"] == []


async def test_a_second_poller_ends_the_first_with_a_conflict(world: World, bot: Bot) -> None:
    """Two running bots with one token do not both get updates."""
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(bot.get_updates(timeout=1))
    with pytest.raises(Conflict):
        await first
    assert list(await second) == []


async def test_forms_and_json_are_understood_alike(world: World, web: httpx.AsyncClient) -> None:
    """python-telegram-bot posts forms, others JSON."""
    form = await web.post(f"/bot{world.token}/sendMessage", data={"chat_id": AMIRA, "text": "a"})
    assert form.json()["ok"]
    assert (await call(web, world, "sendMessage", chat_id=AMIRA, text="a"))["ok"]
    assert [m["text"] for m in world.messages(AMIRA)][-2:] == ["a", "a"]


async def test_what_is_too_long_is_refused(world: World, web: httpx.AsyncClient) -> None:
    """4,096 UTF-16 units of text, 64 bytes of callback data, and no empty text."""
    ask = {"chat_id": AMIRA}
    assert (await call(web, world, "sendMessage", **ask, text="x" * 4096))["ok"]
    too_long = await call(web, world, "sendMessage", **ask, text="😀" * 2049)
    assert too_long["description"] == "Bad Request: message is too long"
    empty = await call(web, world, "sendMessage", **ask, text=" \n")
    assert empty["description"] == "Bad Request: text must be non-empty"
    button = {"text": "x", "callback_data": "ä" * 33}
    data = await call(
        web, world, "sendMessage", **ask, text="x", reply_markup={"inline_keyboard": [[button]]}
    )
    assert "BUTTON_DATA_INVALID" in data["description"]


async def test_the_errors_of_a_chat_have_telegrams_words(world: World, bot: Bot) -> None:
    """Not modified, not found, blocked, gone."""
    sent = await bot.send_message(AMIRA, "same")
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("same", AMIRA, sent.message_id)
    await bot.delete_message(AMIRA, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("other", AMIRA, sent.message_id)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(999, "hello?")
    world.block(AMIRA)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(AMIRA, "hello?")


async def test_faults_strike_as_often_as_asked(
    world: World, bot: Bot, web: httpx.AsyncClient
) -> None:
    """429 with its seconds, then a broken server, then everything works again."""
    world.faults.add("sendMessage", "retry_after", seconds=7)
    refused = await call(web, world, "sendMessage", chat_id=AMIRA, text="a")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 7})
    world.faults.clear()
    world.faults.add("sendMessage", "status", times=2, code=502)
    for _ in range(2):
        with pytest.raises(Exception, match="Bad Gateway"):
            await bot.send_message(AMIRA, "a")
    assert (await bot.send_message(AMIRA, "a")).text == "a"


async def test_commands_and_descriptions_are_kept_for_each_language(
    world: World, bot: Bot
) -> None:
    """What the menu of an Arabic app shows is what was set for Arabic."""
    await bot.set_my_commands([("start", "Los")], language_code="de")
    await bot.set_my_commands([("start", "Start")])
    await bot.set_my_description("Hallo", language_code="de")
    assert (await bot.get_my_commands(language_code="de"))[0].description == "Los"
    assert (await bot.get_my_commands())[0].description == "Start"
    assert (await bot.get_my_description("de")).description == "Hallo"
