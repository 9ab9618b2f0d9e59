"""Write the transcription of the verdicts: what the audit finds now.

``python -m tools.freezing.verdicts VERSION`` acknowledges a change of verdicts; then freeze. A test
compares the frozen verdicts with the audit, so that no change of data changes a verdict unseen.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fintech2021._audit.verdict import Judgement, judgements
from fintech2021._core.rows import write_table
from tools.freezing.transcript import TranscribedPlace

__all__ = ["write"]

FOLDER = Path(__file__).resolve().parents[2] / "transcription" / "verdicts"


def write(version: str, folder: Path = FOLDER) -> None:
    """Write the two files of a version."""
    judged = sorted(judgements())
    rows = [["" if value is None else str(value) for value in judgement] for judgement in judged]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{version}.csv").write_bytes(write_table([*Judgement._fields], rows))
    (folder / f"{version}.provenance.csv").write_bytes(write_table([*TranscribedPlace._fields], []))


if __name__ == "__main__":
    write(sys.argv[1])
