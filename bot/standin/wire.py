"""Reading a request's arguments: query, urlencoded form, JSON and multipart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.standin.args import Args, Upload
from bot.standin.errors import ApiError, bad_request

_BODY_LIMIT = 20 << 20
_MOST_FIELDS = 1_000


async def read_args(request: Request) -> Args:
    """All arguments of a call; the body wins over the query. Raises ApiError."""
    values: dict[str, Any] = _pairs(request.url.query)
    body = await _body(request)
    if not body:
        return Args(values)
    header = _header(request.headers.get("content-type", ""))
    match header.get_content_type():
        case "application/json":
            return Args(values | _json(body))
        case "multipart/form-data":
            fields, uploads = _multipart(body, str(header.get_param("boundary", "")))
            return Args(values | fields, uploads)
        case "application/x-www-form-urlencoded":
            return Args(values | _pairs(body.decode("utf-8", "replace")))
    return Args(values)


async def _body(request: Request) -> bytes:
    """The body, as far as Telegram would take it."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _BODY_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        chunks.append(chunk)
    return b"".join(chunks)


def _header(content_type: str) -> Message:
    message = Message()
    message["content-type"] = content_type or "text/plain"
    return message


def _pairs(text: str) -> dict[str, Any]:
    try:
        found = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise bad_request("can't parse the request's parameters") from None
    return dict(found)


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("can't parse the request's JSON") from None
    if not isinstance(found, dict):
        raise bad_request("object expected as the request's JSON")
    return found


def _multipart(body: bytes, boundary: str) -> tuple[dict[str, Any], dict[str, Upload]]:
    fields: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    for head, content in _parts(body, boundary):
        name = head.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            continue
        file_name = head.get_filename()
        if file_name is None:
            fields[name] = content.decode("utf-8", "replace")
        else:
            uploads[name] = Upload(file_name, head.get_content_type(), content)
    return fields, uploads


def _parts(body: bytes, boundary: str) -> Iterator[tuple[Message, bytes]]:
    """Each part's headers and content. What stands between the boundaries is taken as it is."""
    if not boundary:
        raise bad_request("a multipart body needs a boundary")
    delimiter = b"\r\n--" + boundary.encode()
    _, *pieces = (b"\r\n" + body).split(delimiter)
    for piece in pieces:
        if piece.startswith(b"--"):
            return
        head, _, content = piece.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace").lstrip("\r\n")
        yield HeaderParser().parsestr(headers), content
