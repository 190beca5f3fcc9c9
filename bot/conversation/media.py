"""Photos, voice, stickers, files: a fitting reply, never silence."""

from __future__ import annotations

from bot.conversation.events import Kind, Say
from bot.conversation.knowledge import Scene
from bot.conversation.menu import category_rows


def not_a_text(scene: Scene, kind: Kind) -> Say:
    """What to do instead of sending this."""
    words = scene.language.words
    match kind:
        case "photo" | "file":
            text = words(
                "I cannot read pictures or files. Is it a letter? Then type the big word at its top."
            )
        case "voice":
            text = words(
                "I cannot listen to voice messages. Please write, a few words are enough."
            )
        case "sticker":
            text = words("Hello! Write me what you would like to know.")
        case "location" | "contact":
            text = words("I do not need this and do not keep it. Please write your question.")
        case _:
            text = words(
                "I can only read text. Please write your question, a few words are enough."
            )
    return scene.say(text, category_rows(scene))
