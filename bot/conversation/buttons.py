"""Which buttons stand under an answer: decided here and nowhere else. At most five."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.model import Article, Topic
from bot.conversation.events import Button, labelled
from bot.conversation.knowledge import Scene, stacked
from bot.conversation.taps import encode
from bot.languages import ORIGIN

MOST = 5
_PICTOGRAMS = {
    "steps": "📋", "who": "👤", "cost": "💶", "documents": "📄",
    "duration": "⏳", "where": "📍", "mistake": "⚠️", "more": "➕",
}  # fmt: skip


def answer_rows(
    scene: Scene, topic: Topic, article: Article | None, shown: Sequence[str]
) -> list[list[Button]]:
    """Under an answer: where you live (if that is missing), what more there is, an interpreter,
    the language, and 'no, not this' last."""
    parts = [s for s in (article.sections if article else ()) if s.id not in shown]
    more = [section_button(topic, part.id, part.heading) for part in parts[:1]]
    if len(parts) > 1 or topic.related or len(topic.sources) > 1:
        more.append(more_button(scene, topic))
    buttons = [
        *place_buttons(scene, topic),
        *more[:2],
        *language_buttons(scene, topic),
        *interpreter_buttons(scene, topic),
    ]
    wrong = Button(labelled("✖️", scene.language.plain("No, not this")), encode("no", topic.id))
    return stacked([*_most_useful(buttons), wrong])


def _most_useful(buttons: list[Button]) -> list[Button]:
    """Leave room for 'no, not this'; the interpreter stays, a single section gives way."""
    surplus = len(buttons) - (MOST - 1)
    if surplus <= 0:
        return buttons
    first_section = next((b for b in buttons if b.data.startswith("part|")), None)
    kept = [button for button in buttons if button is not first_section]
    return kept[: MOST - 1]


def section_rows(scene: Scene, topic: Topic, article: Article) -> list[list[Button]]:
    """Under a section: the parts not shown yet and everything else."""
    parts = [part for part in article.sections if part.id not in scene.chat.shown]
    buttons = [section_button(topic, part.id, part.heading) for part in parts[:2]]
    buttons.append(more_button(scene, topic))
    return stacked([*buttons, *interpreter_buttons(scene, topic)][:MOST])


def more_rows(scene: Scene, topic: Topic) -> list[list[Button]]:
    """Under 'more': every section, related topics, German, language."""
    article = scene.article(topic)
    sections = [
        section_button(topic, part.id, part.heading)
        for part in (article.sections if article else ())
    ]
    related = [
        topic_button(scene, other)
        for other in topic.related
        if other in scene.know.catalogue.topics
    ]
    german = german_buttons(scene, topic)
    return [*stacked(sections, 2), *stacked([*related[:3], *german, language_menu_button(scene)])]


def section_button(topic: Topic, section_id: str, heading: str) -> Button:
    """Opens one section of a topic."""
    return Button(labelled(_PICTOGRAMS[section_id], heading), encode("part", topic.id, section_id))


def more_button(scene: Scene, topic: Topic) -> Button:
    """Opens everything else about a topic."""
    return Button(
        labelled("➕", scene.language.plain("More about this")), encode("more", topic.id)
    )


def topic_button(scene: Scene, topic_id: str) -> Button:
    """Opens a topic."""
    return Button(scene.know.title(topic_id, scene.language.code), encode("topic", topic_id))


def place_buttons(scene: Scene, topic: Topic) -> list[Button]:
    """Asks where the person lives, only where the answer depends on it."""
    if scene.event.group or not topic.contacts:
        return []
    if scene.region is None:
        return [region_button(scene, topic.id)]
    need = scene.know.catalogue.needs_municipality
    if scene.chat.municipality is None and any(need(r, scene.region) for r in topic.contacts):
        label = labelled("📍", scene.language.plain("My town"))
        return [Button(label, encode("towns", scene.region.id, topic.id))]
    return []


def region_button(scene: Scene, topic_id: str = "-") -> Button:
    """Opens the choice of regions; `topic_id` is shown again afterwards."""
    return Button(
        labelled("📍", scene.language.plain("Where I live")), encode("regions", topic_id)
    )


def interpreter_buttons(scene: Scene, topic: Topic) -> list[Button]:
    """Asks for an interpreter, from every answer but those about interpreters."""
    if topic.category in ("interpreter", "emergency") or scene.language.code == ORIGIN:
        return []
    if "interpreter/request" not in scene.know.catalogue.topics:
        return []
    label = labelled("🗣", scene.language.plain("Ask for an interpreter"))
    return [Button(label, encode("topic", "interpreter/request"))]


def language_buttons(scene: Scene, topic: Topic) -> list[Button]:
    """One button for the language: switch to the one just written, pick one, or see the German."""
    if scene.event.group:
        return []
    if scene.chat.language is None:
        return [language_menu_button(scene)]
    written = scene.know.languages.choose(scene.guess.code) if scene.guess.certain else None
    if written and written.code != scene.language.code:
        return [Button(f"🌐 {written.name}", encode("speak", written.code, topic.id))]
    return german_buttons(scene, topic)


def german_buttons(scene: Scene, topic: Topic) -> list[Button]:
    """Shows the German text, for the person at the counter."""
    german = topic.articles.get(ORIGIN)
    if scene.language.code == ORIGIN or german is None or not german.written:
        return []
    return [
        Button(
            labelled("📄", scene.language.plain("Show in German")), encode("in", topic.id, ORIGIN)
        )
    ]


def language_menu_button(scene: Scene) -> Button:
    """Opens the choice of languages; two words so that everyone finds it."""
    own = scene.language.plain("Language")
    label = own if own == "Language" else f"{own} · Language"
    return Button(f"🌐 {label}", encode("languages"))
