"""The way of a message, through the real python-telegram-bot."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.standin import World, create_app

AMIRA = 1001


async def test_get_me(bot: Bot) -> None:
    """The bot learns its own name."""
    assert bot.username == "lotse_bot"
    assert bot.id == 1


async def test_question_and_answer(world: World, bot: Bot) -> None:
    """A question arrives with the person's language; the answer is a reply with entities."""
    asked = world.say(AMIRA, "كيف أجد طبيباً؟")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "كيف أجد طبيباً؟"
    assert update.effective_user is not None
    assert update.effective_user.language_code == "ar"
    sent = await bot.send_message(
        AMIRA,
        "<b>طبيب</b> 116117",
        parse_mode=ParseMode.HTML,
        reply_parameters=ReplyParameters(asked["message_id"]),
        reply_markup=InlineKeyboardMarkup(
            [[InlineKeyboardButton("أكثر", callback_data="v1:more")]]
        ),
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "كيف أجد طبيباً؟"
    assert sent.entities[0].type == "bold"
    assert [m["message_id"] for m in world.messages(AMIRA)][-1] == sent.message_id


async def test_tap(world: World, bot: Bot) -> None:
    """A tap brings the message, the question it answered, and the data; it can be answered once."""
    asked = world.say(AMIRA, "Frage")
    sent = await bot.send_message(
        AMIRA,
        "Antwort",
        reply_parameters=ReplyParameters(asked["message_id"]),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Mehr", callback_data="v1:m")]]),
    )
    query_id = world.tap(AMIRA, sent.message_id, "Mehr")
    update = (await bot.get_updates())[-1]
    query = update.callback_query
    assert query is not None
    assert query.data == "v1:m"
    assert query.chat_instance
    assert query.message.reply_to_message.text == "Frage"  # type: ignore[union-attr]
    assert await query.answer("Gut")
    assert world.query(query_id)["answer"]["text"] == "Gut"


async def test_application_polls(world: World) -> None:
    """A whole Application starts, polls, answers a message and a tap, and stops."""
    transport = httpx.ASGITransport(app=create_app(world))
    builder = Application.builder().token(world.token).base_url("http://standin/bot")
    builder.request(HTTPXRequest(httpx_kwargs={"transport": transport}))
    builder.get_updates_request(HTTPXRequest(httpx_kwargs={"transport": transport}))
    application = builder.build()
    done = asyncio.Event()

    async def answer(update, context) -> None:  # type: ignore[no-untyped-def]
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]])
        await update.message.reply_text(update.message.text, reply_markup=keyboard)
        done.set()

    async def tapped(update, context) -> None:  # type: ignore[no-untyped-def]
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("tapped")
        done.set()

    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.add_handler(CallbackQueryHandler(tapped))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=5)
        world.say(AMIRA, "hallo")
        await asyncio.wait_for(done.wait(), 3)
        done.clear()
        world.tap(AMIRA, world.messages(AMIRA)[-1]["message_id"], "x")
        await asyncio.wait_for(done.wait(), 3)
        await application.updater.stop()
        await application.stop()
    assert world.messages(AMIRA)[-1]["text"] == "tapped"
    assert world.queue.pending() == []


@pytest.mark.parametrize("supergroup", [False, True])
async def test_chat_methods(world: World, bot: Bot, supergroup: bool) -> None:
    """getChat, getChatMember, getChatAdministrators and the count come in shapes PTB parses."""
    world.add_person("Berta Klein", "de", person_id=1002)
    group = world.add_group("Team", [AMIRA], [1002, world.bot_id], supergroup)
    chat = await bot.get_chat(group["id"])
    assert chat.title == "Team"
    assert (await bot.get_chat(AMIRA)).first_name == "Amira"
    assert (await bot.get_chat_member(group["id"], 1002)).status == "creator"
    assert (await bot.get_chat_member(group["id"], AMIRA)).status == "member"
    administrators = await bot.get_chat_administrators(group["id"])
    assert {member.user.id for member in administrators} == {1002, world.bot_id}
    assert await bot.get_chat_member_count(group["id"]) == 3
