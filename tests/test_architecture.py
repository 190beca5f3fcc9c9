"""The rooms and which of them may know which."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"
# What each room may import from the others. See the picture in the README.
MAY_IMPORT = {
    "errors": set(),
    "settings": {"errors"},
    "text": set(),
    "languages": {"text"},
    "content": {"errors", "languages", "text"},
    "matching": {"content", "errors", "text"},
    "store": {"errors"},
    "conversation": {"content", "languages", "matching", "settings", "store", "text"},
    "telegram": {"content", "conversation", "errors", "languages", "settings", "store", "text"},
    "standin": {"settings"},
    "locales": {"content", "languages"},
}
# The commands put rooms together and may import any.
COMMANDS = {
    "__init__",
    "__main__",
    "bench",
    "cli",
    "demo",
    "evaluate",
    "overview",
    "refresh",
    "run",
    "terminal",
}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(BOT.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The full names of what a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(BOT).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    """No room knows a room that is further along the way of a message."""
    room = path.relative_to(BOT).parts[0].removesuffix(".py")
    if room in COMMANDS:
        return
    others = {name.split(".")[1] for name in imports(path) if name.startswith("bot.")} - {room}
    assert others <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(BOT).as_posix())
def test_only_the_telegram_room_knows_python_telegram_bot(path: Path) -> None:
    """Everything else works without it."""
    if path.relative_to(BOT).parts[0] != "telegram":
        assert not any(name.split(".")[0] == "telegram" for name in imports(path))


def test_the_conversation_is_pure() -> None:
    """No network, no database, no clock, no chance."""
    forbidden = {"sqlite3", "httpx", "asyncio", "time", "random", "socket", "os", "sqlite_utils"}
    for path in (BOT / "conversation").glob("*.py"):
        assert not {name.split(".")[0] for name in imports(path)} & forbidden, path.name
        assert ".now(" not in path.read_text(encoding="utf-8"), path.name
        assert ".today(" not in path.read_text(encoding="utf-8"), path.name


def test_modules_stay_readable() -> None:
    """No module over 350 lines."""
    long = [
        path.name for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > 350
    ]
    assert not long
