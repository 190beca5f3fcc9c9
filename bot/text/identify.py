"""Which language a text is in, for languages without content: letter rules, then py3langid.

The answer is None where the text cannot tell (one word, a name, digits, emoji). The language that
a person chose is never changed by it; the bot only offers a button.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# py3langid's normalised probability; below it the answer is a guess.
_FLOOR = 0.7
_OWN_LETTERS = {  # letters that no other language of the same script uses
    "uk": "іїєґ",
    "ru": "ыэъё",
    "fa": "پچژگ",
    "ar": "ةىؤإأ",
    "ku": "êîû",
    "pl": "ąęłńśźż",
    "ro": "ășşțţ",
    "tr": "ğı",
    "de": "ß",
}
_SCRIPTS = {"ARABIC": ("ar", "fa"), "CYRILLIC": ("uk", "ru")}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code and whether it is certain enough to answer in it."""

    code: str | None
    certain: bool


UNKNOWN = Guess(None, certain=False)


# Languages that people here write although there may be no content in them yet: a Polish sentence
# must not be taken for German only because Polish is not offered.
_COMMON = frozenset((
    "ar", "de", "en", "es", "fa", "fr", "it", "ku", "nl", "pl", "pt", "ro", "ru", "sq", "sr", "tr",
    "uk",
))  # fmt: skip


def script_of(text: str) -> str:
    """The script that most letters of a text belong to: 'LATIN', 'ARABIC', …; '' without letters."""
    scripts: Counter[str] = Counter()
    for char, times in Counter(text).items():
        if char.isalpha():
            scripts[unicodedata.name(char, "").partition(" ")[0]] += times
    return scripts.most_common(1)[0][0] if scripts else ""


def owners_of(text: str) -> set[str]:
    """The languages that have letters of their own in a text (in small letters)."""
    return {code for code, own in _OWN_LETTERS.items() if any(letter in text for letter in own)}


class Identifier:
    """Knows a set of languages and tells which of them a text is in."""

    def __init__(self, codes: Collection[str] = ()) -> None:
        """`codes`: languages to choose from beside the common ones."""
        self._codes = frozenset(codes) | _COMMON

    @functools.cached_property
    def _library(self) -> Any:
        """Read when it is first needed: a second of time and 70 MB of memory."""
        library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]
        library.set_languages(sorted(self._codes & set(library.labels)))
        return library

    def guess(self, text: str) -> Guess:
        """The language of the text among those it knows."""
        letters = _WORD.findall(text)
        if not letters:
            return UNKNOWN
        candidates = self._of_script("".join(letters))
        if len(candidates) == 1:
            return Guess(candidates[0], certain=True)
        owner = self._by_letters(text.lower(), candidates)
        if owner:
            return Guess(owner, certain=True)
        code, probability = self._library.classify(" ".join(letters))
        if code not in candidates:
            return UNKNOWN
        return Guess(str(code), certain=len(letters) > 1 and float(probability) >= _FLOOR)

    def _of_script(self, letters: str) -> list[str]:
        """The languages written in the script that most of the letters belong to."""
        main = script_of(letters)
        if main in _SCRIPTS:
            return [code for code in _SCRIPTS[main] if code in self._codes]
        elsewhere = {code for codes in _SCRIPTS.values() for code in codes}
        return sorted(self._codes - elsewhere) if main == "LATIN" else []

    def _by_letters(self, text: str, candidates: Collection[str]) -> str | None:
        """The only candidate whose own letters stand in the text."""
        owners = owners_of(text) & set(candidates)
        return owners.pop() if len(owners) == 1 else None
