"""A question and its answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.events import Delete, Toast
from bot.conversation.knowledge import Knowledge
from bot.text.html import length
from tests.conversation.conftest import Person

Make = Callable[..., Person]


def test_an_answer_has_title_lead_steps_source_and_an_honest_line(person: Make) -> None:
    """What a newcomer needs on the first screen."""
    text = person().writes("wie bekomme ich einen wbs")
    assert text.startswith("🏠 Wohnberechtigungsschein (WBS)\n\nMit dem WBS dürfen Sie")
    assert "1. Holen Sie das Formular." in text
    assert "Quelle: Musterstadt (https://example.org/wbs) (22. November 2026)" in text
    assert "Noch von keiner Behörde geprüft." in text


def test_the_answer_replies_to_the_question_and_has_at_most_five_buttons(person: Make) -> None:
    """So a later tap still has its text; the last button is 'no, not this'."""
    someone = person()
    someone.writes("wie bekomme ich einen wbs")
    assert someone.says[0].reply_to == 10
    assert len(someone.buttons) <= 5
    assert someone.buttons[-1].data == "no|housing/wbs"


def test_the_local_office_is_named_once_the_place_is_known(person: Make) -> None:
    """Region, then town, because each town has its own office; the answer comes again with it."""
    someone = person()
    assert "Sagen Sie mir, wo Sie wohnen" in someone.writes("wie bekomme ich einen wbs")
    someone.taps("Wo ich wohne")
    someone.taps("Musterkreis")
    assert "Rathaus Oberstadt" not in someone.text
    someone.taps("Mein Ort")
    text = someone.taps("Oberstadt")
    assert "📍 Rathaus Oberstadt" in text
    assert "04261 983-1000 (+49 4261 9831000)" in text
    assert "Mo.–Fr. 08:00–12:00" in text
    assert "Fragen Sie: Rathaus Oberstadt." in text
    assert (someone.chat.region, someone.chat.municipality) == ("musterkreis", "oberstadt")


def test_a_dated_contact_says_call_first(person: Make) -> None:
    """An old number is not passed off as new."""
    someone = person()
    someone.writes("Unterdorf")
    assert "Bitte rufen Sie vorher an" in someone.writes("wie bekomme ich einen wbs")


def test_a_place_can_be_typed_also_misspelt(person: Make) -> None:
    """People write where they live instead of tapping."""
    someone = person()
    assert "Oberstadt, Musterkreis" in someone.writes("Obberstadt")
    assert someone.chat.municipality == "oberstadt"


def test_the_answer_comes_in_the_language_of_the_question(person: Make) -> None:
    """Until a language is tapped."""
    someone = person(app="de")
    text = someone.writes("كيف أحصل على شهادة WBS؟")
    assert "بهذه الشهادة" in text
    assert "ترجمه الحاسوب" in text
    assert someone.chat.language is None


def test_a_tapped_language_stays_and_one_button_switches(person: Make) -> None:
    """A chosen language is never changed silently."""
    someone = person(app="ar")
    someone.taps_data("speak|en|-")
    text = someone.writes("Wie bekomme ich einen WBS?")
    assert "With the certificate" in text
    assert any(b.label == "🌐 Deutsch" for b in someone.buttons)
    assert "Mit dem WBS" in someone.taps("Deutsch")
    assert someone.chat.language == "de"


def test_without_a_text_in_the_language_another_one_comes_with_a_line(person: Make) -> None:
    """Missing translations are admitted."""
    someone = person(app="uk")
    text = someone.commands("start", "uk_-_housing_wbs")
    assert "Цього тексту вашою мовою ще немає." in text


def test_a_follow_up_stays_with_the_topic(person: Make) -> None:
    """'And what does it cost?' gets the section of the topic at hand."""
    someone = person()
    someone.writes("wie bekomme ich einen wbs")
    assert "Oft nichts." in someone.writes("und was kostet das")
    assert "Mehr weiß ich dazu nicht" in someone.writes("und wie lange dauert das?")


def test_a_question_with_a_topic_of_its_own_is_no_follow_up(person: Make) -> None:
    """'What does the registration cost?' leaves the topic at hand."""
    someone = person()
    someone.writes("wie bekomme ich einen wbs")
    assert "Wohnung anmelden" in someone.writes("anmeldung termin")


def test_never_the_same_text_twice_running(person: Make) -> None:
    """Asked again, the next part comes; then the bot says that this is all."""
    someone = person()
    texts = [someone.writes("wie bekomme ich einen wbs") for _ in range(4)]
    assert texts[0] != texts[1] != texts[2]
    assert "Oft nichts." in texts[1]
    assert "Mehr weiß ich dazu nicht" in texts[2]


def test_no_not_this_offers_the_next_topics_of_the_same_question(person: Make) -> None:
    """The question's text comes back from Telegram with the tap."""
    someone = person()
    someone.writes("wbs anmeldung")
    someone.taps("Nein, das nicht")
    assert "Was meinen Sie?" in someone.text
    assert someone.chat.topic is None


def test_without_the_questions_text_a_no_leads_to_the_menu(person: Make) -> None:
    """Telegram does not always give the text."""
    someone = person()
    someone.writes("wie bekomme ich einen wbs")
    assert "112" in someone.taps("Nein, das nicht", question="")


def test_unknown_questions_end_with_people_and_emergency_numbers(person: Make) -> None:
    """It says so, shows the categories, names people, ends with 112 · 110."""
    someone = person()
    someone.writes("Oberstadt")
    text = someone.writes("wie wird das wetter morgen")
    assert "Das weiß ich leider nicht" in text
    assert "Koordinierungsstelle Musterkreis" in text
    assert text.splitlines()[-1] == "In Gefahr: 112 (Rettungsdienst, Feuerwehr) · 110 (Polizei)"
    assert any("Wohnen" in b.label for b in someone.buttons)


def test_unknown_questions_before_the_place_is_known_ask_for_it(person: Make) -> None:
    """Without a place no person can be named; the bot says what is missing."""
    text = person().writes("wie wird das wetter morgen")
    assert "wo Sie wohnen" in text


def test_in_german_for_the_person_at_the_counter(person: Make) -> None:
    """The German text on one tap, the own language stays."""
    someone = person(app="ar")
    someone.taps_data("speak|ar|-")
    someone.writes("كيف أحصل على شهادة WBS؟")
    assert "Mit dem WBS dürfen Sie" in someone.taps_data("in|housing/wbs|de")
    assert someone.chat.language == "ar"


def test_only_approved_texts_are_shown_where_the_operator_wants_it(small: Knowledge) -> None:
    """Of others title, contact and source."""
    someone = Person(replace(small, show="approved"))
    someone.writes("Oberstadt")
    text = someone.writes("wie bekomme ich einen wbs")
    assert "Mit dem WBS" not in text
    assert "Wohnberechtigungsschein" in text
    assert "Rathaus Oberstadt" in text
    assert "Musterstadt" in text


def test_danger_comes_first_and_leaves_no_trace(person: Make) -> None:
    """The card names numbers with language and hours; hiding deletes card and message."""
    someone = person()
    someone.writes("wie bekomme ich einen wbs")
    text = someone.writes("hilfe er atmet nicht mehr")
    assert "📞 112 – Rettungsdienst · Deutsch · Tag und Nacht" in text
    assert "📞 110 – Polizei · Deutsch · Tag und Nacht" in text
    assert someone.chat.topic is None
    someone.taps("Das verbergen")
    assert someone.turn.actions == (Toast("t"), Delete(21), Delete(20))


def test_what_else_was_asked_is_answered_under_the_card(person: Make) -> None:
    """Two messages: the card, and the ordinary answer."""
    someone = person()
    text = someone.writes("es brennt! wie bekomme ich einen wbs?")
    assert len(someone.says) == 2
    assert "112" in text.split("---")[0]
    assert "WBS" in text.split("---")[1]


def test_not_what_i_meant_gives_the_ordinary_reply(person: Make) -> None:
    """The same words without the alarm."""
    someone = person()
    someone.writes("112")
    assert "Das weiß ich leider nicht" in someone.taps("Das meinte ich nicht")


def test_danger_is_heard_in_any_language_whatever_is_chosen(person: Make) -> None:
    """A German trigger in an Arabic chat."""
    someone = person(app="ar")
    someone.taps_data("speak|ar|-")
    assert "الإسعاف" in someone.writes("mein kind ist bewusstlos")


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "sticker", "file", "location", "contact", "other"]
)
def test_nothing_that_is_sent_meets_silence(person: Make, kind: str) -> None:
    """Photos, voice, stickers, files get a fitting reply."""
    assert person().sends(kind)  # type: ignore[arg-type]


def test_start_greets_in_the_apps_language_and_asks_nothing(person: Make) -> None:
    """A program answers, and for whom."""
    text = person(app="uk").commands("start")
    assert text.startswith("Ласкаво просимо!")
    assert "програма" in text


def test_start_is_german_and_english_where_the_language_is_unknown(person: Make) -> None:
    """Never silently German."""
    text = person(app="th").commands("start")
    assert "Willkommen!" in text
    assert "Welcome!" in text


def test_a_deep_link_sets_language_and_region_and_shows_the_topic(person: Make) -> None:
    """As printed on a letter; parts that are unknown count as not given."""
    someone = person(app="de")
    assert "شهادة السكن" in someone.commands("start", "ar_musterkreis_housing_wbs")
    assert (someone.chat.language, someone.chat.region) == ("ar", "musterkreis")
    assert "أهلًا وسهلًا" in person(app="ar").commands("start", "xx_nowhere_no_thing")
    assert person(app="de").commands("start", "-_-_housing_-").startswith("🏠 Wohnen")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "topic",
        "topic|no/topic",
        "part|housing/wbs|nope",
        "speak|zz",
        "region|zz|",
        "town|zz|",
        "in|housing/wbs|zz",
        "more|",
        "|||",
        "category|zz",
    ],
)
def test_old_and_forged_buttons_are_answered_kindly(person: Make, data: str) -> None:
    """No button makes the bot fall silent or fail."""
    assert person().taps_data(data)


def test_every_button_fits_into_64_bytes(know: Knowledge) -> None:
    """With the real content: every topic, section and place."""
    from bot.conversation.taps import LIMIT, encode

    catalogue = know.catalogue
    longest = max(catalogue.topics, key=len)
    for topic in catalogue.topics:
        for verb in ("topic", "more", "no"):
            assert len(encode(verb, topic).encode()) <= LIMIT
        assert len(encode("part", topic, "documents").encode()) <= LIMIT
    for region in catalogue.regions.values():
        encode("region", region.id, longest)
        for town in region.municipalities:
            encode("town", town.id, longest)


def test_delete_forgets_and_says_so(person: Make) -> None:
    """/delete at once."""
    someone = person()
    someone.writes("Oberstadt")
    someone.commands("delete")
    assert someone.turn.forget
    assert someone.chat.region is None


def test_an_unknown_command_is_taken_as_a_question(person: Make) -> None:
    """'/wbs' is meant as a question."""
    assert "Mit dem WBS" in person().commands("wbs")


def test_in_a_group_no_place_is_asked_for(person: Make) -> None:
    """A group has no place and hides nothing."""
    someone = person(group=True)
    someone.writes("wie bekomme ich einen wbs")
    assert not any(b.data.startswith(("regions", "languages")) for b in someone.buttons)


def test_every_first_answer_fits_one_screen(know: Knowledge) -> None:
    """About 900 characters, in every language, with and without a region; five buttons at most."""
    over = []
    for language in know.languages:
        for region in (None, "rotenburg-wuemme"):
            for topic in know.catalogue.topics.values():
                if topic.category in ("chat", "emergency"):
                    continue
                someone = Person(know, app=language)
                someone.chat = replace(someone.chat, region=region)
                someone.taps_data(f"topic|{topic.id}")
                assert len(someone.buttons) <= 5
                size = length(str(someone.says[0].html))
                if size > 1050:
                    over.append((language, region, topic.id, size))
    assert not over


def test_past_its_review_day_an_answer_has_no_amounts_and_says_why(small: Knowledge) -> None:
    """The section about cost is gone with its button; the rest is still there."""
    topic = small.catalogue.topics["housing/wbs"]
    german = topic.articles["de"]
    old = replace(german, review=replace(german.review, until=date(2026, 1, 1)))
    topics = {
        **small.catalogue.topics,
        topic.id: replace(topic, articles={**topic.articles, "de": old}),
    }
    someone = Person(replace(small, catalogue=replace(small.catalogue, topics=topics)))
    text = someone.writes("wie bekomme ich einen wbs")
    assert "Mit dem WBS dürfen Sie" in text
    assert "darum fehlen Beträge und Fristen" in text
    assert "Noch von keiner Behörde geprüft." not in text
    assert not any("cost" in button.data for button in someone.buttons)
