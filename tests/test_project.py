from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import fintech2021 as ft
from fintech2021._versions import project

if TYPE_CHECKING:
    from pathlib import Path


def says(folder: Path, content: str) -> None:
    (folder / "pyproject.toml").write_text(content, "utf-8")


def test_a_project_names_its_lock_file_relative_to_itself(tmp_path: Path) -> None:
    says(tmp_path, '[tool.fintech2021]\nlock = "locks/data.lock"')
    assert project.lock_path(tmp_path) == tmp_path / "locks" / "data.lock"
    assert project.lock_in(tmp_path) == tmp_path / "locks" / "data.lock"


@pytest.mark.parametrize("content", ["", "[tool]", "[tool.fintech2021]", "[tool.other]\nlock = 1"])
def test_a_project_that_names_none_has_the_usual_one(tmp_path: Path, content: str) -> None:
    says(tmp_path, content)
    assert project.lock_path(tmp_path) is None
    assert project.lock_in(tmp_path) == tmp_path / "fintech2021.lock"


def test_a_folder_without_a_project_has_the_usual_one(tmp_path: Path) -> None:
    assert project.lock_path(tmp_path) is None
    assert project.lock_in(tmp_path) == tmp_path / "fintech2021.lock"


@pytest.mark.parametrize("content", ["[tool", "tool = 1", "[tool]\nfintech2021 = 'x'"])
def test_a_project_file_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    says(tmp_path, content)
    place = re.escape(str(tmp_path / "pyproject.toml"))
    with pytest.raises(ft.LockError, match=f"{place} cannot be read"):
        project.lock_path(tmp_path)


def test_a_project_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"\xff")
    with pytest.raises(ft.LockError, match="cannot be read"):
        project.lock_in(tmp_path)


@pytest.mark.parametrize("value", ["1", '""', "true", "[]", "{}"])
def test_a_lock_that_is_no_path_is_refused(tmp_path: Path, value: str) -> None:
    says(tmp_path, f"[tool.fintech2021]\nlock = {value}")
    with pytest.raises(ft.LockError, match=r"\[tool\.fintech2021\] lock is .*expected a path"):
        project.lock_path(tmp_path)
