"""What is kept of a person, and how to have it deleted."""

from __future__ import annotations

from markupsafe import Markup

from bot.conversation.events import Say, Turn
from bot.conversation.knowledge import Scene
from bot.store.model import Chat


def privacy(scene: Scene) -> Say:
    """What is stored, for how long, and the way to delete it."""
    words = scene.language.words
    lines = (
        words("<b>Your data</b>"),
        words("I do not keep your questions. I forget them as soon as I have answered."),
        words(
            "I keep your chat number, your language and your place, so that you need not choose"
            " again, and the subject of our talk for 30 minutes. After 12 months of silence all"
            " of it is deleted."
        ),
        words("Write /delete and I forget everything now."),
    )
    return scene.say(Markup("\n\n").join(lines))


def forget(scene: Scene) -> Turn:
    """Delete what is kept of the chat."""
    done = scene.language.words("Done. I have forgotten everything about this chat.")
    return Turn(Chat(scene.chat.id), (scene.say(done),), forget=True)
