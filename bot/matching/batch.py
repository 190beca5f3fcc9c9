"""`match --batch`: JSON Lines in, JSON Lines out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.matching.matcher import Matcher


def match_lines(lines: Iterable[str], matcher: Matcher) -> Iterator[str]:
    """One line of JSON for each line; a broken one yields an `error` and the rest goes on."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, matcher), ensure_ascii=False)


def _answer(line: str, matcher: Matcher) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return {"id": None, "error": f"This line is not JSON: {error}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "This line is not a JSON object with 'id' and 'text'."}
    number, text = asked.get("id"), asked.get("text")
    if not isinstance(text, str):
        return {"id": number, "error": "'text' is missing or not a string."}
    chosen = asked.get("language")
    found = matcher.match(without_surrogates(text), chosen if isinstance(chosen, str) else None)
    return {
        "id": without_surrogates(number) if isinstance(number, str) else number,
        "kind": found.kind,
        "topics": list(found.topics),
        "scores": list(found.scores),
        "language": found.language.code,
    }


def without_surrogates(text: str) -> str:
    """The text with lone surrogates replaced, so that it can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8") if text else text
