"""The methods of the Bot API that the stand-in knows, by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.standin import about, editing, sending
from bot.standin.args import Args
from bot.standin.state import State

Method = Callable[[State, Args], Any]

# getUpdates waits and is therefore not here but in `poll`.
_NAMED: Mapping[str, Method] = {
    "getMe": about.get_me,
    "logOut": about.do_nothing,
    "close": about.do_nothing,
    "setWebhook": about.set_webhook,
    "deleteWebhook": about.delete_webhook,
    "getWebhookInfo": about.get_webhook_info,
    "getChat": about.get_chat,
    "getChatMember": about.get_chat_member,
    "getChatAdministrators": about.get_chat_administrators,
    "getChatMemberCount": about.get_chat_member_count,
    "getChatMembersCount": about.get_chat_member_count,  # its name until 2021
    "leaveChat": about.leave_chat,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "deleteMyCommands": about.delete_my_commands,
    "setMyName": about.set_my_name,
    "getMyName": about.get_my_name,
    "setMyDescription": about.set_my_description,
    "getMyDescription": about.get_my_description,
    "setMyShortDescription": about.set_my_short_description,
    "getMyShortDescription": about.get_my_short_description,
    "setChatMenuButton": about.set_chat_menu_button,
    "getChatMenuButton": about.get_chat_menu_button,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "forwardMessage": sending.forward_message,
    "copyMessage": sending.copy_message,
    "getFile": sending.get_file,
    "editMessageText": editing.edit_message_text,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": editing.answer_callback_query,
    "setMessageReaction": editing.set_message_reaction,
}
POLL = "getUpdates"
# Telegram does not mind capitals in a method's name.
METHODS: Mapping[str, Method] = MappingProxyType({k.lower(): m for k, m in _NAMED.items()})
NAMES: Mapping[str, str] = MappingProxyType({k.lower(): k for k in (*_NAMED, POLL)})
