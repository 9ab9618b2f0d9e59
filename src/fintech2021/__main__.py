"""Where the command line starts, also where its libraries may be missing."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from io import TextIOWrapper

from fintech2021.errors import MissingDependencyError

__all__ = ["main"]


def main() -> None:
    """Run the command line, or exit with status 1 and say what to install."""
    for module in ("click", "rich"):
        if find_spec(module) is None:
            sys.exit(str(MissingDependencyError(module, "cli", "The command line")))
    _never_fail_on_a_character()
    from fintech2021._cli.app import cli

    try:
        cli(prog_name="fintech2021")
    except OSError as error:  # A full disk, say: click itself is quiet about a broken pipe.
        sys.exit(str(error))


def _never_fail_on_a_character() -> None:
    """Escape what the encoding of the output lacks: not every terminal knows Chinese."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
