"""Folding: what people type, made equal where they mean the same.

`rapidfuzz.utils.default_process` tears vocalised Arabic into letters and FTS5 knows no Persian ی,
so matching starts here. Folding is idempotent, takes time linear in the length of the text, and
never empties a text that has letters.
"""

from __future__ import annotations

import re
import sys
import unicodedata

LONGEST = 4096  # characters of one Telegram message

_MARKS = dict.fromkeys(
    code
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")
)
# One letter for those that a wrong keyboard, a missing hamza or a neighbour language swaps.
_LETTERS = str.maketrans(
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
    digits = "".join(
        _digit(char) if char.isdigit() and not char.isascii() else char for char in plain
    )
    folded = _NOT_WORD.sub(" ", _LONG_RUN.sub(r"\1", digits)).strip()
    return folded or _NOT_WORD.sub(" ", bare.casefold()).strip()


def _digit(char: str) -> str:
    value = unicodedata.digit(char, -1)
    return str(value) if value >= 0 else char


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()
