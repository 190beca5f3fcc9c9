"""`ask`: the conversation in a terminal, with what decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from bot.conversation.events import Asked, Button, Say
from bot.conversation.handle import handle
from bot.conversation.knowledge import Knowledge, build_knowledge
from bot.errors import SettingsError
from bot.languages import default_locales, load_languages
from bot.matching.ready import open_content
from bot.settings import Settings
from bot.store.model import Chat
from bot.text.direction import without_controls
from bot.text.html import to_plain


def answer_lines(
    settings: Settings, question: str, language: str | None, region: str | None, *, explain: bool
) -> Iterator[str]:
    """The lines of the answer to a question. Raises SettingsError for unknown options."""
    catalogue, matcher = open_content(settings.content)
    languages = load_languages(default_locales())
    know = build_knowledge(catalogue, languages, settings.show, settings.region, matcher)
    _expect(language, know.languages, "--language")
    _expect(region or settings.region, know.catalogue.regions, "--region")
    chat = Chat(1, language=language, region=region)
    turn = handle(Asked(1, 0, text=question), chat, know, date.today())  # noqa: DTZ011  # a local day
    for action in turn.actions:
        if isinstance(action, Say):
            yield without_controls(to_plain(str(action.html)))
            yield from (f"  [{_label(row)}]" for row in action.rows)
            yield ""
    if explain:
        yield from _explain(know, question, language)


def _label(row: Sequence[Button]) -> str:
    return "] [".join(button.label for button in row)


def _expect(wanted: str | None, known: Collection[str], option: str) -> None:
    if wanted is not None and wanted not in known:
        raise SettingsError(
            f"'{wanted}' is not known",
            where=option,
            remedy=f"Known are: {', '.join(known)}.",
        )


def _explain(know: Knowledge, question: str, language: str | None) -> Iterator[str]:
    """What the matcher saw: kind, topics with their certainty, which words decided, and the nearest
    ways of asking."""
    match = know.matcher.match(question, language)
    sure = "certain" if match.language.certain else "not certain"
    yield f"--- {match.kind}; language: {match.language.code} ({sure})"
    if match.alarm:
        yield f"    emergency ({match.alarm.probability:.2f}), near “{match.alarm.phrase}”"
    for topic, score in zip(match.topics, match.scores, strict=True):
        yield f"    {score:.2f}  {topic}"
    if match.topics:
        for word, worth in know.matcher.weigh(question, match.topics[0], language):
            yield f"    {worth:+.2f}  “{word}” for {match.topics[0]}"
    for item in match.near:
        yield f"    near {item.nearness:.2f}  {item.topic or 'none'}: {item.text}"
