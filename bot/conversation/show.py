"""A topic or a match, shown in the form that belongs to it: answer, card, choices, small talk."""

from __future__ import annotations

from bot.conversation.answer import show_topic
from bot.conversation.emergency import show_emergency
from bot.conversation.events import Turn
from bot.conversation.knowledge import Scene
from bot.conversation.menu import choices, help_text, language_menu, people, unknown
from bot.conversation.privacy import privacy
from bot.matching.matcher import Match


def matched(scene: Scene, match: Match) -> Turn:
    """The reply that a match leads to; an emergency among the topics comes as its card."""
    topics = [topic for topic in match.topics if topic in scene.know.catalogue.topics]
    if match.kind == "none" or not topics:
        return Turn(scene.chat.about(None), (unknown(scene),))
    if match.kind == "choices":
        return Turn(scene.chat, (choices(scene, topics),))
    return show(scene, topics[0])


def show(scene: Scene, topic_id: str) -> Turn:
    """A topic, in the form that belongs to its kind: small talk, emergency card, or answer."""
    topic = scene.know.catalogue.topics[topic_id]
    if topic.category == "chat":
        return _small_talk(scene, topic_id)
    if topic.emergency:
        return Turn(scene.chat.about(None), (show_emergency(scene, topic),))
    chat, says = show_topic(scene, topic)
    return Turn(chat, tuple(says))


def _small_talk(scene: Scene, topic_id: str) -> Turn:
    words = scene.language.words
    match topic_id:
        case "chat/greeting":
            reply = scene.say(
                words("Hello! What would you like to know? Just write your question.")
            )
        case "chat/thanks":
            reply = scene.say(words("You are welcome. I wish you all the best!"))
        case "chat/human":
            reply = people(scene)
        case "chat/language":
            reply = language_menu(scene)
        case "chat/privacy":
            reply = privacy(scene)
        case _:
            reply = help_text(scene)
    return Turn(scene.chat, (reply,))
