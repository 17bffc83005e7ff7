"""Whatever a manager writes, whatever is missing: a text is bounded, tidy and loses nothing."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from pos_app.automation.wording import sms, transliteration
from pos_app.automation.wording.clauses import EMPTY, VALUE, settled
from pos_app.automation.wording.fields import FIELDS, TextFields
from pos_app.automation.wording.rendering import LONGEST, checked, render
from pos_app.errors import BadInput

FILLED = {name: f"«{name.upper()}»" for name in FIELDS}
WORDS = st.sampled_from(["Hi", "order", "is ready", "call us", "Ваше", "готове", "with", "для"])
FIELD = st.sampled_from(FIELDS).map(lambda name: "{{ " + name + " }}")
IF = st.sampled_from(FIELDS).map(
    lambda name: "{% if " + name + " %}{{ " + name + " }}{% else %}no{% endif %}"
)
QUOTED = FIELD.map("“{}”".format)
PART = st.one_of(WORDS, FIELD, FIELD, IF, QUOTED)
CLAUSE = st.lists(PART, min_size=1, max_size=3).map(" ".join)
BRACKETED = st.tuples(CLAUSE, CLAUSE).map(lambda pair: f"{pair[0]} ({pair[1]})")
CLAUSES = st.tuples(
    st.lists(CLAUSE | BRACKETED, min_size=1, max_size=2),
    st.sampled_from([", ", ": ", " – ", "; "]),
).map(lambda pair: pair[1].join(pair[0]))
SENTENCE = st.tuples(CLAUSES, st.sampled_from([".", "!", "?", "…"])).map("".join)
TEXT = st.tuples(st.lists(SENTENCE, min_size=1, max_size=2), st.sampled_from([" ", "\n"])).map(
    lambda pair: pair[1].join(pair[0])
)
UNTIDY = re.compile(
    r"  | [,.!?:;…]|[,:;–] *[.!?…]|[,:;–]\s*$|^\s*[,:;.]|\( *\)|\[ *\]|“ *”|« *»|,\s*,|\( | \)"
)
# Letters of template syntax, so that most of what is made comes near to a template.
SYNTAX = st.lists(
    st.sampled_from(
        ["{{", "}}", "{%", "%}", "{#", "#}", " ", "name", "shop", "if", "not", "else", "endif", "|",
         "upper", "default", "truncate", "(", ")", "'", '"', "x", "5", "*", ".", "[", "]", "for",
         "in", "set", "=", "raw", "endraw", "\n", "-", "\\", "~", "macro", "is", ","]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(TEXT, st.sets(st.sampled_from(FIELDS)))
@example("Hi {{ name }}, order.", {"name"})
@example("{{ shop }}.", {"shop"})
@example("{{ shop }}. {{ shop }} (Hi).", {"shop"})
def test_nothing_untidy_is_left_and_no_field_that_says_something_is_lost(
    text: str, empty: set[str]
) -> None:
    said = render(text, TextFields(**FILLED | dict.fromkeys(empty, "")))
    assert not UNTIDY.search(said), (said, UNTIDY.search(said))
    assert "Hi ," not in said
    for name in set(FIELDS) - empty:
        assert said.count(FILLED[name]) == text.count("{{ " + name + " }}")


@given(TEXT)
def test_with_everything_filled_the_text_is_what_was_written(text: str) -> None:
    shown = re.sub(r"{% if \w+ %}(.*?){% else %}no{% endif %}", r"\1", text)
    for name, value in FILLED.items():
        shown = shown.replace("{{ " + name + " }}", value)
    assert render(text, TextFields(**FILLED)) == shown


@given(st.text(st.sampled_from(f"{EMPTY}{VALUE} ,.:;–()[]«»“”\nab'"), max_size=60))
def test_settling_ends_keeps_every_value_and_leaves_no_mark(marked: str) -> None:
    said = settled(marked)
    assert said.count(VALUE) == marked.count(VALUE)
    assert EMPTY not in said
    assert settled(said) == said


@given(SYNTAX | st.text(max_size=200), st.text(max_size=50))
def test_a_template_is_refused_by_field_or_rendered_within_bounds(text: str, value: str) -> None:
    stored, refused_field = _checked(text)
    if stored is None:
        assert refused_field == "text"
    else:
        assert _checked(stored) == (stored, "")
        fields = TextFields(**dict.fromkeys(FIELDS, value))
        assert len(render(stored, fields)) <= LONGEST


def _checked(text: str) -> tuple[str | None, str]:
    try:
        return checked(text), ""
    except BadInput as error:
        return None, error.field


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=80))
def test_a_value_comes_out_literally(value: str) -> None:
    fields = TextFields("Trattoria", "A43", value, name=value)
    assert render("a {{ time }} b", fields) == (f"a {value.strip()} b" if value.strip() else "a b")


@given(st.text(max_size=500))
def test_parts_hold_the_text_and_no_more_than_are_needed(text: str) -> None:
    facts = sms.facts(text)
    single, joined = (160, 153) if facts.encoding == sms.GSM7 else (70, 67)
    assert facts.parts == sms.sms_parts(text)
    assert (facts.parts == 1) == (facts.units <= single)
    if facts.parts > 1:
        # A character of two units that would be split wastes one unit of its part.
        assert facts.units <= facts.parts * joined <= facts.units + joined + facts.parts
    assert bool(facts.offending) == (facts.encoding == sms.UCS2)
    for one in facts.offending:
        assert sms.encoding_of(one.instead) == sms.GSM7
    assert sms.sms_parts(text + "a" * facts.left) == facts.parts


@given(st.text(st.sampled_from("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ АЄЇЗГЩ-,"), max_size=60))
def test_ukrainian_fits_the_cheap_alphabet_in_latin_letters(text: str) -> None:
    said = sms.plain(transliteration.latin(text))
    assert sms.encoding_of(said) == sms.GSM7
    assert transliteration.latin(said) == said
