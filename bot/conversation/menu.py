"""The second way in, for people who do not write: greeting, categories, topics, languages, places."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.content.model import Category, Region, pick
from bot.conversation.answer import human_offices
from bot.conversation.buttons import language_menu_button, region_button, topic_button
from bot.conversation.emergency import last_line
from bot.conversation.events import Button, Say, labelled
from bot.conversation.knowledge import Scene, regions_to_choose, stacked
from bot.conversation.offices import office_card
from bot.conversation.taps import encode
from bot.languages import ORIGIN, SOURCE, Language


def greeting(scene: Scene) -> Say:
    """Who answers here and for whom; in German and English where the language is unknown."""
    if scene.known_language:
        text = _welcome(scene.language)
    else:
        both = [scene.know.languages.choose(code) for code in (ORIGIN, SOURCE)]
        text = Markup("\n\n").join(_welcome(language) for language in both if language)
    return scene.say(text, category_rows(scene))


def _welcome(language: Language) -> Markup:
    words = language.words
    lines = (
        words("<b>Welcome!</b> I am Lotse, a computer program, not a person."),
        words(
            "I answer people who are new in Germany: German courses, recognition of your"
            " profession, housing, health and everyday life."
        ),
        words("Just write your question, in your own words and your own language."),
    )
    return Markup("\n").join(lines)


def help_text(scene: Scene) -> Say:
    """What the bot can do."""
    words = scene.language.words
    languages = ", ".join(language.name for language in scene.know.languages.values())
    text = Markup("\n\n").join(
        (
            _welcome(scene.language),
            words("I speak: {languages}", languages=languages),
            words("My answers come from texts that people have written. I make nothing up."),
        )
    )
    return scene.say(text, category_rows(scene))


def category_rows(scene: Scene) -> list[list[Button]]:
    """All categories that have topics, two in a row, then place and language."""
    buttons = [
        Button(category_label(scene, category), encode("category", category.id))
        for category in open_categories(scene)
    ]
    below = [language_menu_button(scene)]
    if not scene.event.group:
        below.append(region_button(scene))
    return [*stacked(buttons, 2), *stacked(below, 2)]


def open_categories(scene: Scene) -> list[Category]:
    """The categories that are shown and have topics."""
    used = {topic.category for topic in scene.know.catalogue.topics.values()}
    return [c for c in scene.know.catalogue.categories.values() if c.id in used and not c.hidden]


def category_label(scene: Scene, category: Category) -> str:
    """A category's pictogram and title."""
    title = pick(category.title, scene.language.code) or category.id
    return labelled(category.icon, title)


def menu(scene: Scene) -> Say:
    """The categories."""
    return scene.say(scene.language.words("What is it about?"), category_rows(scene))


def category_menu(scene: Scene, category_id: str) -> Say:
    """The topics of a category."""
    category = scene.know.catalogue.categories.get(category_id)
    if category is None:
        return menu(scene)
    topics = [t for t in scene.know.catalogue.topics.values() if t.category == category_id]
    rows = [*stacked([topic_button(scene, t.id) for t in topics]), [back_button(scene)]]
    return scene.say(Markup("<b>{}</b>").format(category_label(scene, category)), rows)


def back_button(scene: Scene) -> Button:
    """Back to the categories."""
    return Button(labelled("☰", scene.language.plain("All topics")), encode("menu"))


def language_menu(scene: Scene) -> Say:
    """Every language by its own name, so that anyone finds theirs."""
    buttons = [
        Button(language.name, encode("speak", language.code, "-"))
        for language in scene.know.languages.values()
    ]
    own = str(scene.language.words("Which language do you want to read?"))
    text = own if scene.language.code == SOURCE else f"{own}\nWhich language do you want to read?"
    return scene.say(Markup(text), stacked(buttons, 2))


def region_menu(scene: Scene, topic_id: str) -> Say:
    """The regions by the names people use."""
    buttons = [
        Button(region_name(scene, region), encode("region", region.id, topic_id))
        for region in regions_to_choose(scene.know)
    ]
    text = scene.language.words("Where do you live? You can also write the name of your town.")
    return scene.say(text, stacked(buttons))


def town_menu(scene: Scene, region: Region, topic_id: str) -> Say:
    """The towns and municipalities of a region."""
    buttons = [
        Button(town.name, encode("town", town.id, topic_id)) for town in region.municipalities
    ]
    return scene.say(scene.language.words("Which town or municipality?"), stacked(buttons, 2))


def region_name(scene: Scene, region: Region) -> str:
    """A region's name in the person's language."""
    return pick(region.name, scene.language.code) or region.id


def people(scene: Scene) -> Say:
    """Who to talk to: the offices that help with anything."""
    words = scene.language.words
    cards = [office_card(scene, office) for office in human_offices(scene)[:2]]
    if cards:
        text = words(
            "I am only a program. These people help you, also with questions I do not know:"
        )
    else:
        text = words("I am only a program.") + " "
        text += words("Tell me where you live, and I name people who help you.")
    rows = [[back_button(scene)]] if cards else [[region_button(scene)], [back_button(scene)]]
    return scene.say(Markup("\n\n").join([text, *cards]), rows)


def unknown(scene: Scene) -> Say:
    """Nothing fits: say so, show the categories and who can help in person, end with 112 · 110."""
    words = scene.language.words
    cards = [office_card(scene, office, brief=True) for office in human_offices(scene)[:1]]
    where = words("Tell me where you live, and I name people who help you.")
    blocks = [
        words("I am sorry, I do not know that. Try other words, or choose a subject below."),
        *([words("These people help you in person:"), *cards] if cards else [where]),
        last_line(scene),
    ]
    return scene.say(Markup("\n\n").join(blocks), category_rows(scene))


def choices(scene: Scene, topics: Sequence[str]) -> Say:
    """Not sure: two or three topics to choose from."""
    buttons = [topic_button(scene, topic) for topic in topics]
    buttons.append(Button(labelled("☰", scene.language.plain("Something else")), encode("none")))
    return scene.say(scene.language.words("What do you mean? Please choose:"), stacked(buttons))
