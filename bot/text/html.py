"""Markdown of an article → the HTML that Telegram takes, and how long a text is for Telegram.

Telegram knows no headings, lists or paragraphs (Bot API, "HTML style"): headings become bold
lines, list items lines with a number or a bullet, everything else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.text.direction import isolate_latin

LIMIT = 4096  # UTF-16 units of one message after the entities are parsed
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_INLINE = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "\n",
}


def length(html: str) -> int:
    """UTF-16 units that the reader sees: tags count nothing, `&amp;` counts one."""
    visible = _ENTITY.sub("x", _TAG.sub("", html))
    return len(visible.encode("utf-16-le", "surrogatepass")) // 2


def render(markdown: str, *, rtl: bool = False) -> Markup:
    """The Markdown as Telegram HTML; in right-to-left texts Latin runs and numbers are isolated."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return Markup(_Writer(rtl).blocks(parser.parse(markdown)))


class _Writer:
    """Walks over the tokens of one text and keeps where it is in its lists."""

    def __init__(self, rtl: bool) -> None:
        self._rtl = rtl
        self._out: list[str] = []
        self._lists: list[int | None] = []  # the next number, or None for bullets

    def blocks(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._block(token)
        text = "".join(self._out)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def _block(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._out.append(self._inline(token.children or []))
            case "heading_open":
                self._out.append("\n\n<b>")
            case "heading_close":
                self._out.append("</b>\n")
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self._lists.pop()
                self._out.append("\n")
            case "list_item_open":
                self._out.append(self._mark())
            case "paragraph_close":
                self._out.append("\n" if self._lists else "\n\n")
            case "fence" | "code_block" | "html_block":
                self._out.append(f"{escape(token.content)}\n")

    def _mark(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "\n• " if not self._out or not self._out[-1].endswith("\n") else "• "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _inline(self, tokens: Sequence[Token]) -> str:
        return "".join(self._span(token) for token in tokens)

    def _span(self, token: Token) -> str:
        if token.type == "link_open":
            return f'<a href="{escape(str(token.attrs.get("href", "")))}">'
        if token.type in _INLINE:
            return _INLINE[token.type]
        plain = token.content
        return str(escape(isolate_latin(plain) if self._rtl else plain))


def to_plain(html: str) -> str:
    """The HTML as plain text for a terminal or where Telegram refused the markup."""
    links = re.sub(r'<a href="([^"]*)">(.*?)</a>', _spell_out, html, flags=re.DOTALL)
    return Markup(_TAG.sub("", links)).unescape()


def _spell_out(link: re.Match[str]) -> str:
    address, label = link.group(1), link.group(2)
    return label if label in address else f"{label} ({address})"
