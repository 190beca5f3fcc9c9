"""How far each topic has come in each language, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.content.model import Catalogue, Topic
from bot.languages import ORIGIN

Progress = Literal["missing", "outdated", "draft", "machine", "reviewed", "approved"]
# In the order of what needs doing first; 'draft' is a German text that nobody has checked yet.
STEPS: tuple[Progress, ...] = ("missing", "outdated", "draft", "machine", "reviewed", "approved")
_TODO = {
    "missing": "write the article",
    "outdated": "bring it up to date with de.md, then set 'source:'",
    "draft": "read it against its sources, then set 'state: checked'",
    "machine": "read it beside de.md, then set 'translation: human'",
    "reviewed": "have it approved, then set 'state: approved' with by and on",
}


@dataclass(frozen=True, slots=True)
class Task:
    """What to do about one article next."""

    topic: str
    file: str
    progress: Progress
    urgent: bool  # about deadlines, money or rights

    @property
    def text(self) -> str:
        """The task in words."""
        return _TODO[self.progress]


def topics_with_text(catalogue: Catalogue) -> Iterator[Topic]:
    """The topics that need an article: all but dialogue (hidden categories)."""
    for topic in catalogue.topics.values():
        category = catalogue.categories.get(topic.category)
        if category is None or not category.hidden:
            yield topic


def progress_of(topic: Topic, language: str) -> Progress:
    """How far the article has come."""
    article = topic.articles.get(language)
    if article is None or not article.written:
        return "missing"
    if topic.outdated(language):
        return "outdated"
    if article.review.state == "approved":
        return "approved"
    if article.review.state == "checked" or article.translation == "human":
        return "reviewed"
    return "draft" if language == ORIGIN else "machine"


def todo(catalogue: Catalogue, language: str) -> list[Task]:
    """What is not approved yet in a language, the most useful work first."""
    tasks = [
        Task(
            topic.id,
            f"{catalogue.folder.name}/topics/{topic.id}/{language}.md",
            progress_of(topic, language),
            topic.care == "high",
        )
        for topic in topics_with_text(catalogue)
    ]
    open_ = [task for task in tasks if task.progress != "approved"]
    return sorted(open_, key=lambda task: (STEPS.index(task.progress), not task.urgent))
