"""Measure what the package costs as ratios to what its readers pay anyway.

``python benchmarks/ratios.py`` prints a table; ``--check`` fails if a ratio is over its limit,
``--rounds`` sets how often everything is measured. How to run and read it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from csv import DictReader
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

TIMES = 10
READ_CSV = "pandas.read_csv({path!r})"
BY_HAND = """
import csv
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(pattern=r"^\\S(?:.*\\S)?$")]
Count = Annotated[int, Ge(0)]
Percent = Annotated[Decimal, Ge(0), Le(100)]

class BankType(StrEnum):
    STATE_OWNED = "state_owned"
    JOINT_STOCK = "joint_stock"

class Bank(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    bank_id: Slug
    name_en: Text
    name_zh: Text
    bank_type: BankType
    fiscal_year: Annotated[int, Ge(1900), Le(2100)]
    tech_spend_cny: Count | None = None
    tech_spend_revenue_pct: Percent | None = None
    tech_spend_growth_pct: Decimal | None = None
    tech_staff: Count | None = None
    tech_staff_pct: Percent | None = None

with open({path!r}, encoding="utf-8", newline="") as file:
    banks = tuple(
        Bank.model_validate({{name: text or None for name, text in row.items()}})
        for row in csv.DictReader(file)
    )
"""
COLD = """
import pandas, time, fintech2021 as ft
pandas.DataFrame({{"text": ["a"]}}).copy()
start = time.perf_counter()
{call}
print(time.perf_counter() - start)
"""
REPEATED = """
import pandas, statistics, time, fintech2021 as ft
def clock(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
{call}
print(statistics.median(clock(lambda: {call}) for _ in range(50)))
"""


class Run(NamedTuple):
    """A program for a fresh interpreter: timed as a whole, or by the seconds that it prints."""

    code: str
    prints_seconds: bool = False
    folder: str = ""

    def seconds(self) -> float:
        """Return how long one run took."""
        start = perf_counter()
        done = subprocess.run(
            [sys.executable, "-I", "-c", self._program()], check=True, stdout=subprocess.PIPE
        )
        elapsed = perf_counter() - start
        return float(done.stdout) if self.prints_seconds else elapsed

    def _program(self) -> str:
        path = f"import sys; sys.path.insert(0, {self.folder!r})\n" if self.folder else ""
        return path + self.code


class Ratio(NamedTuple):
    """A cost, what it is compared with, and how many times that it may be."""

    subject: str
    yardstick: str
    limit: float
    cost: Run
    measure: Run


def ratios(package: Path, folder: Path) -> list[Ratio]:
    """Return every comparison; the folder takes two copies of the package."""
    banks = package / "data" / "banks" / "1.0.0.csv"
    read_csv = READ_CSV.format(path=str(banks))
    plain, grown = folder / "plain", folder / "grown"
    for copy in (plain, grown):
        copytree(package, copy / package.name)
    grow(grown / package.name / "data")
    first = COLD.format(call="ft.load_banks()")
    load_judged = f"[ft.load(name) for name in {judged(package / 'data')!r}]"
    return [
        Ratio("import fintech2021", "empty interpreter", 1.05, Run("import fintech2021"), Run("")),
        Ratio(
            "Bank.all()",
            "the same model by hand",
            1.1,
            Run("import fintech2021; fintech2021.Bank.all()"),
            Run(BY_HAND.format(path=str(banks))),
        ),
        Ratio(
            "load_banks()",
            "import pandas, read_csv",
            1.05,
            Run("import fintech2021; fintech2021.load_banks()"),
            Run(f"import pandas; {read_csv}"),
        ),
        Ratio(
            "load_banks() again",
            "read_csv again",
            0.15,
            Run(REPEATED.format(call="ft.load_banks()"), prints_seconds=True),
            Run(REPEATED.format(call=read_csv), prints_seconds=True),
        ),
        Ratio(
            f"load_banks(), {TIMES} x the datasets",
            "load_banks(), pandas there",
            1.25,
            Run(first, prints_seconds=True, folder=str(grown)),
            Run(first, prints_seconds=True, folder=str(plain)),
        ),
        Ratio(
            "audit(), pandas there",
            "load() what it judges",
            10,
            Run(COLD.format(call="ft.audit()"), prints_seconds=True),
            Run(COLD.format(call=load_judged), prints_seconds=True),
        ),
        Ratio(
            "audit() again",
            "load() what it judges again",
            10,
            Run(REPEATED.format(call="ft.audit()"), prints_seconds=True),
            Run(REPEATED.format(call=load_judged), prints_seconds=True),
        ),
    ]


def judged(data: Path) -> list[str]:
    """Return the datasets that the claims of the newest edition touch."""
    *_, newest = json.loads((data / "editions.json").read_bytes()).values()
    path = data / "claims" / f"{newest['datasets']['claims']}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        operands = [operand for row in DictReader(file) for operand in row["operands"].split(";")]
    return sorted({operand.split("/")[0] for operand in operands})


def grow(data: Path) -> None:
    """Make a folder of data hold, list and name ten times as many datasets."""
    header, *lines = (data / "register.csv").read_text("ascii").splitlines()
    editions = json.loads((data / "editions.json").read_bytes())
    for number in range(1, TIMES):
        for name in {line.split(",")[0] for line in lines}:
            copytree(data / name, data / f"{name}_{number}")
        for edition in editions.values():
            edition["datasets"] |= _renamed(edition["datasets"], number)
    more = [f"{_numbered(line, number)}" for number in range(1, TIMES) for line in lines]
    (data / "register.csv").write_text("\n".join([header, *lines, *more, ""]), "ascii")
    (data / "editions.json").write_text(json.dumps(editions), "utf-8")
    digests = {path.name: sha256(path.read_bytes()).hexdigest() for path in data.glob("*.*")}
    guard = data.parent / "_core" / "digests.py"
    guard.write_text(f"INDEX_SHA256 = {digests!r}\n", "ascii")


def _renamed(datasets: dict[str, str], number: int) -> dict[str, str]:
    own = {name: version for name, version in datasets.items() if not name[-1].isdigit()}
    return {f"{name}_{number}": version for name, version in own.items()}


def _numbered(line: str, number: int) -> str:
    name, rest = line.split(",", 1)
    return f"{name}_{number},{rest}"


def medians(compared: list[Ratio], rounds: int) -> list[tuple[float, float, float]]:
    """Return for each comparison the medians of both costs and of their ratio within a round."""
    runs = [run for ratio in compared for run in (ratio.cost, ratio.measure)]
    measured = [_round(runs) for _ in range(rounds + 1)][1:]  # The first writes bytecode.
    return [
        (
            median(times[ratio.cost] for times in measured),
            median(times[ratio.measure] for times in measured),
            median(times[ratio.cost] / times[ratio.measure] for times in measured),
        )
        for ratio in compared
    ]


def _round(runs: list[Run]) -> dict[Run, float]:
    return {run: run.seconds() for run in random.sample(runs, len(runs))}


def report(compared: list[Ratio], rounds: int) -> int:
    """Print one line per comparison and return how many are over their limit."""
    found = medians(compared, rounds)
    print(f"{'cost':32} {'ms':>8}  {'compared with':26} {'ms':>8} {'ratio':>6} {'limit':>6}")
    for ratio, (cost, measure, value) in zip(compared, found, strict=True):
        print(
            f"{ratio.subject:32} {cost * 1e3:8.2f}  {ratio.yardstick:26} {measure * 1e3:8.2f} "
            f"{value:6.2f} {ratio.limit:6.2f}{'  over' * (value > ratio.limit)}"
        )
    return sum(value > ratio.limit for ratio, (*_, value) in zip(compared, found, strict=True))


def installed() -> Path:
    """Return the folder of the installed package; a checkout is refused, it is found otherwise."""
    spec = find_spec("fintech2021")
    if spec is None or spec.origin is None:
        sys.exit("fintech2021 is not installed: install its wheel in this environment")
    package = Path(spec.origin).parent
    if not package.is_relative_to(sys.prefix):
        sys.exit(f"fintech2021 comes from {package}: install its wheel in an own environment")
    return package


def main() -> int:
    """Measure, print, and with --check tell by the status whether every limit is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        over = report(ratios(installed(), Path(folder)), chosen.rounds)
    return min(over, 1) if chosen.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
