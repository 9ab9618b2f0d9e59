"""The programs in examples/ do what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
