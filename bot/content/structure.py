"""Checks of how content/ hangs together: what is named exists, what is needed is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.content.check import problem
from bot.content.model import EVERYWHERE, MEANING, SECTIONS, Catalogue, Problem, Topic
from bot.content.roles import roles_in
from bot.content.where import line_of
from bot.languages import ORIGIN
from bot.text.fold import fold


class KnownRoles:
    """Contacts are named by role; a role nobody has is a misspelling."""

    id: ClassVar[str] = "role"
    sentence: ClassVar[str] = "Every role is in roles.yaml or some region has an office for it."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Roles in topics, in texts and in contacts.yaml that are nowhere explained."""
        with_office = {role for region in catalogue.regions.values() for role in region.contacts}
        known = set(catalogue.roles) | (set() if catalogue.roles else with_office)
        for topic in catalogue.texts():
            named = [(topic.file, role) for role in topic.contacts]
            for file, role in [*named, *_roles_in_texts(topic)]:
                if role not in known:
                    yield self._unknown(catalogue, file, role)
        for region in catalogue.regions.values():
            for role in region.contacts:
                if role not in known:
                    file = region.file.replace("region.yaml", "contacts.yaml")
                    yield self._unknown(catalogue, file, role)

    def _unknown(self, catalogue: Catalogue, file: str, role: str) -> Problem:
        return problem(
            self,
            file,
            f"The role '{role}' is not known.",
            "Correct it, or add the role to content/roles.yaml with its title.",
            line=line_of(catalogue, file, f"{{{role}}}" if file.endswith(".md") else role),
        )


def _roles_in_texts(topic: Topic) -> Iterator[tuple[str, str]]:
    """The file and the role of each `{role}` in an article."""
    for article in topic.articles.values():
        for text in (article.lead, *(section.body for section in article.sections)):
            yield from ((article.file, role) for role in roles_in(text))


class KnownTopics:
    """Related topics and local lines point to topics that are there."""

    id: ClassVar[str] = "topic"
    sentence: ClassVar[str] = "Every topic that a file points to exists."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Topics that are named and not there."""
        remedy = "Correct the id, or add the topic's folder."
        for topic in catalogue.texts():
            for other in topic.related:
                if other not in catalogue.topics:
                    line = line_of(catalogue, topic.file, other)
                    what = f"The topic '{other}' is not there."
                    yield problem(self, topic.file, what, remedy, line=line)
        for region in catalogue.regions.values():
            for (topic_id, _), article in region.local.items():
                if topic_id not in catalogue.topics:
                    yield problem(
                        self, article.file, f"The topic '{topic_id}' is not there.", remedy
                    )


class KnownMunicipalities:
    """An office that serves only some towns names towns of its region."""

    id: ClassVar[str] = "municipality"
    sentence: ClassVar[str] = "Every municipality of a contact is in region.yaml."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Municipalities that the region does not have."""
        for region in catalogue.regions.values():
            towns = {town.id for town in region.municipalities}
            offices = {office.id: office for list_ in region.contacts.values() for office in list_}
            for office in offices.values():
                for town in set(office.municipalities) - towns:
                    yield problem(
                        self,
                        office.file,
                        f"The municipality '{town}' is not in region.yaml.",
                        "Correct the id, or add it there.",
                        line=office.line,
                    )


class SameQuestion:
    """A question in two topics of one language cannot be answered rightly."""

    id: ClassVar[str] = "same-question"
    sentence: ClassVar[str] = "No question stands in two topics of the same language."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Questions that stand in two topics, compared after folding."""
        seen: dict[tuple[str, str], str] = {}
        for topic in catalogue.topics.values():
            for article in topic.articles.values():
                for question in article.questions:
                    key = (article.language, fold(question))
                    first = seen.setdefault(key, article.file)
                    if first != article.file:
                        yield problem(
                            self,
                            article.file,
                            f"The question '{question}' stands in {first} too.",
                            "Keep it in the topic it really belongs to.",
                            line=line_of(catalogue, article.file, question),
                        )


class Complete:
    """A topic has its German article, a source, and the same sections in each language."""

    id: ClassVar[str] = "complete"
    sentence: ClassVar[str] = (
        "Every written topic has a German article, sources and equal sections."
    )

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """What is missing, as warnings."""
        for topic in catalogue.topics.values():
            written = {code: text for code, text in topic.articles.items() if text.written}
            if not written:
                continue
            if not topic.sources:
                yield problem(
                    self, topic.file, "No source is named.", "Add 'sources:' with title, url, checked.",
                    severity="warning",
                )  # fmt: skip
            origin = written.get(ORIGIN)
            if origin is None:
                yield problem(
                    self,
                    topic.file,
                    "The German article is missing.",
                    "Write de.md first.",
                    severity="warning",
                )
                continue
            for article in written.values():
                ids, theirs = ({part.id for part in text.sections} for text in (article, origin))
                if ids != theirs:
                    yield problem(
                        self,
                        article.file,
                        f"The sections {sorted(ids ^ theirs)} differ from the German article.",
                        "Add or remove them.",
                        severity="warning",
                    )


class UpToDate:
    """A translation was made from the German text that stands there now."""

    id: ClassVar[str] = "outdated"
    sentence: ClassVar[str] = "Every translation names the hash of the present German article."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Translations of an older German text, as warnings."""
        for topic in catalogue.texts():
            for article in topic.articles.values():
                if topic.outdated(article.language):
                    yield problem(
                        self,
                        article.file,
                        "The German article changed after this translation.",
                        f"Bring it up to date, then write 'source: "
                        f"{topic.articles[ORIGIN].text_hash}'.",
                        severity="warning",
                    )


class EveryLanguage:
    """What the interface shows beside the articles is there in every language of the content."""

    id: ClassVar[str] = "titles"
    sentence: ClassVar[str] = "Titles of categories, regions and roles exist in every language."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Missing titles, as warnings."""
        needed = set(catalogue.languages())
        shown = [
            *((f"topics/{c.id}/category.yaml", c.title) for c in catalogue.categories.values()),
            *((f"regions/{r.id}/region.yaml", r.name) for r in catalogue.regions.values()),
            *((f"roles.yaml ({role})", texts) for role, texts in catalogue.roles.items()),
        ]
        for file, texts in shown:
            missing = sorted(needed - set(texts))
            if missing:
                yield problem(
                    self,
                    f"{catalogue.folder.name}/{file}",
                    f"The title is missing in: {', '.join(missing)}.",
                    "Add it.",
                    severity="warning",
                )


class Phrases:
    """What is out of scope, and what follows up, is known in every language of the articles."""

    id: ClassVar[str] = "phrases"
    sentence: ClassVar[str] = "none/ and followups/ have a file for every language."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Languages without a file, where most topics are written in them; unknown section ids."""
        topics = catalogue.topics.values()
        for language in catalogue.languages():
            written = sum(language in topic.articles for topic in topics)
            for folder, there in (("none", catalogue.none), ("followups", catalogue.followups)):
                if language not in there and written * 2 > len(topics):
                    yield problem(
                        self,
                        f"{catalogue.folder.name}/{folder}/{language}.yaml",
                        "The file is missing.",
                        f"Write it like {folder}/{ORIGIN}.yaml.",
                        severity="warning",
                    )
        for language, phrases in catalogue.followups.items():
            for part in set(phrases) - {*SECTIONS, MEANING}:
                yield problem(
                    self,
                    f"{catalogue.folder.name}/followups/{language}.yaml",
                    f"'{part}' is no section.",
                    f"Known are: {', '.join((*SECTIONS, MEANING))}.",
                )


class Glossary:
    """A word that leads nowhere leaves the person alone with it."""

    id: ClassVar[str] = "glossary"
    sentence: ClassVar[str] = "Every word has a German text, leads to a topic, and stands once."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """Words without German text or topic, and names that two words share."""
        seen: dict[str, str] = {}
        for word in catalogue.glossary.values():
            german = word.articles.get(ORIGIN)
            if german is None or not german.written or not word.related:
                yield problem(
                    self, f"{word.file}/{ORIGIN}.md", "The German text or its 'topic' is missing.",
                    "Write both; the word leads there.",
                )  # fmt: skip
                continue
            for name in (german.title, *german.keywords):
                first = seen.setdefault(fold(name), german.file)
                if first != german.file:
                    yield problem(
                        self, german.file, f"'{name}' stands in {first} too.", "Keep one of them.",
                        line=line_of(catalogue, german.file, name),
                    )  # fmt: skip


class National:
    """Emergency numbers must be there for everyone."""

    id: ClassVar[str] = "national"
    sentence: ClassVar[str] = "regions/germany has the role notruf."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """The missing emergency contact, where the content has emergency topics."""
        if not any(topic.emergency for topic in catalogue.topics.values()):
            return
        whole = catalogue.regions.get(EVERYWHERE)
        if whole is None or not whole.contacts.get("notruf"):
            yield problem(
                self,
                f"{catalogue.folder.name}/regions/{EVERYWHERE}/contacts.yaml",
                "The role 'notruf' (112, 110) has no entry.",
                "Add it: the emergency card needs it.",
            )


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """Texts and contacts past their review day: reported, never a failure."""

    today: date
    id: ClassVar[str] = "review-day"
    sentence: ClassVar[str] = "Nothing is past its review day."

    def run(self, catalogue: Catalogue) -> Iterator[Problem]:
        """What should have been looked at by today, as notes."""
        for topic in catalogue.texts():
            for article in topic.articles.values():
                if article.review.until and article.review.until < self.today:
                    yield problem(
                        self,
                        article.file,
                        f"It should have been reviewed by {article.review.until}.",
                        "Read it against its sources and set a new day.",
                        severity="note",
                    )
