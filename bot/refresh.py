"""Content that changes while the bot runs: read and learnt anew beside it, then swapped in whole.

The old knowledge answers until the new one is good. A broken file leaves its last good version in
use, a broken folder leaves everything as it was; what is wrong stands in the log.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from bot.content.load import fingerprint, load
from bot.content.model import Catalogue
from bot.conversation.knowledge import Knowledge, build_knowledge
from bot.telegram.service import Service

log = logging.getLogger(__name__)

_LOOK_SECONDS = 5.0


@dataclass(slots=True)
class Refresher:
    """Looks at a content folder from time to time and swaps a service's knowledge."""

    service: Service
    folder: Path
    seconds: float = _LOOK_SECONDS

    async def run(self) -> None:
        """Look until cancelled. A change counts when it has been there for two looks, so that a
        copy under way is not read half."""
        used = seen = await asyncio.to_thread(fingerprint, self.folder)
        while True:
            await asyncio.sleep(self.seconds)
            now = await asyncio.to_thread(fingerprint, self.folder)
            if now != used and now == seen:
                await self._refresh()
                used = now
            seen = now

    async def _refresh(self) -> None:
        old = self.service.know
        try:
            self.service.know = await asyncio.to_thread(_read, self.folder, old)
        except Exception:
            # Whatever an editor's folder holds, people go on getting answers from what was good.
            log.exception("the new content cannot be used; the old one stays")
            return
        log.info("new content is in use")


def _read(folder: Path, old: Knowledge) -> Knowledge:
    catalogue: Catalogue = load(folder, old.catalogue)
    for problem in catalogue.problems:
        log.error("%s", problem)
    return build_knowledge(catalogue, old.languages, old.show, old.region)
