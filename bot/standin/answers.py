"""Answers, also the broken ones."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.standin.errors import ApiError


def result(value: Any) -> Response:
    """`{"ok": true, "result": …}`."""
    return json_answer({"ok": True, "result": value})


def refusal(error: ApiError) -> Response:
    """`{"ok": false, …}` with the error's own status."""
    headers = {}
    if "retry_after" in error.parameters:
        headers["retry-after"] = str(error.parameters["retry_after"])
    return json_answer(error.body(), error.code, headers)


def json_answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON in UTF-8; half a surrogate pair goes out escaped and not as an error of ours."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = json.dumps(body).encode()
    return Response(content, status, headers, "application/json")


def server_error(code: int) -> Response:
    """What a proxy answers when the server behind it is down: HTML."""
    return HTMLResponse(f"<html><body><h1>{code} Server Error</h1></body></html>\n", code)


def garbage() -> Response:
    """200, and no JSON."""
    return PlainTextResponse('{"ok":true,"result":[{"upd\x00<<<', headers={"x-fault": "garbage"})


async def gone(request: Request) -> None:
    """Return when the client has gone (the body must have been read)."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def is_served(scope: Scope) -> bool:
    """Whether a real server runs the app; in process nobody starts its lifespan."""
    return bool(getattr(scope["app"].state, "served", False))


class NoAnswer(Response):
    """Never answers: holds the connection until the client gives up, or for `seconds`, then 504.

    In process there is no connection to hold, and httpx's ASGITransport knows no timeouts: there the
    client gets at once (or after `seconds`) what it would get at its own timeout.
    """

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(status_code=504)
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_served(scope):
            await asyncio.sleep(self._seconds or 0)
            raise httpx.ReadTimeout("the stand-in gives no answer")
        try:
            async with asyncio.timeout(self._seconds):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            await super().__call__(scope, receive, send)


class HalfAnswer(Response):
    """Announces a whole answer, sends half of it and closes the connection."""

    def __init__(self, whole: Response) -> None:
        super().__init__(whole.body, whole.status_code, media_type="application/json")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_served(scope):
            raise httpx.RemoteProtocolError("the stand-in cut its answer in half")
        start = {"type": "http.response.start", "status": self.status_code}
        await send(start | {"headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        # Returning before the body is complete makes the server close the connection.
