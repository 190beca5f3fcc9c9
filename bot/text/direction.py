"""Right-to-left texts: numbers and Latin names keep their own direction.

Telegram has no flag for it: a paragraph follows its first strong character (Unicode Bidirectional
Algorithm, UAX #9, rules P2 and P3), so our texts start in their own script and everything foreign
inside is wrapped in isolates (FSI … PDI, U+2068 … U+2069).
"""

from __future__ import annotations

import re
import unicodedata

FSI = "\u2068"
PDI = "\u2069"
RLM = "\u200f"
# Everything that steers direction, taken out of what people write before it is shown again.
CONTROLS = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)

_LATIN = r"A-Za-zÀ-ɏ0-9"
# A run of Latin words and numbers with what belongs inside: '04261 983-2854', 'Hopfengarten 2'.
_RUN = re.compile(rf"[+§]?[{_LATIN}](?:[{_LATIN}]|[ \u00a0.,:/+&'’§%€@_–-]+(?=[{_LATIN}]))*[%€]?")


def isolate(text: str) -> str:
    """The text wrapped so that it does not change the direction around it."""
    return f"{FSI}{text}{PDI}"


def isolate_latin(text: str) -> str:
    """Wrap each run of Latin letters and numbers in a right-to-left text (no markup inside)."""
    return _RUN.sub(lambda run: isolate(run.group()), text)


def first_strong(text: str) -> str:
    """'rtl', 'ltr', or '' where no character of the text has a direction."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


def without_controls(text: str) -> str:
    """The text without characters that steer its direction."""
    return text.translate(CONTROLS)
