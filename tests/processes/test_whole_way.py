"""The whole way as processes: stand-in and bot, real HTTP, real SQLite, real python-telegram-bot."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from tests.processes.running import BOT, ROOT, People, bot_env, process, standin, stop, wait_for

pytestmark = pytest.mark.processes

QUESTIONS = [
    ("de", "Wie bekomme ich einen Dolmetscher für den Arzt?", "Sprachmittler"),
    ("en", "How do I get an interpreter for the doctor?", "interpreter"),
    ("ar", "كيف أحصل على مترجم عند الطبيب؟", "مترجم"),
    ("uk", "Як знайти перекладача до лікаря?", "переклада"),
]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory, know: Knowledge) -> Iterator[People]:
    """A stand-in and the real bot with the real content, which was learnt before."""
    folder = tmp_path_factory.mktemp("whole-way")
    with (
        standin(folder) as people,
        process(BOT, folder / "bot.log", bot_env(people, folder, ROOT / "content")),
    ):
        yield people


@pytest.mark.parametrize(("language", "question", "word"), QUESTIONS)
def test_a_question_a_tap_and_another_language(
    people: People, language: str, question: str, word: str
) -> None:
    """Each of the four languages: answer, a section, a change of language."""
    person = people.add("Newcomer", language)
    people.say(person, question)
    answer = people.wait_reply(person, 1)
    assert word.lower() in answer["text"].lower()
    assert answer["reply_to_message"]["text"] == question
    people.tap(person, answer, "more|")
    assert people.wait_reply(person, 2)["text"] != answer["text"]
    other = "en" if language == "de" else "de"
    people.tap(person, answer, "languages")
    people.tap(person, people.wait_reply(person, 3), f"speak|{other}|")
    changed = people.wait_reply(person, 4)["text"]
    assert ("Sprachmittler" if other == "de" else "interpreter") in changed


def test_a_deep_link_from_a_letter(people: People) -> None:
    """Language, region and topic at once, with the pool's phone number."""
    person = people.add("Newcomer", "de")
    people.say(person, "/start ar_rotenburg-wuemme_interpreter_request")
    text = people.wait_reply(person, 1)["text"]
    assert "04261 983-2854" in text
    assert "مترجم" in text


def test_the_profile_is_set_in_every_language(people: People) -> None:
    """Commands and descriptions per language."""
    wait_for(lambda: len(people.get("calls?method=setMyCommands")) >= 5, 10, "the commands")


def test_a_minute_after_the_answer_the_words_are_in_no_file(tmp_path: Path) -> None:
    """Question and answer leave no trace on the disk (the cleaning runs every 15 seconds)."""
    secret = "Zwetschgenkuchen"
    with standin(tmp_path) as people:
        folder = tmp_path / "data"
        folder.mkdir()
        with process(BOT, tmp_path / "bot.log", bot_env(people, folder)) as bot:
            person = people.add("Newcomer", "de")
            people.say(person, f"wie bekomme ich einen wbs {secret}")
            people.wait_reply(person, 1)

            def gone() -> bool:
                files = [file.read_bytes() for file in folder.iterdir()]
                return not any(secret.encode() in file for file in files)

            wait_for(gone, 60, "the words to be gone")
            assert stop(bot) == 0
        assert secret not in (tmp_path / "bot.log").read_text(encoding="utf-8")
