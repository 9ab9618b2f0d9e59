from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tools.writing import generate

from fintech2021._core import catalog

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = list(generate.outputs())


@pytest.mark.parametrize(("path", "text"), OUTPUTS, ids=[path.name for path, _ in OUTPUTS])
def test_every_generated_file_is_current(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run python -m tools.writing.generate"


def test_generating_again_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert generate.main() == 0
    assert capsys.readouterr().out == "current\n"


def test_every_dataset_has_a_loader_and_a_name_in_the_generated_modules() -> None:
    door, names = (generate.PACKAGE / "__init__.py").read_text("utf-8"), generate.names_module()
    for name in catalog.datasets():
        assert f"    load_{name}: TableLoader" in door
        assert f'"{name}",' in names


def test_a_missing_mark_in_the_front_door_is_an_error() -> None:
    with pytest.raises(ValueError, match="not enough values to unpack"):
        generate.front_door('"""No marks here."""\n')


def test_what_is_not_current_is_told_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale, current = tmp_path / "new" / "page.md", tmp_path / "same.md"
    current.write_text("same", "utf-8")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "outputs", lambda: iter([(stale, "字"), (current, "same")]))
    assert generate.main(["--check"]) == 1
    assert not stale.exists()
    assert generate.main([]) == 0
    assert stale.read_text("utf-8") == "字"
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "not current: new/page.md",
        "new/page.md",
        "current",
    ]
