"""The bot's profile: commands, descriptions and names, for each scope and language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.standin.chats import Json
from bot.standin.errors import bad_request

TextKind = Literal["name", "description", "short_description"]

_LIMITS: Mapping[TextKind, int] = {"name": 64, "description": 512, "short_description": 120}
_MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_DESCRIPTION_LIMIT = 256
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES: Mapping[str, Sequence[str]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def scope_key(scope: Any) -> str:
    """A BotCommandScope as a key. Raises ApiError on one that is none."""
    if scope is None:
        scope = {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(scope.get("type", ""))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    places = [str(scope.get(name, "")) for name in _SCOPES[kind]]
    if not all(places):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    return json.dumps([kind, *places])


def checked_language(code: str) -> str:
    """A language of the profile: empty, or two small letters."""
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def checked_commands(commands: Any) -> list[Json]:
    """A list of BotCommands. Raises ApiError."""
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(command) for command in commands]


def _checked_command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, text = command.get("command"), command.get("description")
    if not isinstance(name, str) or not isinstance(text, str):
        missing = "command" if not isinstance(name, str) else "description"
        raise bad_request(f"can't parse BotCommand: Can't find field \"{missing}\"")
    name = name.removeprefix("/")
    if not name:
        raise bad_request("command must be non-empty")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not text.strip():
        raise bad_request("command description must be non-empty")
    if len(text) > _DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}


class Profile:
    """What people see of the bot before they write to it."""

    def __init__(self, name: str) -> None:
        self._commands: dict[tuple[str, str], list[Json]] = {}
        self._texts: dict[tuple[TextKind, str], str] = {("name", ""): name}
        self.menu_buttons: dict[int | None, Json] = {}

    def set_commands(self, scope: str, language: str, commands: list[Json]) -> None:
        """Set the commands of one scope and language; none deletes them."""
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: str, language: str) -> list[Json]:
        """The commands of exactly this scope and language."""
        return self._commands.get((scope, language), [])

    def all_commands(self) -> list[Json]:
        """Everything that was set, for whoever looks on."""
        return [
            {"scope": json.loads(scope), "language_code": language, "commands": commands}
            for (scope, language), commands in self._commands.items()
        ]

    def shown_commands(self, chat_id: int, *, private: bool, language: str | None) -> list[Json]:
        """The commands that somebody sees: the narrowest scope, there the own language first."""
        wide = "all_private_chats" if private else "all_group_chats"
        scopes = (["chat", str(chat_id)], [wide], ["default"])
        code = (language or "")[:2]
        for scope in map(json.dumps, scopes):
            for wanted in dict.fromkeys((code, "")):
                if found := self._commands.get((scope, wanted)):
                    return found
        return []

    def set_text(self, kind: TextKind, language: str, text: str) -> None:
        """Set a name or description; an empty one deletes it."""
        if len(text) > _LIMITS[kind]:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        if text:
            self._texts[kind, language] = text
        else:
            self._texts.pop((kind, language), None)

    def text(self, kind: TextKind, language: str) -> str:
        """The text for a language, else the one for all others."""
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def all_texts(self) -> list[Json]:
        """Every text that was set."""
        return [
            {"kind": kind, "language_code": language, "text": text}
            for (kind, language), text in self._texts.items()
        ]
