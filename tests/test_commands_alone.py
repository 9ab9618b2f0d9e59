"""Whether the check of an installed command line notices what it prints otherwise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tools.checking.commands import faults, main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow  # Processes of their own.

SAYS = """$ fintech2021 -c "print(1)"
1

$ fintech2021 -c "import sys; print(2); sys.exit(3)"
2
[status 3]
"""


def test_a_program_that_prints_the_same_has_no_fault() -> None:
    assert list(faults(sys.executable, SAYS)) == []


@pytest.mark.parametrize(("old", "new"), [("\n1\n", "\n4\n"), ("[status 3]", "[status 1]")])
def test_another_text_or_status_is_a_fault(old: str, new: str) -> None:
    (fault,) = faults(sys.executable, SAYS.replace(old, new))
    assert fault.startswith("fintech2021 -c ")


def test_each_language_has_a_folder_of_its_own() -> None:
    line = "open('a', 'x'); print(1)"
    says = f'$ fintech2021 -c "{line}"\n1\n\n$ fintech2021 -c "{line}" --lang zh\n1\n'
    assert list(faults(sys.executable, says)) == []
    twice = says.replace(" --lang zh", "")
    assert len(list(faults(sys.executable, twice))) == 1


def test_every_file_but_those_of_made_up_results_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("list", "verify"):
        (tmp_path / f"{name}.txt").write_text(SAYS, "utf-8")
    assert main(sys.executable, str(tmp_path)) == 0
    assert capsys.readouterr().out == "1 commands print what they printed\n"
    (tmp_path / "list.txt").write_text(SAYS.replace("1\n", "7\n"), "utf-8")
    assert main(sys.executable, str(tmp_path)) == 1
