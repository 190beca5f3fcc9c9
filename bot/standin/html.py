"""Telegram's HTML: a short list of tags, and refusals in Telegram's words.

The rules were checked against tdlib's `MessageEntity.cpp` (July 2026); offsets in refusals count
bytes of UTF-8, offsets of entities UTF-16 units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

from bot.standin.errors import bad_request
from bot.standin.links import checked_link, user_of_link
from bot.standin.text import Entity, Formatted, is_utf8, units

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "blockquote": "blockquote", "code": "code",
    "pre": "pre", "a": "text_link", "tg-emoji": "custom_emoji",
}  # fmt: skip
# The attribute that a tag listens to; every other one is read and forgotten.
_ATTRIBUTES = {
    "a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id",
    "blockquote": "expandable",
}  # fmt: skip
_PREFIXES = {"code": "language-", "span": "tg-"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_END = "\0"


@dataclass(frozen=True, slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int  # in UTF-16 units
    begin: int  # in the text so far


def parse_html(source: str) -> Formatted:
    """The text without tags, and its entities. Raises ApiError (400) like Telegram."""
    return _Parser(source).run()


class _Parser:
    """One pass over the source; `_pos` is where it stands."""

    def __init__(self, source: str) -> None:
        if not is_utf8(source):
            raise bad_request("strings must be encoded in UTF-8")
        self._source = source.replace(_END, " ")
        self._pos = 0
        self._out: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> Formatted:
        while self._pos < len(self._source):
            char = self._peek()
            if char != "<":
                self._write(self._character(char))
            elif self._peek(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            self._refuse(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"', None
            )
        text = "".join(self._out)
        if not is_utf8(text):
            self._refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, check for"
                " unmatched surrogate code units",
                None,
            )
        order = sorted(self._entities, key=lambda e: (e["offset"], -e["length"]))
        for entity in order:
            entity.pop("_language", None)
        return Formatted(text, tuple(order))

    # --- characters

    def _peek(self, ahead: int = 0) -> str:
        place = self._pos + ahead
        return self._source[place] if place < len(self._source) else _END

    def _write(self, char: str) -> None:
        self._out.append(char)
        self._units += units(char)

    def _character(self, char: str) -> str:
        """The character here, decoded where it is `&…;`; moves on."""
        if char == "&":
            decoded = self._reference()
            if decoded:
                return decoded
        self._pos += 1
        return char

    def _reference(self) -> str | None:
        """`&lt;` or `&#…;`, its semicolon optional; None (and no move) where it is neither."""
        end = self._pos + 1
        if self._peek(1) == "#":
            base, end = (16, end + 2) if self._peek(2) == "x" else (10, end + 1)
            digits = "0123456789abcdefABCDEF" if base == 16 else "0123456789"
            begin, end = end, self._run_of(end, digits)
            if end - self._pos >= 10:
                return None
            code = int(self._source[begin:end] or "0", base)
            if code == 0 or code >= 0x10FFFF:
                return None
            char = chr(code)
        else:
            begin = end
            while end < len(self._source) and self._source[end].isascii():
                if not self._source[end].isalpha():
                    break
                end += 1
            char = _NAMED.get(self._source[begin:end], "")
            if not char:
                return None
        self._pos = end + (self._source[end : end + 1] == ";")
        return char

    def _run_of(self, start: int, allowed: str) -> int:
        while start < len(self._source) and self._source[start] in allowed:
            start += 1
        return start

    def _skip_space(self) -> None:
        while self._peek() != _END and self._peek() in _SPACE:
            self._pos += 1

    def _until(self, stops: str) -> str:
        begin = self._pos
        while self._peek() not in stops:
            self._pos += 1
        return self._source[begin : self._pos]

    # --- tags

    def _start_tag(self) -> None:
        begin = self._pos
        self._pos += 1
        tag = self._until(_SPACE + ">").lower()
        if self._peek() == _END:
            self._refuse("Unclosed start tag", begin)
        if tag not in _KINDS:
            self._refuse(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value, argument)
        self._pos += 1
        if tag == "span" and argument != "spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, argument, self._units, len(self._out)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(_SPACE + "=>/\"'")
        if not name:
            self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if self._peek() != "=":
            if self._peek() == _END:
                self._refuse(f'Unclosed start tag "{tag}"', begin)
            return name, ""
        self._pos += 1
        self._skip_space()
        if self._peek() == _END:
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "\"'" else self._name_token()
        if self._peek() == _END:
            self._refuse("Unclosed start tag", begin)
        return name, value

    def _quoted(self) -> str:
        quote = self._peek()
        self._pos += 1
        value = []
        while self._peek() not in (quote, _END):
            value.append(self._character(self._peek()))
        if self._peek() == quote:
            self._pos += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self._pos
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in ".-"):
            self._pos += 1
        if self._peek() not in _SPACE + ">":
            self._refuse("Unexpected end of name token", begin)
        return self._source[begin : self._pos].lower()

    def _end_tag(self) -> None:
        begin = self._pos
        if not self._open:
            self._refuse("Unexpected end tag", begin)
        self._pos += 2
        found = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            self._refuse("Unclosed end tag", begin)
        self._pos += 1
        tag = self._open[-1].tag
        if found not in ("", tag):
            self._refuse("Unmatched end tag", begin, f', expected "</{tag}>", found "</{found}>"')
        self._close(self._open.pop())

    def _close(self, start: _Open) -> None:
        length = self._units - start.offset
        if not length:
            return
        place = {"offset": start.offset, "length": length}
        last = self._entities[-1] if self._entities else {}
        same = all(last.get(key) == value for key, value in place.items())
        match start.tag:
            case "a":
                inside = "".join(self._out[start.begin :])
                self._entities.extend(_link(start.argument or inside, place))
            case "pre" if same and last.get("type") == "code" and last.get("_language"):
                last |= {"type": "pre", "language": last["_language"]}
            case "code" if same and last.get("type") == "pre" and start.argument:
                last |= {"language": start.argument}
            case "code":
                self._entities.append({"type": "code", **place, "_language": start.argument})
            case "blockquote" if start.argument:
                self._entities.append({"type": "expandable_blockquote", **place})
            case "tg-emoji":
                self._entities.append(_emoji(start.argument, place))
            case tag:
                self._entities.append({"type": _KINDS[tag], **place})

    def _refuse(self, what: str, begin: int | None, rest: str = "") -> NoReturn:
        where = ""
        if begin is not None:
            where = f" at byte offset {len(self._source[:begin].encode())}"
        raise bad_request(f"can't parse entities: {what}{where}{rest}")


def _argument(tag: str, name: str, value: str, before: str) -> str:
    """What the tag keeps of an attribute."""
    if _ATTRIBUTES.get(tag) != name:
        return before
    if tag == "blockquote":
        return "1"
    prefix = _PREFIXES.get(tag, "")
    return value.removeprefix(prefix) if value.startswith(prefix) else before


def _link(url: str, place: dict[str, int]) -> list[Entity]:
    """A link, a mention of a person, or nothing: then the words stay plain text."""
    user_id = user_of_link(url)
    if user_id is not None:
        return [{"type": "text_mention", **place, "user": {"id": user_id}}]
    address = checked_link(url)
    return [{"type": "text_link", **place, "url": address}] if address else []


def _emoji(identifier: str, place: dict[str, int]) -> dict[str, Any]:
    if (
        not identifier.isascii()
        or not identifier.isdigit()
        or not 0 < len(identifier.lstrip("0")) < 20
    ):
        raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", **place, "custom_emoji_id": identifier}
