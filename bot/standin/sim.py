"""`/sim/…`: the world's methods over HTTP, for the page and for tests with processes."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.standin.answers import json_answer
from bot.standin.chats import Chat, Json
from bot.standin.errors import StandinError, WrongUse
from bot.standin.state import Event
from bot.standin.world import World

_HEARTBEAT_SECONDS = 15.0
_SHOWABLE = "image/"
# What may come over HTTP; the keys of the body are the names of the arguments.
_ACTS: Mapping[str, str] = {
    "people": "add_person",
    "language": "set_language",
    "groups": "add_group",
    "join": "join",
    "leave": "leave",
    "promote": "promote",
    "add_bot": "add_bot_to_group",
    "remove_bot": "remove_bot_from_group",
    "migrate": "migrate",
    "start": "start",
    "say": "say",
    "send": "send",
    "edit": "edit",
    "delete": "delete",
    "tap": "tap",
    "block": "block",
    "unblock": "unblock",
}


class Sim:
    """The twin of a world over HTTP."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._streams: set[asyncio.Queue[Event | None]] = set()

    def routes(self) -> list[Route]:
        """The routes below `/sim`."""
        acts = [
            Route(f"/{name}", self._act(getattr(self._world, method)), methods=["POST"])
            for name, method in _ACTS.items()
        ]
        return [
            *acts,
            Route("/faults", self._act(self._add_fault), methods=["POST"]),
            Route("/faults", self._look(self._clear_faults), methods=["DELETE"]),
            Route("/faults", self._look(self._list_faults)),
            Route("/state", self._look(self._state)),
            Route("/chats/{chat_id}/messages", self._look(self._messages)),
            Route("/chats/{chat_id}/history", self._look(self._history)),
            Route("/chats/{chat_id}/commands", self._look(self._commands)),
            Route("/queries/{query_id}", self._look(self._query)),
            Route("/calls", self._look(self._calls)),
            Route("/pending", self._look(self._pending)),
            Route("/files/{file_id}", self._file),
            Route("/events", self._events),
        ]

    def close(self) -> None:
        """End the streams of events: the server stops."""
        for stream in self._streams:
            stream.put_nowait(None)

    # --- endpoints

    def _act(self, act: Callable[..., Any]) -> Callable[[Request], Any]:
        """An endpoint that calls `act` with the body's keys as arguments."""
        signature = inspect.signature(act)

        async def endpoint(request: Request) -> Response:
            try:
                arguments = await _body(request)
                bound = signature.bind(**arguments)
            except (TypeError, ValueError) as error:
                return json_answer({"error": f"{error}; takes {signature}"}, 400)
            try:
                return json_answer(act(*bound.args, **bound.kwargs))
            except (StandinError, TypeError, AttributeError) as error:
                return json_answer({"error": str(error)}, 400)

        return endpoint

    def _look(self, look: Callable[[Request], Any]) -> Callable[[Request], Any]:
        """An endpoint that only looks."""

        async def endpoint(request: Request) -> Response:
            try:
                return json_answer(look(request))
            except WrongUse as error:
                return json_answer({"error": str(error)}, 400)

        return endpoint

    def _add_fault(self, **arguments: Any) -> Json:
        return asdict(self._world.faults.add(**arguments))

    def _list_faults(self, request: Request) -> list[Json]:
        return [asdict(fault) for fault in self._world.faults]

    def _clear_faults(self, request: Request) -> list[Json]:
        self._world.faults.clear()
        return []

    def _state(self, request: Request) -> Json:
        world = self._world
        return {
            "bot": world.bot,
            "people": [person.user() for person in world.people.values()],
            "chats": [self._chat(chat) for chat in world.chats.values()],
            "commands": world.profile.all_commands(),
            "texts": world.profile.all_texts(),
            "webhook": world.queue.webhook,
        }

    def _chat(self, chat: Chat) -> Json:
        members = {str(user_id): status for user_id, status in chat.members.items()}
        return {
            **self._world.brief(chat),
            "members": members,
            "blocked": chat.blocked,
            "opened": chat.opened,
            "moved_to": chat.moved_to,
            "messages": sum(not entry.deleted for entry in chat.entries.values()),
        }

    def _messages(self, request: Request) -> list[Json]:
        return self._world.messages(_chat_id(request))

    def _history(self, request: Request) -> list[Json]:
        return self._world.history(_chat_id(request))

    def _commands(self, request: Request) -> list[Json]:
        """What the command menu shows to `?person=` there."""
        chat = self._world.chat(_chat_id(request))
        person_id = _number(request.query_params.get("person", str(chat.id)))
        person = self._world.people.get(person_id)
        language = person.language_code if person else None
        profile = self._world.profile
        return profile.shown_commands(chat.id, private=chat.private, language=language)

    def _query(self, request: Request) -> Json:
        return self._world.query(request.path_params["query_id"])

    def _calls(self, request: Request) -> list[Json]:
        method = request.query_params.get("method", "").lower()
        return [call for call in self._world.calls if method in ("", call["method"].lower())]

    def _pending(self, request: Request) -> list[Json]:
        return self._world.queue.pending()

    async def _file(self, request: Request) -> Response:
        """A picture for the page, which does not know the token."""
        file = self._world.files.get(request.path_params["file_id"])
        if file is None or not file.mime.startswith(_SHOWABLE):
            return json_answer({"error": "there is no such picture"}, 404)
        return Response(file.content, media_type=file.mime)

    async def _events(self, request: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        """Server-sent events: `changed` with a chat's id, `typing`, `answered`."""
        loop = asyncio.get_running_loop()
        stream: asyncio.Queue[Event | None] = asyncio.Queue()
        self._streams.add(stream)
        unsubscribe = self._world.subscribe(lambda event: _post(loop, stream, event))
        try:
            yield ": hello\n\n"
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT_SECONDS):
                        event = await stream.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield _event_lines(event)
        finally:
            unsubscribe()
            self._streams.discard(stream)


def _post(
    loop: asyncio.AbstractEventLoop, stream: asyncio.Queue[Event | None], event: Event
) -> None:
    if event.kind != "update":
        loop.call_soon_threadsafe(stream.put_nowait, event)


def _event_lines(event: Event) -> str:
    data: Any = event.chat_id
    if event.details:
        data = {"chat_id": event.chat_id, **event.details}
    return f"event: {event.kind}\ndata: {json.dumps(data)}\n\n"


def _chat_id(request: Request) -> int:
    return _number(request.path_params["chat_id"])


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise WrongUse(f"'{text}' is no id") from None


async def _body(request: Request) -> Json:
    body = await request.body()
    found = json.loads(body) if body.strip() else {}
    if not isinstance(found, dict):
        raise ValueError("a JSON object is needed")
    return found
