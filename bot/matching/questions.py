"""The development questions: messages composed apart from content/, with what they are about.

`tests/questions/LANGUAGE.jsonl`: `text, topic, also, style` on each line; `topic` is "none" where
nothing should be answered, `also` lists other topics that would be right. Beside them
`emergency/LANGUAGE.yaml`: `alarms` by topic and `harmless` messages that look like them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import SettingsError
from bot.matching.model import EMERGENCY, OUT_OF_SCOPE

STYLES = ("plain", "keywords", "story", "indirect", "spoken", "typos", "mixed", "latin",
          "none", "emergency", "chat")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A message, its language, and the topics that are right for it ('' for none of them)."""

    text: str
    language: str
    right: frozenset[str]
    style: str

    @property
    def in_scope(self) -> bool:
        """Whether some topic answers it."""
        return OUT_OF_SCOPE not in self.right

    @property
    def danger(self) -> bool:
        """Whether somebody is in danger."""
        return any(topic.startswith(EMERGENCY) for topic in self.right)


def read_questions(folder: Path) -> list[Question]:
    """All development questions of a folder. Raises SettingsError where there are none."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise SettingsError(
            "there are no questions in it", where=str(folder),
            remedy="Give the folder with LANGUAGE.jsonl files, say tests/questions.",
        )  # fmt: skip
    return [question for file in files for question in _read(file)]


def _read(file: Path) -> Iterator[Question]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            topics = [row["topic"], *row["also"]]
            right = frozenset(OUT_OF_SCOPE if topic == "none" else topic for topic in topics)
            yield Question(row["text"], file.stem, right, row["style"])
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsError(
                f"this line cannot be read ({error})", where=f"{file}:{number}",
                remedy='Write {"text": …, "topic": …, "also": […], "style": …}.',
            ) from error  # fmt: skip


def read_alarms(folder: Path) -> list[Question]:
    """The messages of `emergency/*.yaml`; styles `alarm` and `harmless`."""
    found = []
    for file in sorted((folder / "emergency").glob("*.yaml")):
        lists = yaml.safe_load(file.read_text(encoding="utf-8"))
        for topic, texts in lists["alarms"].items():
            found += [Question(text, file.stem, frozenset({topic}), "alarm") for text in texts]
        for text in lists["harmless"]:
            found.append(Question(text, file.stem, frozenset(), "harmless"))
    return found
