"""Every format by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fintech2021._export import (
    arrow,
    croissant,
    csv,
    datapackage,
    duckdb,
    json,
    schemaorg,
    sqlite,
    xlsx,
)

if TYPE_CHECKING:
    from fintech2021._export.format import Format

__all__ = ["FORMATS", "ExportFormat"]

ExportFormat = Literal[
    "csv",
    "json",
    "jsonl",
    "parquet",
    "arrow",
    "xlsx",
    "sqlite",
    "duckdb",
    "datapackage",
    "croissant",
    "schemaorg",
]
"""The formats that `export` writes."""

FORMATS: dict[str, Format] = {
    "csv": csv.FORMAT,
    "json": json.FORMAT,
    "jsonl": json.LINES,
    "parquet": arrow.PARQUET,
    "arrow": arrow.FORMAT,
    "xlsx": xlsx.FORMAT,
    "sqlite": sqlite.FORMAT,
    "duckdb": duckdb.FORMAT,
    "datapackage": datapackage.FORMAT,
    "croissant": croissant.FORMAT,
    "schemaorg": schemaorg.FORMAT,
}
"""What writes each of them; of two that share an ending the first is meant by it."""
