"""The score that is kept, and the floor below which no table may fall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.checking.mutations.score import Result, Tally

__all__ = ["PATH", "kept", "renewed", "written"]

PATH = Path(__file__).with_name("kept.json")


def kept() -> tuple[dict[str, Result], dict[str, float]]:
    """Return the results and the floors by dataset."""
    document: dict[str, Any] = json.loads(PATH.read_text("utf-8")) if PATH.exists() else {}
    results = {name: _read(each) for name, each in document.items()}
    return results, {name: each["floor"] for name, each in document.items()}


def _read(document: dict[str, Any]) -> Result:
    return Result(
        {name: Tally(*each) for name, each in document["operators"].items()},
        Tally(*document["figures"]),
        document["survivors"],
    )


def renewed(floors: dict[str, float], results: dict[str, Result]) -> dict[str, float]:
    """Return the floors, raised to the whole percent below each score; none is lowered."""
    return {
        name: max(floors.get(name, 0.0), int(result.score() * 100 + 1e-9) / 100)
        for name, result in results.items()
    }


def written(results: dict[str, Result], floors: dict[str, float]) -> str:
    """Return the file that keeps both."""
    document = {
        name: {
            "floor": floors[name],
            "figures": result.figures,
            "operators": result.tallies,
            "survivors": result.survivors,
        }
        for name, result in results.items()
    }
    return _lines(document)


def _lines(document: dict[str, Any]) -> str:
    """Return JSON with a line for each thing that can change."""
    tables = []
    for name, each in document.items():
        parts = [f'  "floor": {each["floor"]}', f'  "figures": {json.dumps(each["figures"])}']
        for part in ("operators", "survivors"):
            lines = ",\n".join(
                f"   {json.dumps(k)}: {json.dumps(v)}" for k, v in each[part].items()
            )
            parts.append(f'  "{part}": {{\n{lines}\n  }}' if lines else f'  "{part}": {{}}')
        tables.append(f' "{name}": {{\n' + ",\n".join(parts) + "\n }")
    return "{\n" + ",\n".join(tables) + "\n}\n"
