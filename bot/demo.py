"""`try`: the stand-in with its chat page, and the real bot against it, in one process."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
import webbrowser
from dataclasses import replace
from pathlib import Path

import click
import uvicorn

from bot.run import load_knowledge, on_signals, serve, set_up_logging
from bot.settings import Settings
from bot.standin import World, create_app
from bot.store.database import Database
from bot.telegram.service import Service, build_bot

LOOPBACK = "127.0.0.1"
_TOKEN = "1:standin"
_GRACE = 2  # seconds for the page's open connections when it ends


async def run_demo(settings: Settings, *, port: int, browser: bool, region: str | None) -> None:
    """Serve the page until Ctrl-C. The database is a new one in a temporary folder."""
    set_up_logging()
    listening = socket.create_server((LOOPBACK, port))
    address = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    settings = replace(settings, token=_TOKEN, api_url=address, region=region or settings.region)
    know = load_knowledge(settings)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(World(token=_TOKEN)), log_level="warning", timeout_graceful_shutdown=_GRACE
        )
    )
    stop = asyncio.Event()
    with tempfile.TemporaryDirectory(prefix="lotse-") as folder:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await _started(server)
        click.echo(f"Lotse is ready: {address}   (Ctrl-C ends it)")
        if browser:
            webbrowser.open(address)
        async with Database(Path(folder) / "bot.db") as store:
            with on_signals(stop):
                await serve(Service(build_bot(settings), store, know, time.time), settings, stop)
        server.should_exit = True
        await serving


async def _started(server: uvicorn.Server) -> None:
    while not server.started:  # noqa: ASYNC110  # uvicorn has a flag, no event
        await asyncio.sleep(0.02)
