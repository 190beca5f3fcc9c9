"""Topic, Article, Contact, Region, Catalogue: what is in content/, ready to use and frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from bot.content.hours import OpeningHours
from bot.languages import ORIGIN

SECTIONS = ("steps", "who", "cost", "documents", "duration", "where", "mistake", "more")
MEANING = "word"  # follow-up phrases that ask what a word means
EVERYWHERE = "germany"  # the region folder whose contacts hold in every region

State = Literal["draft", "checked", "approved"]
Translation = Literal["", "machine", "human"]
Certainty = Literal["current", "dated", "undated"]
Severity = Literal["error", "warning", "note"]
Texts = Mapping[str, str]  # language code → text
T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong in a file, where, and what an editor does about it."""

    file: str
    line: int
    what: str
    remedy: str
    severity: Severity = "error"
    check: str = "content"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.what} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: who says it, the page, and the day somebody looked."""

    title: str
    url: str = ""
    checked: date | None = None
    published: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A short part of an article; `id` is one of SECTIONS, `body` is Markdown."""

    id: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Review:
    """How far a person has looked at a text, and until when that holds."""

    state: State = "draft"
    by: str = ""
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A topic in one language: how people ask and what they are told."""

    topic: str
    language: str
    file: str
    title: str
    questions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    no_triggers: tuple[str, ...] = ()
    lead: str = ""
    sections: tuple[Section, ...] = ()
    review: Review = Review()
    translation: Translation = ""
    source_hash: str = ""
    text_hash: str = ""
    belongs_to: str = ""  # of a word from a letter: the topic it leads to

    @property
    def written(self) -> bool:
        """Whether there is a text to show, not only ways of asking."""
        return bool(self.lead)

    def section(self, section_id: str) -> Section | None:
        """The section with this id, or None."""
        return next((part for part in self.sections if part.id == section_id), None)


def text_hash(title: str, body: str) -> str:
    """Short hash of a text, for `source:` of its translations: 6 hexadecimal digits of SHA-256."""
    words = " ".join(f"{title} {body}".split())
    return hashlib.sha256(words.encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class Topic:
    """What is true in every language, and the articles by language."""

    id: str
    file: str
    contacts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    care: Literal["normal", "high"] = "normal"
    open: tuple[str, ...] = ()  # what somebody has to confirm before the texts can be approved
    articles: Mapping[str, Article] = field(default_factory=dict)

    def outdated(self, language: str) -> bool:
        """Whether the article was translated from another German text than the present one."""
        article, origin = self.articles.get(language), self.articles.get(ORIGIN)
        if article is None or origin is None or language == ORIGIN:
            return False
        return article.written and origin.written and article.source_hash != origin.text_hash

    @property
    def category(self) -> str:
        """The folder the topic lies in."""
        return self.id.split("/")[0]

    @property
    def emergency(self) -> bool:
        """Whether the topic is about danger now; nothing of it is ever remembered."""
        return self.category == "emergency"


@dataclass(frozen=True, slots=True)
class Category:
    """A group of topics in the menu."""

    id: str
    icon: str = ""
    order: int = 50
    hidden: bool = False
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it stands on the door, and for what, in which languages and when it works."""

    number: str
    purpose: Texts = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    hours: OpeningHours | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """An office: everything that a newcomer needs to get there or to call. Compared by identity."""

    id: str
    name: str
    file: str = ""
    line: int = 0
    what: Texts = field(default_factory=dict)
    address: str = ""
    phones: tuple[Phone, ...] = ()
    email: str = ""
    url: str = ""
    visit: OpeningHours | None = None
    call: OpeningHours | None = None
    languages: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    certainty: Certainty = "undated"
    review: Review = Review()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Municipality:
    """A town or municipality of a region and the names people use for it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a region's interpreter pool; None where nobody has said: the office decides."""

    name: str
    value: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A district with its offices by role. `everywhere` marks what holds in all of Germany."""

    id: str
    file: str
    name: Texts = field(default_factory=dict)
    order: int = 50
    aliases: tuple[str, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    everywhere: bool = False
    contacts: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)
    pool: tuple[Rule, ...] = ()
    local: Mapping[tuple[str, str], Article] = field(default_factory=dict)  # (topic, language)

    def municipality(self, wanted: str | None) -> Municipality | None:
        """The municipality with this id, or None."""
        return next((town for town in self.municipalities if town.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of content/, with what was found wrong while reading it."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    roles: Mapping[str, Texts] = field(default_factory=dict)
    none: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    followups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    spellings: Mapping[str, Texts] = field(default_factory=dict)  # language → spelling → sound
    # Words from official letters; `related` of each is the topic it leads to.
    glossary: Mapping[str, Topic] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    ignored: Mapping[str, Texts] = field(default_factory=dict)  # file → check → why it is off
    folder: Path = Path("content")

    def texts(self) -> Iterator[Topic]:
        """Everything that has articles: topics, and words from letters."""
        yield from self.topics.values()
        yield from self.glossary.values()

    def contacts(
        self, role: str, region: Region | None, municipality: str | None
    ) -> tuple[Contact, ...]:
        """The offices with a role for somebody who lives there, nearest first.

        An office of the own municipality comes before one for all; without a municipality only
        offices for all are named, or, where every town has its own, none. What holds in all of
        Germany comes last.
        """
        own = region.contacts.get(role, ()) if region else ()
        here = [contact for contact in own if municipality in contact.municipalities]
        for_all = [contact for contact in own if not contact.municipalities]
        whole = self.regions.get(EVERYWHERE)
        national = whole.contacts.get(role, ()) if whole and whole is not region else ()
        return tuple(dict.fromkeys([*here, *for_all, *national]))

    def needs_municipality(self, role: str, region: Region | None) -> bool:
        """Whether each town of the region has an office of its own for this role."""
        own = region.contacts.get(role, ()) if region else ()
        return bool(own) and all(contact.municipalities for contact in own)

    def languages(self) -> tuple[str, ...]:
        """The languages in which there are ways of asking, sorted."""
        return tuple(sorted({code for topic in self.topics.values() for code in topic.articles}))


def pick(texts: Mapping[str, T], *languages: str) -> T | None:
    """The first of the languages that is there; else German, English, or any."""
    for code in (*languages, "de", "en", *texts):
        if code in texts:
            return texts[code]
    return None
