"""How the models are learnt, kept and read again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.load import load
from bot.errors import LearningFailed
from bot.matching import model as models
from bot.matching import shelf as shelves
from bot.matching import svm
from bot.matching.decision import Evidence, Weights, probabilities
from bot.matching.features import Features
from bot.matching.model import Example, Lesson
from bot.matching.shelf import Shelf, build_matcher, features_of, lessons
from bot.matching.vectors import Vocabulary
from bot.text.sounds import Sounds
from tests.conftest import SMALL

FEATURES = Features()


def test_two_texts_share_features_where_their_words_are_alike() -> None:
    """A misspelt word, another ending, a compound; and nothing where nothing is alike."""
    word, typo, other = FEATURES.bags(["anmeldung", "anmeldunk", "krankenhaus"])
    shared = len(np.intersect1d(word.hashes, typo.hashes)) / len(word.hashes)
    assert shared > 0.4
    assert len(np.intersect1d(word.hashes, other.hashes)) < 4


@given(st.lists(st.text(max_size=40), max_size=6))
def test_many_texts_at_once_are_the_same_as_one_by_one(texts: list[str]) -> None:
    """The fast way against the obvious one; any text, surrogates too."""
    folded = [FEATURES.fold(text) for text in texts]
    for together, text in zip(FEATURES.bags(folded), folded, strict=True):
        alone = FEATURES.bag(text)
        assert together.hashes.tolist() == alone.hashes.tolist()
        assert np.allclose(together.weights, alone.weights)


@given(st.text())
def test_the_sounds_of_a_text_have_no_vowels(text: str) -> None:
    """Whatever comes, small Latin consonants stay and their vowels go."""
    assert not set(Sounds().of(FEATURES.fold(text))) & set("aeiou")


@pytest.mark.parametrize(
    ("one", "other"),
    [("anmeldung", "анмельдунг"), ("anmeldung", "انميلدونغ"), ("wbs", "вбс"),
     ("dokumente", "документи"), ("m7tarem", "محترم")],
)  # fmt: skip
def test_the_same_word_sounds_alike_in_every_script(one: str, other: str) -> None:
    """Nearly: the consonants of one stand in those of the other."""
    sounds = Sounds({"7": "h"})
    first, second = (sounds.of(FEATURES.fold(word)) for word in (one, other))
    assert first in second or second in first


def test_the_machine_separates_what_can_be_separated() -> None:
    """Three classes of texts, the smallest with one text only."""
    texts = ["wbs antrag", "wbs formular", "wbs amt", "arzt termin", "arzt sprechstunde", "bus"]
    labels = np.array([0, 0, 0, 1, 1, 2], dtype=np.int32)
    bags = FEATURES.bags(texts)
    vocabulary = Vocabulary.of(bags)
    vectors = [vocabulary.vector(bag) for bag in bags]
    weights = svm.train(vectors, labels, len(vocabulary.hashes), np.random.default_rng(1))
    for (places, values), label in zip(vectors, labels, strict=True):
        assert int((values @ weights[places] + weights[-1]).argmax()) == label


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """And learning the same lesson again gives the same model."""
    lesson = Lesson("de", [Example("wbs antrag", "a/b"), Example("bus fahren", "c/d")])
    learnt = models.learn(lesson, FEATURES)
    models.save(learnt, tmp_path / "model.npz")
    again = models.load(tmp_path / "model.npz")
    for model in (again, models.learn(lesson, FEATURES)):
        assert model.topics.classes == learnt.topics.classes == ("", "a/b", "c/d")
        assert np.array_equal(model.topics.weights, learnt.topics.weights)
        assert model.neighbours.texts == learnt.neighbours.texts


def test_an_edit_learns_only_its_language_anew(content: Path, tmp_path: Path) -> None:
    """One file for a language, named by what it follows from."""
    shelf = Shelf(tmp_path / "cache")
    shelf.models(load(content))
    before = {path.name for path in (tmp_path / "cache").iterdir()}
    file = content / "topics" / "housing" / "wbs" / "de.md"
    file.write_text(file.read_text(encoding="utf-8").replace("wbs antrag", "wbs antrag jetzt"))
    shelf.models(load(content))
    after = {path.name for path in (tmp_path / "cache").iterdir()}
    assert [name.partition("-")[0] for name in after - before] == ["de"]
    assert before < after


def test_a_damaged_file_is_learnt_anew(tmp_path: Path) -> None:
    """A full disk or a kill leaves no bot that cannot start."""
    catalogue = load(SMALL)
    shelf = Shelf(tmp_path)
    shelf.models(catalogue)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert set(shelf.models(catalogue)) == {"ar", "de", "en"}


def test_without_a_cache_folder_it_learns_all_the_same(tmp_path: Path) -> None:
    """Read-only homes are common in containers."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    matcher = build_matcher(load(SMALL), cache=blocked / "models")
    assert matcher.match("wbs antrag").topics[0] == "housing/wbs"


def test_a_child_that_fails_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong and what to do."""
    monkeypatch.setattr(shelves.sys, "executable", "/bin/false")
    with pytest.raises(LearningFailed, match="memory and disk"):
        Shelf(tmp_path).models(load(SMALL))


def test_probabilities_sum_to_one_and_grow_with_the_evidence() -> None:
    """A better score or a nearer way of asking makes a topic likelier."""
    evidence = [Evidence("a/b", 0.1, 0.5), Evidence("", -0.2, 0.1)]
    before = dict(probabilities(evidence, Weights()))
    for more in (Evidence("a/b", 0.2, 0.5), Evidence("a/b", 0.1, 0.9)):
        after = dict(probabilities([more, evidence[1]], Weights()))
        assert sum(after.values()) == pytest.approx(1)
        assert after["a/b"] > before["a/b"]


def test_spellings_of_a_language_come_from_its_file(content: Path) -> None:
    """content/languages/LANGUAGE.yaml, without a line of code; without it general rules hold."""
    folder = content / "languages"
    folder.mkdir()
    (folder / "ar.yaml").write_text('sounds: {"7": h, sch: ""}\n', encoding="utf-8")
    sounds = features_of(load(content)).sounds
    assert sounds.of("m7tarem") == "mhtrm"
    assert features_of(load(SMALL)).sounds.of("m7tarem") == "m7trm"


def test_intents_learn_from_questions_alone() -> None:
    """No emergencies, no phrases out of scope."""
    catalogue = load(SMALL)
    for lesson in lessons(catalogue, intents=True):
        assert not lesson.alarms
        assert all(example.topic for example in lesson.examples)
        assert replace(lesson, alarms=()) == lesson
