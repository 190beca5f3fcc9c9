"""What the bot puts into messages: texts, captions, keyboards and replies, held against the limits."""

from __future__ import annotations

from typing import Any

from bot.standin.args import Args
from bot.standin.chats import Chat, Json
from bot.standin.errors import bad_request, forbidden
from bot.standin.html import parse_html
from bot.standin.keyboards import checked_markup
from bot.standin.state import State
from bot.standin.text import Entity, Formatted, is_blank, is_utf8, polish, units

_TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024
_SOURCE_BYTES = 1 << 15
_PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")


def read_text(world: State, args: Args) -> Formatted:
    """The text of a message. Raises ApiError."""
    if not args.text("text"):
        raise bad_request("message text is empty")
    formatted = _formatted(world, args, "text", "entities")
    if is_blank(formatted.text):
        raise bad_request("text must be non-empty")
    if units(formatted.text) > _TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def read_caption(world: State, args: Args) -> Formatted:
    """The caption of a photo or document; may be empty. Raises ApiError."""
    formatted = _formatted(world, args, "caption", "caption_entities")
    if units(formatted.text) > _CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def read_markup(args: Args) -> Json:
    """The inline keyboard as a part of a message, or nothing. Raises ApiError."""
    markup = checked_markup(args.data("reply_markup", "reply keyboard markup"))
    return {"reply_markup": markup} if markup else {}


def read_preview(args: Args) -> Json:
    """The options of the link preview as a part of a message."""
    options = args.data("link_preview_options", "link preview options")
    if options is None:
        options = {"is_disabled": True} if args.flag("disable_web_page_preview") else {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    kept = {name: options[name] for name in _PREVIEW if options.get(name)}
    return {"link_preview_options": kept} if kept else {}


def read_reply(world: State, chat: Chat, args: Args) -> int | None:
    """The message that is answered. Raises ApiError where it is gone and that is not allowed."""
    parameters = args.data("reply_parameters", "reply parameters")
    if parameters is None:
        parameters = {
            "message_id": args.integer("reply_to_message_id"),
            "allow_sending_without_reply": args.flag("allow_sending_without_reply"),
        }
    if not isinstance(parameters, dict):
        raise bad_request("object expected as reply parameters")
    inner = Args(parameters)
    message_id = inner.integer("message_id")
    if message_id <= 0:
        return None
    other = inner.integer("chat_id", chat.id)
    if other == chat.id and chat.entry(message_id) is not None:
        return message_id
    if inner.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def chat_to_read(world: State, args: Args, name: str = "chat_id") -> Chat:
    """A chat that the bot knows and is in. Raises ApiError."""
    if not args.has(name):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(args.integer(name))
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
        )
    if not chat.private and not chat.has(world.bot_id):
        kicked = chat.status(world.bot_id) == "kicked"
        what = "bot was kicked from the" if kicked else "bot is not a member of the"
        raise forbidden(f"{what} {chat.kind} chat")
    return chat


def chat_to_write(world: State, args: Args) -> Chat:
    """A chat that the bot may write to. Raises ApiError."""
    chat = chat_to_read(world, args)
    if chat.private and chat.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.private and not chat.opened:
        raise forbidden("bot can't initiate conversation with a user")
    if args.integer("message_thread_id"):
        raise bad_request("message thread not found")  # no chat of the stand-in has topics
    return chat


def _formatted(world: State, args: Args, text_name: str, entities_name: str) -> Formatted:
    source, mode = args.text(text_name), args.text("parse_mode").lower()
    if not is_utf8(source):
        raise bad_request("strings must be encoded in UTF-8")
    if len(source.encode()) > _SOURCE_BYTES:
        raise bad_request("text is too long")
    if mode in ("", "none"):
        entities = args.data(entities_name, "entities")
        return _named(world, polish(Formatted(source, _given_entities(source, entities))))
    if mode in ("markdown", "markdownv2"):
        raise bad_request("the stand-in does not support Markdown; use parse_mode HTML")
    if mode != "html":
        raise bad_request("unsupported parse_mode")
    return _named(world, polish(parse_html(source)))


def _given_entities(text: str, entities: Any) -> tuple[Entity, ...]:
    """Entities that came beside the text; what reaches beyond it is refused."""
    if entities is None:
        return ()
    if not isinstance(entities, list):
        raise bad_request("can't parse entities JSON object")
    size = units(text)
    kept: list[Entity] = []
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0:
            raise bad_request("can't parse MessageEntity: wrong offset or length")
        if length > 0 and offset < size:
            kept.append(entity | {"length": min(length, size - offset)})
    return tuple(sorted(kept, key=lambda e: (e["offset"], -e["length"])))


def _named(world: State, formatted: Formatted) -> Formatted:
    """Mentions of people the bot cannot know become plain text; the others get their User."""
    entities = []
    for entity in formatted.entities:
        if entity["type"] != "text_mention":
            entities.append(entity)
            continue
        user_id = entity.get("user", {}).get("id", 0)
        if user_id == world.bot_id or user_id in world.people:
            entities.append(entity | {"user": world.user(user_id)})
    return Formatted(formatted.text, tuple(entities))
