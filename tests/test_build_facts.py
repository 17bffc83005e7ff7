"""Which Orderbell runs: told by what its build wrote, or by the source tree's own git."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app import __version__, build_facts
from pos_app.build_facts import BuildFacts

FACTS = {"version": __version__, "commit": "dd1f7cc964", "built_on": "2026-11-28"}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file in which a build says what it was made of, to a program that begins."""
    monkeypatch.setattr(build_facts, "resources", lambda: tmp_path)
    build_facts.build_facts.cache_clear()
    yield tmp_path / build_facts.NAME
    build_facts.build_facts.cache_clear()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with one commit."""
    folder = tmp_path / "tree"
    _git("init", "--quiet", "--initial-branch", "main", str(folder), at=tmp_path)
    _git("commit", "--quiet", "--allow-empty", "-m", "first", at=folder)
    return folder


def _git(*words: str, at: Path) -> str:
    named = ("-c", "user.name=Shop", "-c", "user.email=shop@example.com")
    done = subprocess.run(
        ["git", *named, *words], cwd=at, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _head(tree: Path) -> str:
    return _git("rev-parse", "HEAD", at=tree)[: build_facts.SHORT]


def test_a_build_says_what_it_was_made_of(told: Path) -> None:
    told.write_text(json.dumps({"commit": "dd1f7cc964", "built_on": "2026-11-28"}))
    found = build_facts.build_facts()
    assert found == BuildFacts(__version__, "dd1f7cc964", "2026-11-28")
    assert found.text() == f"{__version__} (dd1f7cc964, 2026-11-28)"


def test_a_program_stays_the_build_that_it_was_started_as(told: Path) -> None:
    told.write_text(json.dumps(FACTS))
    began = build_facts.build_facts()
    assert build_facts.successor() is None
    told.write_text(json.dumps({**FACTS, "version": "9.9.9"}))
    assert build_facts.build_facts() == began
    assert build_facts.successor() == BuildFacts("9.9.9", "dd1f7cc964", "2026-11-28")


@pytest.mark.parametrize("content", [None, "", "[]", '{"version": "9.9.9"'])
def test_files_that_are_just_being_replaced_are_no_other_build(
    told: Path, content: str | None
) -> None:
    told.write_text(json.dumps(FACTS))
    build_facts.build_facts()
    told.unlink()
    if content is not None:
        told.write_text(content)
    assert build_facts.successor() is None


def test_a_source_tree_is_never_taken_for_an_update(told: Path) -> None:
    build_facts.build_facts()
    told.write_text(json.dumps(FACTS))
    assert build_facts.successor() is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"commit": "dd1f7cc964"}', "null"])
def test_a_broken_file_is_no_reason_not_to_start(told: Path, content: str) -> None:
    told.write_text(content)
    assert build_facts.build_facts().version == __version__


def test_without_any_facts_there_is_still_a_version(tmp_path: Path) -> None:
    assert build_facts._commit_of(tmp_path) == ""
    assert BuildFacts("0.1.0").text() == "0.1.0"


def test_a_source_tree_is_asked_for_its_commit(tree: Path) -> None:
    assert build_facts._commit_of(tree) == _head(tree) != ""


def test_packed_branches_and_a_bare_commit_are_read_too(tree: Path) -> None:
    _git("pack-refs", "--all", at=tree)
    assert build_facts._commit_of(tree) == _head(tree)
    _git("checkout", "--quiet", "--detach", at=tree)
    assert build_facts._commit_of(tree) == _head(tree)


def test_a_second_worktree_has_a_commit_of_its_own(tree: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    _git("worktree", "add", "--quiet", "-b", "other", str(other), at=tree)
    _git("commit", "--quiet", "--allow-empty", "-m", "second", at=other)
    assert build_facts._commit_of(other) == _head(other) != _head(tree)
