"""Run the notebook beside this file, warnings as errors, and keep what it shows.

Usage: ``python run.py`` writes the outputs into the notebook; ``python run.py --check`` writes
nothing and fails where what it prints is not what is kept. Pictures are not compared: their bytes
change with the version of matplotlib.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).with_name("thirteen_questions.ipynb")
STRICT = "import warnings; warnings.simplefilter('error')"
LENIENT = "warnings.simplefilter('default')"  # The kernel warns of itself when it is ended.


def executed(notebook: Any) -> Any:
    """Return the notebook with the outputs of a run in an empty folder."""
    strict, lenient = map(nbformat.v4.new_code_cell, (STRICT, LENIENT))
    notebook.cells = [strict, *notebook.cells, lenient]
    with TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=300, resources=resources, record_timing=False).execute()
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
    pictures = ("<Figure", "<Axes")
    return [text for text in texts if text and not text.startswith(pictures)]


def main() -> None:
    """Run the notebook, then compare or write."""
    kept = nbformat.read(NOTEBOOK, as_version=4)
    before = told(kept)
    after = executed(kept)
    if "--check" not in sys.argv[1:]:
        NOTEBOOK.write_text(nbformat.writes(after) + "\n", "utf-8")
    elif told(after) != before:
        changed = [new for old, new in zip(before, told(after), strict=False) if old != new]
        sys.exit(f"The notebook shows something else than is kept: {changed or 'another number'}")


if __name__ == "__main__":
    main()
