"""`run`: the bot as a service; logs to standard error, ends on SIGTERM with status 0."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import time
from collections.abc import Iterator

from bot.conversation.knowledge import Knowledge, build_knowledge
from bot.errors import SettingsError
from bot.languages import default_locales, load_languages
from bot.matching.ready import open_content
from bot.refresh import Refresher
from bot.settings import TELEGRAM, Settings
from bot.store.database import Database
from bot.telegram.service import Service, build_bot, end

log = logging.getLogger(__name__)


async def run_bot(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises LotseError where it cannot begin."""
    set_up_logging()
    if not settings.token and settings.api_url == TELEGRAM:
        raise SettingsError(
            "the bot's token is missing",
            where="BOT_TOKEN",
            remedy="Get one from @BotFather and set it; to try without Telegram: python -m bot try.",
        )
    know = load_knowledge(settings)
    stop = asyncio.Event()
    async with Database(settings.database) as store:
        with on_signals(stop):
            log.info("answering in %s", ", ".join(know.languages))
            await serve(Service(build_bot(settings), store, know, time.time), settings, stop)
    log.info("stopped")


async def serve(service: Service, settings: Settings, stop: asyncio.Event) -> None:
    """Run the service, and take over new content while it runs."""
    refreshing = asyncio.create_task(Refresher(service, settings.content).run())
    try:
        await service.run(stop)
    finally:
        await end(refreshing)


def load_knowledge(settings: Settings) -> Knowledge:
    """Everything the bot knows, from files. Raises LotseError where there is none, or no such region."""
    catalogue, matcher = open_content(settings.content)
    for problem in catalogue.problems:
        log.error("%s", problem)
    if settings.region is not None and settings.region not in catalogue.regions:
        raise SettingsError(
            f"'{settings.region}' is not known",
            where="BOT_REGION",
            remedy=f"Known are: {', '.join(catalogue.regions)}.",
        )
    languages = load_languages(default_locales())
    return build_knowledge(catalogue, languages, settings.show, settings.region, matcher)


@contextlib.contextmanager
def on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` when the process is asked to end."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in asyncio
            loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in signals:
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)


def set_up_logging() -> None:
    """Log to standard error; httpx's lines hold the address with the token, so they stay silent."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
