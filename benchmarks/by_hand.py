"""The rules of three datasets as one would write them by hand, for the tools that there are.

Each function takes a frame, the frames with the keys of its parents, and the name of the shape; it
raises `RefusedError` where something is broken, with the broken rows if the tool gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any, Literal, NamedTuple, Optional

import pandas as pd

SLUG = r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$"
SLUGS = r"^[a-z0-9]+(?:[_-][a-z0-9]+)*(?:;[a-z0-9]+(?:[_-][a-z0-9]+)*)*$"
TEXT = r"^\S(?:.*\S)?$"
_MOST = 10


class RefusedError(Exception):
    """The table is broken; the rows, where the tool gives them."""


class Column(NamedTuple):
    """A column and what its cells keep."""

    name: str
    kind: Literal["text", "whole", "number", "day", "month"]
    required: bool = True
    pattern: str | None = None
    options: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    parent: str | None = None


class Shape(NamedTuple):
    """A table: its columns, what is there once only, and what rows keep."""

    columns: tuple[Column, ...]
    once: tuple[tuple[str, ...], ...]
    polars: Callable[[], Mapping[str, Any]]
    """Expressions of bad rows."""
    sql: Mapping[str, str]
    """Conditions of bad rows."""
    pandas: Mapping[str, Callable[[pd.DataFrame], Any]]
    """Which rows are bad."""
    python: Callable[[Any], bool] = lambda _: True
    """Whether a record keeps what rows keep."""


def _text(name: str, **options: Any) -> Column:
    return Column(name, "text", pattern=options.pop("pattern", TEXT), **options)


def _closed(name: str, *options: str, required: bool = True) -> Column:
    return Column(name, "text", required, options=options)


def _none() -> Mapping[str, Any]:
    return {}


def _parks() -> Mapping[str, Any]:
    import polars as pl

    kind, area = pl.col("kind"), pl.col("area")
    return {
        "month": pl.col("founded_month").is_not_null() != (kind == "blockchain"),
        "area": area.is_not_null() != (kind == "big_data"),
        "one_area": (kind == "big_data")
        & (area.min().over("region_id") != area.max().over("region_id")),
    }


def _rounds() -> Mapping[str, Any]:
    import polars as pl

    day, confirmation = pl.col("announced_on"), pl.col("confirmation")
    return {
        "confirmed": (day.is_not_null() != (confirmation == "announced"))
        | (pl.col("source_ids").is_null() != (confirmation == "not_found")),
        "in_year": day.dt.year() != pl.col("year"),
    }


SHAPES = {
    "banks": Shape(
        (
            _text("bank_id", pattern=SLUG, parent="institutions"),
            _text("name_en"),
            _text("name_zh"),
            _closed("bank_type", "state_owned", "joint_stock"),
            Column("fiscal_year", "whole", low=1900, high=2100),
            Column("tech_spend_cny", "whole", required=False, low=0),
            Column("tech_spend_revenue_pct", "number", required=False, low=0, high=100),
            Column("tech_spend_growth_pct", "number", required=False),
            Column("tech_staff", "whole", required=False, low=0),
            Column("tech_staff_pct", "number", required=False, low=0, high=100),
        ),
        (("bank_id",),),
        _none,
        {},
        {},
    ),
    "technology_parks": Shape(
        (
            _text("park_id", pattern=SLUG),
            _closed("kind", "blockchain", "big_data"),
            _text("name_en"),
            _text("name_zh"),
            _closed(
                "area",
                "north",
                "northeast",
                "east",
                "central_south",
                "southwest",
                "northwest",
                required=False,
            ),
            _text("region_id", pattern=SLUG, parent="regions"),
            Column("founded_month", "month", required=False),
            Column("position", "whole", low=1),
        ),
        (("park_id",),),
        _parks,
        {
            "month": "(founded_month IS NOT NULL) <> (kind = 'blockchain')",
            "area": "(area IS NOT NULL) <> (kind = 'big_data')",
            "one_area": "kind = 'big_data' AND least_area <> greatest_area",
        },
        {
            "month": lambda f: f["founded_month"].notna() != (f["kind"] == "blockchain"),
            "area": lambda f: f["area"].notna() != (f["kind"] == "big_data"),
            "one_area": lambda f: (
                (f["kind"] == "big_data")
                & (f.groupby("region_id")["area"].transform("nunique") > 1)
            ),
        },
        lambda r: (
            (r.founded_month is not None) == (r.kind == "blockchain")
            and (r.area is not None) == (r.kind == "big_data")
        ),
    ),
    "funding_rounds": Shape(
        (
            _text("round_id", pattern=SLUG),
            _text("company_id", pattern=SLUG, parent="institutions"),
            _text("company_en"),
            _text("company_zh"),
            _closed("stage", "series_b_plus", "series_c", "series_d", "strategic"),
            _text("stage_zh"),
            Column("amount", "whole", low=0),
            _closed("currency", "CNY", "USD", "HKD", "EUR"),
            Column("year", "whole", low=1900, high=2100),
            _closed(
                "sector", "fintech", "insurtech", "ai", "blockchain", "internet", "aiot", "cloud"
            ),
            Column("announced_on", "day", required=False),
            _text("lead_investors", required=False),
            _closed("confirmation", "announced", "reported", "not_found"),
            _text("source_ids", required=False, pattern=SLUGS),
            _text("note", required=False),
            _text("note_zh", required=False),
        ),
        (("round_id",), ("company_id", "stage", "year")),
        _rounds,
        {
            "confirmed": "(announced_on IS NOT NULL) <> (confirmation = 'announced') "
            "OR (source_ids IS NULL) <> (confirmation = 'not_found')",
            "in_year": "year(announced_on) <> year",
        },
        {
            "confirmed": lambda f: (
                (f["announced_on"].notna() != (f["confirmation"] == "announced"))
                | (f["source_ids"].isna() != (f["confirmation"] == "not_found"))
            ),
            "in_year": lambda f: (
                f["announced_on"].notna() & (f["announced_on"].dt.year != f["year"])
            ),
        },
        lambda r: (
            (r.announced_on is not None) == (r.confirmation == "announced")
            and (r.source_ids is None) == (r.confirmation == "not_found")
            and (r.announced_on is None or r.announced_on.year == r.year)
        ),
    ),
}

FAULTS: Mapping[str, list[tuple[str, Any]]] = {
    "banks": [
        ("tech_staff", -1),
        ("tech_spend_revenue_pct", 101.5),
        ("tech_staff_pct", -1.0),
        ("bank_type", "foreign"),
        ("fiscal_year", 1800),
        ("fiscal_year", 2200),
        ("tech_spend_cny", -5),
        ("name_en", " padded"),
        ("name_zh", "padded "),
        ("bank_id", "bank_1"),
    ],
    "technology_parks": [
        ("position", 0),
        ("kind", "other"),
        ("name_en", " padded"),
        ("name_zh", "padded "),
        ("area", "centre"),
        ("region_id", "nowhere"),
        ("park_id", "Not a slug"),
        ("park_id", "park_1"),
        ("founded_month", pd.Timestamp(2020, 2, 3)),
        ("name_en", None),
    ],
    "funding_rounds": [
        ("amount", -1),
        ("currency", "XXX"),
        ("stage", "seed"),
        ("sector", "none"),
        ("confirmation", "rumour"),
        ("company_id", "no_such_company"),
        ("company_en", " padded"),
        ("round_id", "round_1"),
        ("round_id", "Not a slug"),
        ("year", 2200),
    ],
}
"""A column and a value that breaks a rule of it, ten for each shape."""


def _keys(parents: Mapping[str, Any], parent: str) -> Any:
    """Return the keys of a parent as its frame has them; of the published ones a pandas column."""
    frame = parents.get(parent)
    if frame is None:
        import fintech2021 as ft

        return ft.load(parent).iloc[:, 0]
    if isinstance(frame, pd.DataFrame):
        return frame.iloc[:, 0]
    return frame[frame.columns[0]]


def polars(frame: Any, parents: Mapping[str, Any], shape: str) -> None:
    """Check with one select of sums, then fetch the rows."""
    import polars as pl

    bad = _bad_in_polars(shape, parents)
    once = SHAPES[shape].once
    found = frame.select(
        rows=pl.len(),
        **{name: condition.sum() for name, condition in bad.items()},
        **{f"once_{n}": _alike(names).n_unique() for n, names in enumerate(once)},
    ).row(0, named=True)
    rows = found.pop("rows")
    doubled = [names for n, names in enumerate(once) if found.pop(f"once_{n}") < rows]
    broken = [condition for name, condition in bad.items() if found[name]]
    if broken or doubled:
        broken += [_alike(names).is_duplicated() for names in doubled]
        raise RefusedError(frame.filter(reduce(or_, broken)))


def _alike(names: tuple[str, ...]) -> Any:
    import polars as pl

    return pl.col(*names) if len(names) == 1 else pl.struct(names)


def _bad_in_polars(shape: str, parents: Mapping[str, Any]) -> dict[str, Any]:
    import polars as pl

    bad: dict[str, Any] = dict(SHAPES[shape].polars())
    for column in SHAPES[shape].columns:
        cell = pl.col(column.name)
        if column.required:
            bad[f"{column.name} missing"] = cell.is_null()
        if column.pattern:
            bad[f"{column.name} pattern"] = ~cell.str.contains(column.pattern)
        if column.options:
            bad[f"{column.name} options"] = ~cell.is_in(column.options)
        if column.low is not None:
            bad[f"{column.name} low"] = cell < column.low
        if column.high is not None:
            bad[f"{column.name} high"] = cell > column.high
        if column.kind == "month":
            bad[f"{column.name} month"] = cell.dt.day() != 1
        if column.parent:
            keys = _keys(parents, column.parent)
            keys = keys if isinstance(keys, pl.Series) else pl.Series(keys.to_list())
            bad[f"{column.name} parent"] = ~cell.is_in(keys.implode())
    return bad


def duckdb(relation: Any, parents: Mapping[str, Any], shape: str) -> None:
    """Check with one query of counts and an anti join, then fetch the rows."""
    bad, joins = _bad_in_sql(parents, shape)
    source = "frame"
    if any("least_area" in condition for condition in bad.values()):
        source = (
            "(SELECT *, min(area) OVER (PARTITION BY region_id) AS least_area, "
            "max(area) OVER (PARTITION BY region_id) AS greatest_area FROM frame)"
        )
    counts = [f'count(*) FILTER ({condition}) AS "{name}"' for name, condition in bad.items()]
    once = SHAPES[shape].once
    counts += [
        f'count(*) - count(DISTINCT {_together(names)}) AS "once {n}"'
        for n, names in enumerate(once)
    ]
    asked = f"SELECT {', '.join(counts)} FROM {source} AS f {joins}"
    answer = relation.query("frame", asked)
    found = dict(zip(answer.columns, answer.fetchall()[0], strict=True))
    broken = [bad[name] for name in bad if found[name]]
    doubled = [names for n, names in enumerate(once) if found[f"once {n}"]]
    if broken or doubled:
        broken += [f"count(*) OVER (PARTITION BY {', '.join(names)}) > 1" for names in doubled]
        where = " OR ".join(f"({condition})" for condition in broken)
        clause = "QUALIFY" if doubled else "WHERE"  # The first has to have a window.
        chosen = f"SELECT * FROM {source} AS f {joins} {clause} {where}"
        raise RefusedError(relation.query("frame", chosen).fetchall())


def _together(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def _bad_in_sql(parents: Mapping[str, Any], shape: str) -> tuple[dict[str, str], str]:
    """Return the conditions of bad rows, and the joins that they need."""
    bad, joins = dict(SHAPES[shape].sql), []
    for column in SHAPES[shape].columns:
        name = column.name
        if column.required:
            bad[f"{name} missing"] = f"f.{name} IS NULL"
        if column.pattern:
            bad[f"{name} pattern"] = f"NOT regexp_matches(f.{name}, '{column.pattern}')"
        if column.options:
            listed = ", ".join(f"'{option}'" for option in column.options)
            bad[f"{name} options"] = f"f.{name} NOT IN ({listed})"
        if column.low is not None:
            bad[f"{name} low"] = f"f.{name} < {column.low}"
        if column.high is not None:
            bad[f"{name} high"] = f"f.{name} > {column.high}"
        if column.kind == "month":
            bad[f"{name} month"] = f"day(f.{name}) <> 1"
        if column.parent:
            parent = parents.get(column.parent)
            keys = (
                f"SELECT DISTINCT {parent.columns[0]} AS k FROM {parent.alias}"
                if parent is not None
                else f"SELECT unnest({list(_keys(parents, column.parent))}) AS k"
            )
            joins.append(f"LEFT JOIN ({keys}) AS p_{name} ON f.{name} = p_{name}.k")
            bad[f"{name} parent"] = f"f.{name} IS NOT NULL AND p_{name}.k IS NULL"
    return bad, " ".join(joins)


@cache
def _pandera_schema(shape: str, module: str, parents: _Parents) -> Any:
    from importlib import import_module

    pa = import_module(f"pandera.{module}")
    columns = {}
    for column in SHAPES[shape].columns:
        checks = []
        if column.pattern:
            checks.append(pa.Check.str_matches(column.pattern))
        if column.options:
            checks.append(pa.Check.isin(column.options))
        if column.low is not None:
            checks.append(pa.Check.ge(column.low))
        if column.high is not None:
            checks.append(pa.Check.le(column.high))
        if column.parent:
            checks.append(pa.Check.isin(list(_keys(parents.frames, column.parent))))
        if column.kind == "month":
            checks.append(_first_day(pa, module))
        columns[column.name] = pa.Column(
            _dtype(column, module), checks, nullable=not column.required
        )
    once = [list(names) for names in SHAPES[shape].once]
    checks = [_rows_in_pandera(pa, module, shape)] if SHAPES[shape].sql else []
    return [
        pa.DataFrameSchema(columns, checks, unique=once[0], strict=True, ordered=True),
        *(pa.DataFrameSchema(unique=names) for names in once[1:]),
    ]


def _first_day(pa: Any, module: str) -> Any:
    import polars as pl

    if module == "polars":
        return pa.Check(lambda data: data.lazyframe.select(pl.col(data.key).dt.day() == 1))
    return pa.Check(lambda days: days.dt.day == 1)


def _rows_in_pandera(pa: Any, module: str, shape: str) -> Any:
    if module == "polars":
        bad = reduce(or_, SHAPES[shape].polars().values())
        return pa.Check(lambda data: data.lazyframe.select(~bad.fill_null(value=False)))
    conditions = SHAPES[shape].pandas.values()
    return pa.Check(lambda frame: ~reduce(or_, (is_bad(frame) for is_bad in conditions)))


def _dtype(column: Column, module: str) -> Any:
    import polars as pl

    if module == "polars":
        return {
            "text": pl.String,
            "whole": pl.Int64,
            "number": pl.Float64,
            "day": pl.Date,
            "month": pl.Date,
        }[column.kind]
    return {
        "text": "str",
        "whole": "int64" if column.required else "Int64",
        "number": "float64",
        "day": "datetime64[us]",
        "month": "datetime64[us]",
    }[column.kind]


class _Parents:
    """Frames of parents that can be a key of a cache."""

    def __init__(self, frames: Mapping[str, Any]) -> None:
        self.frames = frames


_held: dict[int, _Parents] = {}


def _cached(parents: Mapping[str, Any]) -> _Parents:
    return _held.setdefault(id(parents), _Parents(parents))


def pandera(frame: Any, parents: Mapping[str, Any], shape: str, module: str = "pandas") -> None:
    """Check with a schema of pandera, every failure at once."""
    from pandera.errors import SchemaErrors

    for schema in _pandera_schema(shape, module, _cached(parents)):
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as error:
            raise RefusedError(error.failure_cases) from None


def pandera_polars(frame: Any, parents: Mapping[str, Any], shape: str) -> None:
    """Check a polars frame with a schema of pandera."""
    pandera(frame, parents, shape, "polars")


@cache
def _model(shape: str) -> Any:
    from typing import Annotated

    import annotated_types as at
    import pydantic as pd_

    fields: dict[str, Any] = {}
    for column in SHAPES[shape].columns:
        kind: Any = {"text": str, "whole": int, "number": float, "day": date, "month": date}[
            column.kind
        ]
        if column.options:
            kind = Literal[column.options]
        marks: list[Any] = [at.Ge(column.low)] if column.low is not None else []
        marks += [at.Le(column.high)] if column.high is not None else []
        if column.pattern:
            marks.append(pd_.StringConstraints(pattern=column.pattern))
        if marks:
            kind = Annotated[kind, *marks]
        fields[column.name] = (kind, ...) if column.required else (Optional[kind], None)  # noqa: UP045 - Of a type that is only known here.
    return pd_.create_model(shape, __config__=pd_.ConfigDict(extra="forbid"), **fields)


def pydantic(frame: pd.DataFrame, parents: Mapping[str, Any], shape: str) -> None:
    """Check record by record."""
    from pydantic import ValidationError

    model, table = _model(shape), SHAPES[shape]
    keys = {c.name: set(_keys(parents, c.parent)) for c in table.columns if c.parent}
    seen: list[set[Any]] = [set() for _ in table.once]
    bad: list[tuple[int, Any]] = []
    plain = frame.astype(object).where(frame.notna(), None)
    for number, row in enumerate(plain.to_dict("records")):
        try:
            record = model.model_validate(row)
        except ValidationError as error:
            bad.append((number, error))
            continue
        if not table.python(record) or any(row[name] not in known for name, known in keys.items()):
            bad.append((number, row))
        for names, there in zip(table.once, seen, strict=True):
            key = tuple(row[name] for name in names)
            if key in there:
                bad.append((number, key))
            there.add(key)
    if bad:
        raise RefusedError(bad)


@cache
def _dataframely(shape: str, parents: _Parents) -> Any:
    import dataframely as dy
    import polars as pl

    table = SHAPES[shape]
    made: dict[str, Any] = {"__annotations__": {}}
    for column in table.columns:
        options: dict[str, Any] = {"nullable": not column.required}
        if column.name in table.once[0]:
            options["primary_key"] = True
        if column.pattern:
            options["regex"] = column.pattern
        if column.options:
            options["check"] = _is_in(column.options)
        if column.low is not None:
            options["min"] = column.low
        if column.high is not None:
            options["max"] = column.high
        if column.kind == "month":
            options["check"] = lambda cell: cell.dt.day() == 1
        kinds = {"text": dy.String, "whole": dy.Int64, "number": dy.Float64}
        made[column.name] = kinds.get(column.kind, dy.Date)(**options)
    for name, bad in table.polars().items():
        made[f"rows_{name}"] = dy.rule()(_is_not(bad))
    for column in table.columns:
        if column.parent:
            keys = pl.Series(_keys(parents.frames, column.parent).to_list()).implode()
            made[f"parent_{column.name}"] = dy.rule()(_is_not(~pl.col(column.name).is_in(keys)))
    for names in table.once[1:]:
        twice = pl.struct(names).is_duplicated()
        made[f"once_{'_'.join(names)}"] = dy.rule()(_is_not(twice))
    kind: Any = type(dy.Schema)
    return kind(shape, (dy.Schema,), made)


def _is_in(known: Any) -> Callable[[Any], Any]:
    return lambda cell: cell.is_in(known)


def _is_not(bad: Any) -> Callable[[Any], Any]:
    return lambda _: ~bad.fill_null(value=False)


def dataframely(frame: Any, parents: Mapping[str, Any], shape: str) -> None:
    """Check with a schema of dataframely; the broken rows are kept apart."""
    _, failures = _dataframely(shape, _cached(parents)).filter(frame)
    if len(failures):
        raise RefusedError(failures.invalid(), failures.counts())


@cache
def _patito(shape: str, parents: _Parents) -> Any:
    import patito as pt
    import polars as pl
    import pydantic

    table = SHAPES[shape]
    fields: dict[str, Any] = {}
    for column in table.columns:
        kind: Any = {"text": str, "whole": int, "number": float, "day": date, "month": date}[
            column.kind
        ]
        if column.options:
            kind = Literal[column.options]
        options: dict[str, Any] = {"unique": True} if column.name in table.once[0] else {}
        if column.pattern:
            options["pattern"] = column.pattern
        if column.low is not None:
            options["ge"] = column.low
        if column.high is not None:
            options["le"] = column.high
        constraints = []
        if column.kind == "month":
            constraints.append(pl.col(column.name).dt.day() == 1)
        if column.parent:
            keys = pl.Series(_keys(parents.frames, column.parent).to_list()).implode()
            constraints.append(pl.col(column.name).is_in(keys))
        if column is table.columns[0]:
            constraints += [~bad.fill_null(value=False) for bad in table.polars().values()]
            constraints += [~pl.struct(names).is_duplicated() for names in table.once[1:]]
        if constraints:
            options["constraints"] = constraints
        if not column.required:
            kind = Optional[kind]  # noqa: UP045 - Of a type that is only known here.
            options["default"] = None
        fields[column.name] = (kind, pt.Field(**options))
    return pydantic.create_model(shape, __base__=pt.Model, **fields)


def patito(frame: Any, parents: Mapping[str, Any], shape: str) -> None:
    """Check with a model of patito, which gives counts and no rows."""
    import patito as pt

    try:
        _patito(shape, _cached(parents)).validate(frame)
    except pt.exceptions.DataFrameValidationError as error:
        raise RefusedError(str(error)) from None


def pointblank(frame: Any, parents: Mapping[str, Any], shape: str) -> None:
    """Check with steps of pointblank, and take the extracts of those that failed."""
    import pointblank as pb

    asked = pb.Validate(data=frame)
    for name, bad in _bad_in_polars(shape, parents).items():
        column, _, what = name.rpartition(" ")
        known = next((c for c in SHAPES[shape].columns if c.name == column), None)
        match what:
            case "missing":
                asked = asked.col_vals_not_null(column)
            case "pattern" if known:
                asked = asked.col_vals_regex(column, pattern=known.pattern or "", na_pass=True)
            case "low" if known:
                asked = asked.col_vals_ge(column, value=known.low or 0, na_pass=True)
            case "high" if known:
                asked = asked.col_vals_le(column, value=known.high or 0, na_pass=True)
            case _:
                asked = asked.col_vals_expr(expr=~bad.fill_null(value=False))
    for names in SHAPES[shape].once:
        asked = asked.rows_distinct(columns_subset=list(names))
    done = asked.interrogate()
    if not done.all_passed():
        raise RefusedError(done.get_data_extracts())
