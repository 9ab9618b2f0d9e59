"""Run the notebooks of this folder, warnings as errors, and keep what they show.

Usage: ``python notebooks.py`` writes the outputs into the notebooks; with ``--check`` it writes
nothing and fails where what they print is not what is kept. Where notebooks or folders are named,
only these. Pictures are not compared: their bytes change with the version of what draws them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
STRICT = "import warnings; warnings.simplefilter('error')"
LENIENT = "warnings.simplefilter('default')"  # The kernel warns of itself when it is ended.


def executed(notebook: Any) -> Any:
    """Return the notebook with the outputs of a run in an empty folder."""
    strict, lenient = map(nbformat.v4.new_code_cell, (STRICT, LENIENT))
    notebook.cells = [strict, *notebook.cells, lenient]
    # What a cell prints comes in pieces, by chance.
    how = {"timeout": 300, "record_timing": False, "coalesce_streams": True}
    with TemporaryDirectory() as folder:
        NotebookClient(notebook, resources={"metadata": {"path": folder}}, **how).execute()
    notebook.cells = notebook.cells[1:-1]
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    return numbered(notebook)


def numbered(notebook: Any) -> Any:
    """Count the cells from 1, as if those that are about warnings had not been there."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        cell.execution_count = number
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = number
    return notebook


def told(notebook: Any) -> list[str]:
    """Return what every cell prints, and the text of every result that is no picture."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    texts = (output.get("text") or output.get("data", {}).get("text/plain") for output in outputs)
    pictures = ("<Figure", "<Axes", "<IPython.core.display.SVG")
    return [text for text in texts if text and not text.startswith(pictures)]


def changed(path: Path) -> list[str]:
    """Return what a notebook shows that is not kept in it, and what it keeps and does not show."""
    kept = nbformat.read(path, as_version=4)
    before = told(kept)
    after = told(executed(kept))
    if len(before) != len(after):
        return [f"{len(after)} results, {len(before)} kept"]
    return [new for old, new in zip(before, after, strict=True) if old != new]


def keep(path: Path) -> None:
    """Write into a notebook what it shows."""
    shown = executed(nbformat.read(path, as_version=4))
    path.write_text(nbformat.writes(shown) + "\n", "utf-8")


def chosen(names: list[str]) -> list[Path]:
    """Return the named notebooks and those in named folders; by default all."""
    paths = list(map(Path, names)) or [HERE]
    return [file for path in paths for file in sorted({*path.rglob("*.ipynb")} or {path})]


def main(*words: str) -> None:
    """Run the notebooks, then compare or write."""
    paths = chosen([word for word in words if word != "--check"])
    if "--check" not in words:
        for path in paths:
            keep(path)
        return
    faults = {path.name: shown for path in paths if (shown := changed(path))}
    if faults:
        sys.exit(f"Some notebooks show something else than is kept: {faults}")


if __name__ == "__main__":
    main(*sys.argv[1:])
