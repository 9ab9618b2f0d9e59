from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import fintech2021 as ft
from every_engine import ENGINES, put, table, told
from fintech2021._contracts import engines
from fintech2021._core import catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._core.names import DatasetName

EVERY = pytest.mark.parametrize("engine", ENGINES)
NASTY = [
    "工商银行\u3000",
    "\u3000工商银行",
    "x\n",
    "x\r",
    "a\rb",
    "a\nb",
    "x\x85",
    "x\u2028",
    "a\u2028b",
    "a\x85b",
    "\u2029",
    "x\xa0",
    "x\u200a",
    "x\x1f",
    "x\x0b",
    "",
    " ",
    "\t",
]
FINE = ["x", "工商 银行", "a\u200bb", "\ufeffx", "é", "x;y", "𠮷", "a\x00b", "ſ", "１"]


def agree(held: pa.Table, name: str, **options: Any) -> tuple[list[tuple[Any, ...]], Any]:
    """Return what every engine tells of a table; they all tell the same."""
    (first, *others) = [
        (label, told(make(held), name, **options)) for label, make in ENGINES.items()
    ]
    for label, found in others:
        assert found == first[1], label
    return first[1]


@EVERY
@pytest.mark.parametrize("name", ["banks", "regions", "observations", "source_tokens"])
def test_a_published_table_is_valid_and_what_is_given_comes_back(
    engine: str, name: DatasetName
) -> None:
    frame = ENGINES[engine](table(name))
    found = ft.validate(frame, name, facts=True)
    if engine in {"a stream", "a reader of batches"}:
        assert found.equals(table(name))
    else:
        assert found is frame


@pytest.mark.parametrize("cell", NASTY)
def test_a_nasty_text_is_refused_everywhere(cell: str) -> None:
    failures, counts = agree(put(table("banks"), "name_zh", cell), "banks")
    assert [(line[1:3], line[4]) for line in failures] == [(("abc", "name_zh"), cell)]
    assert counts == [("banks", "name_zh", "is one line without outer white space", 1)]


@pytest.mark.parametrize("cell", FINE)
def test_a_strange_text_without_white_space_at_its_ends_is_admitted_everywhere(cell: str) -> None:
    assert agree(put(table("banks"), "name_zh", cell), "banks") == ([], [])


@pytest.mark.parametrize("cell", ["x\n", "x\r", "X", "a b", "a\u2028", "é", "a_", ""])
def test_a_nasty_key_is_refused_everywhere(cell: str) -> None:
    failures, _ = agree(put(table("banks"), "bank_id", cell), "banks", references=False)
    assert len(failures) == 1
    assert failures[0][2] == "bank_id"


LISTS = [
    "deposit_account;free_lunch",
    "deposit_account;",
    ";",
    "deposit_account; x",
    "deposit_account\n",
]


@pytest.mark.parametrize("cell", LISTS)
def test_a_nasty_list_is_refused_everywhere(cell: str) -> None:
    failures, _ = agree(put(table("virtual_banks"), "features", cell), "virtual_banks")
    assert [line[2] for line in failures] == ["features"]


@pytest.mark.parametrize("cell", ["boc_hk;nobody", "nobody", "boc_hk\n"])
def test_an_unknown_item_of_a_list_of_references_is_refused_everywhere(cell: str) -> None:
    failures, _ = agree(put(table("virtual_banks"), "shareholder_ids", cell), "virtual_banks")
    assert "is a key of institutions" in [line[3] for line in failures]


@pytest.mark.parametrize("many", [False, True])
def test_the_callers_own_parents_hold_in_lists_too_however_many(
    many: bool,  # noqa: FBT001 - pytest gives it.
) -> None:
    ids = {i for cell in ft.load_virtual_banks()["shareholder_ids"] for i in cell.split(";")}
    ids |= set(ft.load_virtual_banks()["bank_id"])
    more = [f"more_{n}" for n in range(600 if many else 0)]
    parents = pd.DataFrame({"institution_id": sorted(ids) + more})
    held = table("virtual_banks")
    assert agree(held, "virtual_banks", references={"institutions": parents}) == ([], [])
    failures, _ = agree(held, "virtual_banks", references={"institutions": parents.iloc[1:]})
    assert failures


@EVERY
def test_parents_may_be_of_any_engine(engine: str) -> None:
    keys = pa.table({"institution_id": ["icbc", "o'hara"]})
    parents = keys.to_pandas if engine == "pandas" else lambda: ENGINES[engine](keys)
    mine = put(table("banks").slice(0, 1), "bank_id", "icbc")
    for label, make in ENGINES.items():
        assert told(make(mine), "banks", references={"institutions": parents()}) == ([], []), label


def test_parents_on_the_same_connection_are_joined_where_they_are() -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE parents AS SELECT 'icbc' AS institution_id, 1 AS more").fetchall()
    mine = con.from_arrow(table("banks").slice(0, 3))
    failures, counts = told(mine, "banks", references={"institutions": con.table("parents")})
    assert counts == [("banks", "bank_id", "is a key of institutions", 3)]
    assert len(failures) == 3


@pytest.mark.parametrize("cell", [float("inf"), float("-inf")])
def test_what_is_infinite_is_refused_everywhere(cell: float) -> None:
    held = put(table("banks"), "tech_spend_growth_pct", cell)
    failures, _ = agree(held, "banks")
    assert [line[3] for line in failures] == ["is a finite number"]


def test_not_a_number_is_a_missing_cell_everywhere() -> None:
    assert agree(put(table("banks"), "tech_staff_pct", float("nan")), "banks") == ([], [])
    held = put(table("observations"), "value", float("nan"))
    failures, _ = agree(held, "observations", references=False)
    assert [(line[2], line[3]) for line in failures] == [("value", "is not missing")]


@pytest.mark.parametrize(
    ("day", "said"), [(-2_000_000, "before the year 1"), (10_000_000, "after the year 9999")]
)
def test_a_day_beyond_the_calendar_is_refused_everywhere(day: int, said: str) -> None:
    held = table("virtual_banks")
    days = pc.cast(held.column("licensed_on"), pa.int32()).to_pylist()
    cells = pa.array([day, *days[1:]], pa.int32()).cast(pa.date32())
    held = held.set_column(held.column_names.index("licensed_on"), "licensed_on", cells)
    failures, _ = agree(held, "virtual_banks", references=False)
    assert ("licensed_on", "is a day of the years 1 to 9999", said) in [
        line[2:5] for line in failures
    ]


def test_keys_that_stand_twice_are_named_everywhere_in_the_same_order() -> None:
    held = pa.concat_tables([table("open_banking_metrics")] * 2)
    failures, counts = agree(held, "open_banking_metrics")
    assert (
        "open_banking_metrics",
        "bank_id, metric",
        "is unique as a key",
        2 * len(table("open_banking_metrics")),
    ) in counts
    keys = [line[1] for line in failures if line[3] == "is unique as a key"]
    assert keys == sorted(keys, key=lambda key: key.split("|"))
    assert len(keys) == 10


@pytest.mark.parametrize("limit", [0, 1, 3, None])
def test_no_more_rows_of_a_rule_than_asked_for_are_fetched(limit: int | None) -> None:
    held = put(
        put(put(put(table("banks"), "name_en", " x", 3), "name_en", " y", 9), "name_en", " z", 0),
        "name_en",
        " w",
        7,
    )
    failures, counts = agree(held, "banks", limit=limit)
    assert len(failures) == (4 if limit is None else min(limit, 4))
    assert counts[0][3] == 4


def test_of_very_many_broken_rows_the_first_are_the_same_everywhere() -> None:
    held = table("banks")
    ids = [f"bank_{n:05}" for n in range(12_000)]
    rows = pa.array([n % 18 for n in range(len(ids))])
    many = held.take(rows).set_column(0, "bank_id", pa.array(reversed_(ids)))
    many = many.set_column(1, "name_en", pa.array([" padded"] * len(ids)))
    many = many.replace_schema_metadata({"dataset": "banks"})
    failures, counts = agree(many, "banks", references=False, limit=4)
    assert [line[1] for line in failures] == ids[:4]
    assert counts == [("banks", "name_en", "is one line without outer white space", 12_000)]


def reversed_(items: list[str]) -> list[str]:
    return items[::-1]


def test_a_table_without_rows_is_valid_everywhere() -> None:
    for name in ("banks", "regions", "observations", "funding_statistics", "sandbox_totals"):
        assert agree(table(name).slice(0, 0), name) == ([], [])


def test_one_row_is_valid_everywhere() -> None:
    assert agree(table("banks").slice(4, 1), "banks") == ([], [])


@pytest.mark.parametrize("name", ["banks", "observations", "virtual_banks"])
def test_a_table_of_missing_cells_is_refused_everywhere(name: str) -> None:
    held = table(name)
    nothing = pa.table(
        {f.name: pa.nulls(3, f.type) for f in held.schema}, metadata={"dataset": name}
    )
    failures, _ = agree(nothing, name)
    assert {line[3] for line in failures} >= {"is not missing"}


def test_columns_in_another_order_missing_and_unknown_are_named_everywhere() -> None:
    held = table("banks")
    names = [held.column_names[1], held.column_names[0], *held.column_names[3:]]
    changed = held.select(names).append_column("extra", pa.nulls(len(held), pa.int64()))
    frames = {label: make for label, make in ENGINES.items() if label != "pandas"}
    found = [told(make(changed), "banks") for make in frames.values()]
    found.append(told(ENGINES["pandas"](held)[names].assign(extra=1), "banks"))
    assert all(each == found[0] for each in found)
    assert [line[2:4] for line in found[0][0]] == [
        ("name_zh", "is present"),
        ("extra", "is a column of the dataset"),
        ("name_en", "stands in the published order of columns"),
        ("bank_id", "stands in the published order of columns"),
    ]


def _numbers(kind: Any) -> Callable[[pa.Table], pa.Table]:
    def change(held: pa.Table) -> pa.Table:
        place = held.column_names.index("fiscal_year")
        return held.set_column(place, "fiscal_year", held.column("fiscal_year").cast(kind))

    return change


SPELLED: dict[str, tuple[str, Callable[[pa.Table], pa.Table]]] = {
    "int32": ("fiscal_year", _numbers(pa.int32())),
    "uint64": ("fiscal_year", _numbers(pa.uint64())),
    "float64": ("fiscal_year", _numbers(pa.float64())),
    "text of numbers": ("fiscal_year", _numbers(pa.string())),
    "decimal": ("fiscal_year", _numbers(pa.decimal128(24, 2))),
    "dictionary": (
        "name_zh",
        lambda held: held.set_column(2, "name_zh", held.column("name_zh").dictionary_encode()),
    ),
}
MENDING = [label for label in ENGINES if label not in {"a stream", "pandas"}]


@pytest.mark.parametrize("engine", MENDING)
@pytest.mark.parametrize("spelling", SPELLED)
def test_another_spelling_is_refused_with_the_call_that_mends_it(
    engine: str, spelling: str
) -> None:
    column, change = SPELLED[spelling]
    if spelling == "dictionary" and engine in {"duckdb", "ibis"}:
        assert told(ENGINES[engine](change(table("banks"))), "banks") == ([], [])  # Text to DuckDB.
        return
    held = change(table("banks"))
    with pytest.raises(ft.ValidationError) as caught:
        ft.validate(ENGINES[engine](held), "banks")
    assert [*caught.value.failures["column"]] == [column]
    assert 'ft.validate(frame, "banks", coerce=True) reads it' in str(caught.value)
    mended = ft.validate(ENGINES[engine](held), "banks", coerce=True)
    assert type(mended) is type(ft.validate(ENGINES[engine](table("banks")), "banks"))
    assert ft.validate(mended, "banks") is mended


@pytest.mark.parametrize("engine", MENDING)
def test_what_cannot_be_read_without_loss_is_named(engine: str) -> None:
    held = put(table("banks"), "fiscal_year", 2020.5, 2, pa.float64())
    with pytest.raises(ft.ValidationError) as caught:
        ft.validate(ENGINES[engine](held), "banks", coerce=True)
    found = caught.value.failures[["key", "column", "rule", "value"]]
    assert found.to_numpy().tolist() == [["bocom", "fiscal_year", "is a whole number", 2020.5]] or (
        found.to_numpy().tolist()
        == [[held.column("bank_id")[2].as_py(), "fiscal_year", "is a whole number", 2020.5]]
    )


@pytest.mark.parametrize("engine", MENDING)
@pytest.mark.parametrize("cell", ["2020-02-30", "20200101", "2020-1-1", "", "x", "2020-01-01\n"])
def test_a_text_that_is_no_day_is_named(engine: str, cell: str) -> None:
    days = [str(day) for day in table("virtual_banks").column("licensed_on").to_pylist()]
    held = table("virtual_banks")
    place = held.column_names.index("licensed_on")
    good = held.set_column(place, "licensed_on", pa.array(days))
    mended = ft.validate(ENGINES[engine](good), "virtual_banks", coerce=True)
    assert ft.validate(mended, "virtual_banks", facts=True) is mended
    bad = held.set_column(place, "licensed_on", pa.array([cell, *days[1:]]))
    with pytest.raises(ft.ValidationError) as caught:
        ft.validate(ENGINES[engine](bad), "virtual_banks", coerce=True)
    assert caught.value.failures[["rule", "value"]].to_numpy().tolist() == [["is a day", cell]]


@pytest.mark.parametrize("engine", MENDING)
def test_unknown_columns_are_left_out_on_request_and_the_order_is_mended(engine: str) -> None:
    held = table("banks")
    changed = held.select(held.column_names[::-1]).append_column("extra", pa.nulls(18, pa.int64()))
    with pytest.raises(ft.ValidationError, match="coerce='drop'"):
        ft.validate(ENGINES[engine](changed), "banks", coerce=True)
    mended = ft.validate(ENGINES[engine](changed), "banks", coerce="drop")
    assert ft.validate(mended, "banks") is mended


def test_zoned_times_and_times_of_day_are_no_days() -> None:
    moment = datetime(2020, 1, 1, 9, tzinfo=UTC)
    for kind in (
        pa.timestamp("us"),
        pa.timestamp("us", "UTC"),
        pa.timestamp("ns", "Asia/Shanghai"),
    ):
        held = table("virtual_banks")
        cells = pa.array([moment] * len(held), pa.timestamp("us", "UTC")).cast(kind)
        changed = held.set_column(held.column_names.index("licensed_on"), "licensed_on", cells)
        for label in MENDING:
            with pytest.raises(ft.ValidationError, match="licensed_on"):
                ft.validate(ENGINES[label](changed), "virtual_banks")
            with pytest.raises(ft.ValidationError, match="is a day"):
                ft.validate(ENGINES[label](changed), "virtual_banks", coerce=True)


def test_categories_of_polars_are_no_texts_until_they_are_read() -> None:
    frame = ft.load_banks(backend="polars")
    kinds = (pl.Categorical, pl.Enum(frame["bank_type"].unique().to_list()))
    for kind in kinds:
        changed = frame.with_columns(pl.col("bank_type").cast(kind))
        with pytest.raises(ft.ValidationError, match="has the type string"):
            ft.validate(changed, "banks")
        assert ft.validate(changed, "banks", coerce=True).equals(frame)


def test_text_in_any_layout_of_arrow_is_text() -> None:
    held = table("banks")
    # Before 18 Arrow cannot make the second one of texts.
    newer = [pa.string_view()] if int(pa.__version__.split(".")[0]) >= 18 else []
    for kind in (pa.large_string(), *newer):
        changed = held.set_column(2, "name_zh", held.column("name_zh").cast(kind))
        assert ft.validate(changed, "banks") is changed
        bad = changed.set_column(2, "name_zh", pa.array([" x", *["y"] * 17], kind))
        with pytest.raises(ft.ValidationError, match="name_zh"):
            ft.validate(bad, "banks")


def test_a_batch_is_a_table() -> None:
    (batch,) = table("banks").to_batches()
    assert ft.validate(batch, "banks").num_rows == 18


def test_huge_integers_decimals_and_enumerations_of_duckdb_have_a_verdict() -> None:
    con = duckdb.connect()
    con.from_arrow(table("banks")).create("banks")
    for kind in ("HUGEINT", "DECIMAL(18, 3)", "INTEGER", "UTINYINT"):
        value = "7" if kind == "UTINYINT" else "tech_staff"
        relation = con.sql(f"SELECT * REPLACE (CAST({value} AS {kind}) AS tech_staff) FROM banks")
        with pytest.raises(ft.ValidationError, match="has the type integer"):
            ft.validate(relation, "banks")
        mended = ft.validate(relation, "banks", coerce=True)
        assert [str(kind) for kind in mended.types][8] == "BIGINT"
    con.execute("CREATE TYPE kind AS ENUM ('state_owned', 'joint_stock')").fetchall()
    relation = con.sql("SELECT * REPLACE (CAST(bank_type AS kind) AS bank_type) FROM banks")
    with pytest.raises(ft.ValidationError, match="has the type string"):
        ft.validate(relation, "banks")
    assert len(ft.validate(relation, "banks", coerce=True).fetchall()) == 18


def test_a_number_beyond_64_bits_is_named() -> None:
    con = duckdb.connect()
    con.from_arrow(table("banks")).create("banks")
    relation = con.sql("SELECT * REPLACE (CAST(1e20 AS HUGEINT) AS tech_staff) FROM banks")
    with pytest.raises(ft.ValidationError, match="is a whole number"):
        ft.validate(relation, "banks", coerce=True)


def test_a_busy_connection_is_said_to_be_busy() -> None:
    con = duckdb.connect()
    relation = con.from_arrow(table("banks"))
    con.execute("SELECT * FROM range(100000)").fetchone()
    with pytest.raises(ft.CheckError, match=r"fetchall\(\)") as caught:
        ft.validate(relation, "banks")
    assert caught.value.__cause__ is not None


def test_doubled_names_of_columns_are_said_to_be_doubled() -> None:
    con = duckdb.connect()
    con.from_arrow(table("banks")).create("banks")
    doubled = pa.Table.from_arrays(
        [*table("banks").columns, table("banks").column(0)],
        [*table("banks").column_names, "bank_id"],
    )
    twice = pd.concat([ft.load_banks(), ft.load_banks()[["bank_id"]]], axis=1)
    assert told(doubled, "banks") == told(twice, "banks")
    assert told(twice, "banks")[1] == [("banks", "bank_id", "is there once", 1)]


def test_a_table_that_is_gone_is_a_check_that_cannot_run() -> None:
    con = ibis.duckdb.connect()
    held = con.create_table("held", table("banks"))
    con.drop_table("held")
    with pytest.raises(ft.CheckError, match="could not run, so nothing is said"):
        ft.validate(held, "banks")


def test_a_plan_that_cannot_be_run_is_no_breach() -> None:
    lazy = pl.scan_csv("/nowhere/at/all.csv")
    with pytest.raises(ft.CheckError, match="could not run"):
        ft.validate(lazy, "banks")


def test_a_lazy_frame_is_not_collected() -> None:
    seen = []

    def spy(frame: pl.DataFrame) -> pl.DataFrame:
        seen.append(frame.width)
        return frame

    lazy = ft.load_banks(backend="polars").lazy().map_batches(spy, streamable=False)
    assert ft.validate(lazy, "banks") is lazy


@pytest.mark.filterwarnings("ignore:.*infer_string")  # Of ibis and pandas 3.
def test_a_database_in_sqlite_tells_the_same() -> None:
    held = put(table("trends"), "title_en", "x\u3000")
    con = ibis.sqlite.connect()
    frame = con.create_table("held", held)
    assert told(frame, "trends") == told(held, "trends")


def test_two_levels_of_columns_are_said_to_be_two() -> None:
    frame = pd.concat({"a": ft.load_banks()}, axis=1)
    with pytest.raises(
        ft.ValidationError, match="the names of the columns have one level; found 2"
    ):
        ft.validate(frame, "banks")


@pytest.mark.parametrize("height", [120_000])
def test_a_large_pandas_frame_tells_the_same_as_a_small_one(height: int) -> None:
    frame = pd.concat([ft.load_banks()] * (height // 18), ignore_index=True)
    frame["bank_id"] = [f"bank_{n}" for n in range(len(frame))]
    frame.index = pd.Index([f"row {n}" for n in range(len(frame))])
    frame.iloc[[5, 77], 9] = 101.5
    frame.iloc[9, 1] = "x\u3000"
    with pytest.raises(ft.ValidationError) as large:
        ft.validate(frame, "banks", references=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_MANY", height * 2)
        with pytest.raises(ft.ValidationError) as small:
            ft.validate(frame, "banks", references=False)
    pd.testing.assert_frame_equal(large.value.failures, small.value.failures)
    assert large.value.failures["row"].tolist() == ["row 9", "row 5", "row 77"]


def test_without_narwhals_pandas_passes_through_the_pandera_schema_and_tells_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame = ft.load_banks()
    frame.loc[3, "tech_staff_pct"] = 101.5
    frame.loc[4, "name_zh"] = "x\u3000"
    rounds = ft.load_funding_rounds().assign(year=1999)
    with_it = [told(frame, "banks"), told(ft.load_banks(), "banks"), told(rounds, "funding_rounds")]
    counts = ft.count_failures(frame, "banks")
    monkeypatch.setattr(engines, "has", lambda *names: "narwhals" not in names)
    without = [told(frame, "banks"), told(ft.load_banks(), "banks"), told(rounds, "funding_rounds")]
    assert without == with_it
    pd.testing.assert_frame_equal(ft.count_failures(frame, "banks"), counts)
    valid = ft.count_failures(ft.load_banks(), "banks")
    assert set(valid["rule"]) == set(counts["rule"])
    with pytest.raises(ft.MissingDependencyError, match=r"fintech2021\[engines\]"):
        ft.validate(ft.load_banks(backend="polars"), "banks")


def test_without_polars_arrow_tables_are_held_against_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = {name: table(name) for name in catalog.datasets()}
    bad = put(put(table("virtual_banks"), "name_zh", "x\u3000"), "features", "none")
    expected = told(bad, "virtual_banks")
    monkeypatch.setattr(engines, "has", lambda *names: "polars" not in names)
    assert told(bad, "virtual_banks") == expected
    for name, held in good.items():
        assert told(held, name) == ([], [])
    spelled = _numbers(pa.string())(table("banks"))
    mended = ft.validate(spelled, "banks", coerce=True)
    assert mended.schema.field("fiscal_year").type == pa.int64()


@pytest.mark.parametrize("name", catalog.datasets())
def test_a_frame_read_back_from_our_own_csv_is_valid_in_one_call(name: DatasetName) -> None:
    with ft.data_dir() as folder:
        path = folder / ft.info(name).path
        read = pd.read_csv(path, keep_default_na=False, na_values=[""])
        with_polars = pl.read_csv(path, infer_schema_length=None)
    mended = ft.validate(read, name, coerce=True)
    pd.testing.assert_frame_equal(mended, ft.load(name), check_flags=False)
    assert ft.validate(with_polars, name, coerce=True).equals(ft.load(name, backend="polars"))


def test_frames_of_arrow_backed_columns_are_read() -> None:
    frame = ft.load_virtual_banks()
    for backend in ("pyarrow", "numpy_nullable"):
        other = frame.convert_dtypes(dtype_backend=backend)
        pd.testing.assert_frame_equal(ft.validate(other, "virtual_banks", coerce=True), frame)
    nanoseconds = frame.astype({"licensed_on": "datetime64[ns]"})
    pd.testing.assert_frame_equal(ft.validate(nanoseconds, "virtual_banks", coerce=True), frame)
    texts = frame.astype({"licensed_on": str, "bank_id": "category"})
    pd.testing.assert_frame_equal(ft.validate(texts, "virtual_banks", coerce=True), frame)
    floats = ft.load_banks().astype({"fiscal_year": float, "tech_staff": float})
    pd.testing.assert_frame_equal(ft.validate(floats, "banks", coerce=True), ft.load_banks())


def test_reading_leaves_missing_cells_of_a_required_column_to_be_named() -> None:
    frame = ft.load_banks().astype({"fiscal_year": float})
    frame.loc[2, "fiscal_year"] = float("nan")
    with pytest.raises(ft.ValidationError) as caught:
        ft.validate(frame, "banks", coerce=True)
    assert caught.value.failures[["row", "column", "rule"]].to_numpy().tolist() == [
        [2, "fiscal_year", "is not missing"]
    ]
