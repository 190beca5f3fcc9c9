"""Folding: what people type, made equal where they mean the same.

`rapidfuzz.utils.default_process` tears vocalised Arabic into letters and FTS5 knows no Persian ی,
so matching starts here. Folding is idempotent, takes time linear in the length of the text, and
never empties a text that has letters.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4096  # characters of one Telegram message


class _Marks(dict[int, int | None]):
    """What becomes of a character when marks go: None for a mark, else itself; found when needed."""

    def __missing__(self, code: int) -> int | None:
        mark = unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")
        self[code] = None if mark else code
        return self[code]


_MARKS = _Marks()  # a cache: what Unicode says about a character never changes


class _Letters(dict[int, str | int | None]):
    """What a letter becomes; digits of any script become 0–9, everything else stays."""

    def __missing__(self, code: int) -> str | int | None:
        digit = unicodedata.digit(chr(code), -1)
        self[code] = code if digit < 0 else str(digit)
        return self[code]


# One letter for those that a wrong keyboard, a missing hamza or a neighbour language swaps.
_TABLE: dict[str, str | int | None] = (
    {
        # Arabic script: hamza seats, alef maksura, Persian and Urdu forms, Kurdish forms
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ې": "ي", "ے": "ي",
        "ێ": "ي", "ؤ": "و", "ۆ": "و", "ۇ": "و", "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ک": "ك",
        "گ": "ك", "ڪ": "ك", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڵ": "ل", "ڕ": "ر", "ـ": None,
        "ء": None,
        # Cyrillic: Ukrainian, Russian and what stands between them
        "ы": "и", "і": "и", "ї": "и", "й": "и", "ё": "е", "є": "е", "э": "е", "ґ": "г", "ъ": None,
        "ь": None, "ў": "у",
        # Latin letters without a decomposition
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
        "ß": "ss", "ə": "e", "ħ": "h", "’": None, "'": None, "ʼ": None, "`": None,
    }
)  # fmt: skip
_LETTERS = _Letters(str.maketrans(_TABLE))
_LONG_RUN = re.compile(r"(\w)\1{2,}")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text in small basic letters, words separated by single spaces.

    Marks above and below letters go, digits become 0–9, letters repeated three times or more
    become one ("hallooo"), everything that is neither letter nor digit becomes a space.
    """
    # Marks go before the decomposition: sorting thousands of them on one letter is quadratic.
    bare = text[:LONGEST].translate(_MARKS)
    plain = unicodedata.normalize("NFKD", bare).casefold().translate(_MARKS).translate(_LETTERS)
    folded = _NOT_WORD.sub(" ", _LONG_RUN.sub(r"\1", plain)).strip()
    return folded or _NOT_WORD.sub(" ", bare.casefold()).strip()


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()
