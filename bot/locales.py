"""Is every text of the interface translated? The check of locales/, and the texts in the code."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.content.model import Problem
from bot.languages import SOURCE, default_locales

KEYWORDS = {"words": None, "plain": None, "plural": (1, 2)}
_REMEDY = "Translate it in this file ('python -m bot.locales' brings it up to date first)."


def messages_in_code(package: Path | None = None) -> Catalog:
    """Every message that the code shows to people."""
    package = package or Path(__file__).parent
    catalogue = Catalog(project="lotse", charset="utf-8")
    found = extract_from_dir(
        package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for file, line, message, comments, context in sorted(found, key=lambda item: item[:2]):
        catalogue.add(
            message, locations=[(f"bot/{file}", line)], auto_comments=comments, context=context
        )
    return catalogue


def catalogue_problems(folder: Path | None = None, *, strict: bool = False) -> list[Problem]:
    """What is missing, fuzzy or has other placeholders in each language's catalogue."""
    folder = folder or default_locales()
    wanted = messages_in_code()
    paths = sorted(folder.glob("*/LC_MESSAGES/bot.po"))
    found = [problem for path in paths for problem in _wrong(path, wanted)]
    return [replace(p, severity="error") if strict else p for p in found]


def coverage(language: str, folder: Path | None = None) -> tuple[int, int]:
    """How many texts of the interface are right in a language, and how many there are."""
    wanted = messages_in_code()
    number = sum(1 for message in wanted if message.id)
    if language == SOURCE:
        return number, number
    path = (folder or default_locales()) / language / "LC_MESSAGES" / "bot.po"
    if not path.is_file():
        return 0, number
    return number - len(list(_wrong(path, wanted))), number


def _wrong(path: Path, wanted: Catalog) -> Iterator[Problem]:
    """What is wrong in one catalogue file."""
    name = path.relative_to(path.parents[3]).as_posix()
    with path.open("rb") as file:
        have = read_po(file, locale=path.parents[1].name)
    for message in wanted:
        yield from _compare(message, have, name)


def _compare(message: Message, have: Catalog, name: str) -> Iterator[Problem]:
    if not message.id:
        return
    there = have.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
    texts = (
        [there.string]
        if there and isinstance(there.string, str)
        else list(there.string or ())
        if there
        else []
    )
    text = message.id if isinstance(message.id, str) else message.id[0]
    line = there.lineno or 1 if there else 1
    if there is None or not texts or not all(texts) or there.fuzzy:
        yield Problem(name, line, f"Not translated: “{text}”.", _REMEDY, "warning", "locales")
        return
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = set().union(*(_places(one) for one in ids))
    for translated in texts:
        try:
            places = _places(translated)
        except ValueError:
            places = {"{"}
        if (ids[0] == message.id and places != allowed) or not places <= allowed:
            yield Problem(
                name, line, f"Other placeholders in “{translated}”.",
                f"Use exactly: {', '.join(sorted(allowed)) or 'none'}.", "error", "locales",
            )  # fmt: skip


def _places(text: str) -> set[str]:
    """The named places in a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def update(folder: Path | None = None) -> None:
    """Bring every catalogue up to date with the code; translations that still fit stay."""
    folder = folder or default_locales()
    template = messages_in_code()
    for path in sorted(folder.glob("*/LC_MESSAGES/bot.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parents[1].name)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=99, no_location=True, sort_output=False)


if __name__ == "__main__":
    update()
