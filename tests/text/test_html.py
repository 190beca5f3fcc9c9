"""Markdown becomes the HTML that Telegram takes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.direction import FSI, PDI
from bot.text.html import length, render, to_plain

ALLOWED = ("<b>", "</b>", "<i>", "</i>", "</a>")


def test_headings_lists_and_links_become_what_telegram_knows() -> None:
    """A heading is bold, lists are lines, a link stays a link."""
    html = render(
        "## So geht es\n\n1. **Eins**\n2. Zwei & drei\n\n- [Seite](https://example.org/?a=1&b=2)"
    )
    assert html == (
        "<b>So geht es</b>\n1. <b>Eins</b>\n2. Zwei &amp; drei\n\n"
        '• <a href="https://example.org/?a=1&amp;b=2">Seite</a>'
    )


def test_markup_in_the_text_is_only_text() -> None:
    """HTML that an editor writes is shown, not carried out."""
    assert "<script>" not in render("<script>alert(1)</script> a < b")


@given(st.text())
def test_nothing_but_known_tags_comes_out(markdown: str) -> None:
    """Whatever stands in a file, no other tag and no bare '<' or '&' reaches Telegram."""
    rest = render(markdown)
    for tag in ALLOWED:
        rest = rest.replace(tag, "")
    import re

    rest = re.sub(r'<a href="[^"<>]*">', "", rest)
    assert "<" not in rest
    assert not re.search(r"&(?!amp;|lt;|gt;|#34;|#39;|quot;)", rest)


def test_latin_words_and_numbers_are_isolated_in_arabic() -> None:
    """A phone number inside Arabic keeps its own order."""
    html = render("اتصل على 04261 983-2854 (Sprachmittlerpool) الآن", rtl=True)
    assert f"{FSI}04261 983-2854{PDI}" in html
    assert f"({FSI}Sprachmittlerpool{PDI})" in html


def test_length_counts_what_the_reader_sees_in_utf16() -> None:
    """Tags count nothing, an entity one, an emoji two."""
    assert length("<b>a&amp;b</b> 👍") == 3 + 1 + 2


def test_plain_text_keeps_the_address_of_a_link() -> None:
    """Where markup is refused the link's address still stands there."""
    assert to_plain('<a href="https://example.org">Seite</a> &amp; mehr') == (
        "Seite (https://example.org) & mehr"
    )
