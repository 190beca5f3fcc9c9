"""/start, alone or from a deep link on a letter: `?start=LANGUAGE_REGION_CATEGORY_TOPIC`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.events import Turn
from bot.conversation.knowledge import Scene
from bot.conversation.menu import category_menu, greeting
from bot.conversation.show import show

_NOT_GIVEN = "-"


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a deep link asks for; each part may be missing. Ids never contain '_'."""

    language: str | None = None
    region: str | None = None
    category: str | None = None
    topic: str | None = None

    @classmethod
    def parse(cls, argument: str) -> DeepLink:
        """Read the part behind `start=`; what is not understood counts as not given."""
        parts = [None if part in ("", _NOT_GIVEN) else part for part in argument.split("_")]
        return cls(*(parts + [None] * 4)[:4])

    def __str__(self) -> str:
        parts = (self.language, self.region, self.category, self.topic)
        return "_".join(part or _NOT_GIVEN for part in parts)


def start(scene: Scene, argument: str) -> Turn:
    """Greet; or go where the deep link points, in its language and region."""
    link = DeepLink.parse(argument.strip())
    know, chat = scene.know, scene.chat
    language = know.languages.choose(link.language)
    if language:
        chat = replace(chat, language=language.code)
        scene = scene.speaking(language)
    if link.region in know.catalogue.regions:
        chat = replace(chat, region=link.region, municipality=None)
    scene = scene.with_chat(chat.about(None))
    topic_id = f"{link.category}/{link.topic}"
    if topic_id in know.catalogue.topics:
        return show(scene, topic_id)
    if link.category in know.catalogue.categories:
        return Turn(scene.chat, (category_menu(scene, link.category or ""),))
    return Turn(scene.chat, (greeting(scene),))
