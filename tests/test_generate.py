from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import generate
from fintech2021 import catalogue

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = list(generate.outputs())


@pytest.mark.parametrize(("path", "text"), OUTPUTS, ids=[path.name for path, _ in OUTPUTS])
def test_every_generated_file_is_current(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run tools/generate.py"


def test_generating_again_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    assert generate.main() == 0
    assert capsys.readouterr().out == "current\n"


def test_every_dataset_has_a_loader_and_a_name_in_the_generated_modules() -> None:
    loaders, names = generate.loaders_module(), generate.names_module()
    for name in catalogue.datasets():
        assert f"def load_{name}(" in loaders
        assert f'"{name}",' in names


def test_a_missing_mark_in_the_front_door_is_an_error() -> None:
    with pytest.raises(ValueError, match="not enough values to unpack"):
        generate.front_door('"""No marks here."""\n')
