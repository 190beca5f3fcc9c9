"""The commands. Thin: each reads its options, calls a room, and prints."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from bot.errors import LotseError, SettingsError
from bot.settings import Settings, read_settings

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 99}


@click.group(context_settings=_CONTEXT)
@click.version_option(package_name="lotse")
def cli() -> None:
    """Lotse answers people who have just arrived in Germany, in their own language.

    Begin with:  python -m bot try
    """


@cli.command(name="try")
@click.option("--port", default=0, help="Port of the chat page; 0 takes a free one.")
@click.option(
    "--no-browser", is_flag=True, help="Do not open the browser; print the address only."
)
@click.option("--region", help="The region a new chat starts in, e.g. rotenburg-wuemme.")
def try_(port: int, no_browser: bool, region: str | None) -> None:
    """Try the whole bot without Telegram, in the browser.

    Starts the local stand-in for the Bot API with a chat page, and the real bot against it.

    Example:  python -m bot try
    """
    from bot.demo import run_demo

    asyncio.run(run_demo(_settings(), port=port, browser=not no_browser, region=region))


@cli.command()
def run() -> None:
    """Run the bot on Telegram (BOT_TOKEN), or on any Bot API server (BOT_API_URL).

    Example:  BOT_TOKEN=123:abc BOT_REGION=rotenburg-wuemme python -m bot run
    """
    from bot.run import run_bot

    asyncio.run(run_bot(_settings()))


@cli.command()
@click.argument("question")
@click.option("--language", help="The language the person chose, e.g. ar.")
@click.option("--region", help="Where the person lives, e.g. rotenburg-wuemme.")
@click.option("--explain", is_flag=True, help="Also show which words and questions decided.")
def ask(question: str, language: str | None, region: str | None, explain: bool) -> None:
    """One answer in the terminal, as the bot would give it.

    Example:  python -m bot ask "Wie bekomme ich einen WBS?" --region rotenburg-wuemme
    """
    from bot.terminal import answer_lines

    for line in answer_lines(_settings(), question, language, region, explain=explain):
        click.echo(line)


@cli.command()
@click.option(
    "--batch",
    required=True,
    metavar="FILE",
    help="Questions as JSON Lines; '-' reads standard input.",
)
@click.option("--content", type=click.Path(path_type=Path), help="Another content folder.")
@click.option(
    "--mode", type=click.Choice(["topics", "intents"]), default="topics", show_default=True,
    help="intents: for folders that hold only intents, without emergencies and small talk.",
)  # fmt: skip
def match(batch: str, content: Path | None, mode: Any) -> None:
    """Match many questions: JSON Lines in, JSON Lines out, in the same order.

    Example:  python -m bot match --batch questions.jsonl > matches.jsonl
    """
    from bot.matching.batch import match_lines
    from bot.matching.ready import open_content

    _, matcher = open_content(content or _settings().content, mode)
    out = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # UTF-8 whatever the locale
    for line in match_lines(_lines(batch), matcher):
        out.write(line + "\n")
        out.flush()


@cli.command()
@click.option("--strict", is_flag=True, help="Warnings count as errors too.")
@click.option("--content", type=click.Path(path_type=Path), help="Another content folder.")
def check(strict: bool, content: Path | None) -> None:
    """Everything that can be wrong in content/ and locales/. Exit status 1 on errors.

    Example:  python -m bot check --strict
    """
    from bot.content.checks import all_checks, find_problems
    from bot.content.load import load
    from bot.locales import catalogue_problems

    catalogue = load(content or _settings().content)
    found = find_problems(catalogue, all_checks(date.today()), strict=strict)  # noqa: DTZ011  # a local day
    found += catalogue_problems(strict=strict)
    for problem in found:
        click.echo(str(problem), err=problem.severity == "error")
    errors = sum(problem.severity == "error" for problem in found)
    articles = sum(len(topic.articles) for topic in catalogue.topics.values())
    click.echo(f"{len(catalogue.topics)} topics, {articles} files, {errors} errors.")
    if errors:
        sys.exit(1)


@cli.command()
@click.option("--todo", metavar="LANGUAGE", help="What to do next in a language, e.g. tr.")
def translations(todo: str | None) -> None:
    """The state of every article in every language, and of the interface.

    Example:  python -m bot translations --todo ar
    """
    from bot.overview import translation_lines

    for line in translation_lines(_settings(), todo):
        click.echo(line)


@cli.command()
@click.option("--region", required=True, help="The region, e.g. rotenburg-wuemme.")
def gaps(region: str) -> None:
    """What nobody knows yet: offices without phone or hours, dated contacts, unknown pool rules.

    Example:  python -m bot gaps --region rotenburg-wuemme
    """
    from bot.overview import gap_lines

    for line in gap_lines(_settings(), region):
        click.echo(line)


@cli.command()
@click.option(
    "--questions", type=click.Path(path_type=Path), default=Path("tests/questions"),
    show_default=True, help="Folder with LANGUAGE.jsonl files.",
)  # fmt: skip
@click.option("--write", type=click.Path(path_type=Path), help="Write the report here too.")
@click.option("--quick", is_flag=True, help="Leave out what needs learning anew (the ablation).")
@click.option("--fit", is_flag=True, help="Only fit the decision's numbers anew and print them.")
def evaluate(questions: Path, write: Path | None, quick: bool, fit: bool) -> None:
    """How well the bot understands, by language and style, beside rapidfuzz and FTS5.

    Example:  python -m bot evaluate --write docs/evaluation.md
    """
    from bot.evaluate import evaluation, fitted_weights

    content = _settings().content
    if fit:
        click.echo(repr(fitted_weights(content, questions)))
        return
    pieces = []
    for piece in evaluation(content, questions, ablation=not quick):
        click.echo(piece, nl=False)
        pieces.append(piece)
    if write:
        write.write_text("".join(pieces), encoding="utf-8")


@cli.command()
@click.option("--seed", default=1, show_default=True, help="Which messages are drawn.")
def bench(seed: int) -> None:
    """How fast the matcher is, beside plain rapidfuzz, and how much memory it takes.

    Example:  python -m bot bench
    """
    from bot.bench import bench as lines

    for line in lines(_settings().content, seed):
        click.echo(line)


def _settings() -> Settings:
    return read_settings()


def _lines(batch: str) -> Iterator[str]:
    """The lines of a file or of standard input, as UTF-8; broken bytes are replaced."""
    if batch == "-":
        yield from io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
        return
    path = Path(batch)
    if not path.is_file():
        raise SettingsError(
            "there is no such file", where=f"--batch {batch}", remedy="Give a file, or '-'."
        )
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        yield from file


def main() -> None:
    """Run a command; an error is one line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except LotseError as error:
        click.echo(f"lotse: {error}", err=True)
        sys.exit(1)


def _write_utf8(stream: TextIO) -> None:
    """Write UTF-8 whatever the locale says; what cannot be written is replaced."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="replace")
