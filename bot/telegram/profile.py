"""The bot's profile: commands and descriptions in each language, sent only when they changed."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.languages import SOURCE, Language, Languages
from bot.store import chats
from bot.store.database import Database

log = logging.getLogger(__name__)

_NOTE = "profile"


def profile_calls(languages: Languages) -> list[tuple[str, dict[str, Any]]]:
    """Every call that sets the profile: English for all, then each language's own."""
    calls: list[tuple[str, dict[str, Any]]] = []
    for code, language in [("", languages[SOURCE]), *languages.items()]:
        there = {"language_code": code} if code else {}
        commands = [{"command": name, "description": text} for name, text in commands_of(language)]
        plain = language.plain
        about = plain(
            "Ask in your own words and your own language: German courses, recognition of your"
            " profession, housing, health and everything else in your first year in Germany."
            " A computer program answers; its texts were written by people."
        )
        short = plain("Answers for people who are new in Germany")
        calls += [
            ("setMyCommands", {"commands": commands, **there}),
            ("setMyDescription", {"description": about, **there}),
            ("setMyShortDescription", {"short_description": short, **there}),
        ]
    return calls


def commands_of(language: Language) -> Iterator[tuple[str, str]]:
    """The commands with what they do, in a language."""
    plain = language.plain
    yield "start", plain("Begin")
    yield "menu", plain("All topics")
    yield "language", plain("Choose the language")
    yield "region", plain("Where I live")
    yield "person", plain("Talk to a person")
    yield "help", plain("What I can do")
    yield "privacy", plain("Your data")
    yield "delete", plain("Forget everything about me")


async def update_profile(bot: Bot, store: Database, languages: Languages) -> None:
    """Bring the profile up to date. Failing is no reason not to answer people."""
    calls = profile_calls(languages)
    digest = hashlib.sha256(json.dumps(calls, sort_keys=True).encode()).hexdigest()
    if await store.read(lambda db: chats.read_note(db, _NOTE)) == digest:
        return
    try:
        for method, args in calls:
            await bot.do_api_request(method, api_kwargs=args)
    except TelegramError as error:
        log.warning(
            "The bot's profile could not be set (%s); trying again at the next start", error
        )
        return
    await store.write(lambda tx: chats.write_note(tx, _NOTE, digest))
