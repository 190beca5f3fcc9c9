"""A question in free words: danger first, then what belongs to the topic at hand, then the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation.answer import show_section, show_word
from bot.conversation.emergency import show_emergency
from bot.conversation.events import Action, Asked, Turn
from bot.conversation.knowledge import Knowledge, Scene, open_scene
from bot.conversation.places import set_place
from bot.conversation.show import matched, show
from bot.matching.matcher import Match
from bot.store.model import Chat


def answer(event: Asked, chat: Chat, know: Knowledge, today: date) -> Turn:
    """The reply to a text."""
    match = know.matcher.match(event.text, chat.language)
    scene = open_scene(event, chat, know, today, match.language)
    if match.alarm:
        return _emergency(scene, match)
    if event.group:
        return matched(scene, match)
    place = know.places.find(event.text)
    if place:
        return set_place(scene, *place)
    word = know.glossary.find(event.text)
    meaning = show_word(scene, word) if word else None
    if meaning:
        return Turn(meaning[0], tuple(meaning[1]))
    topic = know.catalogue.topics.get(chat.topic or "")
    section = know.followups.section(event.text) if topic else None
    if topic and section:
        changed, says = show_section(scene, topic, section)
        return Turn(changed, tuple(says))
    return matched(scene, match)


def _emergency(scene: Scene, match: Match) -> Turn:
    """The card, and after it the ordinary answer where something else was asked too."""
    catalogue = scene.know.catalogue
    card: Action = show_emergency(scene, catalogue.topics[match.topics[0]])
    if len(match.topics) < 2:
        return Turn(scene.chat.about(None), (card,))
    rest = show(replace(scene, chat=scene.chat.about(None)), match.topics[1])
    return Turn(rest.chat, (card, *rest.actions))
