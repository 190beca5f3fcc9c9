"""What nobody knows yet about a region: questions that somebody at the district can answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.model import Catalogue, Contact, Region
from bot.content.where import line_of


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to find out: of which kind, about what, and where the answer is written down."""

    kind: str
    what: str
    file: str
    line: int = 1


def gaps(catalogue: Catalogue, region: Region) -> Iterator[Gap]:
    """Roles without an office, offices without phone or hours, contacts that may be out of date,
    rules of the interpreter pool that nobody published, facts to confirm."""
    contacts = region.file.replace("region.yaml", "contacts.yaml")
    for role in _needed(catalogue):
        if not catalogue.contacts(role, region, None) and role not in region.contacts:
            yield Gap("office", f"No office has the role '{role}'.", contacts)
    yield from _towns(region, contacts)
    for office in _offices(region):
        line = line_of(catalogue, office.file, office.name)
        if not office.phones:
            yield Gap("phone", f"{office.name}: no phone number.", office.file, line)
        if not office.visit and not office.call:
            yield Gap("hours", f"{office.name}: no opening hours.", office.file, line)
        if office.certainty != "current":
            yield Gap("certainty", f"{office.name}: {_doubt(office)}.", office.file, line)
    for rule in region.pool:
        if rule.value is None:
            yield Gap("pool", f"Interpreter pool, '{rule.name}': unknown.", region.file)
    for topic in catalogue.topics.values():
        for fact in topic.open:
            yield Gap("fact", f"{topic.id}: {fact}", topic.file)


def _needed(catalogue: Catalogue) -> list[str]:
    """The roles that topics name."""
    return list(dict.fromkeys(role for t in catalogue.topics.values() for role in t.contacts))


def _towns(region: Region, file: str) -> Iterator[Gap]:
    """Towns that have no office where others have one of their own."""
    for role, offices in region.contacts.items():
        served = {town for office in offices for town in office.municipalities}
        if served and all(office.municipalities for office in offices):
            for town in region.municipalities:
                if town.id not in served:
                    yield Gap("office", f"No office has the role '{role}' in {town.name}.", file)


def _offices(region: Region) -> Iterator[Contact]:
    yield from dict.fromkeys(office for list_ in region.contacts.values() for office in list_)


def _doubt(office: Contact) -> str:
    newest = max((str(s.published or s.checked or "") for s in office.sources), default="")
    return f"{office.certainty}, newest source {newest or 'without a day'}"
