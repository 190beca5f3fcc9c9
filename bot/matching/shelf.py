"""Models are learnt once and kept: in the user's cache folder, one file for a language.

A file's name is the hash of everything it follows from – the ways of asking, the spellings of
sounds, this code – so an edit of one language learns that language anew and no file is ever out of
date. Learning runs in a child process, two at a time: it takes seconds and memory that the bot needs
for answering.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from zipfile import BadZipFile

from bot.content.model import Catalogue
from bot.errors import LearningFailed
from bot.matching import model as models
from bot.matching.features import Features
from bot.matching.matcher import Matcher, Mode
from bot.matching.model import OUT_OF_SCOPE, Example, Lesson, Model
from bot.text.sounds import Sounds

log = logging.getLogger(__name__)

_AT_ONCE = 2
_KEPT_DAYS = 30
_CODE = ("matching/features.py", "matching/model.py", "matching/neighbours.py",
         "matching/svm.py", "matching/vectors.py", "text/fold.py", "text/sounds.py")  # fmt: skip


def default_cache() -> Path:
    """The user's cache folder for models (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "lotse" / "models"


def features_of(catalogue: Catalogue) -> Features:
    """How this catalogue's texts become features."""
    spellings = {
        spelling: sound
        for language in catalogue.spellings.values()
        for spelling, sound in language.items()
    }
    return Features(Sounds(spellings))


def build_matcher(
    catalogue: Catalogue, mode: Mode = "topics", cache: Path | None = None
) -> Matcher:
    """A matcher for the catalogue; takes seconds for each language that has to be learnt anew."""
    found = Shelf(cache).models(catalogue, intents=mode == "intents")
    return Matcher(catalogue, found, features_of(catalogue), mode)


def lessons(catalogue: Catalogue, *, intents: bool = False) -> Iterator[Lesson]:
    """What there is to learn, language by language. `intents`: nothing but topics and questions."""
    for language in catalogue.languages():
        articles = [
            (topic.id, topic.articles[language])
            for topic in catalogue.topics.values()
            if language in topic.articles
        ]
        examples = [
            Example(text, topic)
            for topic, article in articles
            for text in dict.fromkeys([article.title, *article.questions, *article.keywords])
        ]
        if intents:
            yield Lesson(language, examples)
            continue
        examples += [Example(text, OUT_OF_SCOPE) for text in catalogue.none.get(language, ())]
        alarms = [Example(text, topic) for topic, a in articles for text in a.triggers]
        harmless = [text for _, article in articles for text in article.no_triggers]
        yield Lesson(language, examples, alarms, harmless)


class Shelf:
    """Gives the models of a catalogue, from the cache folder where they are there already."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_cache()

    def models(self, catalogue: Catalogue, *, intents: bool = False) -> Mapping[str, Model]:
        """A model for each language that has ways of asking."""
        return {model.language: model for _, model in self.shelved(catalogue, intents=intents)}

    def shelved(self, catalogue: Catalogue, *, intents: bool = False) -> list[tuple[Path, Model]]:
        """The same with the file that each is kept in."""
        wanted = [lesson for lesson in lessons(catalogue, intents=intents) if lesson.examples]
        wanted.sort(key=lambda lesson: -len(lesson.examples))  # the longest first: no one waits
        spellings = [dict(one) for _, one in sorted(catalogue.spellings.items())]
        with self._writable() as folder, ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(lambda lesson: _get(lesson, spellings, folder), wanted))

    @contextlib.contextmanager
    def _writable(self) -> Iterator[Path]:
        """The cache folder; where it cannot be written, one that is gone afterwards."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not os.access(self.folder, os.W_OK):
                raise PermissionError(self.folder)
        except OSError as error:
            log.warning("no cache at %s (%s): every start learns anew", self.folder, error)
            with tempfile.TemporaryDirectory(prefix="lotse-models-") as folder:
                yield Path(folder)
            return
        _tidy(self.folder)
        yield self.folder


def _get(
    lesson: Lesson, spellings: Sequence[Mapping[str, str]], folder: Path
) -> tuple[Path, Model]:
    task = json.dumps({"lesson": asdict(lesson), "spellings": spellings}, ensure_ascii=False)
    path = folder / f"{lesson.language}-{_digest(task)}.npz"
    with contextlib.suppress(OSError, ValueError, KeyError, BadZipFile):  # not there, or damaged
        found = models.load(path)
        path.touch()
        return path, found
    log.info("learning how people ask in '%s'", lesson.language)
    _learn_elsewhere(task, path)
    return path, models.load(path)


def _digest(task: str) -> str:
    """The hash of a task and of the code that carries it out."""
    digest = hashlib.sha256(task.encode("utf-8", "replace"))
    for name in _CODE:
        digest.update((Path(__file__).parents[1] / name).read_bytes())
    return digest.hexdigest()[:32]


def _learn_elsewhere(task: str, path: Path) -> None:
    """Learn in a child process; the file appears whole or not at all."""
    command = [sys.executable, "-m", "bot.matching.shelf", str(path)]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    root = str(Path(__file__).parents[2])
    search = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    env = {**os.environ, **one_thread, "PYTHONPATH": search}
    done = subprocess.run(
        command, input=task.encode("utf-8", "replace"), env=env, capture_output=True, check=False
    )
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise LearningFailed(
            f"the program that learns from it ended with {last or done.returncode}",
            where=path.stem.partition("-")[0],
            remedy="Is there memory and disk left? Start again; nothing was changed.",
        )


def _tidy(folder: Path) -> None:
    """Remove what nobody used for a month."""
    oldest = time.time() - _KEPT_DAYS * 86_400
    for path in folder.glob("*-*.*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _main() -> None:
    """The child: a task on standard input, a model in the file that is named."""
    task = json.loads(sys.stdin.buffer.read())
    lesson = task["lesson"]
    spellings = {key: value for one in task["spellings"] for key, value in one.items()}
    learnt = models.learn(
        Lesson(
            lesson["language"],
            [Example(**item) for item in lesson["examples"]],
            [Example(**item) for item in lesson["alarms"]],
            lesson["harmless"],
        ),
        Features(Sounds(spellings)),
    )
    path = Path(sys.argv[1])
    part = path.with_name(f"{path.name}.{os.getpid()}")
    models.save(learnt, part)
    part.replace(path)


if __name__ == "__main__":
    _main()
