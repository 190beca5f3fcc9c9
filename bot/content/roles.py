"""`{sprachmittlerpool}` in a text: the office that has this role where the reader lives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_ROLE = re.compile(r"\{([a-z][a-z0-9-]*)\}")


def roles_in(markdown: str) -> Iterator[str]:
    """The roles that a text names."""
    return (match[1] for match in _ROLE.finditer(markdown))


def fill_roles(markdown: str, name: Callable[[str], str]) -> str:
    """The text with each role replaced by what `name` calls it."""
    return _ROLE.sub(lambda match: name(match[1]), markdown)
