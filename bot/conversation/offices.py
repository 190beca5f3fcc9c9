"""An office as a newcomer needs it: name, what it does, numbers to tap, hours, address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import phonenumbers
from babel import Locale
from babel.dates import format_date
from markupsafe import Markup, escape

from bot.content.hours import OpeningHours
from bot.content.model import Contact, Phone, Topic, pick
from bot.conversation.knowledge import Scene
from bot.text.direction import RLM, isolate

_COUNTRY = "DE"


def offices_of(scene: Scene, topic: Topic) -> list[Contact]:
    """The offices of a topic for this person, the most helpful first, each once."""
    chat, catalogue = scene.chat, scene.know.catalogue
    found = [
        office
        for role in topic.contacts
        for office in catalogue.contacts(role, scene.region, chat.municipality)
    ]
    return list(dict.fromkeys(found))


def office_card(scene: Scene, office: Contact, *, brief: bool = False) -> Markup:
    """The office as lines of HTML; `brief` leaves out what it does, mail and address."""
    language = scene.language
    lines = [Markup("📍 <b>{}</b>").format(_own(scene, office.name))]
    what = pick(office.what, language.code)
    if what and not brief:
        lines.append(escape(what))
    lines += [phone_line(scene, phone) for phone in office.phones]
    if office.email and not brief:
        lines.append(Markup("✉️ {}").format(_own(scene, office.email)))
    lines += _hours(scene, office)
    if office.address and not brief:
        lines.append(Markup("🏠 {}").format(_own(scene, office.address)))
    if office.url:
        lines.append(
            Markup('🔗 <a href="{}">{}</a>').format(office.url, _own(scene, _site(office.url)))
        )
    if office.certainty == "dated" and office.phones:
        lines.append(
            Markup("<i>{}</i>").format(language.words("Please call first: this may have changed."))
        )
    return joined(scene, lines)


def joined(scene: Scene, lines: Iterable[Markup]) -> Markup:
    """Lines under each other; in right-to-left languages each keeps to the right."""
    mark = RLM if scene.language.rtl else ""
    return Markup("\n").join(Markup(mark) + line for line in lines)


def phone_line(scene: Scene, phone: Phone) -> Markup:
    """☎ the number as on the door and, to be tapped, in international form; for what; when."""
    language = scene.language
    number = Markup("📞 <b>{}</b>").format(_own(scene, phone.number))
    international = in_international_form(phone.number)
    if international:
        number += Markup(" ({})").format(_own(scene, international))
    details = [escape(pick(phone.purpose, language.code) or "")]
    if phone.languages:
        details.append(escape(language_names(phone.languages, language.code)))
    if phone.hours:
        details.append(hours_text(scene, phone.hours))
    rest = Markup(" · ").join(part for part in details if part)
    return number + (Markup(" – ") + rest if rest else Markup(""))


def in_international_form(number: str) -> str:
    """`+49 4261 9832854`, which Telegram makes a link; '' for short numbers like 112 or 116117.

    Numbers without a country code are not tappable in Telegram's apps.
    """
    try:
        parsed = phonenumbers.parse(number, _COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if len(phonenumbers.national_significant_number(parsed)) <= 6:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def hours_text(scene: Scene, hours: OpeningHours) -> Markup:
    """Opening hours as the language writes them."""
    words = scene.language.words
    return escape(hours.write(scene.language.code, words("day and night"), words("holidays")))


def language_names(codes: Iterable[str], language: str) -> str:
    """Names of languages in a language: 'German, English'."""
    names = Locale.parse(language).languages
    return ", ".join(names.get(code, code) for code in codes)


def day_text(scene: Scene, day: date | None) -> str:
    """A day as the language writes it, '' where there is none."""
    return format_date(day, "long", locale=scene.language.code) if day else ""


def _hours(scene: Scene, office: Contact) -> list[Markup]:
    words = scene.language.words
    lines = []
    if office.visit:
        lines.append(Markup("🕐 {}").format(hours_text(scene, office.visit)))
    if office.call:
        lines.append(Markup("🕐 {} {}").format(words("By phone:"), hours_text(scene, office.call)))
    return lines


def _own(scene: Scene, text: str) -> str:
    """A Latin name or number, isolated in right-to-left languages."""
    return isolate(text) if scene.language.rtl else text


def _site(url: str) -> str:
    return url.rsplit("//", maxsplit=1)[-1].split("/", maxsplit=1)[0].removeprefix("www.")
