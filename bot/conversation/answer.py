"""An answer: title, lead, steps, the local office, the source, and how far the text is checked.

It fits one phone screen (about 900 characters); what does not stays behind buttons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from bot.content.model import Article, Contact, Section, Topic, pick
from bot.content.stale import is_stale
from bot.conversation.buttons import answer_rows, more_rows, section_rows, topic_button
from bot.conversation.events import Say
from bot.conversation.knowledge import Scene, stacked
from bot.conversation.offices import day_text, joined, office_card, offices_of
from bot.languages import ORIGIN, SOURCE, Language
from bot.store.model import Chat
from bot.text.html import length, render

SCREEN = 900  # characters


def show_topic(scene: Scene, topic: Topic) -> tuple[Chat, list[Say]]:
    """The first reply to a question about a topic, or the next part where it was shown already."""
    if scene.chat.topic == topic.id and "lead" in scene.chat.shown:
        return show_next(scene, topic)
    article = _shown_article(scene, topic)
    if article is None:
        return scene.chat.about(topic.id, "lead"), [_without_text(scene, topic)]
    parts = ["lead"]
    blocks = _blocks(scene, topic, article)
    steps = article.section("steps")
    if steps:
        with_steps = [*blocks[:1], _section(scene, article, steps), *blocks[1:]]
        if length(_joined(with_steps)) <= SCREEN:
            blocks, parts = with_steps, ["lead", "steps"]
    chat = scene.chat.about(topic.id, *parts)
    return chat, [
        scene.say(_joined(blocks), answer_rows(scene.with_chat(chat), topic, article, parts))
    ]


def show_section(scene: Scene, topic: Topic, section_id: str) -> tuple[Chat, list[Say]]:
    """One section of a topic; where it has none, what else there is and who can say more."""
    article = _shown_article(scene, topic)
    section = article.section(section_id) if article else None
    if article is None or section is None:
        return that_is_all(scene, topic)
    chat = scene.chat.about(topic.id, section_id)
    title = Markup("<b>{}</b>").format(scene.know.title(topic.id, article.language))
    text = _joined([title, _section(scene, article, section)])
    return chat, [scene.say(text, section_rows(scene.with_chat(chat), topic, article))]


def show_next(scene: Scene, topic: Topic) -> tuple[Chat, list[Say]]:
    """The topic was asked for again: the first part that was not shown, never the same twice."""
    article = _shown_article(scene, topic)
    rest = [
        part for part in (article.sections if article else ()) if part.id not in scene.chat.shown
    ]
    return show_section(scene, topic, rest[0].id) if rest else that_is_all(scene, topic)


def that_is_all(scene: Scene, topic: Topic) -> tuple[Chat, list[Say]]:
    """Nothing more is known: say so and name the office that knows."""
    words = scene.language.words
    text = words("That is all I know about this. The office can tell you more:")
    offices = offices_of(scene, topic)[:1] or human_offices(scene)[:1]
    cards = [office_card(scene, office) for office in offices]
    article = scene.article(topic)
    rows = section_rows(scene, topic, article) if article else []
    return scene.chat.about(topic.id), [scene.say(_joined([text, *cards]), rows)]


def show_more(scene: Scene, topic: Topic) -> tuple[Chat, list[Say]]:
    """Everything else about a topic: further offices, all sources, and buttons for every part."""
    cards = [office_card(scene, office, brief=True) for office in offices_of(scene, topic)[1:4]]
    title = Markup("<b>{}</b>").format(scene.know.title(topic.id, scene.language.code))
    sources = joined(
        scene, (source_line(scene, topic, place) for place in range(len(topic.sources)))
    )
    blocks = [title, *cards]
    for block in (sources,):
        if block and length(_joined([*blocks, block])) <= SCREEN * 2:
            blocks.append(block)
    return scene.chat.about(topic.id), [scene.say(_joined(blocks), more_rows(scene, topic))]


def show_in(scene: Scene, topic: Topic, language: Language) -> tuple[Chat, list[Say]]:
    """The topic's text in another language, say in German for the person at the counter."""
    article = topic.articles.get(language.code)
    if article is None or not article.written:
        return that_is_all(scene, topic)
    there = scene.speaking(language)
    article = scene.current(article)
    blocks = _blocks(there, topic, article)
    steps = article.section("steps")
    blocks[1:1] = [_section(there, article, steps)] if steps else []
    return scene.chat, [scene.say(_joined(blocks), section_rows(scene, topic, article))]


def show_word(scene: Scene, word: Topic) -> tuple[Chat, list[Say]] | None:
    """A word from a letter: what it means, what to do next, and the way to its topic.

    None where its text may not be shown.
    """
    article = _shown_article(scene, word)
    if article is None:
        return None
    title = Markup("📖 <b>{}</b>\n").format(article.title)
    blocks = [title + _text(scene, article, article.lead)]
    blocks += [_text(scene, article, section.body) for section in article.sections]
    blocks.append(Markup("<i>{}</i>").format(_honest_line(scene, word, article)))
    rows = stacked([topic_button(scene, topic) for topic in word.related])
    return scene.chat.about(*word.related[:1] or (None,)), [scene.say(_joined(blocks), rows)]


def _shown_article(scene: Scene, topic: Topic) -> Article | None:
    """The article that may be shown; with BOT_SHOW=approved only an approved one."""
    article = scene.article(topic)
    if article and scene.know.show == "approved" and article.review.state != "approved":
        return None
    return article


def _blocks(scene: Scene, topic: Topic, article: Article) -> list[Markup]:
    """Title with lead; the office; source and state. Steps go after the first."""
    title = Markup("<b>{}</b>").format(scene.know.title(topic.id, article.language))
    lead = _joined([title, _text(scene, article, article.lead), *_local_lines(scene, topic)])
    return [lead, *_office_block(scene, topic), _footer(scene, topic, article)]


def _local_lines(scene: Scene, topic: Topic) -> list[Markup]:
    """What the region adds to the article."""
    region = scene.region
    if region is None:
        return []
    for code in (scene.language.code, SOURCE, ORIGIN):
        local = region.local.get((topic.id, code))
        if local and local.lead and _may_show(scene, local):
            return [_text(scene, local, scene.current(local).lead)]
    return []


def _may_show(scene: Scene, article: Article) -> bool:
    return scene.know.show == "all" or article.review.state == "approved"


def _office_block(scene: Scene, topic: Topic) -> list[Markup]:
    """The most helpful office; without a region, why none is named."""
    offices: Sequence[Contact] = offices_of(scene, topic)
    cards = [office_card(scene, offices[0])] if offices else []
    if scene.region is None and topic.contacts and not scene.event.group:
        hint = scene.language.words("Tell me where you live, and I name the office near you.")
        cards.append(Markup("📍 ") + hint)
    return cards


def _footer(scene: Scene, topic: Topic, article: Article) -> Markup:
    """Source with its day, and honestly how far the text is checked."""
    lines = [source_line(scene, topic, 0)] if topic.sources else []
    lines.append(Markup("<i>{}</i>").format(_honest_line(scene, topic, article)))
    return joined(scene, (line for line in lines if line != Markup("<i></i>")))


def source_line(scene: Scene, topic: Topic, place: int) -> Markup:
    """One source with the day on which somebody looked."""
    source = topic.sources[place]
    title = scene.language.embed(source.title)
    link = Markup('<a href="{}">{}</a>').format(source.url, title) if source.url else title
    day = day_text(scene, source.checked)
    words = scene.language.words
    return (
        words("Source: {source} ({day})", source=link, day=day)
        if day
        else words("Source: {source}", source=link)
    )


def _honest_line(scene: Scene, topic: Topic, article: Article) -> Markup:
    """Translated by a machine, not yet approved, older than the German one, missing here."""
    words = scene.language.words
    notes = []
    if article.language != scene.language.code:
        notes.append(words("This text is not there in your language yet."))
    if article.translation == "machine":
        notes.append(words("Translated by a computer."))
    if topic.outdated(article.language):
        notes.append(words("The German text is newer."))
    if is_stale(article, scene.today) and not topic.emergency:
        notes.append(words("It was due for a check, so amounts and deadlines are left out."))
    elif article.review.state != "approved":
        notes.append(words("No office has checked it yet."))
    return Markup(" ").join(notes)


def _section(scene: Scene, article: Article, section: Section) -> Markup:
    heading = Markup("<b>{}</b>\n").format(section.heading)
    return heading + _text(scene, article, section.body)


def _text(scene: Scene, article: Article, markdown: str) -> Markup:
    """Markdown of an article as HTML, in the direction of its own language."""
    language = scene.know.languages.get(article.language, scene.language)
    return render(replace(scene, language=language).fill(markdown), rtl=language.rtl)


def _without_text(scene: Scene, topic: Topic) -> Say:
    """Where a text is missing or not approved: title and category, the topic's office, the source,
    and the advice office that helps with anything."""
    words = scene.language.words
    category = scene.know.catalogue.categories[topic.category].title
    title = Markup("<b>{}</b>").format(scene.know.title(topic.id, scene.language.code))
    area = pick(category, scene.language.code)
    withheld = any(article.written for article in topic.articles.values())
    why = (
        words("The office has not approved my text about this yet.")
        if withheld
        else words("I have no text about this yet.")
    )
    own, advice = offices_of(scene, topic)[:1], human_offices(scene)[:1]
    cards = [office_card(scene, office) for office in dict.fromkeys([*own, *advice])]
    if cards:
        why += " " + words("You get help here:")
    if scene.region is None and not scene.event.group:
        cards.append(
            Markup("📍 ") + words("Tell me where you live, and I name the office near you.")
        )
    sources = [source_line(scene, topic, 0)] if topic.sources else []
    heading = joined(scene, [title, Markup("<i>{}</i>").format(area)]) if area else title
    blocks = [heading, why, *cards, *sources]
    return scene.say(_joined(blocks), answer_rows(scene, topic, None, ["lead"]))


def human_offices(scene: Scene) -> list[Contact]:
    """People to talk to about anything: the coordination office, advice, the administration."""
    roles = ("koordinierungsstelle", "migrationsberatung", "kreisverwaltung")
    catalogue, chat = scene.know.catalogue, scene.chat
    found = [
        o for role in roles for o in catalogue.contacts(role, scene.region, chat.municipality)
    ]
    return list(dict.fromkeys(found))


def _joined(blocks: Sequence[Markup | str]) -> Markup:
    return Markup("\n\n").join(escape(block) for block in blocks if block)
