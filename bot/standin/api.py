"""The Bot API over HTTP: token, fault, method, answer – and the log of calls."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.standin.answers import (
    HalfAnswer,
    NoAnswer,
    garbage,
    gone,
    refusal,
    result,
    server_error,
)
from bot.standin.args import Args
from bot.standin.chats import Json
from bot.standin.errors import ApiError, conflict, too_many
from bot.standin.faults import Blow
from bot.standin.methods import METHODS, NAMES, POLL
from bot.standin.poll import Poller
from bot.standin.state import State
from bot.standin.wire import read_args

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SILENT = ("hang", "garbage", "status", "retry_after")  # nothing is done


class Api:
    """Answers the bot's calls on a world."""

    def __init__(self, world: State, delay: float = 0.0) -> None:
        self._world = world
        self._delay = delay
        self.poller = Poller(world)

    async def call(self, request: Request) -> Response:
        """`/bot{token}/{method}`."""
        if error := self._wrong_token(request.path_params["token"]):
            return refusal(error)
        name = NAMES.get(request.path_params["method"].lower())
        if name is None:
            return refusal(ApiError(404, "Not Found: method not found"))
        try:
            args = await read_args(request)
        except ApiError as error:
            return refusal(error)
        log: Json = {
            "method": name,
            "args": args.readable(),
            "time": self._world.clock(),
            "status": None,  # until it is answered, or for ever where it never is
        }
        self._world.calls.append(log)
        if self._delay:
            await asyncio.sleep(self._delay)
        blow = self._world.faults.strike(name, args.chat_id())
        if blow is not None:
            log["fault"] = blow.fault.kind
        response = await self._answer(request, name, args, blow, log)
        if not isinstance(response, NoAnswer):
            log["status"] = response.status_code
        return response

    async def file(self, request: Request) -> Response:
        """`/file/bot{token}/{path}`."""
        if error := self._wrong_token(request.path_params["token"]):
            return refusal(error)
        file = self._world.files.at(request.path_params["path"])
        if file is None:
            return refusal(ApiError(404, "Not Found"))
        return Response(file.content, media_type="application/octet-stream")

    def _wrong_token(self, token: str) -> ApiError | None:
        if token == self._world.token:
            return None
        if _TOKEN.fullmatch(token):
            return ApiError(401, "Unauthorized")
        return ApiError(404, "Not Found")

    async def _answer(
        self, request: Request, name: str, args: Args, blow: Blow | None, log: Json
    ) -> Response:
        kind = blow.fault.kind if blow else None
        if blow is not None and kind in _SILENT:
            return _broken(blow)
        try:
            response = result(await self._do(request, name, args))
        except ApiError as error:
            log["description"] = error.description
            response = refusal(error)
        if blow is not None and kind == "lost_answer":
            return NoAnswer(blow.fault.seconds)
        return HalfAnswer(response) if kind == "cut" else response

    async def _do(self, request: Request, name: str, args: Args) -> Any:
        if name == POLL:
            return await self._poll(request, args)
        if name == "setWebhook" and args.has("url"):
            self.poller.end(conflict("terminated by setWebhook request"))
        return METHODS[name.lower()](self._world, args)

    async def _poll(self, request: Request, args: Args) -> list[Json]:
        """Poll until there is something, or the poller has gone."""
        poll = asyncio.create_task(self.poller.get(args))
        watch = asyncio.create_task(gone(request))
        try:
            await asyncio.wait((poll, watch), return_when=asyncio.FIRST_COMPLETED)
            return await poll if poll.done() else []
        finally:
            for task in (poll, watch):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, ApiError):
                    await task


def _broken(blow: Blow) -> Response:
    match blow.fault.kind:
        case "status":
            return server_error(blow.fault.code)
        case "retry_after":
            return refusal(too_many(blow.wait))
        case "garbage":
            return garbage()
    return NoAnswer(blow.fault.seconds)
