"""Loopback only: whoever is elsewhere, or comes by way of a foreign web page, is refused."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.standin.answers import is_served


class Guard:
    """Middleware that looks at the peer, the Host and the Origin. In process nothing is checked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_served(scope) and not _is_local(scope):
            refuse = PlainTextResponse("The stand-in answers on this machine only.\n", 403)
            await refuse(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    peer = (scope.get("client") or ("127.0.0.1", 0))[0]
    origin = headers.get("origin")
    names = [peer, urlsplit(f"//{headers.get('host', '')}").hostname]
    if origin is not None:
        names.append(urlsplit(origin).hostname)
    return all(is_loopback(name) for name in names)


def is_loopback(host: str | None) -> bool:
    """Whether a name or address means this machine."""
    if host is None:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
