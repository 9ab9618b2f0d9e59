"""How far a pin holds, who may choose, and that editions and lock files are closed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import subprocess
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import fintech2021 as ft
from fintech2021._cli.app import cli
from fintech2021._core import catalog
from fintech2021._versions import lockfile, pins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NEWEST = catalog.default_edition()
VARIABLE = "FINTECH2021_LOCK"


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """Start without a pin of the process, and end so."""
    before = os.environ.get(VARIABLE)
    yield
    ft.use(None)
    assert os.environ.get(VARIABLE) == before
    assert pins._OPEN == {}
    assert pins.requests("observations") == {}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock file of two tables of edition 2026.1."""
    path = tmp_path / "fintech2021.lock"
    with ft.pinned("2026.1"):
        path.write_text(lockfile.lock_text(map(ft.info, ("banks", "virtual_banks"))), "utf-8")
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A lock file of all of edition 2026.1."""
    path = tmp_path / "whole.lock"
    names = catalog.editions()["2026.1"].datasets
    with ft.pinned("2026.1"):
        path.write_text(lockfile.lock_text(map(ft.info, names)), "utf-8")
    return path


def version(name: str = "observations") -> str:
    return ft.info(name).version


def in_thread(function: Callable[[], Any]) -> Any:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


def run(code: str, **environment: str) -> str:
    """Return what a program in a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import fintech2021 as ft\n{code}"],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


PRINT = "print(ft.info('observations').version)"


# One process.


def test_use_holds_in_every_thread_and_task_until_it_ends() -> None:
    ft.use("2026.1")
    assert version() == in_thread(version) == asyncio.run(asyncio.to_thread(version)) == "1.0.0"
    ft.use(None)
    assert version() == in_thread(version) == NEWEST.datasets["observations"]


def test_use_takes_what_pinned_takes(whole: Path) -> None:
    for pin in ("2026.1", whole, str(whole), {"observations": "1.0.0"}):
        ft.use(pin)
        assert version() == "1.0.0"
    ft.use(observations="~=2.0")
    assert version() == "2.0.0"
    ft.use("2026.1", observations="2.0.0")
    assert (version(), version("virtual_banks")) == ("2.0.0", "1.0.0")


def test_each_use_replaces_the_one_before() -> None:
    ft.use(observations="1.0.0")
    ft.use(virtual_banks="1.0.0")
    assert version() == NEWEST.datasets["observations"]


@pytest.mark.parametrize("thing", [3, b"x", ["banks"], object()])
def test_what_pins_nothing_is_refused(thing: Any) -> None:
    with pytest.raises(ft.PinError, match="pins nothing"):
        ft.use(thing)


def test_what_cannot_be_used_leaves_what_is() -> None:
    ft.use("2026.1")
    for pin in ("2026.9", "missing.lock"):
        with pytest.raises((ft.UnknownEditionError, ft.LockError)):
            ft.use(pin)
    assert version() == "1.0.0"


def test_inner_beats_outer_beats_process_beats_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "_variable", lambda: "2026.1")
    pins._environment.cache_clear()
    assert version("virtual_banks") == "1.0.0"
    assert ft.info("virtual_banks").pin == "FINTECH2021_LOCK=2026.1"
    ft.use("2026.2")
    assert version("virtual_banks") == "1.1.0"
    with ft.pinned("2026.1"):
        assert version("virtual_banks") == "1.0.0"
        with ft.pinned(virtual_banks="1.1.0"):
            assert (version("virtual_banks"), version()) == ("1.1.0", "1.0.0")
            assert ft.info("observations").pin == "pinned('2026.1')"
    ft.use(None)
    monkeypatch.undo()
    pins._environment.cache_clear()


# Threads of a block.


def test_a_thread_without_the_pins_of_an_open_block_warns_once() -> None:
    with ft.pinned("2026.1"), ThreadPoolExecutor(1) as pool:
        with pytest.warns(ft.PinWarning, match=r"pinned\('2026\.1'\) is open.*without it") as told:
            assert pool.submit(version).result() == NEWEST.datasets["observations"]
        assert told[0].filename == __file__
        assert pool.submit(version).result() == NEWEST.datasets["observations"]


def test_where_the_warning_is_an_error_it_is_one_every_time() -> None:
    with ft.pinned("2026.1"), ThreadPoolExecutor(1) as pool:
        for _ in range(2):
            with pytest.raises(ft.PinWarning):
                pool.submit(version).result()


@pytest.mark.parametrize("read", [ft.catalog, ft.load_observations, ft.Observation.all])
def test_every_way_to_read_warns(read: Callable[[], Any]) -> None:
    with ft.pinned("2026.1"), pytest.warns(ft.PinWarning):
        in_thread(read)


def test_a_thread_in_which_no_pin_is_meant_does_not_warn() -> None:
    def unpinned() -> str:
        with ft.pinned():
            return version()

    with ft.pinned("2026.1"):
        assert in_thread(unpinned) == NEWEST.datasets["observations"]
    assert in_thread(version) == NEWEST.datasets["observations"]


def test_a_pin_of_other_tables_is_no_reason_to_warn() -> None:
    with ft.pinned(banks="1.0.0"):
        assert in_thread(version) == NEWEST.datasets["observations"]


def test_a_process_that_is_pinned_does_not_warn() -> None:
    ft.use("2026.1")
    with ft.pinned("2026.2"):
        assert in_thread(version) == "1.0.0"


def test_the_first_thread_does_not_warn_of_the_block_of_another() -> None:
    opened, ended = Event(), Event()

    def other() -> None:
        with ft.pinned("2026.1"):
            opened.set()
            ended.wait(60)

    thread = Thread(target=other)
    thread.start()
    assert opened.wait(60)  # A thread that has failed would be waited for for ever.
    assert version() == NEWEST.datasets["observations"]
    ended.set()
    thread.join()


def test_carry_takes_the_pins_into_threads_and_pools() -> None:
    with ThreadPoolExecutor(2) as pool:
        with ft.pinned("2026.1"), ft.pinned(virtual_banks="1.1.0"):
            carried = ft.pinned.carry(version)
            found = list(pool.map(carried, ["observations", "virtual_banks"]))
            thread = Thread(target=ft.pinned.carry(lambda: found.append(version())))
            thread.start()
            thread.join()
        assert found == ["1.0.0", "1.1.0", "1.0.0"]
        assert carried() == "1.0.0"  # Also after the block has ended.
    assert version() == NEWEST.datasets["observations"]


def test_carry_shuts_out_the_pins_where_the_function_is_called() -> None:
    carried = ft.pinned.carry(version)
    with ft.pinned("2026.1"):
        assert (carried(), version()) == (NEWEST.datasets["observations"], "1.0.0")


def test_carry_keeps_name_and_help_and_takes_coroutine_functions() -> None:
    async def found(suffix: str) -> str:
        """Say which."""
        await asyncio.sleep(0)
        return version() + suffix

    with ft.pinned("2026.1"):
        carried = ft.pinned.carry(found)
    assert asyncio.run(carried("!")) == "1.0.0!"
    assert (carried.__name__, carried.__doc__) == ("found", "Say which.")
    assert ft.pinned.carry(version).__name__ == "version"


def test_what_is_carried_can_be_pickled() -> None:
    with ft.pinned("2026.1"):
        carried = pickle.loads(pickle.dumps(ft.pinned.carry(ft.info)))  # noqa: S301 - pickled just here.
    assert carried("observations").version == "1.0.0"


# Other processes.


def test_the_variable_pins_a_process(whole: Path, lock: Path) -> None:
    assert run(PRINT, FINTECH2021_LOCK="2026.1") == "1.0.0"
    assert run(PRINT, FINTECH2021_LOCK=str(whole)) == "1.0.0"
    assert "has no dataset observations" in run(PRINT, FINTECH2021_LOCK=str(lock))
    assert run(PRINT, FINTECH2021_LOCK="") == NEWEST.datasets["observations"]


@pytest.mark.parametrize("value", ["2026.9", "missing.lock", "nul", "\x1b[31m"])
def test_a_variable_that_cannot_be_used_says_so_whatever_is_read(value: str) -> None:
    for code in (PRINT, "ft.catalog()", "ft.Bank.all()", "ft.audit()"):
        said = run(code, FINTECH2021_LOCK=value)
        assert said.startswith("fintech2021.errors.PinError: The environment variable FINTECH2021")
        assert f"{value!r}, which cannot be used. " in said


def test_the_variable_is_read_once() -> None:
    change = "import os; os.environ['FINTECH2021_LOCK'] = '2026.2'"
    assert run(f"{PRINT}\n{change}\n{PRINT}", FINTECH2021_LOCK="2026.1") == "1.0.0\n1.0.0"
    assert run(f"{change}\n{PRINT}") == "2.0.0"


CHILD = f"""
import subprocess, sys
child = [sys.executable, "-c", {"import fintech2021 as ft; " + PRINT!r}]
"""
ASK = "print(subprocess.run(child, capture_output=True, text=True).stdout.strip())"


def test_use_pins_children_only_when_told() -> None:
    newest = NEWEST.datasets["observations"]
    told = f"{CHILD}ft.use('2026.1', children=True)\n{PRINT}\n{ASK}\nft.use('2026.1')\n{ASK}"
    assert run(told).split() == ["1.0.0", "1.0.0", newest]
    assert run(f"{CHILD}ft.use('2026.1')\n{PRINT}\n{ASK}").split() == ["1.0.0", newest]


def test_children_are_given_the_whole_path_of_a_lock(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(whole.parent)
    ft.use(whole.name, children=True)
    assert os.environ[VARIABLE] == str(whole)


def test_the_variable_comes_back_when_use_ends() -> None:
    code = (
        f"import os\nft.use('2026.2', children=True)\nft.use('2026.1', children=True)\n{PRINT}\n"
        f"print(os.environ['FINTECH2021_LOCK'])\nft.use(None)\n"
        f"print(os.environ['FINTECH2021_LOCK'])\n{PRINT}"
    )
    assert run(code, FINTECH2021_LOCK="2026.2").split() == ["1.0.0", "2026.1", "2026.2", "2.0.0"]


@pytest.mark.parametrize("pin", [{"banks": "1.0.0"}, "2026.1"])
def test_children_can_be_told_only_of_a_lock_or_an_edition(pin: Any) -> None:
    with pytest.raises(ft.PinError, match="cannot be told to child processes"):
        ft.use(pin, children=True, regions="1.0.0")
    assert VARIABLE not in os.environ


def _report(name: str) -> str:
    return version(name)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_has_every_pin_and_no_block_of_another_thread() -> None:
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork"))
    with ft.pinned("2026.1"), pool:
        assert pool.submit(_report, "observations").result() == "1.0.0"
    opened, ended = Event(), Event()

    def other() -> None:
        with ft.pinned("2026.1"):
            opened.set()
            ended.wait()

    thread = Thread(target=other)
    thread.start()
    opened.wait()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as forked:
        assert forked.submit(len, pins._OPEN).result() == 1
        assert forked.submit(_open_blocks).result() == 0
    ended.set()
    thread.join()


def _open_blocks() -> int:
    return len(pins._OPEN)


def test_a_pool_of_spawned_processes_takes_what_is_carried() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        with ft.pinned("2026.1"):
            carried = pool.submit(ft.pinned.carry(ft.info), "observations")
            bare = pool.submit(ft.info, "observations")
        assert carried.result().version == "1.0.0"
        assert bare.result().version == NEWEST.datasets["observations"]


# Closed pins.


def test_an_edition_has_no_other_tables_than_its_own() -> None:
    with ft.pinned("2026.1"):
        with pytest.raises(ft.PinError, match=r"^The edition 2026\.1 has no dataset claims"):
            ft.load_claims()
        for read in (
            ft.Claim.all,
            ft.audit,
            lambda: ft.info("claims"),
            lambda: ft.schema("claims"),
        ):
            with pytest.raises(ft.PinError, match=r"edition 2026\.2 has it"):
                read()
        assert list(ft.catalog()["name"]) == sorted(catalog.editions()["2026.1"].datasets)
        assert len(ft.catalog()) == 26
        listed = CliRunner().invoke(cli, ["list"]).output
        assert " claims " not in listed
        assert " banks " in listed
        with pytest.raises(ft.UnknownDatasetError):
            ft.load("claim")


def test_a_table_named_beside_an_edition_is_there() -> None:
    with ft.pinned("2026.1", claims="1.0.0"):
        assert ft.info("claims").version == "1.0.0"
        assert "claims" in set(ft.catalog()["name"])
    with ft.pinned("2026.1"), ft.pinned(claims="1.0.0"):
        assert ft.info("claims").version == "1.0.0"
        assert "claims" in set(ft.catalog()["name"])


def test_a_mapping_leaves_other_tables_open() -> None:
    with ft.pinned(banks="1.0.0"):
        assert ft.info("claims").pin is None
        assert len(ft.catalog()) == len(catalog.datasets())


def test_a_lock_of_some_tables_has_no_others(lock: Path) -> None:
    ft.use(lock)
    assert list(ft.catalog()["name"]) == ["banks", "virtual_banks"]
    with pytest.raises(ft.PinError, match=r"fintech2021\.lock has no dataset regions"):
        ft.load("regions")


def test_what_the_library_reads_itself_is_of_the_edition_of_the_lock(lock: Path) -> None:
    with ft.pinned("2026.1"):
        expected = ft.source("virtual_banks", "za_bank", "opened_on")
        banks = ft.load_virtual_banks()
    ft.use(lock)
    found = ft.source("virtual_banks", "za_bank", "opened_on")
    assert (found.errata, found.places) == (expected.errata, expected.places)
    assert ft.validate(ft.load_virtual_banks(), "virtual_banks").equals(banks)
    with pytest.raises(ft.PinError, match="has no dataset claims"):
        ft.audit("virtual_banks")


def test_source_leaves_out_what_the_edition_does_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    first = catalog.editions()["2026.1"]
    bare = first._replace(datasets={n: v for n, v in first.datasets.items() if n != "errata"})
    editions = {**catalog.editions(), "2026.1": bare}
    monkeypatch.setattr(catalog, "editions", lambda: editions)
    with ft.pinned("2026.1"):
        found = ft.source("observations", "dajia_smart_badges_in_use", "period")
    assert found.errata == ()
    assert found.line is not None


def test_the_audit_of_a_lock_of_some_tables_reads_the_others_from_its_edition(
    tmp_path: Path,
) -> None:
    path = tmp_path / "some.lock"
    with ft.pinned("2026.2"):
        path.write_text(lockfile.lock_text([ft.info("observations")]), "utf-8")
        expected = ft.audit()
    ft.use(path)
    assert ft.audit().equals(expected)


# Who chose.


def test_results_say_the_edition_and_the_pin_that_was_obeyed(whole: Path) -> None:
    def said(**request: str) -> tuple[Any, ...]:
        attrs = ft.load_virtual_banks(**request).attrs["fintech2021"]
        about = ft.info("virtual_banks", **request)
        source = ft.source("virtual_banks", "za_bank", "opened_on", **request)
        pairs = {(attrs["edition"], attrs["pin"])} | {(x.edition, x.pin) for x in (about, source)}
        (pair,) = pairs
        return pair

    assert said() == (NEWEST.name, None)
    assert said(version="1.0.0") == ("2026.1", None)
    with ft.pinned("2026.1"):
        assert said() == ("2026.1", "pinned('2026.1')")
    with ft.pinned(virtual_banks="~=1.0"):
        assert said() == ("2026.2", "pinned(virtual_banks='~=1.0')")
    ft.use(whole)
    assert said() == ("2026.1", "use('whole.lock')")
    assert "chosen by use('whole.lock'), edition 2026.1" in str(
        ft.source("virtual_banks", "za_bank", "opened_on")
    )
    assert "Chosen by use('whole.lock'), edition 2026.1" in str(ft.info("virtual_banks"))


def test_a_pin_that_says_nothing_of_a_table_is_not_said_to_be_obeyed() -> None:
    with ft.pinned(banks="1.0.0"):
        assert ft.info("regions").pin is None


# Superseded versions.


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing have been told yet, and every warning be an error but that."""
    monkeypatch.setattr(pins, "_TOLD", set())


@pytest.mark.usefixtures("untold")
@pytest.mark.filterwarnings("always::fintech2021.errors.SupersededWarning")
def test_a_superseded_version_asked_for_by_number_warns_once_with_the_reason() -> None:
    with pytest.warns(ft.SupersededWarning, match=r"observations 1\.0\.0 .*dajia_year") as told:
        [ft.load_observations(version="1.0.0") for _ in range(2)]
    assert len(told) == 1
    assert told[0].filename == __file__
    with pytest.warns(ft.SupersededWarning, match=r"observations 2\.0\.0"):
        ft.info("observations", "~=2.0")


@pytest.mark.usefixtures("untold")
@pytest.mark.filterwarnings("error::fintech2021.errors.SupersededWarning")
def test_a_version_that_a_pin_chooses_does_not_warn(whole: Path) -> None:
    for pin in ("2026.1", {"observations": "1.0.0"}, whole):
        with ft.pinned(pin):
            ft.load_observations()
            ft.load_observations(version="1.0.0")
    ft.load_observations()
    with pytest.raises(ft.SupersededWarning):
        ft.load_observations(version="1.0.0")


@pytest.mark.usefixtures("untold")
def test_the_command_line_says_it_in_one_line() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        done = CliRunner().invoke(cli, ["info", "observations", "--version", "1.0.0"])
    assert done.stderr.startswith("Warning: observations 1.0.0 is superseded. ")
    assert done.stderr.count("\n") == 1
