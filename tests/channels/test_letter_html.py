"""A text as a letter that mail programs show: its words, its link, nothing of anybody else’s."""

from __future__ import annotations

from pos_app.channels.letter_html import letter_html

LINK = "https://t.example.ua/2E4EQ94YC77LNA2F8YW5KF17C8X8OH"


def test_lines_and_paragraphs_stay_what_they_are() -> None:
    page = letter_html("Готово!\nПідійдіть.\n\nДякуємо", language="uk")
    assert page.count("<p ") == 2
    assert "Готово!<br>Підійдіть.</p>" in page
    assert '<html lang="uk">' in page


def test_the_link_can_be_followed_where_it_stands_in_the_text() -> None:
    page = letter_html(f"Look: {LINK}", LINK)
    assert f'<a href="{LINK}"' in page
    assert page.count(LINK) == 2


def test_what_a_guest_is_called_is_text_and_no_markup() -> None:
    page = letter_html('Hi <script>alert("1")</script> & <b>co</b>', LINK)
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;" in page


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    assert "<a " not in letter_html("Go: javascript:alert(1)", "javascript:alert(1)")


def test_nothing_is_fetched_when_it_is_opened() -> None:
    page = letter_html("Ready")
    assert "http" not in page
    assert "url(" not in page
