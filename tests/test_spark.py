"""Spark in local mode, classic and then Connect, one session for all: `nox -s engines`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import fintech2021 as ft
from every_engine import put, table, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Make = Callable[[pa.Table], Any]

pytestmark = [
    pytest.mark.spark,
    # pyspark 4.3 says of pandas 3 that it does not know it yet, and leaves sockets to be collected.
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module", params=["classic", "connect"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Give what makes a Spark frame of an Arrow table; one kind of session lives at a time."""
    sql = pytest.importorskip("pyspark.sql")
    if request.param == "connect":
        session = sql.SparkSession.builder.remote("local[2]").getOrCreate()
    else:
        local = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = local.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    # Connect infers no types without rows.
    yield lambda held: session.createDataFrame(held if len(held) else [], schema_of(held))
    session.stop()


def schema_of(held: pa.Table) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(held.schema)


def texts() -> pa.Table:
    """Return banks with every kind of nasty text and of strange ones."""
    nasty = [
        "x\u3000",
        "\u3000x",
        "x\n",
        "x\r",
        "a\rb",
        "x\x85",
        "a\u2028b",
        "x\xa0",
        "x\x1f",
        "",
        " ",
    ]
    fine = ["工商 银行", "a\u200bb", "\ufeffx", "é", "𠮷", "ſ", "１"]
    held = table("banks").set_column(2, "name_zh", pa.array([*nasty, *fine]))
    return put(put(held, "bank_id", "x\n", 4), "name_en", "x\u2029", 9)


def numbers() -> pa.Table:
    held = put(
        put(table("banks"), "tech_staff_pct", float("nan")),
        "tech_spend_growth_pct",
        float("inf"),
        2,
    )
    return put(put(held, "tech_staff_pct", 101.5, 3), "fiscal_year", 1899, 5)


def keys() -> pa.Table:
    return pa.concat_tables(
        [table("open_banking_metrics"), table("open_banking_metrics").slice(0, 3)]
    )


def lists() -> pa.Table:
    held = put(table("virtual_banks"), "features", "deposit_account;free_lunch")
    held = put(held, "shareholder_ids", "nobody;boc_hk", 1)
    return put(held, "licensed_on", held.column("opened_on")[2].as_py(), 2)


def windows() -> pa.Table:
    held = table("observations")
    return pa.concat_tables([put(held, "observation_id", "again").slice(0, 1), held])


def loops() -> pa.Table:
    held = table("regions")
    return put(held, "parent_id", held.column("region_id")[0].as_py())


TABLES: dict[str, tuple[str, Callable[[], pa.Table]]] = {
    "texts": ("banks", texts),
    "numbers": ("banks", numbers),
    "keys": ("open_banking_metrics", keys),
    "lists": ("virtual_banks", lists),
    "windows": ("observations", windows),
    "loops": ("regions", loops),
    "no rows": ("banks", lambda: table("banks").slice(0, 0)),
    "missing": (
        "trends",
        lambda: pa.table({f.name: pa.nulls(2, f.type) for f in table("trends").schema}),
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_spark_tells_the_same_as_every_other_engine(make: Make, kind: str) -> None:
    name, broken = TABLES[kind]
    held = broken()
    assert told(make(held), name) == told(held, name)


def test_a_published_table_is_valid_and_comes_back_itself(make: Make) -> None:
    frame = make(table("virtual_banks"))
    assert ft.validate(frame, "virtual_banks", facts=True) is frame


def test_columns_of_another_type_are_read(make: Make) -> None:
    held = table("virtual_banks")
    place = held.column_names.index("licensed_on")
    changed = held.set_column(
        place, "licensed_on", pc.cast(held.column("licensed_on"), pa.string())
    )
    frame = make(changed.append_column("extra", pa.nulls(len(held), pa.int64()).fill_null(1)))
    with pytest.raises(ft.ValidationError, match="has the type date"):
        ft.validate(frame, "virtual_banks")
    mended = ft.validate(frame, "virtual_banks", coerce="drop")
    assert type(mended) is type(frame)
    assert mended.columns == held.column_names
    bad = make(changed.set_column(place, "licensed_on", pa.array(["2020-02-30"] * len(held))))
    with pytest.raises(ft.ValidationError, match="is a day"):
        ft.validate(bad, "virtual_banks", coerce=True)


def test_parents_of_the_same_session_are_joined(make: Make) -> None:
    parents = make(pa.table({"institution_id": ["icbc"]}))
    counts = ft.count_failures(make(table("banks")), "banks", references={"institutions": parents})
    assert counts.loc[counts["failures"] > 0, "failures"].tolist() == [17]
