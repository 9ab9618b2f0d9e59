"""Every public function, called with what it takes and with what nobody means."""

from __future__ import annotations

import inspect
import pickle
import random
import sqlite3
import time
import warnings
from contextlib import closing
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import pytest

import fintech2021 as ft
from odd import ODD, RudeText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.slow

CALLS = 12_000
SEED = 2021
NOTHING = object()
"""What an odd argument stands for."""


class Given(NamedTuple):
    """An argument, and the plain one that it stands for."""

    value: Any
    meaning: Any


def texts(*right: str | None) -> list[Given]:
    """Return arguments that are texts, one of another class for each."""
    plain = [Given(text, text) for text in right]
    return plain + [Given(RudeText(text), text) for text in right if text is not None]


ODD_ONES = [Given(value, NOTHING) for value in ODD.values()]
DATASETS = texts("banks")
VERSIONS = texts(None, "1.0.0", "~=1.0", "<2")
BACKENDS = texts("pandas", "polars", "pyarrow")
COLUMNS = texts("tech_staff", "name_zh", "bank_type")
KEYS = [*texts("icbc", "abc"), Given(("icbc",), "icbc"), Given((RudeText("abc"),), "abc")]
FRAMES = [Given(ft.load("banks"), ft.load("banks"))]
INSTITUTIONS = ft.load("institutions")
BANKS = ft.info("banks")


class Subject(NamedTuple):
    """What is called, and what each of its parameters can be."""

    call: Callable[..., Any]
    parameters: Sequence[Sequence[Given]]


def _used(pins: Any) -> str:
    ft.use(pins)
    version = ft.info("observations").version
    ft.use(None)
    return version


def _attached(name: Any) -> tuple[str, ...]:
    with closing(sqlite3.connect(":memory:")) as base:
        return ft.attach(base, [name])


def _exported(to: Any, name: Any, version: Any, lang: Any) -> str:
    with TemporaryDirectory() as folder:
        target = f"{folder}/there"
        return ft.export(target, to=to, datasets=[name], version=version, lang=lang).name


def _kept(frame: Any, name: Any, version: Any) -> list[int]:
    """Return counts that are all nought: a frame that breaks rules is counted, not refused."""
    counts = ft.count_failures(frame, name, version)["failures"].tolist()
    if any(counts):
        raise ft.CheckError("it breaks rules")
    return counts


SUBJECTS = {
    "attach": Subject(_attached, [DATASETS]),
    "attach, a connection": Subject(ft.attach, [[]]),
    "export": Subject(_exported, [texts("csv", "json"), DATASETS, VERSIONS, texts(None, "zh")]),
    "export, a target": Subject(ft.export, [[]]),
    "arrow_schema": Subject(ft.arrow_schema, [DATASETS, VERSIONS]),
    "audit": Subject(ft.audit, [texts("banks", None)]),
    "catalog": Subject(ft.catalog, []),
    "cite": Subject(
        lambda name, key, column, style, version: ft.cite(
            name, key, column, style=style, version=version
        ),
        [DATASETS, [*KEYS, Given(None, None)], COLUMNS, texts("plain", "csl"), VERSIONS],
    ),
    "claim": Subject(ft.claim, [texts(ft.Claim.all()[0].claim_id)]),
    "count_failures": Subject(
        _kept,
        [FRAMES, DATASETS, VERSIONS],
    ),
    "coverage": Subject(ft.coverage, [[]]),
    "cross_check": Subject(ft.cross_check, [texts("banks", None)]),
    "data_dir": Subject(lambda: type(ft.data_dir()), []),
    "dataset": Subject(ft.dataset, [DATASETS, VERSIONS]),
    "diff": Subject(ft.diff, [DATASETS, texts("1.0.0", "~=1.0"), texts("1.0.0", "==1.0.*")]),
    "editions": Subject(ft.editions, []),
    # Any text at all can be looked for, and any frame labelled.
    "find": Subject(
        lambda dataset, region: ft.find("tech spend", dataset=dataset, region=region),
        [texts("banks", "regions"), texts(None, "beijing")],
    ),
    "info": Subject(ft.info, [DATASETS, VERSIONS]),
    "info.column": Subject(BANKS.column, [COLUMNS]),
    "info.field": Subject(BANKS.field, [COLUMNS]),
    "info.from_resource": Subject(ft.Descriptor.from_resource, [[]]),
    "info.from_resource, a column": Subject(lambda field: ft.Column.from_resource(field, {}), [[]]),
    "json_schema": Subject(ft.json_schema, [DATASETS, VERSIONS]),
    "labelled": Subject(
        lambda lang, name: ft.labelled(ft.load("banks"), lang, name=name),
        [texts("en", "zh"), texts(None, "banks")],
    ),
    "load": Subject(ft.load, [DATASETS, VERSIONS, BACKENDS]),
    "load_banks": Subject(
        lambda version, backend: ft.load_banks(version=version, backend=backend),
        [VERSIONS, BACKENDS],
    ),
    "pinned": Subject(lambda pins: ft.pinned(pins).pins, [texts("2026.1", "2026.2")]),
    "pinned, one": Subject(lambda banks: ft.pinned(banks=banks).pins, [texts("1.0.0", "~=1.0")]),
    "pinned, a mapping": Subject(lambda banks: ft.pinned({"banks": banks}).pins, [texts("1.0.0")]),
    "Record.all": Subject(lambda version: ft.Bank.all(version=version), [VERSIONS]),
    "Record.get": Subject(lambda key, version: ft.Bank.get(key, version=version), [KEYS, VERSIONS]),
    "schema": Subject(
        lambda name, version, engine: sorted(ft.schema(name, version, engine=engine).columns),
        [DATASETS, VERSIONS, texts("pandas")],
    ),
    "series": Subject(
        lambda indicator, region: ft.series(indicator, region=region),
        [texts(ft.Indicator.all()[0].indicator_id), texts(None)],
    ),
    "source": Subject(
        lambda name, key, column, version: ft.source(name, key, column, version=version),
        [DATASETS, KEYS, COLUMNS, VERSIONS],
    ),
    "read_options": Subject(
        lambda name, reader, version: sorted(ft.read_options(name, reader, version=version)),
        [DATASETS, texts("pandas", "duckdb"), VERSIONS],
    ),
    "sql_ddl": Subject(
        lambda name, version, dialect: ft.sql_ddl(name, version, dialect=dialect),
        [DATASETS, VERSIONS, texts("duckdb", "spark")],
    ),
    "to_frame": Subject(ft.to_frame, [[Given(ft.Bank.all(), ft.Bank.all())], BACKENDS]),
    "to_records": Subject(ft.to_records, [FRAMES, [Given(ft.Bank, ft.Bank)]]),
    "use": Subject(_used, [texts("2026.1")]),
    "validate": Subject(ft.validate, [FRAMES, DATASETS, VERSIONS]),
    "validate, parents": Subject(
        lambda parent: len(
            ft.validate(ft.load_banks(), "banks", references={"institutions": parent})
        ),
        [[Given(INSTITUTIONS, INSTITUTIONS)]],
    ),
    "validate, no parents": Subject(
        lambda parents: len(ft.validate(ft.load_banks(), "banks", references=parents)),
        [[Given(None, None)]],
    ),
    "verify": Subject(ft.verify, [[]]),
    "verify_lock": Subject(ft.verify_lock, [[]]),
    "YearMonth": Subject(ft.YearMonth, [[Given(2020, 2020)], [Given(1, 1), Given(12, 12)]]),
    "YearMonth.parse": Subject(ft.YearMonth.parse, [texts("2020-01")]),
}


def test_every_public_function_is_a_subject() -> None:
    functions = {name for name in ft.__all__ if inspect.isfunction(getattr(ft, name))}
    assert {name for name in functions if not name.startswith("load_")} <= SUBJECTS.keys()


def told(result: Any) -> Any:
    """Return what can be compared of a result."""
    if isinstance(result, pd.DataFrame):
        return result.to_json(date_format="iso"), result.dtypes.astype(str).tolist()
    if type(result).__module__.startswith(("polars", "pyarrow")):
        return type(result).__name__, str(result)
    return result


def is_ours(error: Exception, name: str) -> bool:
    """Tell whether an error is one that the function promises."""
    if name in {"find", "labelled"} and isinstance(error, ft.Fintech2021Error):
        return True
    if name.startswith(("YearMonth", "info.from_resource", "find", "labelled")):
        *_, last = _frames(error)
        ours = last.replace("\\", "/")
        is_said = "fintech2021/_core" in ours or "fintech2021/_explore" in ours
        return type(error) in {TypeError, ValueError} and is_said
    return isinstance(error, ft.Fintech2021Error)


def _frames(error: Exception) -> list[str]:
    frames, place = [], error.__traceback__
    while place is not None:
        frames.append(place.tb_frame.f_code.co_filename)
        place = place.tb_next
    return frames


def test_every_call_is_answered_rightly_or_refused_in_few_words(
    share: float, record_property: Callable[[str, object], None]
) -> None:
    draw = random.Random(SEED)  # noqa: S311 - The same calls every time.
    expected: dict[Any, Any] = {}
    counts = dict.fromkeys(("answered", "refused", "foreign", "wrong"), 0)
    faults: list[str] = []
    warnings.simplefilter("ignore")  # Of superseded versions.
    for number in range(int(CALLS * share)):
        name = draw.choice(list(SUBJECTS))
        call, parameters = SUBJECTS[name]
        given = [
            draw.choice(ODD_ONES if not pool or draw.random() < 0.3 else pool)
            for pool in parameters
        ]
        outcome, why = _outcome(name, call, given, expected)
        counts[outcome] += 1
        if why:
            faults.append(f"call {number}: {name}, {why}")
    record_property("summary", f"fuzz, {sum(counts.values())} calls: {_said(counts)}")
    assert faults == []


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _outcome(
    name: str, call: Callable[..., Any], given: list[Given], expected: dict[Any, Any]
) -> tuple[str, str]:
    """Return what became of a call, and what is wrong about that."""
    is_odd = any(each.meaning is NOTHING for each in given)
    start = time.perf_counter()
    try:
        answer = told(call(*[each.value for each in given]))
    except Exception as error:  # noqa: BLE001 - Whatever it is, it is judged.
        return _refusal(name, error, time.perf_counter() - start, is_odd=is_odd)
    if is_odd:
        return ("answered", "") if _is_a_month(name, given) else ("wrong", "an odd one answered")
    key = name, tuple(str(each.meaning) for each in given)
    if key not in expected:
        expected[key] = told(call(*[each.meaning for each in given]))
    return ("answered", "") if _same(answer, expected[key]) else ("wrong", f"other than {key}")


def _same(one: Any, other: Any) -> bool:
    """Tell whether two results are equal; one that keeps a text of another class is not."""
    try:
        return bool(one == other)
    except RuntimeError:
        return False


def _is_a_month(name: str, given: list[Given]) -> bool:
    """Tell whether a call that has odd arguments is a right one all the same."""
    return name == "YearMonth" and all(isinstance(each.value, int) for each in given)


def _refusal(name: str, error: Exception, seconds: float, *, is_odd: bool) -> tuple[str, str]:
    if not is_ours(error, name):
        return "foreign", f"{type(error).__name__}: {str(error)[:200]}"
    message = str(error)
    if not is_odd and "does not" not in message:
        return "wrong", f"refused: {message[:200]}"
    if len(message) > 4000 or "\x1b" in message or seconds > 10:
        return "wrong", f"{len(message)} characters after {seconds:.1f} s: {message[:100]!r}"
    if type(pickle.loads(pickle.dumps(error))) is not type(error):  # noqa: S301 - Our own bytes.
        return "wrong", "another error when unpickled"
    return "refused", ""
