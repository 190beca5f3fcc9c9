"""A tap on a button: what each verb of `taps` does. Buttons may be old, unknown or forged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.content.model import Topic
from bot.conversation.answer import show_in, show_more, show_section
from bot.conversation.events import Action, Delete, Say, Tapped, Toast, Turn
from bot.conversation.knowledge import Knowledge, Scene, open_scene
from bot.conversation.menu import (
    category_menu,
    choices,
    language_menu,
    menu,
    people,
    region_menu,
    town_menu,
    unknown,
)
from bot.conversation.places import set_place
from bot.conversation.show import matched, show
from bot.conversation.taps import Tap, decode
from bot.store.model import Chat

Verb = Callable[[Scene, Tap], Turn]


def follow(event: Tapped, chat: Chat, know: Knowledge, today: date) -> Turn:
    """The reply to a tap; a button that no longer means anything leads to the menu."""
    scene = replace(
        open_scene(event, chat, know, today, know.guess(event.question)),
        question_id=event.question_id,
    )
    tapped = decode(event.data)
    verb = _VERBS.get(tapped.verb, _menu)
    turn = verb(scene, tapped)
    signed: tuple[Action, ...] = (Toast(event.tap_id), *turn.actions)
    return replace(turn, actions=signed)


def _topic(scene: Scene, tapped: Tap) -> Turn:
    return show(scene, tapped.part(0)) if _known(scene, tapped.part(0)) else _menu(scene, tapped)


def _part(scene: Scene, tapped: Tap) -> Turn:
    topic = _known(scene, tapped.part(0))
    return _said(show_section(scene, topic, tapped.part(1))) if topic else _menu(scene, tapped)


def _more(scene: Scene, tapped: Tap) -> Turn:
    topic = _known(scene, tapped.part(0))
    return _said(show_more(scene, topic)) if topic else _menu(scene, tapped)


def _in(scene: Scene, tapped: Tap) -> Turn:
    topic, language = _known(scene, tapped.part(0)), scene.know.languages.get(tapped.part(1))
    return _said(show_in(scene, topic, language)) if topic and language else _menu(scene, tapped)


def _no(scene: Scene, tapped: Tap) -> Turn:
    """'No, not this': the next best topics of the question, else the menu and people."""
    chat = scene.chat.about(None)
    question = _question(scene)
    others = [t for t in scene.know.nearest(question) if t != tapped.part(0)] if question else []
    scene = scene.with_chat(chat)
    if not others:
        return Turn(chat, (unknown(scene),))
    return Turn(chat, (choices(scene, others[:3]),))


def _other(scene: Scene, _: Tap) -> Turn:
    """'Not what I meant' under an emergency card: the ordinary answer."""
    question = _question(scene)
    if not question:
        return Turn(scene.chat, (menu(scene),))
    return matched(
        scene, scene.know.matcher.match(question, scene.chat.language, emergencies=False)
    )


def _hide(scene: Scene, _: Tap) -> Turn:
    """Card and message disappear; nothing is said about it."""
    ids = (scene.event.message_id, scene.question_id)
    return Turn(scene.chat.about(None), tuple(Delete(number) for number in ids if number))


def _speak(scene: Scene, tapped: Tap) -> Turn:
    """A language was chosen: it stays, and the answer at hand comes in it."""
    language = scene.know.languages.get(tapped.part(0))
    if language is None:
        return Turn(scene.chat, (language_menu(scene),))
    chat = replace(scene.chat, language=language.code, shown=())
    there = scene.speaking(language).with_chat(chat)
    topic_id = tapped.part(1) if tapped.part(1) not in ("", "-") else chat.topic or ""
    if _known(there, topic_id):
        return show(there, topic_id)
    done = language.words("Good: from now on I write in {language}.", language=language.name)
    return Turn(chat, (there.say(done, menu(there).rows),))


def _regions(scene: Scene, tapped: Tap) -> Turn:
    return Turn(scene.chat, (region_menu(scene, tapped.part(0) or "-"),))


def _region(scene: Scene, tapped: Tap) -> Turn:
    if tapped.part(0) not in scene.know.catalogue.regions:
        return _regions(scene, tapped)
    return set_place(scene, tapped.part(0), None, tapped.part(1))


def _towns(scene: Scene, tapped: Tap) -> Turn:
    region = scene.know.catalogue.regions.get(tapped.part(0))
    if region is None:
        return _regions(scene, tapped)
    return Turn(scene.chat, (town_menu(scene, region, tapped.part(1) or "-"),))


def _town(scene: Scene, tapped: Tap) -> Turn:
    region = scene.region  # the towns were offered after the region was chosen
    if region is None or region.municipality(tapped.part(0)) is None:
        return _regions(scene, Tap("regions", tapped.parts[1:]))
    return set_place(scene, region.id, tapped.part(0), tapped.part(1))


def _menu(scene: Scene, _: Tap) -> Turn:
    return Turn(scene.chat, (menu(scene),))


def _category(scene: Scene, tapped: Tap) -> Turn:
    return Turn(scene.chat, (category_menu(scene, tapped.part(0)),))


def _languages(scene: Scene, _: Tap) -> Turn:
    return Turn(scene.chat, (language_menu(scene),))


def _none(scene: Scene, _: Tap) -> Turn:
    return Turn(scene.chat, (unknown(scene),))


def _people(scene: Scene, _: Tap) -> Turn:
    return Turn(scene.chat, (people(scene),))


_VERBS: Mapping[str, Verb] = {
    "topic": _topic, "part": _part, "more": _more, "in": _in, "no": _no, "none": _none,
    "other": _other, "hide": _hide, "speak": _speak, "languages": _languages,
    "regions": _regions, "region": _region, "towns": _towns, "town": _town,
    "menu": _menu, "category": _category, "person": _people,
}  # fmt: skip


def _known(scene: Scene, topic_id: str) -> Topic | None:
    return scene.know.catalogue.topics.get(topic_id)


def _question(scene: Scene) -> str:
    return scene.event.question if isinstance(scene.event, Tapped) else ""


def _said(result: tuple[Chat, list[Say]]) -> Turn:
    chat, says = result
    return Turn(chat, tuple(says))
