"""Where a pin holds: every place where code can run, tried under every kind of pin.

``python -m tools.writing.pin_places SCOPE`` prints what it found for one kind as JSON. A process
for each: what one pins must not be seen by the next.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

import fintech2021 as ft

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

__all__ = ["EDITION", "FROM_PYTEST", "PLACES", "SCOPES", "outcomes", "run"]

EDITION = "2026.1"
PINNED, HOLDS, LOST, WARNED, NOT_ASKED = "1.0.0", "yes", "no", "no, it warns", "–"
READ = "import fintech2021 as ft; print(ft.info('observations').version)"


def read() -> str:
    """Return the version that is read here."""
    return ft.info("observations").version


def here(read: Callable[[], str]) -> str:
    """Read in the same thread."""
    return read()


def thread(read: Callable[[], str]) -> str:
    """Read in a thread that is started now."""
    found: list[str] = []
    started = Thread(target=lambda: found.append(read()))
    started.start()
    started.join()
    return found[0]


_POOL = ThreadPoolExecutor(1)


def thread_pool(read: Callable[[], str]) -> str:
    """Read in a thread that was there before the pin."""
    return _POOL.submit(read).result()


def task(read: Callable[[], str]) -> str:
    """Read in a task of asyncio."""

    async def one() -> str:
        return read()

    async def start() -> str:
        return await asyncio.create_task(one())

    return asyncio.run(start())


def to_thread(read: Callable[[], str]) -> str:
    """Read in a thread that asyncio hands its context to."""
    return asyncio.run(asyncio.to_thread(read))


def executor(read: Callable[[], str]) -> str:
    """Read in a thread of asyncio that has no context."""

    async def start() -> str:
        return await asyncio.get_running_loop().run_in_executor(None, read)

    return asyncio.run(start())


def _process(read: Callable[[], str], method: str) -> str:
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(read).result()


def fork(read: Callable[[], str]) -> str:
    """Read in a process that is a copy of this one."""
    return _process(read, "fork")


def spawn(read: Callable[[], str]) -> str:
    """Read in a process that starts from nothing."""
    return _process(read, "spawn")


def forkserver(read: Callable[[], str]) -> str:
    """Read in a copy of a process that started from nothing."""
    return _process(read, "forkserver")


def program(_read: Callable[[], str]) -> str:
    """Read in another program."""
    done = subprocess.run([sys.executable, "-c", READ], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()


def _joblib(read: Callable[[], str], backend: str) -> str:
    from joblib import Parallel, delayed

    with TemporaryDirectory() as folder:
        work = Parallel(n_jobs=2, backend=backend, temp_folder=folder)
        first, _ = work([delayed(read)()] * 2)
    return str(first)


def joblib_threads(read: Callable[[], str]) -> str:
    """Read in a thread of joblib."""
    return _joblib(read, "threading")


def joblib_processes(read: Callable[[], str]) -> str:
    """Read in a process of joblib."""
    return _joblib(read, "loky")


def worker(_read: Callable[[], str]) -> str:
    """Read in a worker of pytest-xdist that this process starts."""
    with TemporaryDirectory() as folder:
        test = Path(folder, "test_it.py")
        test.write_text(
            "import fintech2021 as ft\n\ndef test_it():\n"
            f"    assert ft.info('observations').version == {PINNED!r}\n",
            "utf-8",
        )
        options = ("-q", "-n", "1", "-p", "no:cacheprovider", "--rootdir", folder, str(test))
        done = subprocess.run(
            [sys.executable, "-c", f"import pytest; pytest.main({list(options)!r})"],
            check=False,
            stdout=subprocess.PIPE,
        )
    return PINNED if b"1 passed" in done.stdout else ""


PLACES: dict[str, Callable[[Callable[[], str]], str]] = {
    "the same thread": here,
    "a new thread": thread,
    "a thread of a pool": thread_pool,
    "a new task of asyncio": task,
    "`asyncio.to_thread`": to_thread,
    "`loop.run_in_executor`": executor,
    "a process, forked": fork,
    "a process, spawned": spawn,
    "a process of a fork server": forkserver,
    "a program, by `subprocess`": program,
    "`joblib`, threads": joblib_threads,
    "`joblib`, processes": joblib_processes,
    "the next cell of a notebook": here,
    "a worker of pytest-xdist": worker,
}
"""What runs a function there and returns what it returned."""

_NEXT_CELL = "the next cell of a notebook"
_OTHER_PROGRAM = {"a program, by `subprocess`", "a worker of pytest-xdist", _NEXT_CELL}
_NEEDS = {"`joblib`, threads": "joblib", "`joblib`, processes": "joblib"}
_MAY_BE_MISSING = {"a process, forked": "fork", "a process of a fork server": "forkserver"}


def outcomes(
    around: AbstractContextManager[object] | None = None, *, carried: bool = False
) -> dict[str, str]:
    """Return for every place whether a pin holds there; `around` is a block, if it is one."""
    _POOL.submit(int).result()  # Its thread is there before the pin.
    found = {}
    for place, go in PLACES.items():
        if _NEEDS.get(place) and find_spec(_NEEDS[place]) is None:
            continue
        method = _MAY_BE_MISSING.get(place)
        if method and method not in multiprocessing.get_all_start_methods():
            continue
        if carried and place in _OTHER_PROGRAM:
            found[place] = NOT_ASKED  # There is no function to be carried.
        else:
            found[place] = _outcome(place, go, around or nullcontext(), carried=carried)
    return found


def _outcome(
    place: str,
    go: Callable[[Callable[[], str]], str],
    around: AbstractContextManager[object],
    *,
    carried: bool,
) -> str:
    if place == _NEXT_CELL:
        version, told = asyncio.run(_cells(around)), []
    else:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("ignore")
            warnings.simplefilter("always", ft.PinWarning)
            with around:
                version = go(ft.pinned.carry(read) if carried else read)
    if version == PINNED:
        return HOLDS
    return WARNED if told else LOST


async def _cells(around: AbstractContextManager[object]) -> str:
    """Run a cell with a block and then another one, each as a task: as kernels of Jupyter do."""

    async def first() -> None:
        with around:
            assert read()

    async def second() -> str:
        return read()

    await asyncio.create_task(first())
    return await asyncio.create_task(second())


def _in_a_block(*, carried: bool = False) -> dict[str, str]:
    return outcomes(ft.pinned(EDITION), carried=carried)


def _used(*, children: bool = False) -> dict[str, str]:
    ft.use(EDITION, children=children)
    return outcomes()


SCOPES: dict[str, Callable[[], dict[str, str]]] = {
    "`with pinned(…)`": _in_a_block,
    "`pinned.carry` in it": lambda: _in_a_block(carried=True),
    "`use(…)`": _used,
    "`use(…, children=True)`": lambda: _used(children=True),
    "`FINTECH2021_LOCK`": outcomes,
    "the pytest plugin": lambda: _in_a_session(),  # noqa: PLW0108 - It is defined below.
}
"""What pins, and then tries every place."""

FROM_PYTEST = "FINTECH2021_PLACES_OF_THE_PLUGIN"
"""Where a test of the plugin's session writes what it found."""


def _in_a_session() -> dict[str, str]:
    with TemporaryDirectory() as folder:
        lock, test, found = (Path(folder, name) for name in ("a.lock", "test_it.py", "found.json"))
        make = [sys.executable, "-m", "fintech2021", "lock", "--edition", EDITION]
        subprocess.run([*make, "--output", str(lock)], check=True, stdout=subprocess.DEVNULL)
        test.write_text(
            "import json, os\nfrom pathlib import Path\nfrom tools.writing.pin_places import *\n\n"
            "def test_it():\n"
            f"    Path(os.environ[{FROM_PYTEST!r}]).write_text(json.dumps(outcomes()))\n",
            "utf-8",
        )
        plugin = ("-p", "fintech2021.testing", "--fintech2021-lock", str(lock))
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, str(test)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, FROM_PYTEST: str(found)},
        )
        told: dict[str, str] = json.loads(found.read_text("utf-8"))
    return told


def run(scope: str) -> dict[str, str]:
    """Return what a process finds that has nothing else to do."""
    environment = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    if scope == "`FINTECH2021_LOCK`":
        environment["FINTECH2021_LOCK"] = EDITION
    done = subprocess.run(
        [sys.executable, "-m", "tools.writing.pin_places", scope],
        check=True,
        stdout=subprocess.PIPE,
        env=environment,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(SCOPES[sys.argv[1]]()))
