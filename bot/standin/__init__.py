"""A local stand-in for Telegram's Bot API: in process for tests, as a server, and with a chat page."""

from bot.standin.app import create_app
from bot.standin.world import World

__all__ = ["World", "create_app"]
