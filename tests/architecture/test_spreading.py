"""Tests that share what is costly stay together, and the longest begin first."""

from __future__ import annotations

import pytest

from tests.support.sources import ROOT
from tests.support.spreading import WALKING, longest_first, unit_of

_MODULE = """
import pytest

def test_one(): ...

@pytest.mark.timeout(180)
def test_fault(): ...

@pytest.mark.timeout(120)
def test_sabotage(): ...

@pytest.mark.timeout(60)
def test_that_must_be_quick(): ...

@pytest.mark.timeout(600)
def test_journey(): ...

def test_other(): ...
"""


def test_a_module_stays_together_whatever_its_parameters_say() -> None:
    module = "tests/store/test_words.py"
    for test in ("test_one", "test_one[a::b-[c]]", "TestMany::test_one"):
        assert unit_of(f"{module}::{test}") == module


def test_all_walks_through_the_same_screens_stay_together() -> None:
    cut_off, *others = WALKING
    walks = [f"{cut_off}[en-first_start]", *(f"{test}[first_start]" for test in others)]
    assert {unit_of(walk) for walk in walks} == {"walk first_start"}
    assert unit_of(f"{cut_off}[longer-who]") == "walk who"


@pytest.mark.parametrize("name", WALKING)
def test_each_walk_is_a_test_that_exists(name: str) -> None:
    module, _, test = name.partition("::")
    assert f"def {test}(" in (ROOT / module).read_text(encoding="utf-8")


def test_what_may_take_longest_begins_first(pytester: pytest.Pytester) -> None:
    found = [item.name for item in longest_first(pytester.getitems(_MODULE))]
    assert found == [
        "test_journey",
        "test_fault",
        "test_sabotage",
        "test_one",
        "test_other",
        "test_that_must_be_quick",
    ]
