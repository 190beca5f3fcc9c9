"""What a text sounds like in any script: its consonants, in a dozen Latin classes.

Arabic leaves short vowels out, people who type it in Latin letters put them in as they like, and
German office words arrive in Cyrillic and Arabic letters as somebody heard them. Their consonants
agree more or less: "Anmeldung", "анмельдунг" and "انميلدونغ" meet in `nmldnh`. Voices that no
keyboard keeps apart share a class: b and p, g and h and kh, s and sh and z.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_CLUSTERS = {
    "sh": "s", "ch": "s", "kh": "h", "gh": "h", "th": "t", "dh": "d", "ph": "f", "zh": "j",
    "ts": "s", "qu": "k", "дж": "j",
}  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_LAST_H = re.compile(r"(?<=\w)[hه]\b")  # the Arabic feminine ending, written -a, -e or -ah
_DIGIT_IN_WORD = re.compile(r"(?<=[a-z])\d(?=[a-z])|\b\d(?=[a-z]{2})|(?<=[a-z])\d\b")
_CLASSES = {
    "b": "bpبбп", "d": "dدذضظд", "f": "fvفвф", "h": "ghحخغهгх", "j": "jجж", "k": "kqcكقк",
    "l": "lلл", "m": "mмم", "n": "nнن", "r": "rрر", "s": "szسصشزзсцчшщ", "t": "tتطثт",
}  # fmt: skip
_DROPPED = "aeiouywاويعаеиоуюя"
_TABLE = str.maketrans(
    {char: sound for sound, chars in _CLASSES.items() for char in chars}
    | dict.fromkeys(_DROPPED, "")
    | {"x": "ks"}
)
_DOUBLE = re.compile(r"([a-z])\1+")


class Sounds:
    """The general rules and what is peculiar to the languages (content/languages/*.yaml)."""

    def __init__(self, spellings: Mapping[str, str] | None = None) -> None:
        """`spellings`: letters, clusters or digits inside a word → the sound, '' for none."""
        own = {key: value for key, value in (spellings or {}).items() if key}
        self._digits = {key: value for key, value in own.items() if key.isdigit()}
        self._clusters = _CLUSTERS | {k: v for k, v in own.items() if not k.isdigit()}
        longest_first = sorted(map(re.escape, self._clusters), key=lambda part: -len(part))
        self._cluster = re.compile("|".join(longest_first))

    def of(self, folded: str) -> str:
        """The consonants of a folded text, word by word; words without any disappear."""
        text = folded
        if self._digits:
            text = _DIGIT_IN_WORD.sub(lambda digit: self._digits.get(digit[0], digit[0]), text)
        text = self._cluster.sub(lambda found: self._clusters[found[0]], _LAST_H.sub("", text))
        text = _SOFT_C.sub("s", text).translate(_TABLE)
        return " ".join(_DOUBLE.sub(r"\1", text).split())
