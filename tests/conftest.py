"""What the tests share: a small content folder that a test may break, and the real one, read once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.load import load
from bot.conversation.knowledge import Knowledge, build_knowledge
from bot.languages import Languages, default_locales, load_languages

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "content"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the small content folder."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture(scope="session")
def languages() -> Languages:
    """The interface's languages."""
    return load_languages(default_locales())


@pytest.fixture(scope="session")
def know(languages: Languages) -> Knowledge:
    """Everything the bot knows with the real content."""
    return build_knowledge(load(ROOT / "content"), languages)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Longer forms of the tests with chance in them."""
    parser.addoption("--kills", type=int, default=20, help="how often the bot is killed")
    parser.addoption("--seed", type=int, default=0, help="repeat a run with its printed seed")
