from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import starmap
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import fintech2021 as ft
from fintech2021._cli.app import cli
from fintech2021._core import catalog
from fintech2021._versions import lockfile, pins
from made_up_versions import EDITIONS, STAFF, WHY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("three_banks")

VERSIONS = tuple(STAFF)


def version() -> str:
    return ft.info("banks").version


def staff(frame: Any) -> int:
    return int(frame.set_index("bank_id").loc["icbc", "tech_staff"])


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock file that holds banks 1.1.0, and no other dataset."""
    path = tmp_path / "banks.lock"
    path.write_text(lockfile.lock_text([ft.info("banks", "1.1.0")]), "utf-8")
    return path


def test_without_pins_the_newest_edition_is_meant() -> None:
    assert version() == EDITIONS["2026.3"] == "2.0.0"


def test_a_pin_holds_inside_its_block_and_ends_with_it() -> None:
    with ft.pinned(banks="1.0.0"):
        assert version() == "1.0.0"
    assert version() == "2.0.0"


def test_a_pin_may_be_a_specifier_and_means_the_newest_that_it_admits() -> None:
    with ft.pinned(banks="~=1.0"):
        assert version() == "1.1.0"


def test_a_pin_leaves_other_datasets_alone() -> None:
    with ft.pinned(banks="1.0.0"):
        assert ft.info("regions").version == catalog.load_descriptor("regions").version
        assert ft.info("regions").pin is None


def test_pins_may_be_a_mapping() -> None:
    with ft.pinned({"banks": "1.1.0"}):
        assert version() == "1.1.0"


def test_a_keyword_wins_over_what_is_given_as_a_whole() -> None:
    with ft.pinned("2026.1", banks="1.1.0"):
        assert version() == "1.1.0"
    with ft.pinned({"banks": "1.0.0"}, banks="1.1.0"):
        assert version() == "1.1.0"


def test_a_mapping_that_is_changed_afterwards_changes_no_pin() -> None:
    asked = {"banks": "1.0.0"}
    with ft.pinned(asked):
        asked["banks"] = "1.1.0"
        assert version() == "1.0.0"


@pytest.mark.parametrize("edition", EDITIONS)
def test_pins_may_be_the_name_of_an_edition(edition: str) -> None:
    with ft.pinned(edition):
        assert version() == EDITIONS[edition]


def test_pins_may_be_the_path_of_a_lock_file_as_text_or_path(lock: Path) -> None:
    for path in (lock, str(lock)):
        with ft.pinned(path):
            assert version() == "1.1.0"


def test_no_pins_at_all_pin_nothing() -> None:
    with ft.pinned():
        assert version() == "2.0.0"
        assert pins.requests("banks") == {}


def test_inner_pins_win_and_outer_ones_come_back() -> None:
    with ft.pinned(banks="1.0.0"):
        with ft.pinned(banks="1.1.0"):
            assert version() == "1.1.0"
        assert version() == "1.0.0"


def test_inner_pins_add_to_outer_ones() -> None:
    with ft.pinned(banks="1.0.0"), ft.pinned(regions="~=1.0"):
        assert version() == "1.0.0"
        assert pins.requests("regions") == {"pinned(regions='~=1.0')": "~=1.0"}


def test_the_same_pins_may_be_used_again_and_inside_themselves() -> None:
    pinned = ft.pinned(banks="1.0.0")
    for _ in range(2):
        with pinned:
            with pinned:
                assert version() == "1.0.0"
            assert version() == "1.0.0"
        assert version() == "2.0.0"


def test_entering_gives_the_pins() -> None:
    with ft.pinned({"regions": "1.0.0"}, banks="1.1.0") as pinned:
        assert pinned.pins == {"regions": "1.0.0", "banks": "1.1.0"}


def test_pins_end_with_an_exception_too() -> None:
    with pytest.raises(ZeroDivisionError), ft.pinned(banks="1.0.0"):
        raise ZeroDivisionError
    assert version() == "2.0.0"


def test_a_function_may_be_pinned() -> None:
    @ft.pinned(banks="1.0.0")
    def found(prefix: str, *, suffix: str) -> str:
        """Say which."""
        return prefix + version() + suffix

    assert found("<", suffix=">") == "<1.0.0>"
    assert version() == "2.0.0"
    assert (found.__name__, found.__doc__) == ("found", "Say which.")


def test_the_pins_of_a_function_end_with_its_exception() -> None:
    @ft.pinned(banks="1.0.0")
    def failing() -> None:
        raise ZeroDivisionError(version())

    with pytest.raises(ZeroDivisionError, match=r"^1\.0\.0$"):
        failing()
    assert version() == "2.0.0"


def test_a_pinned_function_may_call_itself() -> None:
    @ft.pinned(banks="1.0.0")
    def countdown(count: int) -> list[str]:
        return [version(), *(countdown(count - 1) if count else [])]

    assert countdown(2) == ["1.0.0"] * 3
    assert version() == "2.0.0"


def test_a_coroutine_function_may_be_pinned_and_stays_one() -> None:
    @ft.pinned(banks="1.0.0")
    async def found(suffix: str) -> str:
        await asyncio.sleep(0)
        return version() + suffix

    async def both() -> tuple[str, str]:
        return await found("!"), version()

    assert inspect.iscoroutinefunction(found)
    assert asyncio.run(both()) == ("1.0.0!", "2.0.0")


def test_the_pins_of_a_coroutine_end_with_its_exception() -> None:
    @ft.pinned(banks="1.0.0")
    async def failing() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    async def afterwards() -> str:
        with pytest.raises(ZeroDivisionError):
            await failing()
        return version()

    assert asyncio.run(afterwards()) == "2.0.0"


def test_generators_are_refused_and_told_what_to_do() -> None:
    def generator() -> Iterator[str]:
        yield version()

    async def asynchronous() -> AsyncIterator[str]:
        yield version()

    for function in (generator, asynchronous):
        with pytest.raises(ft.PinError, match=r"is a generator.*with pinned"):
            ft.pinned(banks="1.0.0")(function)


LATER: dict[str, Callable[[], Any]] = {
    "a generator": lambda: (version() for _ in range(2)),
    "a map": lambda: map(ft.info, ["banks"]),
    "a filter": lambda: filter(ft.info, ["banks"]),
    "of itertools": lambda: starmap(ft.info, [("banks",)]),
    "a coroutine": lambda: asyncio.sleep(0),
    "a context manager": contextmanager(lambda: (version() for _ in range(1))),
}


@pytest.mark.parametrize("function", LATER.values(), ids=LATER)
def test_what_runs_after_the_call_is_refused_when_it_is_returned(
    function: Callable[[], Any],
) -> None:
    for around in (ft.pinned(banks="1.0.0"), ft.pinned.carry):
        with pytest.raises(ft.PinError, match="which runs after the pins have ended"):
            around(function)()
    assert version() == "2.0.0"


def test_partials_and_objects_are_seen_through() -> None:
    def generator(times: int) -> Iterator[str]:
        yield from [version()] * times

    class Called:
        def __call__(self) -> Iterator[str]:
            yield version()

    for function in (partial(generator, 2), Called()):
        for around in (ft.pinned(banks="1.0.0"), ft.pinned.carry):
            with pytest.raises(ft.PinError, match="is a generator"):
                around(function)


def test_a_partial_of_a_coroutine_function_is_pinned_while_that_runs() -> None:
    async def found(suffix: str) -> str:
        await asyncio.sleep(0)
        return version() + suffix

    assert asyncio.run(ft.pinned(banks="1.0.0")(partial(found, "!"))()) == "1.0.0!"


@pytest.mark.parametrize("kind", [staticmethod, classmethod, property])
def test_what_makes_a_method_of_a_function_is_refused(kind: Any) -> None:
    with pytest.raises(ft.PinError, match="is no function"):
        ft.pinned(banks="1.0.0")(kind(version))


def test_blocks_that_end_in_the_wrong_order_hold_as_long_as_they_are_open() -> None:
    first, second = ft.pinned(banks="1.0.0"), ft.pinned(banks="1.1.0", regions="1.0.0")
    first.__enter__()
    second.__enter__()
    first.__exit__()
    assert version() == "1.1.0"
    second.__exit__()
    assert (version(), pins.requests("regions")) == ("2.0.0", {})
    first.__enter__()
    second.__enter__()
    second.__exit__()
    assert version() == "1.0.0"
    first.__exit__()
    assert version() == "2.0.0"


def test_generators_with_blocks_that_take_turns_leave_nothing_behind() -> None:
    def pinned(request: str) -> Generator[str]:
        with ft.pinned(banks=request):
            yield version()
            yield version()

    one, other = pinned("1.0.0"), pinned("1.1.0")
    assert [next(one), next(other)] == ["1.0.0", "1.1.0"]
    one.close()
    assert next(other) == "1.1.0"
    other.close()
    assert version() == "2.0.0"


def test_a_block_that_ends_in_another_thread_is_an_error_and_goes_on_where_it_began() -> None:
    pinned = ft.pinned(banks="1.0.0")
    pinned.__enter__()
    with ThreadPoolExecutor(1) as pool, pytest.raises(ft.PinError, match="in another thread"):
        pool.submit(pinned.__exit__).result()
    assert version() == "1.0.0"
    pinned.__exit__()
    assert version() == "2.0.0"


def test_a_block_that_ends_twice_is_an_error() -> None:
    with ExitStack() as stack:
        pinned = stack.enter_context(ft.pinned(banks="1.0.0"))
        stack.pop_all().close()
        with pytest.raises(ft.PinError, match="than it began in"):
            pinned.__exit__()
    assert version() == "2.0.0"


def in_threads() -> list[list[str]]:
    """What three threads find that are inside different pins at the same time, again and again."""
    barrier = Barrier(len(VERSIONS), timeout=20)  # One may fail, and the others must not wait.

    def one(request: str) -> list[str]:
        pinned, found = ft.pinned(banks=request), []
        for _ in range(5):
            with pinned:
                barrier.wait()
                found.append(version())
                barrier.wait()
            barrier.wait()
        return [*found, version()]

    with ThreadPoolExecutor(len(VERSIONS)) as pool:
        return list(pool.map(one, VERSIONS))


def in_tasks() -> list[list[str]]:
    """What three tasks of one thread find that are inside different pins at the same time."""

    async def every() -> list[list[str]]:
        barrier = asyncio.Barrier(len(VERSIONS))
        return list(await asyncio.gather(*(one(request, barrier) for request in VERSIONS)))

    async def one(request: str, barrier: asyncio.Barrier) -> list[str]:
        found = []
        for _ in range(5):
            with ft.pinned(banks=request):
                await barrier.wait()
                found.append(version())
                await barrier.wait()
            await barrier.wait()
        return [*found, version()]

    return asyncio.run(every())


def in_pinned_coroutines() -> list[list[str]]:
    """The same for coroutine functions that are pinned as a whole."""

    async def every() -> list[list[str]]:
        barrier = asyncio.Barrier(len(VERSIONS))

        async def found() -> str:
            await barrier.wait()
            here = version()
            await barrier.wait()
            return here

        async def one(request: str) -> list[str]:
            pinned = ft.pinned(banks=request)(found)
            return [*[await pinned() for _ in range(5)], version()]

        return list(await asyncio.gather(*map(one, VERSIONS)))

    return asyncio.run(every())


AT_ONCE = pytest.mark.parametrize("at_once", [in_threads, in_tasks, in_pinned_coroutines])
EACH_ITS_OWN = [[request] * 5 + ["2.0.0"] for request in VERSIONS]


@AT_ONCE
def test_pins_of_threads_and_tasks_hold_side_by_side(at_once: Callable[[], Any]) -> None:
    assert at_once() == EACH_ITS_OWN


class ModuleGlobal:
    """What a careless library would have in place of the context variable."""

    value: Any = None

    def get(self) -> Any:
        return self.value

    def set(self, value: Any) -> None:
        self.value = value


@AT_ONCE
def test_a_module_global_would_not_have_passed(
    at_once: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "_BLOCK", ModuleGlobal())
    found: Any = None
    # Some block may find that it is not the one that ends, and the others wait for it.
    with suppress(ft.PinError, BrokenBarrierError):
        found = at_once()
    pins._OPEN.clear()
    assert found != EACH_ITS_OWN


def test_one_pinned_object_may_be_shared_by_threads() -> None:
    shared, barrier = ft.pinned(banks="1.0.0"), Barrier(4)

    def one(use: bool) -> list[str]:  # noqa: FBT001
        if not use:
            barrier.wait()
            with ft.pinned():
                return [version(), version()]
        with shared:
            barrier.wait()
            inside = version()
        return [inside, version()]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, [True, False, True, False]))
    assert found == [["1.0.0", "2.0.0"], ["2.0.0", "2.0.0"]] * 2


def test_a_task_begins_with_the_pins_of_the_one_that_starts_it_and_keeps_them() -> None:
    async def start() -> tuple[str, str]:
        with ft.pinned(banks="1.0.0"):
            task = asyncio.create_task(asyncio.to_thread(version))
        return await task, version()

    assert asyncio.run(start()) == ("1.0.0", "2.0.0")


def test_a_call_and_a_pin_that_agree_give_what_both_admit() -> None:
    with ft.pinned(banks="~=1.0"):
        assert ft.info("banks", "1.0.0").version == "1.0.0"
        assert ft.info("banks", "<1.1").version == "1.0.0"
        assert ft.info("banks", ">=1").version == "1.1.0"


def test_a_call_that_asks_for_what_its_pin_rules_out_names_both() -> None:
    with (
        ft.pinned(banks="~=1.0"),
        pytest.raises(
            ft.UnknownVersionError, match=r"the call: 2\.0\.0, pinned\(banks='~=1\.0'\): ~=1\.0"
        ),
    ):
        ft.load("banks", version="2.0.0")


def test_an_unknown_dataset_is_refused_before_the_block() -> None:
    with pytest.raises(ft.UnknownDatasetError, match="Did you mean 'banks'"):
        ft.pinned(bank="1.0.0")


@pytest.mark.parametrize("request_", ["9.9.9", "~=9.0", "newest", "", None, 1])
def test_an_unknown_version_is_refused_before_the_block(request_: Any) -> None:
    with pytest.raises(ft.UnknownVersionError, match=r"Known: 1\.0\.0, 1\.1\.0, 2\.0\.0"):
        ft.pinned(banks=request_)


@pytest.mark.parametrize("name", ["2026.9", "1999", "edition", ""])
def test_an_unknown_edition_names_those_that_exist(name: str) -> None:
    with pytest.raises(ft.UnknownEditionError, match=r"Known: 2026\.1.*A lock file is given by"):
        ft.pinned(name)


def test_a_lock_file_that_is_not_there_is_refused_before_the_block(tmp_path: Path) -> None:
    missing = tmp_path / "missing.lock"
    with pytest.raises(ft.LockError, match=re.escape(str(missing))):
        ft.pinned(missing)


@pytest.mark.parametrize("request_", STAFF)
def test_every_function_keeps_to_the_pins(request_: str) -> None:
    with ft.pinned(banks=request_):
        assert ft.info("banks").version == request_
        assert ft.catalog().set_index("name").loc["banks", "version"] == request_
        assert staff(ft.load_banks()) == staff(ft.load("banks")) == STAFF[request_]
        assert staff(ft.load("banks", backend="polars").to_pandas()) == STAFF[request_]
        assert staff(ft.load("banks", backend="pyarrow").to_pandas()) == STAFF[request_]
        assert ft.Bank.get("icbc").tech_staff == STAFF[request_]
        assert STAFF[request_] in {bank.tech_staff for bank in ft.Bank.all()}
        assert ft.source("banks", "icbc", "tech_staff").version == request_
        assert ft.schema("banks").name == f"banks {request_}"


def test_validation_keeps_to_the_pins() -> None:
    shorter = ft.load_banks().iloc[1:]
    with ft.pinned(banks="1.0.0"):
        assert ft.validate(ft.load_banks(), "banks") is not None
        with pytest.raises(ft.ValidationError, match=r"contract of banks 1\.0\.0"):
            ft.validate(shorter, "banks", facts=True)
    with pytest.raises(ft.ValidationError, match=r"contract of banks 2\.0\.0"):
        ft.validate(shorter, "banks", facts=True)


@pytest.mark.parametrize("thing", [3, True, b"x", ("banks",), [], 1.5])
def test_what_pins_nothing_is_refused(thing: Any) -> None:
    with pytest.raises(ft.PinError, match="give a mapping of datasets to versions"):
        ft.pinned(thing)


@pytest.mark.parametrize("thing", [ft.Record, 3, "banks"])
def test_only_functions_are_decorated(thing: Any) -> None:
    with pytest.raises(ft.PinError, match="is no function"):
        ft.pinned(banks="1.0.0")(thing)


def test_an_object_with_a_coroutine_for_its_call_is_pinned_while_that_runs() -> None:
    class Asked:
        async def __call__(self) -> str:
            await asyncio.sleep(0)
            return version()

    assert asyncio.run(ft.pinned(banks="1.0.0")(Asked())()) == "1.0.0"


def test_the_command_line_keeps_to_the_pins_around_it() -> None:
    with ft.pinned(banks="1.0.0"):
        listed = CliRunner().invoke(cli, ["list"]).output
        shown = CliRunner().invoke(cli, ["show", "banks", "--format", "csv"]).output
        sourced = CliRunner().invoke(cli, ["source", "banks", "icbc", "tech_staff"]).output
    (line,) = [line for line in listed.splitlines() if "│ banks " in line]
    assert " 1.0.0 " in line
    assert ",35400," in shown
    assert "banks 1.0.0 | icbc | tech_staff = 35400" in sourced


def test_the_pinned_version_says_that_it_is_superseded() -> None:
    with ft.pinned(banks="1.1.0"):
        assert ft.info("banks").superseded == WHY
        assert f"Superseded: {WHY}" in str(ft.info("banks"))
        assert ft.catalog().set_index("name").loc["banks", "superseded"] == WHY
