"""Reading one YAML or Markdown file: values with their line, problems instead of exceptions.

YAML 1.1 takes `no`, `yes`, `on`, `off` for truth values (so `lang: no` becomes False); here only
`true` and `false` are, and everything else is the text that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.content.hours import OpeningHours, parse_hours
from bot.content.model import Problem, Review, Severity, Source, State, Texts
from bot.languages import is_language_code

T = TypeVar("T")
_BOOL = "tag:yaml.org,2002:bool"
_STATES: tuple[State, ...] = ("draft", "checked", "approved")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where there is libyaml
    """Safe YAML in which `no` is a word."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag != _BOOL]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass(slots=True)
class Reader:
    """Reads files below one folder and collects what is wrong in them."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    ignored: dict[str, Texts] = field(default_factory=dict)  # file → check → why it is off

    def name(self, path: Path) -> str:
        """The file's name as an editor knows it, from the content folder on."""
        return path.relative_to(self.folder.parent).as_posix()

    def report(
        self, path: Path, line: int, what: str, remedy: str, severity: Severity = "error"
    ) -> None:
        """Write down a problem."""
        self.problems.append(Problem(self.name(path), line, what, remedy, severity))

    def text(self, path: Path) -> str | None:
        """The file's text, or None with a problem where it is not UTF-8 or cannot be read."""
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.report(path, 1, "The file is not UTF-8.", "Save it with the encoding UTF-8.")
        except OSError as error:
            self.report(
                path, 1, f"The file cannot be read ({error.strerror}).", "Check its rights."
            )
        return None

    def yaml(self, path: Path) -> Fields | None:
        """A YAML file whose top is a mapping."""
        text = self.text(path)
        return None if text is None else self.parse(path, text, first_line=1)

    def parse(self, path: Path, text: str, first_line: int) -> Fields | None:
        """YAML text that begins at `first_line` of the file."""
        try:
            loader = _Loader(text)
            node = loader.get_single_node()
            data = loader.construct_document(node) if node else {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = first_line + (mark.line if mark else 0)
            what = getattr(error, "problem", None) or "it cannot be read"
            self.report(
                path,
                line,
                f"The YAML is broken: {what}.",
                "Look at this line and the one above: quotes, colons, and spaces at the start.",
            )
            return None
        if not isinstance(data, dict):
            self.report(path, first_line, "Fields are missing.", "Write lines like 'title: …'.")
            return None
        fields = Fields(self, path, data, _lines(node, first_line), first_line)
        if "ignore" in data:
            self.ignored[self.name(path)] = fields.pairs("ignore")
        return fields

    def front_matter(self, path: Path) -> tuple[Fields, str, int] | None:
        """The fields, the body, and the body's first line of a Markdown file."""
        text = self.text(path)
        if text is None:
            return None
        match = re.match(
            r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", text, re.DOTALL | re.MULTILINE
        )
        if not match:
            self.report(
                path, 1, "The lines between '---' and '---' are missing.", "Begin with them."
            )
            return None
        fields = self.parse(path, match[1], first_line=2)
        if fields is None:
            return None
        body_line = text[: match.end()].count("\n") + 1
        return fields, text[match.end() :], body_line


def _lines(node: yaml.Node | None, first_line: int) -> dict[str, int]:
    """The line of each top field."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {
        str(key.value): key.start_mark.line + first_line
        for key, _ in node.value
        if isinstance(key, yaml.ScalarNode)
    }


@dataclass(slots=True)
class Fields:
    """The fields of one file (or of one entry in it); getters report what does not fit."""

    reader: Reader
    path: Path
    data: Mapping[Any, Any]
    lines: Mapping[str, int]
    line: int = 1

    def report(self, key: str, what: str, remedy: str, severity: Severity = "error") -> None:
        """A problem at the line of a field."""
        self.reader.report(self.path, self.lines.get(key, self.line), what, remedy, severity)

    def only(self, known: Iterable[str]) -> None:
        """Report fields that nobody reads; they are mostly misspelt."""
        allowed = tuple(known)
        for key in self.data:
            if key not in allowed and key != "ignore":
                self.report(
                    str(key),
                    f"The field '{key}' is not known.",
                    f"Known are: {', '.join(allowed)}. The language is the file's name.",
                )

    def string(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text of one line or more."""
        value = self.data.get(key)
        if value is None or value == "":
            if required:
                self.report(key, f"'{key}' is missing.", f"Add a line '{key}: …'.")
            return default
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value).strip()
        self.report(key, f"'{key}' is not a text.", 'Put it between quotes: "…".')
        return default

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.report(
                key, f"'{key}' is not a list.", "Write one line for each, beginning with '- '."
            )
            return ()
        found: list[str] = []
        for item in value:
            if isinstance(item, (dict, list)) or item is None:
                self.report(
                    key,
                    f"An entry of '{key}' is not a text: {item!r}.",
                    'Put it between quotes: "…".',
                )
            else:
                found.append(str(item).strip())
        return tuple(found)

    def pairs(self, key: str) -> Mapping[str, str]:
        """Short texts by short texts: `{sch: s, "7": h}`."""
        value = self.data.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or any(isinstance(v, (dict, list)) for v in value.values()):
            self.report(key, f"'{key}' needs pairs.", "Write '{sch: s, \"7\": h}'.")
            return {}
        return {str(name): "" if text is None else str(text) for name, text in value.items()}

    def texts(self, key: str) -> Texts:
        """A text in several languages: `{de: …, en: …}`."""
        value = self.data.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(text, str) for text in value.values()
        ):
            self.report(key, f"'{key}' needs a text for each language.", "Write '{de: …, en: …}'.")
            return {}
        return self.languages(key, value)

    def languages(self, key: str, value: Mapping[Any, str]) -> Texts:
        """Keep what stands under a language code; report the rest."""
        for code in value:
            if not is_language_code(str(code)):
                self.report(key, f"'{code}' is no language code.", "Write one like 'de' or 'ar'.")
        return {
            str(code): text.strip() for code, text in value.items() if is_language_code(str(code))
        }

    def one_of(self, key: str, allowed: tuple[T, ...], default: T) -> T:
        """One of a few words."""
        value = self.data.get(key, default)
        if value in allowed:
            return allowed[allowed.index(value)]
        if value != default:
            words = ", ".join(str(word) for word in allowed)
            self.report(key, f"'{key}: {value}' is not known.", f"Write one of: {words}.")
        return default

    def flag(self, key: str) -> bool:
        """true or false; absent is false."""
        return self.one_of(key, (True, False), False)

    def number(self, key: str, default: int) -> int:
        """A whole number."""
        value = self.data.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.report(key, f"'{key}' is not a number.", "Write one without quotes.")
        return default

    def day(self, key: str) -> date | None:
        """A day written 2027-05-22."""
        value = self.data.get(key)
        if value is None:
            return None
        if type(value) is date:
            return value
        self.report(key, f"'{key}: {value}' is no day.", "Write it like 2027-05-22.")
        return None

    def hours(self, key: str) -> OpeningHours | None:
        """Opening hours in OpenStreetMap's notation."""
        value = self.data.get(key)
        if value is None:
            return None
        try:
            return parse_hours(str(value))
        except ValueError as error:
            self.report(
                key,
                f"The opening hours '{error}' cannot be read.",
                "Write them like 'Mo-Fr 08:00-16:00; Sa 08:00-13:00' or '24/7'.",
            )
            return None

    def entries(self, key: str) -> list[Fields]:
        """A list of mappings, each as Fields of its own."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.report(
                key, f"'{key}' is not a list.", "Write one entry for each, beginning with '- '."
            )
            return []
        line = self.lines.get(key, self.line)
        good = [item for item in value if isinstance(item, dict)]
        if len(good) < len(value):
            self.report(
                key, f"An entry of '{key}' has no fields.", "Write 'name: value' lines in it."
            )
        return [Fields(self.reader, self.path, item, {}, line) for item in good]

    def sources(self) -> tuple[Source, ...]:
        """The `sources` list; each names its page and the day somebody looked."""
        return tuple(self._source(entry) for entry in self.entries("sources"))

    @staticmethod
    def _source(entry: Fields) -> Source:
        entry.only(("title", "url", "checked", "published"))
        return Source(
            title=entry.string("title", required=True),
            url=entry.string("url"),
            checked=entry.day("checked"),
            published=str(entry.data.get("published", "")),
        )

    def review(self) -> Review:
        """state, by, on, review-by."""
        return Review(
            state=self.one_of("state", _STATES, "draft"),
            by=self.string("by"),
            on=self.day("on"),
            until=self.day("review-by"),
        )


def or_last(fresh: T | None, last: T | None) -> T | None:
    """The fresh value, or the last good one where the file is broken now."""
    return last if fresh is None else fresh
