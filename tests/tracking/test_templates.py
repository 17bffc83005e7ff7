"""The page's templates while an update replaces them beneath a site that serves."""

from __future__ import annotations

import shutil
from pathlib import Path

from pos_app.paths import resources
from pos_app.tracking.templates import environment


def test_a_site_serves_the_templates_that_it_was_started_with(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(resources() / "web" / "templates", folder)
    (folder / "note.html").write_text("{% include 'word.html' %}", encoding="utf-8")
    (folder / "word.html").write_text("{{ word }}", encoding="utf-8")
    found = environment(folder)
    for file in folder.iterdir():
        file.write_text("{{ of_another_build }}", encoding="utf-8")
    assert found.get_template("note.html").render(word="<A43>") == "&lt;A43&gt;"
