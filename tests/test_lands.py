"""The package works wherever it lands, and whatever a process did first."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipapp
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

import fintech2021
from conftest import ROOT

pytestmark = pytest.mark.slow

PACKAGE = Path(fintech2021.__file__).parent
USE = """
import json
import fintech2021 as ft
banks = ft.validate(ft.load_banks(), "banks")
with ft.data_dir() as folder:
    there = (folder / "banks" / "1.0.0.csv").is_file()
print(json.dumps([len(banks), ft.Bank.get("icbc").name_zh, there,
                  ft.source("banks", "icbc", "tech_spend_cny").line]))
"""
USED = [18, "工商银行", True, 1641]
SMALL = "import fintech2021 as ft; print(ft.Bank.get('icbc').tech_spend_cny)"


def started(
    *command: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Return what a process did that has as long as it can need, and no longer."""
    return subprocess.run(
        list(map(str, command)),
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), **environment},
        cwd=cwd,
        capture_output=True,
        check=False,
        timeout=300,
    )


def run(code: str, *options: str, cwd: Path | None = None, **environment: str) -> Any:
    """Return what a fresh interpreter printed last, read as JSON."""
    done = started(sys.executable, *options, "-c", code, cwd=cwd, **environment)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.splitlines()[-1])


def command_line(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return started(sys.executable, "-m", "fintech2021", *arguments, cwd=None, **environment)


def copied(folder: Path) -> Path:
    """Copy the package as an installation has it, and return the folder around it."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, folder / "fintech2021", ignore=ignored)
    return folder


# A clone.


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Clone the checkout as Git for Windows does by default."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("there is no git, or the tests are in no checkout")
    folder = tmp_path / "clone"
    done = started(git, "clone", "-q", "-c", "core.autocrlf=true", ROOT, folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


def test_a_clone_with_the_line_ends_of_windows_loads(clone: Path) -> None:
    assert run(USE, PYTHONPATH=str(clone / "src")) == USED
    done = started("git", "ls-files", "--eol", cwd=clone)
    changed = [line for line in done.stdout.decode().splitlines() if "w/crlf" in line]
    assert changed == []


# A zip.


def test_it_works_out_of_an_application_that_is_one_file(tmp_path: Path) -> None:
    folder = copied(tmp_path / "app")
    (folder / "__main__.py").write_text(USE, "utf-8")
    zipapp.create_archive(folder, tmp_path / "app.pyz", compressed=True)
    done = started(sys.executable, tmp_path / "app.pyz", PYTHONPATH="", PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == USED


def test_a_zip_that_is_damaged_at_any_place_of_its_data_is_noticed(tmp_path: Path) -> None:
    folder = copied(tmp_path / "whole")
    archive = tmp_path / "package.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            file.write(path, path.relative_to(folder))
    with ZipFile(archive) as file:
        places = [file.getinfo(f"fintech2021/data/banks/1.0.1.{kind}") for kind in ("csv", "json")]
    code = f"""
import json, sys, zipimport
import fintech2021 as ft
from fintech2021._core import catalog, store
ft.load_banks()
path, told = {str(archive)!r}, {{}}
whole = open(path, "rb").read()
for start, size in {[(info.header_offset, info.compress_size) for info in places]!r}:
    for at in range(start, start + size + 80, 7):
        open(path, "wb").write(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        store.read.cache_clear(); catalog._load.cache_clear()
        try:
            ft.info("banks").content
        except ft.IntegrityError as error:
            told[type(error.__cause__).__name__] = told.get(type(error.__cause__).__name__, 0) + 1
print(json.dumps(told))
"""
    told = run(code, PYTHONPATH=str(archive))
    assert sum(told.values()) > 50
    assert "error" in told  # Of zlib.


# A disk, an account.


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the modes of files are POSIX's")
def test_it_works_from_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    folder = copied(tmp_path / "site")
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    before = sorted(folder.rglob("*"))
    try:
        assert run(USE, "-B", PYTHONPATH=str(folder)) == USED
        assert sorted(folder.rglob("*")) == before
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def test_it_works_without_a_home(tmp_path: Path) -> None:
    nowhere = {name: str(tmp_path / "none") for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME")}
    assert run(USE, cwd=tmp_path, **nowhere) == USED
    assert list(tmp_path.iterdir()) == []


# Streams.

C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "command", [("show", "banks", "--lang", "zh"), ("info", "banks"), ("list",)]
)
def test_chinese_reaches_a_pipe_of_any_encoding(command: tuple[str, ...], encoding: str) -> None:
    done = command_line(*command, **C_LOCALE, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_programs_read_is_utf_8_in_any_locale(form: str) -> None:
    done = command_line("show", "banks", "--format", form, **C_LOCALE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "工商银行" in done.stdout.decode("utf-8")


COMMANDS = [
    ["list"],
    ["show", "banks"],
    ["show", "banks", "--format", "csv"],
    ["show", "banks", "--format", "json"],
    ["info", "banks"],
    ["validate", "banks"],
    ["source", "banks", "icbc", "tech_staff"],
]
MAIN = """
import io, os, sys
from fintech2021.__main__ import main
def status(arguments):
    sys.argv[1:] = arguments
    try:
        main()
    except SystemExit as end:
        return end.code or 0
COMMANDS = {commands!r}
"""


@pytest.mark.parametrize(
    "streams",
    [
        "sys.stdout = None",
        "sys.stdout = sys.stderr = sys.stdin = None",
        "sys.stdout = io.StringIO()",
        "sys.stdout = io.TextIOWrapper(io.BytesIO(), 'ascii')",
    ],
)
def test_the_command_line_takes_any_stream_or_none(streams: str) -> None:
    code = MAIN.format(commands=COMMANDS) + (
        f"import json; own = sys.stdout; {streams}\n"
        "statuses = [status(command) for command in COMMANDS]\n"
        "print(json.dumps(statuses), file=own)"
    )
    assert run(code) == [0] * len(COMMANDS)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_closed_or_full_stream_gives_no_traceback(command: list[str], closed: str) -> None:
    done = started(
        "sh", "-c", f'"$@" {closed}', "sh", sys.executable, "-m", "fintech2021", *command
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode == (1 if "full" in closed else 0), done.stderr


@pytest.mark.parametrize("columns", ["1", "2", "10", "40"])
def test_a_narrow_terminal_shows_every_row(columns: str) -> None:
    pty = pytest.importorskip("pty", reason="only POSIX has terminals to test with")
    parts: list[bytes] = []

    def read(descriptor: int) -> bytes:
        parts.append(os.read(descriptor, 2**16))
        return b""

    code = (
        f"import os, pty, sys; os.environ['COLUMNS'] = {columns!r}; "
        "sys.exit(os.waitstatus_to_exitcode("
        "pty.spawn([sys.executable, '-m', 'fintech2021', 'show', 'banks', '--limit', '2'])))"
    )
    assert pty
    done = started(sys.executable, "-c", code)
    assert done.returncode == 0, done.stdout
    assert b"Traceback" not in done.stdout


def test_the_library_needs_no_streams() -> None:
    code = f"""
import sys
own, sys.stdout, sys.stderr, sys.stdin = sys.stdout, None, None, None
import io
found = io.StringIO()
import builtins
told = builtins.print
builtins.print = lambda *words: told(*words, file=own)
{USE}
"""
    assert run(code) == USED


# Files.


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
def test_too_many_open_files_are_told_from_a_missing_one() -> None:
    code = """
import json, os, resource
import fintech2021 as ft
from fintech2021._core import catalog
catalog.editions(), catalog.datasets(), ft.info("regions")
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
held = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
try:
    ft.info("banks")
except ft.IntegrityError as error:
    told = str(error)
for descriptor in held:
    os.close(descriptor)
print(json.dumps([told, ft.info("banks").rows]))
"""
    told, rows = run(code)
    assert "is there, but cannot be read now: Too many open files" in told
    assert rows == 18


# Threads and processes.


def test_threads_that_ask_for_everything_at_once_get_it() -> None:
    code = """
import json, random, sys
from threading import Barrier, Thread
import fintech2021 as ft
COUNT = 64
barrier, wrong = Barrier(COUNT), []

def everything(seed):
    names = sorted(ft.__all__)
    random.Random(seed).shuffle(names)
    barrier.wait()
    try:
        for name in names:
            getattr(ft, name)
        ft.validate(ft.load_banks(), "banks")
        ft.load("banks", backend="polars"), ft.load("banks", backend="pyarrow"), ft.Bank.all()
    except BaseException as error:
        wrong.append(repr(error))

sys.setswitchinterval(1e-5)
threads = [Thread(target=everything, args=[seed]) for seed in range(COUNT)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(wrong))
"""
    assert run(code) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.5, 1.0])
@pytest.mark.parametrize(
    "first",
    ["ft.validate(ft.load_banks(), 'banks')", "ft.load_banks()", "ft.Bank.all()"],
)
def test_a_child_forked_during_the_first_use_of_another_thread_works(
    first: str, delay: float
) -> None:
    code = f"""
import json, os, signal, threading, time, warnings
warnings.simplefilter("ignore")  # Newer Pythons warn of forks beside threads.
import fintech2021 as ft
thread = threading.Thread(target=lambda: {first})
thread.start()
time.sleep({delay})
child = os.fork()
if not child:
    signal.alarm(20)
    {first}
    os._exit(0)
_, status = os.waitpid(child, 0)
thread.join()
print(json.dumps(os.waitstatus_to_exitcode(status)))
"""
    assert run(code) == 0


@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_what_is_returned_travels_through_a_pool_of_processes(method: str, tmp_path: Path) -> None:
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method} here")
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import json, multiprocessing, warnings
from concurrent.futures import ProcessPoolExecutor
import fintech2021 as ft

def work(name):
    return (ft.info(name), ft.load(name), getattr(ft, ft.info(name).record).all()[0],
            ft.diff(name, "1.0.0", "1.0.0"))

def fail(name):
    return ft.load(name)

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    context = multiprocessing.get_context({method!r})
    with ProcessPoolExecutor(2, context) as pool:
        found = list(pool.map(work, ["banks", "regions"]))
        same = [
            info == ft.info(info.name) and frame.equals(ft.load(info.name))
            and record == getattr(ft, info.record).all()[0] and difference.step.name
            for info, frame, record, difference in found
        ]
        try:
            pool.submit(fail, "bank").result()
        except ft.UnknownDatasetError as error:
            same.append(error.asked)
    print(json.dumps(same))
""",
        "utf-8",
    )
    done = started(sys.executable, script)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == ["NONE", "NONE", "bank"]


# Tools.


def test_a_clock_that_stands_still_at_first_use_leaves_no_trace() -> None:
    code = """
import datetime, json, sys
import pandas, pandera.pandas, polars, pyarrow, pydantic
real = datetime.date
class Still(real):
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        from pydantic_core import core_schema
        return core_schema.date_schema()
datetime.date = Still
import fintech2021 as ft
for name in dir(ft):
    getattr(ft, name)
for module in [module for name, module in sys.modules.items() if name.startswith("fintech2021")]:
    for name in dir(module):
        getattr(module, name)
ft.VirtualBank.all(), ft.load_virtual_banks()
datetime.date = real
for module in [module for name, module in sys.modules.items() if name.startswith("fintech2021")]:
    for name, value in list(vars(module).items()):
        if value is Still:
            setattr(module, name, real)
days = {type(bank.licensed_on).__name__ for bank in ft.VirtualBank.all() if bank.licensed_on}
ft.validate(ft.load_virtual_banks(), "virtual_banks")
print(json.dumps(sorted(days)))
"""
    assert run(code) == ["date"]


def test_looking_at_a_name_needs_no_data(tmp_path: Path) -> None:
    folder = copied(tmp_path / "site")
    shutil.rmtree(folder / "fintech2021" / "data")
    code = """
import json
import fintech2021 as ft
for name in dir(ft):
    getattr(ft, name)
try:
    ft.load_banks()
except ft.IntegrityError as error:
    print(json.dumps([str(error)[:46], ft.load_banks.__doc__]))
"""
    assert run(code, PYTHONPATH=str(folder)) == [
        "The packaged file register.csv is missing. Rei",
        "Load banks, whose packaged files cannot be read.",
    ]


def test_looking_at_everything_imports_no_library_that_nobody_asked_for() -> None:
    code = """
import json, sys
import fintech2021 as ft
for _ in range(2):
    for module in [it for name, it in sys.modules.items() if name.startswith("fintech2021")]:
        for name in dir(module):
            getattr(module, name)
print(json.dumps(sorted({"pandas", "polars", "pyarrow", "pandera"} & set(sys.modules))))
"""
    assert run(code) == []
