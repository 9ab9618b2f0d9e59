"""Nothing of the caller's changes a result: every public function, in a process that is set oddly.

Each setting is made before the package is imported, in a process of its own: what a first call
keeps for later must not depend on it either.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow  # Processes of their own, or whole copies of the data.

EVERY_FUNCTION = """
import contextlib, hashlib, json, pickle, sys
import fintech2021 as ft

def told(value):
    if hasattr(value, "to_json"):
        dtypes = {column: str(dtype) for column, dtype in value.dtypes.items()}
        return [value.to_json(date_format="iso", double_precision=15), dtypes]
    return str(value)

def failed(call):
    try:
        call()
    except ft.Fintech2021Error as error:
        return [type(error).__name__, str(error)]
    raise AssertionError(f"{call} did not fail")

def everything(text):
    results = {"catalog": told(ft.catalog()), "editions": told(ft.editions())}
    for name in ft.catalog()["name"]:
        frame, info = ft.load(name), ft.info(name)
        records = getattr(ft, info.record).all()
        key = tuple(getattr(records[0], part) for part in info.primary_key)
        results[name] = [
            told(frame),
            told(getattr(ft, f"load_{name}")()),
            [record.model_dump_json() for record in records],
            [str(ft.source(name, key, column.name)) for column in info.columns],
            str(info),
            info.to_resource(),
            ft.load(name, backend="polars").write_csv(),
            repr(ft.load(name, backend="pyarrow").to_pylist()),
            [str(ft.diff(name, old, info.version)) for old in info.versions],
            sorted(ft.schema(name).columns),
        ]
        ft.validate(frame, name)
    banks = ft.load_banks()
    banks.loc[0, "bank_type"] = "wrong"
    results["failures"] = failed(lambda: ft.validate(banks, "banks"))
    results["audit"] = told(ft.audit())
    results["audit of one"] = told(ft.audit("banks"))
    with ft.pinned("2026.2"):
        results["pinned"] = [told(ft.load_observations()), told(ft.audit())]
    results["lock"] = failed(lambda: ft.verify_lock("no_such.lock"))
    results["month"] = str(ft.YearMonth.parse("2015-11").first_day())
    with ft.data_dir() as folder:
        results["files"] = sorted(path.name for path in folder.rglob("*.csv"))
    if text:
        results["text"] = [str(ft.verify(text)), str(ft.coverage(text))]
    return results
"""
PRINT = """
import os
print(json.dumps(everything(os.environ["SOURCE_TEXT"])))
"""
SETTINGS = {
    "three digits": "import decimal; decimal.getcontext().prec = 3",
    "six digits in new threads too": (
        "import decimal; decimal.DefaultContext.prec = 6; decimal.setcontext(decimal.Context())"
    ),
    "rounding up": "import decimal; decimal.getcontext().rounding = decimal.ROUND_UP",
    "every trap": (
        "import decimal; context = decimal.getcontext(); "
        "[context.traps.__setitem__(signal, True) for signal in context.traps]"
    ),
    "small exponents": "import decimal; c = decimal.getcontext(); c.Emax = 5; c.Emin = -5",
    "another locale": (
        "import locale\\n"
        "for name in ('de_DE.UTF-8', 'zh_CN.UTF-8', 'tr_TR.UTF-8', 'C'):\\n"
        "    try:\\n        locale.setlocale(locale.LC_ALL, name); break\\n"
        "    except locale.Error: pass"
    ).replace("\\n", "\n"),
    "pandas options": (
        "import pandas as pd; pd.set_option('display.max_rows', 2, 'display.precision', 1, "
        "'display.width', 20, 'mode.string_storage', 'python')"
    ),
    "warnings are errors": "import warnings; warnings.simplefilter('error')",
    "no collector": "import gc; gc.disable()",
    "a new default for text": "import pandas as pd; pd.set_option('future.infer_string', True)",
}
ENVIRONMENTS = {
    "no asserts and no docstrings": {"PYTHONOPTIMIZE": "2"},
    "a time zone of odd minutes": {"TZ": "Asia/Kathmandu"},
    "a terminal without Chinese": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "another order of sets": {"PYTHONHASHSEED": "7"},
}


def run(setting: str, text: str, **environment: str) -> dict[str, object]:
    """Return what every function gives in a fresh process with a setting."""
    done = subprocess.run(
        [sys.executable, "-c", f"{setting}\n{EVERY_FUNCTION}{PRINT}"],
        env={**os.environ, "SOURCE_TEXT": text, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def plain(source_path: Path) -> dict[str, object]:
    """What every function gives in an ordinary process."""
    return run("", str(source_path))


def differing(one: dict[str, object], other: dict[str, object]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_the_caller_sets_changes_no_result(
    setting: str, plain: dict[str, object], source_path: Path
) -> None:
    assert differing(plain, run(SETTINGS[setting], str(source_path))) == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_environment_changes_no_result(
    environment: str, plain: dict[str, object], source_path: Path
) -> None:
    assert differing(plain, run("", str(source_path), **ENVIRONMENTS[environment])) == []


def test_a_wrong_result_of_one_call_is_not_kept_for_the_next(
    plain: dict[str, object], source_path: Path
) -> None:
    setting = "import decimal, fintech2021 as ft\nwith decimal.localcontext(prec=6): ft.audit()"
    assert differing(plain, run(setting, str(source_path))) == []


def test_nothing_of_the_caller_is_changed() -> None:
    code = f"""
import decimal, gc, locale, os, sys, threading, warnings
import pandas as pd
def world():
    context = decimal.getcontext()
    return [
        repr(context), gc.isenabled(), gc.get_threshold(), locale.setlocale(locale.LC_ALL),
        warnings.filters[:], dict(os.environ), sys.getrecursionlimit(), os.getcwd(),
        {{name: pd.get_option(name) for name in ("display.max_rows", "mode.string_storage")}},
    ]
{EVERY_FUNCTION}
import pandera, polars, pyarrow, pydantic  # What these do when imported is theirs.
before = world()
everything("")
after = world()
print(json.dumps([str(pair) for pair in zip(before, after) if pair[0] != pair[1]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []
