"""From a person's message to the bot's reply, in one process."""

from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.standin import World
from bot.store import chats
from tests.telegram.conftest import Running, running


def add(world: World, language: str | None) -> int:
    """A new person's id."""
    return int(world.add_person("Newcomer", language_code=language)["id"])


def labels(message: dict[str, object]) -> list[str]:
    """The labels of a message's buttons."""
    markup = message.get("reply_markup")
    assert isinstance(markup, dict)
    return [button["text"] for row in markup["inline_keyboard"] for button in row]


def data(message: dict[str, object], start: str) -> str:
    """The data of the first button that begins so."""
    markup = message["reply_markup"]
    assert isinstance(markup, dict)
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    return str(next(b["callback_data"] for b in buttons if b["callback_data"].startswith(start)))


@pytest.mark.parametrize(
    ("language", "question", "word"),
    [
        ("de", "wie bekomme ich einen wbs", "Mit dem WBS"),
        ("en", "how do i get a wbs", "With the certificate"),
        ("ar", "كيف أحصل على شهادة WBS", "بهذه الشهادة"),
        ("uk", "wohnberechtigungsschein wbs", "WBS"),
    ],
)
async def test_question_tap_language_and_deep_link(
    bot: Running, language: str, question: str, word: str
) -> None:
    """An answer in the person's language, a section on a tap, another language, a deep link."""
    person = add(bot.world, language)
    bot.world.say(person, question)
    answer = await bot.reply(person)
    assert word in answer["text"]
    assert answer["reply_to_message"]["text"] == question
    bot.world.tap(person, answer["message_id"], data(answer, "more"))
    await bot.reply(person, 2)
    bot.world.tap(person, answer["message_id"], data(answer, "languages"))
    menu = await bot.reply(person, 3)
    assert {"Deutsch", "English", "العربية", "Українська"} <= set(labels(menu))
    other = "en" if language == "de" else "de"
    bot.world.tap(person, menu["message_id"], f"speak|{other}|-")
    changed = await bot.reply(person, 4)
    assert ("With the certificate" if other == "en" else "Mit dem WBS") in changed["text"]
    bot.world.say(person, "/start ar_musterkreis_housing_wbs")
    linked = await bot.reply(person, 5)
    assert "بهذه الشهادة" in linked["text"]


async def test_hiding_deletes_card_and_message(bot: Running) -> None:
    """Nothing of it stays in the chat or in the database."""
    person = add(bot.world, "de")
    bot.world.say(person, "er atmet nicht mehr")
    card = await bot.reply(person)
    bot.world.tap(person, card["message_id"], "hide")
    await bot.until(lambda: bot.world.messages(person) == [])
    chat = await bot.store.read(lambda db: chats.load_chat(db, person, 0))
    assert chat.topic is None


async def test_in_a_group_the_bot_speaks_only_when_addressed(bot: Running) -> None:
    """By its name, by a reply to it, by a command; never else."""
    someone = add(bot.world, "de")
    group = bot.world.add_group("Nachbarn", members=[someone], administrators=[], supergroup=True)[
        "id"
    ]
    bot.world.say(someone, "wie bekomme ich einen wbs", chat_id=group)
    bot.world.say(someone, "@lotse_bot wie bekomme ich einen wbs", chat_id=group)
    answer = await bot.reply(group)
    bot.world.say(someone, "anmeldung termin", chat_id=group, reply_to=answer["message_id"])
    second = await bot.reply(group, 2)
    assert "Wohnung anmelden" in second["text"]
    await bot.quiet()
    assert len(bot.replies(group)) == 2


@pytest.mark.parametrize(
    "kind",
    [
        "photo",
        "voice",
        "sticker",
        "document",
        "video",
        "location",
        "contact",
        "audio",
        "video_note",
    ],
)
async def test_what_is_no_text_gets_a_fitting_reply(bot: Running, kind: str) -> None:
    """Never silence."""
    person = add(bot.world, "uk")
    bot.world.send(person, kind)
    assert (await bot.reply(person))["text"]


async def test_an_edited_message_is_answered_anew(bot: Running) -> None:
    """The corrected question counts."""
    person = add(bot.world, "de")
    message = bot.world.say(person, "wie wird das wetter")
    await bot.reply(person)
    bot.world.edit(person, message["message_id"], "wie bekomme ich einen wbs")
    assert "Mit dem WBS" in (await bot.reply(person, 2))["text"]


async def test_a_very_long_text_and_markup_are_only_text(bot: Running) -> None:
    """4,096 characters, HTML, and a right-to-left override do no harm."""
    person = add(bot.world, "de")
    for count, text in enumerate(["wbs " * 1024, "<b>wbs</b> &amp; </i>", "\u202ewbs\u202c"], 1):
        bot.world.say(person, text)
        assert (await bot.reply(person, count))["text"]


async def test_commands_and_descriptions_are_set_once_per_language(
    bot: Running, world: World, small: Knowledge, tmp_path: Path
) -> None:
    """And not again at the next start."""
    languages = len(small.languages) + 1

    def calls() -> int:
        return sum(call["method"] == "setMyCommands" for call in world.calls)

    await bot.until(lambda: calls() == languages)


async def test_a_restart_goes_on_where_it_stopped(
    world: World, small: Knowledge, tmp_path: Path
) -> None:
    """What came in while the bot was away is answered; the profile is not set again."""
    person = add(world, "de")
    async with running(world, small, tmp_path / "bot.db") as bot:
        world.say(person, "wie bekomme ich einen wbs")
        await bot.reply(person)
        profiles = len(small.languages) + 1  # each language's, and one for all others
        await bot.until(
            lambda: sum(c["method"] == "setMyCommands" for c in world.calls) == profiles
        )
        await bot.quiet()
    world.say(person, "und was kostet das")
    async with running(world, small, tmp_path / "bot.db") as bot:
        assert "Oft nichts." in (await bot.reply(person, 2))["text"]
        assert sum(c["method"] == "setMyCommands" for c in world.calls) == profiles
