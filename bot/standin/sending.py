"""Bot API methods that put something into a chat."""

from __future__ import annotations

from collections.abc import Callable

from bot.standin.args import Args, Upload
from bot.standin.chats import Chat, Entry, Json
from bot.standin.content import (
    chat_to_read,
    chat_to_write,
    read_caption,
    read_markup,
    read_preview,
    read_reply,
    read_text,
)
from bot.standin.errors import bad_request
from bot.standin.media import CAPTIONED, File, document, photo
from bot.standin.state import Event, State

_ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
     "upload_document", "choose_sticker", "find_location", "record_video_note",
     "upload_video_note"}
)  # fmt: skip
# What a forwarded or copied message takes along.
_CONTENT = (
    "text", "entities", "caption", "caption_entities", "link_preview_options", "photo", "voice",
    "sticker", "document", "video", "location", "contact", "audio", "video_note", "animation",
)  # fmt: skip


def send_message(world: State, args: Args) -> Json:
    """sendMessage."""
    chat = chat_to_write(world, args)
    content = read_text(world, args).fields() | read_preview(args) | read_markup(args)
    return _put(world, chat, content, read_reply(world, chat, args))


def send_photo(world: State, args: Args) -> Json:
    """sendPhoto."""
    return _send_file(world, args, "photo", photo)


def send_document(world: State, args: Args) -> Json:
    """sendDocument."""
    return _send_file(world, args, "document", document)


def send_chat_action(world: State, args: Args) -> bool:
    """sendChatAction."""
    chat = chat_to_write(world, args)
    if args.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell(Event("typing", chat.id))
    return True


def forward_message(world: State, args: Args) -> Json:
    """forwardMessage."""
    chat = chat_to_write(world, args)
    entry = _source(world, args, "forward")
    origin = {
        "type": "user",
        "sender_user": entry.message["from"],
        "date": entry.message["date"],
    }
    return _put(world, chat, _content(entry) | {"forward_origin": origin}, None)


def copy_message(world: State, args: Args) -> Json:
    """copyMessage. Answers the new message's id only."""
    chat = chat_to_write(world, args)
    entry = _source(world, args, "copy")
    content = _content(entry)
    if not set(content) - {"link_preview_options"}:
        raise bad_request("message can't be copied")
    if "caption" in args.values and CAPTIONED & set(content):
        content.pop("caption_entities", None)
        content = {k: v for k, v in content.items() if k != "caption"}
        content |= read_caption(world, args).fields("caption_")
    message = _put(world, chat, content | read_markup(args), read_reply(world, chat, args))
    return {"message_id": message["message_id"]}


def get_file(world: State, args: Args) -> Json:
    """getFile."""
    file = world.files.get(args.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return {**file.fields(), "file_path": file.path}


def _put(world: State, chat: Chat, content: Json, reply_to: int | None) -> Json:
    if world.flood is not None:
        world.flood.check(chat.id)
    return chat.render(world.post(chat, world.bot_id, content, reply_to))


def _send_file(world: State, args: Args, kind: str, build: Callable[[File], Json]) -> Json:
    chat = chat_to_write(world, args)
    content = build(_file(world, args, kind))
    content |= read_caption(world, args).fields("caption_") | read_markup(args)
    return _put(world, chat, content, read_reply(world, chat, args))


def _file(world: State, args: Args, kind: str) -> File:
    """The file of a call: uploaded under its own name or as `attach://`, or known by its id."""
    given = args.text(kind)
    upload = args.uploads.get(given.removeprefix("attach://")) or args.uploads.get(kind)
    if upload is not None:
        return _kept(world, kind, upload)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the stand-in fetches nothing
    file = world.files.get(given)
    if file is None:
        raise bad_request(
            "wrong remote file identifier specified: Wrong string length"
            if len(given) < 20
            else "wrong file identifier/HTTP URL specified"
        )
    return file


def _kept(world: State, kind: str, upload: Upload) -> File:
    if not upload.content:
        raise bad_request("file must be non-empty")
    return world.files.keep(kind, upload.name, upload.mime, upload.content)


def _source(world: State, args: Args, verb: str) -> Entry:
    """The message to forward or copy."""
    source = chat_to_read(world, args, "from_chat_id")
    entry = source.entry(args.integer("message_id"))
    if entry is None:
        raise bad_request(f"message to {verb} not found")
    return entry


def _content(entry: Entry) -> Json:
    return {name: entry.message[name] for name in _CONTENT if name in entry.message}
