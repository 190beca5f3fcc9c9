"""The languages offered: own name, direction, gettext catalogue.

A language is offered when `locales/CODE/LC_MESSAGES/bot.po` exists; English is the language of
the messages in the code and needs no catalogue. Names and directions come from Babel (CLDR).
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from bot.text.direction import isolate

SOURCE = "en"  # the language of the messages in the code
ORIGIN = (
    "de"  # the language the content is written in first; every other one is translated from it
)
_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code (ISO 639), its name in itself, and the direction it is written in."""

    code: str
    name: str
    rtl: bool
    translations: NullTranslations = field(default_factory=NullTranslations, repr=False)

    def words(self, message: str, **values: object) -> Markup:
        """The interface's message in this language, as HTML, with its named places filled in.

        Plain values are escaped; in right-to-left languages they are isolated, so that a phone
        number or a Latin name keeps its own direction.
        """
        return self._fill(self.translations.gettext(message), values)

    def plain(self, message: str, **values: object) -> str:
        """The same as plain text, for buttons and the bot's profile, which know no HTML."""
        return Markup(self.words(message, **values)).unescape()

    def plural(self, one: str, many: str, n: int, **values: object) -> Markup:
        """The message for `n` things; `{n}` may be used in it."""
        return self._fill(self.translations.ngettext(one, many, n), {"n": n, **values})

    def _fill(self, template: str, values: Mapping[str, object]) -> Markup:
        ready = {name: self.embed(value) for name, value in values.items()}
        return Markup(template).format(**ready)

    def embed(self, value: object) -> Markup:
        """A value as HTML that stands safely inside a sentence of this language."""
        html = escape(value)
        return Markup(isolate(html)) if self.rtl else html


def is_language_code(text: str) -> bool:
    """Whether CLDR knows a language with this code ('lang', 'xx' and 'readme' are none)."""
    return bool(_CODE.fullmatch(text)) and _locale(text) is not None


@functools.cache  # parsing a CLDR locale costs milliseconds; the set of codes is small
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None


def describe(code: str, translations: NullTranslations | None = None) -> Language:
    """The Language for a code, with Babel's endonym and direction.

    Raises KeyError for a code that CLDR does not know.
    """
    locale = _locale(code)
    if locale is None:
        raise KeyError(code)
    name = locale.get_language_name(code) or code
    return Language(
        code=code,
        name=name[:1].upper() + name[1:],
        rtl=locale.text_direction == "rtl",
        translations=translations or NullTranslations(),
    )


class Languages(Mapping[str, Language]):
    """The languages in which the interface is there, by code."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = dict(languages)

    def __getitem__(self, code: str) -> Language:
        return self._languages[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)

    def choose(self, *wanted: str | None) -> Language | None:
        """The first of the wanted codes that is offered; 'pt-BR' counts as 'pt'."""
        for code in wanted:
            base = (code or "").split("-")[0].split("_")[0].lower()
            if base in self._languages:
                return self._languages[base]
        return None


def load_languages(folder: Path) -> Languages:
    """Read every catalogue below `locales/`; catalogues are compiled in memory."""
    found = {SOURCE: describe(SOURCE)}
    for path in sorted(folder.glob("*/LC_MESSAGES/bot.po")):
        code = path.parents[1].name
        if is_language_code(code):
            found[code] = describe(code, compile_catalogue(path))
    order = sorted(found, key=lambda code: (code not in (ORIGIN, SOURCE), code))
    return Languages({code: found[code] for code in order})


def compile_catalogue(path: Path) -> GNUTranslations:
    """A `.po` file as ready translations."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parents[1].name)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def default_locales() -> Path:
    """The `locales/` folder that belongs to this copy of the program."""
    return Path(__file__).parent.parent / "locales"
