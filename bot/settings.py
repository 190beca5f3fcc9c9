"""The environment, read once into a frozen object."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from starlette.config import Config

from bot.errors import SettingsError

Show = Literal["all", "approved"]
TELEGRAM = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. The README lists the variables.

    A group setting maps a region's id to a chat id; the key `None` holds for every other region.
    """

    token: str = field(default="", repr=False)
    api_url: str = TELEGRAM
    database: Path = Path("data/bot.db")
    content: Path = Path("content")
    region: str | None = None
    username: str | None = None
    show: Show = "all"
    volunteers: Mapping[str | None, int] = field(default_factory=dict)
    interpreters: Mapping[str | None, int] = field(default_factory=dict)
    coordinators: Mapping[str | None, int] = field(default_factory=dict)


def read_settings(
    environ: Mapping[str, str] | None = None, env_file: Path = Path(".env")
) -> Settings:
    """Read the settings from the environment (or `environ`) and from `env_file` where it exists.

    Raises SettingsError naming the variable and the remedy.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # starlette warns where there is no .env; that is normal
        source = env_file if env_file.is_file() else None
        config = Config(source) if environ is None else Config(source, environ=environ)

    def value(name: str) -> str:
        return str(config(name, default="")).strip()

    return Settings(
        token=value("BOT_TOKEN"),
        api_url=_url(value("BOT_API_URL")),
        database=Path(value("BOT_DATABASE") or "data/bot.db"),
        content=Path(value("BOT_CONTENT") or "content"),
        region=value("BOT_REGION") or None,
        username=value("BOT_USERNAME").lstrip("@") or None,
        show=_show(value("BOT_SHOW")),
        volunteers=_groups("BOT_VOLUNTEERS", value("BOT_VOLUNTEERS")),
        interpreters=_groups("BOT_INTERPRETERS", value("BOT_INTERPRETERS")),
        coordinators=_groups("BOT_COORDINATORS", value("BOT_COORDINATORS")),
    )


def _url(text: str) -> str:
    if not text:
        return TELEGRAM
    if not text.startswith(("http://", "https://")):
        raise SettingsError(
            f"'{text}' is no web address",
            where="BOT_API_URL",
            remedy="Write it with http:// or https://, or leave it out for Telegram's own server.",
        )
    return text.rstrip("/")


def _show(text: str) -> Show:
    match text or "all":
        case "all":
            return "all"
        case "approved":
            return "approved"
    raise SettingsError(
        f"'{text}' is not known", where="BOT_SHOW", remedy="Write 'all' or 'approved'."
    )


def _groups(name: str, text: str) -> dict[str | None, int]:
    """`-100123` or `harburg=-100123,braunschweig=-100456`."""
    groups: dict[str | None, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        region, _, chat = part.rpartition("=")
        try:
            groups[region.strip() or None] = int(chat)
        except ValueError:
            raise SettingsError(
                f"'{part}' is not a chat id",
                where=name,
                remedy="Write one number (-100123456) or region=number pairs with commas.",
            ) from None
    return groups
