"""Files: what the bot uploaded, and the made-up photos, stickers and so on that people send."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from bot.standin.chats import Json
from bot.standin.errors import WrongUse

MediaKind = Literal[
    "photo", "voice", "sticker", "document", "video", "location", "contact", "audio",
    "video_note", "animation",
]  # fmt: skip
CAPTIONED = frozenset({"photo", "voice", "document", "video", "audio", "animation"})

_WIDTH, _HEIGHT = 240, 320


@dataclass(frozen=True, slots=True)
class File:
    """A file in memory."""

    id: str
    name: str
    mime: str
    content: bytes

    @property
    def path(self) -> str:
        """Where getFile says it is."""
        return f"files/{self.id}/{self.name}"

    def fields(self) -> Json:
        """What every kind of file has in common in the Bot API."""
        return {
            "file_id": self.id,
            "file_unique_id": f"u{self.id[-12:]}",
            "file_size": len(self.content),
        }


class Files:
    """Every file there is, by its id. The same content gets the same id."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def keep(self, kind: str, name: str, mime: str, content: bytes) -> File:
        """Keep a file and give it an id."""
        digest = hashlib.sha256(kind.encode() + b"\0" + name.encode() + b"\0" + content)
        clean = name.replace("/", "_") or "file"
        file = File(f"{kind}-{digest.hexdigest()[:24]}", clean, mime, content)
        self._files[file.id] = file
        return file

    def get(self, file_id: str) -> File | None:
        """The file with an id."""
        return self._files.get(file_id)

    def at(self, path: str) -> File | None:
        """The file at a path of getFile."""
        return next((file for file in self._files.values() if file.path == path), None)


def made_up(kind: str, files: Files, name: str) -> Json:
    """The part of a message that holds a made-up photo, voice message, …"""
    if kind not in get_args(MediaKind):
        raise WrongUse(f"'{kind}' cannot be sent; there are {', '.join(get_args(MediaKind))}")
    if kind == "location":
        return {"location": {"latitude": 53.11, "longitude": 9.41}}
    if kind == "contact":
        return {"contact": {"phone_number": "+4942611234", "first_name": name}}
    build = _MADE_UP[kind]
    return build(files)


def photo(file: File) -> Json:
    """A photo of the Bot API: its sizes."""
    return {"photo": [{**file.fields(), "width": _WIDTH, "height": _HEIGHT}]}


def document(file: File) -> Json:
    """A document of the Bot API."""
    return {"document": {**file.fields(), "file_name": file.name, "mime_type": file.mime}}


def _voice(files: Files) -> Json:
    file = files.keep("voice", "voice.ogg", "audio/ogg", b"OggS made up")
    return {"voice": {**file.fields(), "duration": 3, "mime_type": file.mime}}


def _audio(files: Files) -> Json:
    file = files.keep("audio", "song.mp3", "audio/mpeg", b"ID3 made up")
    return {"audio": {**file.fields(), "duration": 61, "mime_type": file.mime, "title": "Song"}}


def _video(files: Files) -> Json:
    file = files.keep("video", "video.mp4", "video/mp4", b"ftyp made up")
    return {"video": {**file.fields(), "duration": 5, "width": 320, "height": 240}}


def _video_note(files: Files) -> Json:
    file = files.keep("video_note", "note.mp4", "video/mp4", b"ftyp made up note")
    return {"video_note": {**file.fields(), "duration": 4, "length": 240}}


def _animation(files: Files) -> Json:
    """Telegram sends the document beside the animation, for old programs."""
    file = files.keep("animation", "wave.mp4", "video/mp4", b"ftyp made up wave")
    animation = {**file.fields(), "duration": 2, "width": 240, "height": 240}
    return {"animation": animation} | document(file)


def _sticker(files: Files) -> Json:
    file = files.keep("sticker", "sticker.webp", "image/webp", b"RIFF made up")
    shape = {"type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": {**file.fields(), **shape, "width": 512, "height": 512, "emoji": "👍"}}


def _letter(files: Files) -> Json:
    return document(files.keep("document", "brief.pdf", "application/pdf", b"%PDF-1.4 made up"))


def _photo(files: Files) -> Json:
    return photo(files.keep("photo", "letter.png", "image/png", letter_png()))


_MADE_UP: Mapping[str, Callable[[Files], Json]] = {
    "photo": _photo,
    "voice": _voice,
    "audio": _audio,
    "video": _video,
    "video_note": _video_note,
    "animation": _animation,
    "sticker": _sticker,
    "document": _letter,
}


def letter_png() -> bytes:
    """A picture of an official letter: a head, and grey lines on white paper."""
    rows = [_letter_row(y) for y in range(_HEIGHT)]
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _letter_row(y: int) -> bytes:
    paper, ink, dark = 250, 176, 96
    row = bytearray([paper]) * _WIDTH
    if 28 <= y < 44:  # the office's name
        row[24:136] = bytes([dark]) * 112
    elif 72 <= y < 78 or (y >= 104 and (y - 104) % 18 < 5 and y < 284):
        end = 130 if y >= 264 or y < 80 else 190 + (y // 18 * 37) % 26
        row[24:end] = bytes([ink]) * (end - 24)
    return bytes(row)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
