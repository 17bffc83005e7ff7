"""Names that follow from what they name."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.ids import uid_of

PARTS = st.lists(st.one_of(st.text(max_size=12), st.integers()), min_size=1, max_size=4)


@given(PARTS)
def test_a_name_is_a_uuid_of_version_8_and_follows_from_its_parts(parts: list[object]) -> None:
    name = uid_of(*parts)
    assert str(UUID(name)) == name == uid_of(*parts)
    assert (UUID(name).version, UUID(name).variant) == (8, RFC_4122)


def test_a_store_that_was_put_back_says_the_same_text_under_the_same_name() -> None:
    assert uid_of("a", 1) == "05a9c569-a185-8c60-b551-1f9760bc3f1a"
