"""Everything the conversation knows, in one frozen bundle that is swapped when content changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from bot.content.model import EVERYWHERE, Article, Catalogue, Region, Topic, pick
from bot.content.roles import fill_roles
from bot.content.stale import is_stale, without_figures
from bot.conversation.events import Button, Event, Rows, Say
from bot.conversation.followup import Followups, Places
from bot.conversation.glossary import Glossary
from bot.languages import SOURCE, Language, Languages
from bot.matching.matcher import Matcher
from bot.matching.shelf import build_matcher
from bot.settings import Show
from bot.store.model import Chat
from bot.text.direction import isolate
from bot.text.identify import UNKNOWN, Guess


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Catalogue and matcher that belong together, the interface's languages, the operator's choice."""

    catalogue: Catalogue
    matcher: Matcher
    languages: Languages
    followups: Followups
    places: Places
    glossary: Glossary
    show: Show = "all"
    region: str | None = None

    def guess(self, text: str) -> Guess:
        """The language of a text, as the matcher sees it."""
        return self.matcher.match(text).language if text else UNKNOWN

    def nearest(self, text: str) -> tuple[str, ...]:
        """The topics that a text may be about, the likeliest first."""
        return self.matcher.nearest(text)

    def title(self, topic_id: str, language: str) -> str:
        """A topic's title, with the icon of its category."""
        topic = self.catalogue.topics[topic_id]
        article = pick(topic.articles, language, SOURCE)
        icon = self.catalogue.categories[topic.category].icon
        return f"{icon} {article.title if article else topic_id}".strip()


@dataclass(frozen=True, slots=True)
class Scene:
    """One event in one chat, with what every screen needs: the language to speak, the region."""

    know: Knowledge
    chat: Chat
    event: Event
    language: Language
    known_language: bool  # whether the person's language is known at all
    guess: Guess = UNKNOWN
    question_id: int | None = None  # the message that answers reply to
    today: date | None = None

    @property
    def region(self) -> Region | None:
        """Where the person lives, or None while that is not known."""
        return self.know.catalogue.regions.get(self.chat.region or self.know.region or "")

    @property
    def somewhere_else(self) -> bool:
        """Whether the person said that they live in none of the regions."""
        return bool(self.region and self.region.everywhere)

    def speaking(self, language: Language) -> Scene:
        """The same scene in another language."""
        return replace(self, language=language, known_language=True)

    def with_chat(self, chat: Chat) -> Scene:
        """The same scene with a changed chat."""
        return replace(self, chat=chat)

    def say(self, html: str, rows: Rows = ()) -> Say:
        """A message in answer to the question at hand."""
        return Say(Markup(html), tuple(tuple(row) for row in rows if row), self.question_id)

    def fill(self, markdown: str) -> str:
        """A text with each `{role}` replaced by the office's name, or the role's general title."""
        return fill_roles(markdown, self.role_name)

    def role_name(self, role: str) -> str:
        """The office with a role where the person lives, else what such an office is called."""
        offices = self.know.catalogue.contacts(role, self.region, self.chat.municipality)
        title = pick(self.know.catalogue.roles.get(role, {}), self.language.code) or role
        name = offices[0].name if len(offices) == 1 else title
        return isolate(name) if self.language.rtl else name

    def article(self, topic: Topic) -> Article | None:
        """The topic's text in the language spoken, else in English, else in German."""
        written = {code: text for code, text in topic.articles.items() if text.written}
        found = pick(written, self.language.code, SOURCE)
        return found if found is None or topic.emergency else self.current(found)

    def current(self, article: Article) -> Article:
        """The article, or past its review day what is left of it without amounts and deadlines."""
        return without_figures(article) if is_stale(article, self.today) else article


def build_knowledge(
    catalogue: Catalogue,
    languages: Languages,
    show: Show = "all",
    region: str | None = None,
    matcher: Matcher | None = None,
) -> Knowledge:
    """Everything that follows from a catalogue; without its matcher it takes up to seconds."""
    return Knowledge(
        catalogue,
        matcher or build_matcher(catalogue),
        languages,
        Followups(catalogue),
        Places(catalogue),
        Glossary(catalogue),
        show,
        region,
    )


def open_scene(
    event: Event, chat: Chat, know: Knowledge, today: date, guess: Guess = UNKNOWN
) -> Scene:
    """The scene of an event: decide which language to speak.

    What was tapped stays; else the message's language where it is certain; else the app's; else
    what the message looks like; else English, marked as unknown.
    """
    certain = guess.code if guess.certain else None
    spoken = know.languages.choose(chat.language, certain, event.app_language, guess.code)
    return Scene(
        know=know,
        chat=chat,
        event=event,
        language=spoken or know.languages[SOURCE],
        known_language=spoken is not None,
        guess=guess,
        question_id=event.message_id or None,
        today=today,
    )


def stacked(buttons: Sequence[Button], width: int = 1) -> list[list[Button]]:
    """Buttons in rows of `width`; one a row is easiest to hit and leaves room for long words."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def regions_to_choose(know: Knowledge) -> list[Region]:
    """The regions a person can pick, 'somewhere else' last."""
    regions = list(know.catalogue.regions.values())
    return sorted(regions, key=lambda region: (region.id == EVERYWHERE, region.order))
