"""The one way in: an event in a chat → what is said and what is remembered. Pure."""

from __future__ import annotations

from datetime import date

from bot.conversation import ask, tap
from bot.conversation.events import Asked, Commanded, Event, Received, Tapped, Turn
from bot.conversation.knowledge import Knowledge, open_scene
from bot.conversation.media import not_a_text
from bot.conversation.menu import help_text, language_menu, menu, people, region_menu
from bot.conversation.privacy import forget, privacy
from bot.conversation.start import start
from bot.store.model import Chat


def handle(event: Event, chat: Chat, know: Knowledge, today: date) -> Turn:
    """What the bot does about an event.

    `chat` is what is kept of the chat, `know` everything the bot knows, `today` the day at the
    office (for review days). Raises nothing on purpose: every event has a reply or needs none.
    """
    match event:
        case Asked():
            return ask.answer(event, chat, know, today)
        case Tapped():
            return tap.follow(event, chat, know, today)
        case Commanded():
            return _command(event, chat, know, today)
        case Received():
            scene = open_scene(event, chat, know, today)
            return Turn(chat, (not_a_text(scene, event.kind),))
    return Turn(chat)


def _command(event: Commanded, chat: Chat, know: Knowledge, today: date) -> Turn:
    scene = open_scene(event, chat, know, today)
    if event.name == "start":
        return start(scene, event.argument)
    if event.name == "delete":
        return forget(scene)
    screens = {
        "help": help_text,
        "menu": menu,
        "language": language_menu,
        "person": people,
        "privacy": privacy,
    }
    if event.name == "region":
        return Turn(chat, (region_menu(scene, "-"),))
    if event.name in screens:
        return Turn(chat, (screens[event.name](scene),))
    text = f"{event.name} {event.argument}".strip()
    asked = Asked(event.chat_id, event.message_id, event.app_language, event.group, text=text)
    return ask.answer(asked, chat, know, today)
