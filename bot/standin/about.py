"""Bot API methods about the bot itself, its profile and its chats."""

from __future__ import annotations

from bot.standin.args import Args
from bot.standin.chats import Json
from bot.standin.content import chat_to_read
from bot.standin.errors import bad_request
from bot.standin.profile import TextKind, checked_commands, checked_language, scope_key
from bot.standin.state import State

_MENU_BUTTONS = frozenset({"default", "commands", "web_app"})


def get_me(world: State, args: Args) -> Json:
    """getMe."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,  # privacy mode is on, as with most bots
        "supports_inline_queries": False,
    }


def get_chat(world: State, args: Args) -> Json:
    """getChat: a ChatFullInfo."""
    chat = chat_to_read(world, args)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **world.brief(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


def get_chat_member(world: State, args: Args) -> Json:
    """getChatMember."""
    chat = chat_to_read(world, args)
    user_id = args.integer("user_id")
    if user_id != world.bot_id and user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return world.member(user_id, chat.status(user_id))


def get_chat_administrators(world: State, args: Args) -> list[Json]:
    """getChatAdministrators."""
    chat = chat_to_read(world, args)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    ruling = (user_id for user_id in chat.members if chat.rules(user_id))
    return [world.member(user_id, chat.status(user_id)) for user_id in ruling]


def get_chat_member_count(world: State, args: Args) -> int:
    """getChatMemberCount."""
    return sum(1 for _ in chat_to_read(world, args).present())


def leave_chat(world: State, args: Args) -> bool:
    """leaveChat."""
    chat = chat_to_read(world, args)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    world.set_status(chat, world.bot_id, world.bot_id, "left")
    return True


def set_my_commands(world: State, args: Args) -> bool:
    """setMyCommands for a scope and a language."""
    commands = checked_commands(args.data("commands", "commands"))
    world.profile.set_commands(*_place(args), commands)
    return True


def get_my_commands(world: State, args: Args) -> list[Json]:
    """getMyCommands of exactly a scope and a language."""
    return world.profile.commands(*_place(args))


def delete_my_commands(world: State, args: Args) -> bool:
    """deleteMyCommands."""
    world.profile.set_commands(*_place(args), [])
    return True


def _place(args: Args) -> tuple[str, str]:
    scope = scope_key(args.data("scope", "BotCommandScope"))
    return scope, checked_language(args.text("language_code"))


def set_my_name(world: State, args: Args) -> bool:
    """setMyName."""
    return _set_text(world, args, "name")


def get_my_name(world: State, args: Args) -> Json:
    """getMyName."""
    return _get_text(world, args, "name")


def set_my_description(world: State, args: Args) -> bool:
    """setMyDescription."""
    return _set_text(world, args, "description")


def get_my_description(world: State, args: Args) -> Json:
    """getMyDescription."""
    return _get_text(world, args, "description")


def set_my_short_description(world: State, args: Args) -> bool:
    """setMyShortDescription."""
    return _set_text(world, args, "short_description")


def get_my_short_description(world: State, args: Args) -> Json:
    """getMyShortDescription."""
    return _get_text(world, args, "short_description")


def _set_text(world: State, args: Args, kind: TextKind) -> bool:
    language = checked_language(args.text("language_code"))
    world.profile.set_text(kind, language, args.text(kind))
    return True


def _get_text(world: State, args: Args, kind: TextKind) -> Json:
    language = checked_language(args.text("language_code"))
    return {kind: world.profile.text(kind, language)}


def set_chat_menu_button(world: State, args: Args) -> bool:
    """setChatMenuButton."""
    button = args.data("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    chat_id = args.integer("chat_id") or None
    if chat_id is not None:
        chat_to_read(world, args)
    world.profile.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(world: State, args: Args) -> Json:
    """getChatMenuButton."""
    buttons = world.profile.menu_buttons
    fallback = buttons.get(None, {"type": "default"})
    return buttons.get(args.integer("chat_id") or None, fallback)


def set_webhook(world: State, args: Args) -> bool:
    """setWebhook: kept, never called; getUpdates refuses from then on. Without `url` it ends."""
    if not args.has("url"):
        return delete_webhook(world, args)
    if not args.text("url").startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.queue.webhook = args.readable()
    world.queue.allow(allowed_updates(args) or ())
    _maybe_drop(world, args)
    return True


def delete_webhook(world: State, args: Args) -> bool:
    """deleteWebhook."""
    world.queue.webhook = {}
    _maybe_drop(world, args)
    return True


def get_webhook_info(world: State, args: Args) -> Json:
    """getWebhookInfo."""
    found: Json = {
        "url": world.queue.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.queue.pending()),
    }
    allowed = world.queue.allowed
    return found | ({"allowed_updates": allowed} if allowed else {})


def do_nothing(world: State, args: Args) -> bool:
    """logOut and close: there is no other server to move to."""
    return True


def allowed_updates(args: Args) -> list[str] | None:
    """The list of wanted updates, None where it was not given (then the last one holds)."""
    kinds = args.data("allowed_updates", "allowed_updates")
    if kinds is None:
        return None
    if not isinstance(kinds, list):
        raise bad_request("allowed_updates must be a list of strings")
    return [str(kind) for kind in kinds]


def _maybe_drop(world: State, args: Args) -> None:
    if args.flag("drop_pending_updates"):
        world.queue.drop()
