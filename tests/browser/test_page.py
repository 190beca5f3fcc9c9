"""The chat page in a real Chromium: what a newcomer sees and taps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from bot.conversation.knowledge import Knowledge
from tests.processes.running import BOT, ROOT, bot_env, process, standin

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("chromium is not installed (apt-get install chromium)", allow_module_level=True)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, know: Knowledge) -> Iterator[str]:
    """A stand-in with its page, and the real bot with the real content, learnt before."""
    folder = tmp_path_factory.mktemp("page")
    with (
        standin(folder) as people,
        process(BOT, folder / "bot.log", bot_env(people, folder, ROOT / "content")),
    ):
        yield people.address


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A phone's screen on the chat page."""
    assert CHROMIUM, "CI installs chromium (.ci/run)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 390, "height": 780})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        yield page
        browser.close()
        assert errors == []


def ask(page: Page, text: str) -> Locator:
    """Type and send; gives the place of the next message of the bot."""
    following = page.locator(".bubble.bot").nth(page.locator(".bubble.bot").count())
    page.fill("#message", text)
    page.click("#send")
    return following


def test_an_arabic_answer_runs_right_to_left_and_its_button_works(page: Page) -> None:
    """Ask, read from the right, tap, see the next message."""
    page.select_option("#language", "ar")
    bubble = ask(page, "كيف أحصل على مترجم عند الطبيب؟")
    expect(bubble).to_contain_text("مترجم", timeout=20_000)
    direction = bubble.evaluate(
        """bubble => {
            const inner = [bubble, ...bubble.querySelectorAll('*')]
                .find(node => [...node.childNodes].some(
                    child => child.nodeType === 3 && /[\\u0600-\\u06ff]{3}/.test(child.data)));
            return getComputedStyle(inner).direction;
        }"""
    )
    assert direction == "rtl"
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "arabic.png")
    shown = page.locator(".bubble.bot").count()
    page.locator(".keyboard").last.locator("button").first.click()
    expect(page.locator(".bubble.bot")).to_have_count(shown + 1, timeout=20_000)


def test_the_start_button_greets_in_the_apps_language(page: Page) -> None:
    """An empty chat begins with one tap."""
    page.select_option("#language", "uk")
    before = page.url
    page.get_by_role("button", name="New person").click()
    page.wait_for_url(lambda url: url != before)
    page.get_by_role("button", name="Start").first.click()
    expect(page.locator(".bubble.bot").first).to_contain_text("Ласкаво просимо", timeout=20_000)


def test_the_page_sets_no_cookies_and_loads_nothing_from_elsewhere(page: Page) -> None:
    """A strict content security policy holds."""
    answer = page.request.get(page.url)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert page.context.cookies() == []
