"""Plain python-telegram-bot polling: the negative control, which loses messages when killed."""

import asyncio
import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """A handler that takes 20 ms, as one with a database would."""
    await asyncio.sleep(0.02)
    if update.message:
        await update.message.reply_text("ok", do_quote=True)


def main() -> None:
    """Poll until killed."""
    address = os.environ["BOT_API_URL"]
    application = (
        Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{address}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


if __name__ == "__main__":
    main()
