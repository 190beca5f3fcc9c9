"""Where a person lives: chosen by a button or by typing a place's name."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from bot.conversation.events import Turn
from bot.conversation.knowledge import Scene
from bot.conversation.menu import category_rows, region_name
from bot.conversation.show import show


def set_place(scene: Scene, region_id: str, town_id: str | None, topic_id: str = "-") -> Turn:
    """Remember the place; then show again the topic it was asked for, now with the local office."""
    chat = replace(scene.chat, region=region_id, municipality=town_id, shown=())
    scene = scene.with_chat(chat)
    region = scene.know.catalogue.regions[region_id]
    wanted = topic_id if topic_id not in ("", "-") else chat.topic or ""
    if wanted in scene.know.catalogue.topics:
        return show(scene, wanted)
    town = region.municipality(town_id)
    name = f"{town.name}, {region_name(scene, region)}" if town else region_name(scene, region)
    words = scene.language.words
    said = words("Thank you. I now name offices for: {place}", place=name)
    ask = words("What would you like to know?")
    return Turn(chat, (scene.say(Markup("\n\n").join((said, ask)), category_rows(scene)),))
