"""Where in a file a word stands, for problems that a check finds after reading."""

from __future__ import annotations

from bot.content.model import Catalogue


def line_of(catalogue: Catalogue, file: str, word: str) -> int:
    """The first line of the file (named from the content folder on) with the word; else 1."""
    path = catalogue.folder.parent / file
    if not path.is_file():
        return 1
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), 1)
