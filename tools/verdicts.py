"""Write the transcription of the verdicts: what the audit finds now.

``python tools/verdicts.py VERSION`` acknowledges a change of verdicts; then freeze. A test compares
the frozen verdicts with the audit, so that no change of data changes a verdict unseen.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fintech2021 import cells
from fintech2021.auditing import Judgement, judgements

FOLDER = Path(__file__).resolve().parent.parent / "transcription" / "verdicts"
PLACES = ["key", "column", "part", "line", "start", "printed", "scale"]


def main(version: str) -> None:
    """Write the two files of a version."""
    found = sorted(judgements())
    rows = [["" if value is None else str(value) for value in judgement] for judgement in found]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{version}.csv").write_bytes(cells.write_table(list(Judgement._fields), rows))
    (FOLDER / f"{version}.provenance.csv").write_bytes(cells.write_table(PLACES, []))


if __name__ == "__main__":
    main(sys.argv[1])
