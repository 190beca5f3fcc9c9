"""content/ → Catalogue. A broken file never takes the bot down: its last good version stays."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.content.articles import read_article
from bot.content.model import Article, Catalogue, Category, Region, Texts, Topic
from bot.content.reader import Reader, or_last
from bot.content.regions import read_region
from bot.errors import ContentError
from bot.languages import ORIGIN, is_language_code

_TOPIC = ("contacts", "related", "sources", "care", "review", "check")
_CATEGORY = ("icon", "order", "hidden", "title")
_CARE = ("normal", "high")


def load(folder: Path, last: Catalogue | None = None) -> Catalogue:
    """Read all of a content folder; what is wrong stands in the catalogue's `problems`.

    `last` is the catalogue of the same folder read before; where a file is broken now, what it
    gave then is used. Raises ContentError where there is no content folder at all.
    """
    if not (folder / "topics").is_dir():
        raise ContentError(
            "there is no folder 'topics' in it",
            where=str(folder),
            remedy="Set BOT_CONTENT (or --content) to the folder that holds topics/ and regions/.",
        )
    reader = Reader(folder)
    last = last or Catalogue()
    categories = _categories(reader, last)
    topics = _topics(reader, last)
    regions = _regions(reader, last)
    roles = _roles(reader, last.roles)
    none = {path.stem: found for path, found in _phrases(reader, last.none)}
    followups = _followups(reader, last.followups)
    spellings = _spellings(reader, last.spellings)
    glossary = _glossary(reader, last)
    return Catalogue(
        topics, categories, regions, roles, none, followups, spellings, glossary,
        tuple(reader.problems), reader.ignored, folder,
    )  # fmt: skip


def fingerprint(folder: Path) -> str:
    """A hash of the names, sizes and times of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        try:
            found = path.stat()
        except OSError:  # it is just being replaced: the next look sees the new one
            continue
        digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _categories(reader: Reader, last: Catalogue) -> dict[str, Category]:
    found: dict[str, Category] = {}
    for folder in _folders(reader.folder / "topics"):
        path = folder / "category.yaml"
        category = _category(reader, path) if path.is_file() else Category(folder.name)
        kept = or_last(category, last.categories.get(folder.name))
        found[folder.name] = kept or Category(folder.name)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def _category(reader: Reader, path: Path) -> Category | None:
    fields = reader.yaml(path)
    if fields is None:
        return None
    fields.only(_CATEGORY)
    return Category(
        id=path.parent.name,
        icon=fields.string("icon"),
        order=fields.number("order", 50),
        hidden=fields.flag("hidden"),
        title=fields.texts("title"),
    )


def _topics(reader: Reader, last: Catalogue) -> dict[str, Topic]:
    found: dict[str, Topic] = {}
    for category in _folders(reader.folder / "topics"):
        for folder in _folders(category):
            topic_id = f"{category.name}/{folder.name}"
            topic = _topic(reader, folder, topic_id, last.topics.get(topic_id))
            if topic.articles:
                found[topic_id] = topic
    return found


def _topic(reader: Reader, folder: Path, topic_id: str, last: Topic | None) -> Topic:
    """A topic; without topic.yaml it has articles and nothing else."""
    path = folder / "topic.yaml"
    articles = _articles(reader, folder, topic_id, last.articles if last else {})
    fields = reader.yaml(path) if path.is_file() else None
    if fields is None:
        kept = last if last and path.is_file() else Topic(topic_id, reader.name(folder))
        return replace(kept, articles=articles)
    fields.only(_TOPIC)
    return Topic(
        id=topic_id,
        file=reader.name(path),
        contacts=fields.strings("contacts"),
        related=fields.strings("related"),
        sources=fields.sources(),
        care="high" if fields.one_of("care", _CARE, "normal") == "high" else "normal",
        open=fields.strings("check"),
        articles=articles,
    )


def _articles(
    reader: Reader, folder: Path, topic_id: str, last: Mapping[str, Article]
) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for path in sorted(folder.glob("*.md")):
        if not is_language_code(path.stem):
            reader.report(
                path,
                1,
                f"'{path.stem}' is no language code.",
                "Name the file like 'de.md' or 'ar.md'.",
            )
            continue
        article = or_last(read_article(reader, path, topic_id), last.get(path.stem))
        if article:
            found[path.stem] = article
    return found


def _glossary(reader: Reader, last: Catalogue) -> dict[str, Topic]:
    """glossary/WORD/LANGUAGE.md: each word as a small topic; its German file names where it leads."""
    found = {}
    for folder in _folders(reader.folder / "glossary"):
        before = last.glossary.get(folder.name)
        articles = _articles(reader, folder, folder.name, before.articles if before else {})
        german = articles.get(ORIGIN)
        leads = german.belongs_to if german else ""
        found[folder.name] = Topic(
            folder.name, reader.name(folder), related=(leads,) if leads else (), articles=articles
        )
    return found


def _regions(reader: Reader, last: Catalogue) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for folder in _folders(reader.folder / "regions"):
        region = read_region(reader, folder, last.regions.get(folder.name))
        if region:
            found[folder.name] = region
    return dict(
        sorted(found.items(), key=lambda item: (item[1].everywhere, item[1].order, item[0]))
    )


def _roles(reader: Reader, last: Mapping[str, Texts]) -> Mapping[str, Texts]:
    path = reader.folder / "roles.yaml"
    if not path.is_file():
        return {}
    fields = reader.yaml(path)
    return last if fields is None else {str(role): fields.texts(str(role)) for role in fields.data}


def _phrases(
    reader: Reader, last: Mapping[str, tuple[str, ...]]
) -> list[tuple[Path, tuple[str, ...]]]:
    found = []
    for path in sorted((reader.folder / "none").glob("*.yaml")):
        fields = reader.yaml(path)
        if fields is not None:
            fields.only(("phrases",))
        found.append(
            (path, last.get(path.stem, ()) if fields is None else fields.strings("phrases"))
        )
    return found


def _followups(
    reader: Reader, last: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for path in sorted((reader.folder / "followups").glob("*.yaml")):
        fields = reader.yaml(path)
        if fields is None:
            found[path.stem] = last.get(path.stem, {})
        else:
            found[path.stem] = {str(part): fields.strings(str(part)) for part in fields.data}
    return found


def _spellings(reader: Reader, last: Mapping[str, Texts]) -> dict[str, Texts]:
    """languages/LANGUAGE.yaml: how the language's letters and Latin spellings sound."""
    found: dict[str, Texts] = {}
    for path in sorted((reader.folder / "languages").glob("*.yaml")):
        fields = reader.yaml(path)
        if fields is None:
            found[path.stem] = last.get(path.stem, {})
        else:
            fields.only(("sounds",))
            found[path.stem] = fields.pairs("sounds")
    return found


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(
        path for path in parent.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
