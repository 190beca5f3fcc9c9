"""The stand-in as a Starlette app."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route

from bot.standin.api import Api
from bot.standin.guard import Guard
from bot.standin.sim import Sim
from bot.standin.world import World

_PAGE = Path(__file__).parent / "page"
_PAGE_FILES = frozenset(
    {"index.html", "page.css", "page.js", "chat.js", "bubbles.js", "rich.js", "api.js", "words.js",
     "icon.svg"}
)  # fmt: skip


def create_app(world: World, delay: float = 0.0) -> Starlette:
    """The Bot API, `/sim/` and the chat page for a world; each call waits `delay` seconds first.

    Works with a server and without one (`httpx.ASGITransport`). `app.state.close()` ends long polls
    and streams, so that a server can stop at once.
    """
    api, sim = Api(world, delay), Sim(world)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.served = True
        yield

    everything = ["GET", "POST"]
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", api.call, methods=everything),
            Route("/file/bot{token}/{path:path}", api.file),
            Mount("/sim", routes=sim.routes()),
            Route("/", _page),
            Route("/{name}", _page),
        ],
        middleware=[Middleware(Guard)],
        lifespan=lifespan,
    )

    def close() -> None:
        api.poller.close()
        sim.close()

    app.state.close = close
    return app


async def _page(request: Request) -> Response:
    name = request.path_params.get("name", "index.html")
    if name not in _PAGE_FILES:
        return Response("Not Found", 404, media_type="text/plain")
    return FileResponse(_PAGE / name, headers=_PAGE_HEADERS)


_PAGE_HEADERS = {
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
