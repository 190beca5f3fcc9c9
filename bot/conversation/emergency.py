"""Danger: the card with the numbers that work now, before everything else.

Nothing of it is remembered, the bot never comes back to it, and one tap hides card and message.
"""

from __future__ import annotations

from markupsafe import Markup

from bot.content.model import EVERYWHERE, Contact, Phone, Topic, pick
from bot.conversation.events import Button, Say, labelled
from bot.conversation.knowledge import Scene, stacked
from bot.conversation.offices import joined, phone_line
from bot.conversation.taps import encode
from bot.text.html import render


def show_emergency(scene: Scene, topic: Topic) -> Say:
    """The card: what to do now, the numbers with their languages and hours, two buttons."""
    article = scene.article(topic)
    title = scene.know.title(topic.id, scene.language.code)
    blocks = [Markup("<b>{}</b>").format(title)]
    if article and (scene.know.show == "all" or article.review.state == "approved"):
        language = scene.know.languages.get(article.language, scene.language)
        blocks.append(render(scene.fill(article.lead), rtl=language.rtl))
    blocks += [_numbers(scene, office) for office in _sure_offices(scene, topic)]
    if not scene.event.group:
        blocks.append(Markup("<i>{}</i>").format(
            scene.language.words("“Hide this” deletes this card and your message from our chat.")
        ))  # fmt: skip
    return scene.say(Markup("\n\n").join(blocks), _rows(scene))


def last_line(scene: Scene) -> Markup:
    """The line that ends every 'I do not know': 112 · 110."""
    return scene.language.words(
        "In danger: {ambulance} (ambulance, fire) · {police} (police)",
        ambulance="112",
        police="110",
    )


def _sure_offices(scene: Scene, topic: Topic) -> list[Contact]:
    """Local offices only where the number is confirmed as current; national lines always."""
    catalogue, chat = scene.know.catalogue, scene.chat
    found = [
        office
        for role in topic.contacts
        for office in catalogue.contacts(role, scene.region, chat.municipality)
    ]
    whole = catalogue.regions.get(EVERYWHERE)
    national = {o.id for list_ in whole.contacts.values() for o in list_} if whole else set()
    sure = [
        o
        for o in dict.fromkeys(found)
        if o.phones and (o.id in national or o.certainty == "current")
    ]
    return sure[:4]


def _numbers(scene: Scene, office: Contact) -> Markup:
    """The office's name and its numbers, each with what for, in which language, and when."""
    what = pick(office.what, scene.language.code)
    name = scene.language.embed(office.name)
    lines = [Markup("<b>{}</b>").format(name)]
    if what:
        lines.append(Markup("{}").format(what))
    return joined(scene, [*lines, *(_number(scene, office, phone) for phone in office.phones)])


def _number(scene: Scene, office: Contact, phone: Phone) -> Markup:
    """A line's own languages and hours, else those of the office."""
    full = Phone(
        phone.number, phone.purpose, phone.languages or office.languages,
        phone.hours or office.call or office.visit,
    )  # fmt: skip
    return phone_line(scene, full)


def _rows(scene: Scene) -> list[list[Button]]:
    buttons = [Button(labelled("↩️", scene.language.plain("Not what I meant")), encode("other"))]
    if not scene.event.group:
        buttons.append(Button(labelled("🙈", scene.language.plain("Hide this")), encode("hide")))
    return stacked(buttons)
