"""region.yaml and contacts.yaml → Region and its offices by role."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.content.articles import read_article
from bot.content.model import Article, Certainty, Contact, Municipality, Phone, Region, Rule
from bot.content.reader import Fields, Reader, or_last
from bot.languages import is_language_code

_REGION = [
    "name",
    "order",
    "aliases",
    "municipalities",
    "everywhere",
    "state",
    "interpreter-pool",
    "sources",
    "integreat",
    "controller",
    "imprint",
]
_CONTACT = [
    "id",
    "name",
    "what",
    "address",
    "phone",
    "email",
    "url",
    "hours",
    "languages",
    "municipalities",
    "certainty",
    "state",
    "by",
    "on",
    "review-by",
    "sources",
]
POOL = ("who", "excluded", "days-ahead", "cost", "spoken-only", "how")
_CERTAINTY: tuple[Certainty, ...] = ("current", "dated", "undated")


def read_region(reader: Reader, folder: Path, last: Region | None) -> Region | None:
    """The region in the folder; a broken file leaves its last good state."""
    path = folder / "region.yaml"
    if not path.is_file():
        reader.report(
            path, 1, "The file is missing.", "Every region needs a region.yaml with its name."
        )
        return last
    fields = reader.yaml(path)
    if fields is None:
        return last
    fields.only(_REGION)
    contacts = read_contacts(reader, folder / "contacts.yaml", last.contacts if last else {})
    return Region(
        id=folder.name,
        file=reader.name(path),
        name=fields.texts("name"),
        order=fields.number("order", 50),
        aliases=fields.strings("aliases"),
        municipalities=tuple(_municipality(entry) for entry in fields.entries("municipalities")),
        everywhere=fields.flag("everywhere"),
        contacts=contacts,
        pool=_pool(fields),
        local=_local(reader, folder / "topics", last),
    )


def _pool(region: Fields) -> tuple[Rule, ...]:
    """The rules of the interpreter pool: a text, `unknown`, or `{value: …, source: …}`."""
    if "interpreter-pool" not in region.data:
        return ()
    line = region.lines.get("interpreter-pool", region.line)
    data = region.data["interpreter-pool"]
    rules = Fields(region.reader, region.path, data if isinstance(data, dict) else {}, {}, line)
    rules.only(POOL)
    return tuple(_rule(rules, name) for name in POOL)


def _rule(rules: Fields, name: str) -> Rule:
    value = rules.data.get(name)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    fields = Fields(
        rules.reader, rules.path, value if isinstance(value, dict) else {"value": value}, {},
        rules.line,
    )  # fmt: skip
    fields.only(("value", "source"))
    said = fields.string("value", "unknown")
    return Rule(name, None if said == "unknown" else said, fields.string("source"))


def _municipality(entry: Fields) -> Municipality:
    entry.only(("id", "name", "aliases"))
    return Municipality(
        id=entry.string("id", required=True),
        name=entry.string("name", required=True),
        aliases=entry.strings("aliases"),
    )


def _local(reader: Reader, folder: Path, last: Region | None) -> Mapping[tuple[str, str], Article]:
    """The lines that a region adds to articles, by topic and language."""
    found: dict[tuple[str, str], Article] = {}
    for path in sorted(folder.glob("*/*/*.md")):
        if not is_language_code(path.stem):
            continue
        key = (path.parent.relative_to(folder).as_posix(), path.stem)
        article = read_article(reader, path, key[0], local=True)
        kept = or_last(article, last.local.get(key) if last else None)
        if kept:
            found[key] = kept
    return found


def read_contacts(
    reader: Reader, path: Path, last: Mapping[str, tuple[Contact, ...]]
) -> Mapping[str, tuple[Contact, ...]]:
    """Role → offices. An office with several roles stands once; other roles name its id."""
    if not path.is_file():
        return {}
    fields = reader.yaml(path)
    if fields is None:
        return last
    by_id: dict[str, Contact] = {}
    for role in fields.data:
        for entry in _offices(fields, str(role)):
            contact = _contact(entry)
            if contact.id in by_id:
                entry.report(
                    "", f"The id '{contact.id}' stands twice.", "Give each office its own."
                )
            by_id[contact.id] = contact
    return {
        str(role): _resolve(fields, str(role), items, by_id)
        for role, items in fields.data.items()
        if isinstance(items, list)
    }


def _offices(fields: Fields, role: str) -> list[Fields]:
    """The offices written out under a role."""
    items = fields.data[role]
    if not isinstance(items, list):
        fields.report(role, f"The role '{role}' has no list of offices.", "Begin each with '- '.")
        return []
    line = fields.lines.get(role, 1)
    return [
        Fields(fields.reader, fields.path, item, {}, line)
        for item in items
        if isinstance(item, dict)
    ]


def _resolve(
    fields: Fields, role: str, items: list[object], by_id: Mapping[str, Contact]
) -> tuple[Contact, ...]:
    found: list[Contact] = []
    for item in items:
        wanted = str(item.get("id", item.get("name"))) if isinstance(item, dict) else str(item)
        if wanted in by_id:
            found.append(by_id[wanted])
        else:
            fields.report(
                role, f"No office has the id '{wanted}'.", "Correct it, or write the office out."
            )
    return tuple(found)


def _contact(entry: Fields) -> Contact:
    entry.only(_CONTACT)
    name = entry.string("name", required=True)
    hours = entry.data.get("hours")
    opening = Fields(
        entry.reader, entry.path, hours if isinstance(hours, dict) else {}, {}, entry.line
    )
    opening.only(("visit", "phone"))
    return Contact(
        id=entry.string("id") or name,
        name=name,
        file=entry.reader.name(entry.path),
        line=entry.line,
        what=entry.texts("what"),
        address=entry.string("address"),
        phones=_phones(entry),
        email=entry.string("email"),
        url=entry.string("url"),
        visit=opening.hours("visit") if isinstance(hours, dict) else entry.hours("hours"),
        call=opening.hours("phone"),
        languages=entry.strings("languages"),
        municipalities=entry.strings("municipalities"),
        certainty=entry.one_of("certainty", _CERTAINTY, "undated"),
        review=entry.review(),
        sources=entry.sources(),
    )


def _phones(entry: Fields) -> tuple[Phone, ...]:
    """Numbers, each a text or a mapping with purpose, languages and hours."""
    value = entry.data.get("phone")
    items = value if isinstance(value, list) else [] if value is None else [value]
    phones: list[Phone] = []
    for item in items:
        data = item if isinstance(item, dict) else {"number": item}
        fields = Fields(entry.reader, entry.path, data, {}, entry.line)
        fields.only(("number", "for", "languages", "hours"))
        number = fields.string("number", required=True)
        if number:
            phones.append(
                Phone(
                    number, fields.texts("for"), fields.strings("languages"), fields.hours("hours")
                )
            )
    return tuple(phones)
