"""`python -m bot.standin`: the stand-in as a server on this machine."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import click
import uvicorn

from bot.standin.app import create_app
from bot.standin.guard import is_loopback
from bot.standin.world import World

_GRACE = 2  # seconds for connections that are still open when it ends


class _Server(uvicorn.Server):
    """A server that ends long polls and streams first, so that stopping takes no time."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.app.state.close()  # type: ignore[union-attr]  # it is our Starlette
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but Ctrl-C ends without a traceback: uvicorn raises the signal again."""
        with contextlib.suppress(KeyboardInterrupt), super().capture_signals():
            yield


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", default=0, show_default=True, help="0 takes a free one.")
@click.option("--token", default="1:standin", show_default=True, help="The bot's token.")
@click.option("--host", default="127.0.0.1", show_default=True, help="This machine's loopback.")
@click.option("--username", default="lotse_bot", show_default=True, help="The bot's name in @….")
@click.option("--delay", default=0, metavar="MS", help="Each call waits so long first.")
@click.option("--flood", is_flag=True, help="Keep Telegram's flood limits.")
def main(port: int, token: str, host: str, username: str, delay: int, flood: bool) -> None:
    """Serve the stand-in: the Bot API, /sim/ for tests, and a chat page at /.

    Example:  python -m bot.standin --port 8081 --token 1:standin
    """
    if not is_loopback(host):
        raise click.BadParameter("the stand-in listens on loopback only", param_hint="--host")
    try:
        listening = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}") from error
    world = World(token, username=username, flood=flood)
    app = create_app(world, delay / 1000)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_GRACE)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{listening.getsockname()[1]}")
    _Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
