"""The programs in examples/ do what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def test_the_same_broken_table_is_refused_by_every_engine_with_the_same_failures() -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLES / "engines" / "run.py", "--without", "spark"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout.splitlines()
    assert [line for line in told if line.endswith(" the same 7 failures")] == [
        f"{name}: the same 7 failures"
        for name in ("pandas", "polars", "polars, lazy", "pyarrow", "DuckDB", "ibis")
    ]
    assert told[-2:] == ["Spark: left out", "Spark Connect: left out"]


NOTEBOOK = EXAMPLES / "questions" / "thirteen_questions.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[dict[str, Any]]:
    """Return the cells of the notebook after the one that imports; `nox -s examples` runs it."""
    whole = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    first = next(place for place, cell in enumerate(whole) if cell["cell_type"] == "code")
    return list(whole[first + 1 :])


def test_the_notebook_asks_thirteen_questions_in_one_to_four_lines_each(
    cells: list[dict[str, Any]],
) -> None:
    heads = [line for cell in cells for line in cell["source"] if line.startswith("## ")]
    assert [head.split()[1] for head in heads] == [f"{number}." for number in range(1, 14)]
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    assert [lines for lines in code if not 1 <= len(lines) <= 4] == []


def test_the_notebook_shows_an_answer_to_each_and_no_warning(cells: list[dict[str, Any]]) -> None:
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["source"] for cell in code if not cell["outputs"]] == []
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} <= {
        "display_data",
        "execute_result",
        "stream",
    }
    assert {output.get("name", "stdout") for output in outputs} == {"stdout"}


def test_the_notebook_is_small() -> None:
    assert NOTEBOOK.stat().st_size < 250_000
