"""Bot API methods that change, delete or answer what is there."""

from __future__ import annotations

from bot.standin.args import Args
from bot.standin.chats import Chat, Entry, Json
from bot.standin.content import chat_to_read, read_markup, read_preview, read_text
from bot.standin.errors import ApiError, bad_request
from bot.standin.state import Event, State

_DELETE_SECONDS = 48 * 3600
# Telegram names no number; answers that come later are refused in practice.
_QUERY_SECONDS = 15.0
_TOAST_LIMIT = 200
_MOST_IDS = 100
_MOST_REACTIONS = 1
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def edit_message_text(world: State, args: Args) -> Json:
    """editMessageText. Without `reply_markup` the keyboard goes."""
    content = read_text(world, args).fields()
    chat, entry = _to_edit(world, args)
    if "text" not in entry.message:
        raise bad_request("there is no text in the message to edit")
    content |= read_preview(args) | read_markup(args)
    parts = ("text", "entities", "link_preview_options", "reply_markup")
    return _edited(world, chat, entry, content, parts, edit_date=int(world.clock()))


def edit_message_reply_markup(world: State, args: Args) -> Json:
    """editMessageReplyMarkup. The message does not count as edited for people."""
    chat, entry = _to_edit(world, args)
    return _edited(world, chat, entry, read_markup(args), ("reply_markup",))


def delete_message(world: State, args: Args) -> bool:
    """deleteMessage."""
    chat = chat_to_read(world, args)
    entry = chat.entry(args.integer("message_id"))
    if entry is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, entry)
    world.remove(chat, entry)
    return True


def delete_messages(world: State, args: Args) -> bool:
    """deleteMessages. What is not there is skipped; one that must stay refuses all."""
    chat = chat_to_read(world, args)
    ids = args.data("message_ids", "message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MOST_IDS:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) for number in ids):
        raise bad_request("message identifier must be a Number")
    entries = [entry for number in ids if (entry := chat.entry(number))]
    for entry in entries:
        _check_deletable(world, chat, entry)
    for entry in {entry.id: entry for entry in entries}.values():
        world.remove(chat, entry)
    return True


def answer_callback_query(world: State, args: Args) -> bool:
    """answerCallbackQuery, once and soon."""
    query = world.queries.get(args.text("callback_query_id"))
    if query is None or query.answer is not None or world.clock() - query.time > _QUERY_SECONDS:
        raise bad_request(_TOO_OLD)
    text = args.text("text")
    if len(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": args.flag("show_alert")}
    if args.has("url"):
        query.answer["url"] = args.text("url")
    details = {"id": query.id, "person_id": query.person_id, **query.answer}
    world.tell(Event("answered", query.chat_id, details))
    return True


def set_message_reaction(world: State, args: Args) -> bool:
    """setMessageReaction: one emoji, or none."""
    chat = chat_to_read(world, args)
    entry = chat.entry(args.integer("message_id"))
    if entry is None:
        raise bad_request("message to react not found")
    reactions = args.data("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("expected an Array of ReactionType")
    if len(reactions) > _MOST_REACTIONS:
        raise bad_request("REACTIONS_TOO_MANY")
    if not all(isinstance(r, dict) and r.get("type") == "emoji" for r in reactions):
        raise bad_request("REACTION_INVALID")
    entry.reaction = reactions
    world.changed(chat)
    return True


def _to_edit(world: State, args: Args) -> tuple[Chat, Entry]:
    chat = chat_to_read(world, args)
    if chat.private and chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    entry = chat.entry(args.integer("message_id"))
    if entry is None:
        raise bad_request("message to edit not found")
    if not entry.outgoing or "forward_origin" in entry.message:
        raise bad_request("message can't be edited")
    return chat, entry


def _edited(
    world: State,
    chat: Chat,
    entry: Entry,
    content: Json,
    parts: tuple[str, ...],
    **marks: int,
) -> Json:
    """Put `content` in the place of `parts`."""
    before = {name: entry.message[name] for name in parts if name in entry.message}
    if before == content:
        raise bad_request(_NOT_MODIFIED)
    kept = {name: value for name, value in entry.message.items() if name not in parts}
    world.rewrite(chat, entry, kept | content | marks)
    return chat.render(entry)


def _check_deletable(world: State, chat: Chat, entry: Entry) -> None:
    """Administrators delete everything; else 48 hours, and in groups only the bot's own."""
    if chat.rules(world.bot_id):
        return
    old = world.clock() - entry.message["date"] > _DELETE_SECONDS
    if old or not (chat.private or entry.outgoing):
        raise bad_request("message can't be deleted for everyone")
