"""Content read, understood and ready to be asked – in a second, where nothing changed.

Reading twelve hundred files and preparing the triggers takes seconds. So what came of it is kept in
the cache folder beside the models, under a hash of the files' names, sizes and times, of the code,
and of Python itself. A changed file, a new version, a damaged or foreign snapshot: everything is
made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from bot.content.load import fingerprint, load
from bot.content.model import Catalogue
from bot.matching import model as models
from bot.matching.emergency import Triggers
from bot.matching.matcher import Matcher, Mode
from bot.matching.shelf import Shelf, features_of

_ROOMS = ("content", "matching", "text")
_PLAIN = frozenset((
    "builtins.list", "collections.defaultdict", "datetime.date", "datetime.time",
    "pathlib.PosixPath", "pathlib.WindowsPath", "pathlib._local.PosixPath",
    "pathlib._local.WindowsPath",
))  # fmt: skip
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, EOFError,
            IndexError, pickle.UnpicklingError, BadZipFile)  # fmt: skip


def open_content(
    folder: Path, mode: Mode = "topics", cache: Path | None = None
) -> tuple[Catalogue, Matcher]:
    """The catalogue of a folder and a matcher for it.

    Takes about a second, or seconds for each language that has to be learnt anew. Raises
    ContentError where there is no content folder, LearningFailed where nothing can be learnt.
    """
    shelf = Shelf(cache)
    path = shelf.folder / f"content-{_key(folder, mode)}.pickle"
    kept = _read(path, mode)
    if kept:
        return kept
    catalogue = load(folder)
    shelved = shelf.shelved(catalogue, intents=mode == "intents")
    triggers = Triggers(catalogue)
    _write(path, (catalogue, triggers, [file.name for file, _ in shelved]))
    learnt = {model.language: model for _, model in shelved}
    return catalogue, Matcher(catalogue, learnt, features_of(catalogue), mode, triggers)


def _key(folder: Path, mode: str) -> str:
    """What a snapshot follows from."""
    digest = hashlib.sha256(f"{sys.version}|{mode}|{fingerprint(folder)}".encode())
    for room in _ROOMS:
        for path in sorted((Path(__file__).parents[1] / room).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _read(path: Path, mode: Mode) -> tuple[Catalogue, Matcher] | None:
    try:
        with path.open("rb") as file:
            catalogue, triggers, files = _Unpickler(file).load()
        learnt = [models.load(path.with_name(name)) for name in files]
        for name in (path.name, *files):
            path.with_name(name).touch()
    except _DAMAGED:  # not there, from another version, or cut off
        return None
    found = {model.language: model for model in learnt}
    return catalogue, Matcher(catalogue, found, features_of(catalogue), mode, triggers)


class _Unpickler(pickle.Unpickler):
    """Makes only our own classes and a few plain ones, so that a file cannot run anything."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        own = isinstance(found, type) and found.__module__.startswith("bot.")
        if not own and f"{module}.{name}" not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in a snapshot")
        return found


def _write(path: Path, snapshot: object) -> None:
    """Whole or not at all; without a writable cache folder the next start reads everything again."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        part.write_bytes(pickle.dumps(snapshot, protocol=5))
        part.replace(path)
