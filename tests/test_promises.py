from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import fintech2021

pytestmark = pytest.mark.slow  # Processes of their own, or whole copies of the data.

PACKAGE = Path(fintech2021.__file__).parent
EVERYTHING = """
import contextlib, hashlib, json
import fintech2021 as ft

def everything():
    found = {"catalog": ft.catalog().to_json()}
    for name in ft.catalog()["name"]:
        frame, info = ft.load(name), ft.info(name)
        records = getattr(ft, info.record).all()
        column, key = info.columns[-1].name, tuple(
            getattr(records[0], part) for part in info.primary_key
        )
        found[name] = [
            frame.to_json(date_format="iso"),
            {label: str(dtype) for label, dtype in frame.dtypes.items()},
            [record.model_dump_json() for record in records],
            str(ft.source(name, key, column)),
            str(info),
            ft.load(name, backend="polars").write_csv(),
            ft.load(name, backend="pyarrow").to_pylist().__repr__(),
        ]
        ft.validate(frame, name)
    with ft.data_dir() as folder:
        found["files"] = sorted(path.name for path in folder.rglob("*.csv"))
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()
"""


def run(code: str, *options: str, cwd: Path | None = None, **environment: str) -> Any:
    """Return what the last expression printed as JSON in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, *options, "-c", code],
        env={**os.environ, **environment},
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def plain() -> str:
    """The digest of everything, as an ordinary process finds it."""
    found: str = run(EVERYTHING + "print(json.dumps(everything()))")
    return found


def test_the_import_adds_nothing_from_outside_the_standard_library() -> None:
    added = run("""
import sys
before = set(sys.modules)
import fintech2021
roots = {name.partition(".")[0] for name in set(sys.modules) - before}
import json
print(json.dumps(sorted(roots - set(sys.stdlib_module_names))))
""")
    assert added == ["fintech2021"]


def test_the_import_adds_almost_nothing_inside_the_standard_library() -> None:
    added = run("""
import sys, json
before = set(sys.modules)
import fintech2021
print(json.dumps(sorted(set(sys.modules) - before)))
""")
    assert added == ["fintech2021"]


@pytest.mark.parametrize(
    ("call", "never"),
    [
        (
            "ft.Bank.all()",
            ["pandas", "numpy", "pandera", "polars", "pyarrow", "importlib_resources"],
        ),
        ("ft.Bank.get('icbc')", ["pandas", "numpy", "pandera"]),
        ("ft.load_banks()", ["pandera", "pydantic", "polars"]),
        ("ft.load('banks', backend='polars')", ["pandas", "pandera", "pydantic"]),
        ("ft.load('banks', backend='pyarrow')", ["pandera", "pydantic", "polars"]),
        ("ft.info('banks')", ["pandas", "numpy", "pandera", "pydantic"]),
        ("ft.source('banks', 'icbc', 'name_zh')", ["pandas", "numpy", "pandera", "pydantic"]),
        ("ft.claim('public_cloud_segments')", ["pandas", "numpy", "pandera"]),
        ("ft.YearMonth(2020, 1)", ["pandas", "numpy", "pydantic"]),
        ("dir(ft), ft.__version__", ["pandas", "numpy", "pydantic", "pandera"]),
    ],
)
def test_nothing_is_paid_for_before_it_is_needed(call: str, never: list[str]) -> None:
    loaded = run(f"""
import sys, json
import fintech2021 as ft
{call}
print(json.dumps(sorted(sys.modules)))
""")
    assert set(never) & set(loaded) == set()


def test_it_works_out_of_a_zip(tmp_path: Path, plain: str) -> None:
    archive = tmp_path / "package.zip"
    with ZipFile(archive, "w") as file:
        for path in PACKAGE.rglob("*"):
            if "__pycache__" not in path.parts:
                file.write(path, path.relative_to(PACKAGE.parent))
    code = EVERYTHING + "print(json.dumps([ft.__file__, everything()]))"
    place, found = run(code, cwd=tmp_path, PYTHONPATH=str(archive))
    assert place.startswith(str(archive))
    assert found == plain


def test_a_damaged_zip_is_noticed(tmp_path: Path) -> None:
    archive = tmp_path / "package.zip"
    with ZipFile(archive, "w") as file:
        for path in PACKAGE.rglob("*.py"):
            file.write(path, path.relative_to(PACKAGE.parent))
    told = run(
        """
import json
import fintech2021 as ft
try:
    ft.load_banks()
except ft.IntegrityError as error:
    print(json.dumps(str(error)))
""",
        cwd=tmp_path,
        PYTHONPATH=str(archive),
    )
    assert "is missing" in told
    assert "pip install --force-reinstall fintech2021" in told


GUARD = """
import os, sys
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = ("socket.", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate",
             "shutil.", "ftplib.", "urllib.", "http.", "smtplib.", "subprocess.", "os.system")

def guard(event, arguments):
    if event == "open" and arguments[2] & WRITING and arguments[0] != os.devnull:
        raise PermissionError(f"opens {arguments[0]!r} for writing")
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} {arguments!r}")
"""


def test_nothing_is_written_and_no_network_is_used(tmp_path: Path, plain: str) -> None:
    code = f"""{EVERYTHING}{GUARD}
import pandas, pandera.pandas, polars, pyarrow, importlib_resources, hypothesis
ft.validate(ft.load_banks(), "banks")
sys.addaudithook(guard)
print(json.dumps(everything()))
"""
    assert run(code, "-B", cwd=tmp_path) == plain
    assert list(tmp_path.iterdir()) == []


def test_no_environment_variable_changes_the_data(plain: str, tmp_path: Path) -> None:
    hostile = {
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "PYTHONUTF8": "0",
        "FINTECH2021_DATA": str(tmp_path),
        "FINTECH2021_VERSION": "9.9.9",
        "FINTECH2021_EDITION": "1999.1",
        "FINTECH2021_BACKEND": "polars",
        "PANDAS_COPY_ON_WRITE": "0",
        "PANDERA_VALIDATION_ENABLED": "False",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HOME": str(tmp_path),
    }
    code = EVERYTHING + "print(json.dumps(everything()))"
    assert run(code, cwd=tmp_path, **hostile) == plain


def test_an_optimised_interpreter_finds_the_same(plain: str) -> None:
    assert run(EVERYTHING + "print(json.dumps(everything()))", "-O") == plain


def test_many_threads_find_the_same_from_a_cold_start(plain: str) -> None:
    code = f"""{EVERYTHING}
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
COUNT = 8
barrier = Barrier(COUNT)

def at_once(_):
    barrier.wait()
    return everything()

with ThreadPoolExecutor(COUNT) as pool:
    print(json.dumps(sorted(set(pool.map(at_once, range(COUNT))))))
"""
    assert run(code) == [plain]


def test_global_state_is_left_alone() -> None:
    changed = run(f"""{EVERYTHING}
import decimal, locale, random, sys, warnings
import numpy as np, pandas as pd, pandera.pandas, polars, pyarrow, hypothesis

def options(node):
    return {{name: options(getattr(node, name)) if "Dict" in type(getattr(node, name)).__name__
            else repr(getattr(node, name)) for name in dir(node)}}

def state():
    return [options(pd.options), repr(decimal.getcontext()), locale.setlocale(locale.LC_ALL),
            repr(random.getstate()), repr(np.geterr()), repr(np.random.get_state()),
            repr(warnings.filters), repr(sys.path), sys.getrecursionlimit()]

before = state()
everything()
print(json.dumps([old for old, new in zip(before, state()) if old != new]))
""")
    assert changed == []


def test_a_star_import_gives_every_public_name() -> None:
    found = run("""
import json
from fintech2021 import *
import fintech2021
print(json.dumps(sorted(set(fintech2021.__all__) - set(globals()))))
""")
    assert found == []


def test_frames_can_be_handed_to_another_process() -> None:
    import pickle

    banks = fintech2021.load_banks()
    again = pickle.loads(pickle.dumps(banks))  # noqa: S301 - pickled just here.
    assert again.equals(banks)
    assert pickle.loads(pickle.dumps(fintech2021.Bank.all())) == fintech2021.Bank.all()  # noqa: S301


@pytest.mark.parametrize(
    "act", ["open('x', 'w')", "os.mkdir('x')", "socket.socket()", "socket.getaddrinfo('x', 80)"]
)
def test_the_guard_of_these_tests_notices_writing_and_networking(act: str, tmp_path: Path) -> None:
    code = f"""{GUARD}
import json, socket
sys.addaudithook(guard)
try:
    {act}
except PermissionError as refused:
    print(json.dumps("refused"))
"""
    assert run(code, "-B", cwd=tmp_path) == "refused"
