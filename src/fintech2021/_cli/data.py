"""Commands that show what there is: datasets, rows, columns, schemas, places."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from fintech2021._cli import completing, output
from fintech2021._cli.view import Field, Table, View, emit, in_tables, in_words, say, tell
from fintech2021._core.descriptor import dictionary
from fintech2021._core.kinds import KINDS
from fintech2021._core.rows import read_table, write_table
from fintech2021._versions import pins
from fintech2021.errors import Fintech2021Error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["COMMANDS"]

_dataset = click.argument("dataset", shell_complete=completing.datasets)
_version = click.option(
    "--version",
    metavar="V",
    help="A published version; by default the newest edition's.",
    shell_complete=completing.versions,
)


@click.command("list", epilog="Example: fintech2021 list --lang zh")
@in_tables
def list_datasets(view: View) -> None:
    """List every dataset with its version, rows and title."""
    listed = [pins.requested(name) for name in pins.datasets()]
    people = Table(
        [
            Field("name", view.one_of("Dataset", "数据集"), weight=0),
            Field("version", view.one_of("Version", "版本")),
            Field("rows", view.one_of("Rows", "行数"), "integer"),
            Field("title", view.one_of("Title", "标题"), weight=0),
        ],
        [(it.name, it.version, str(it.rows), _title(it, view)) for it in listed],
    )
    programs = Table(
        [
            Field(name, name, "integer" if name in {"rows", "columns"} else "string")
            for name in _LISTED
        ],
        [
            (
                it.name,
                it.version,
                str(it.rows),
                str(len(it.columns)),
                it.title_en,
                it.title_zh,
                it.record,
            )
            for it in listed
        ],
    )
    emit(view, people, programs)


_LISTED = ("name", "version", "rows", "columns", "title_en", "title_zh", "record")


def _title(it: Descriptor, view: View) -> str:
    return view.one_of(f"{it.title_en} ({it.title_zh})", it.title_zh)


@click.command(epilog="Example: fintech2021 show banks --lang zh --limit 5")
@_dataset
@in_tables
@_version
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Only the first N rows.")
def show(dataset: str, view: View, version: str | None, limit: int | None) -> None:
    """Show the rows of DATASET.

    As csv it is the published file, byte for byte; json has typed values. A table leaves out what
    says in the other language what another column says.
    """
    descriptor = pins.requested(dataset, version)
    for name in view.names:
        descriptor.column(name)
    header, rows = read_table(descriptor.content)
    first = rows[:limit]
    if view.form == "csv" and view.columns is None:
        whole = limit is None
        output.print_utf8(descriptor.content if whole else write_table(header, first))
        return
    whole_rows = Table([_field(column, descriptor, view) for column in descriptor.columns], first)
    people = whole_rows._replace(rows=output.with_commas(descriptor, first))
    emit(view, people if view.columns else _spoken(descriptor, first, view), whole_rows)


def _spoken(descriptor: Descriptor, rows: Sequence[Sequence[str]], view: View) -> Table:
    """Return the rows as people of one language read them."""
    _, cells = output.spoken(descriptor, rows, view.lang)
    kept = output.kept_columns(descriptor, view.lang)
    return Table([_field(column, descriptor, view) for _, column in kept], cells)


def _field(column: Column, descriptor: Descriptor, view: View) -> Field:
    title = view.one_of(column.title_en, column.title_zh)
    return Field(column.name, title, column.type, _weight(column, descriptor))


def _weight(column: Column, descriptor: Descriptor) -> int:
    """Return how early a column is left out where a terminal is narrow: keys never."""
    if column.name in descriptor.primary_key:
        return 0
    if column.name.startswith(("name_", "title_")) or (column.is_number and column.unit):
        return 1
    if column.name.startswith(("assumed_", "base_", "note", "caveat")) or column.is_list:
        return 4
    if column.name.endswith(("_start", "_end", "evidence", "sha256", "url")):
        return 4
    return (
        2 if column.enum or column.name in {"period", "unit", "statement_en", "statement_zh"} else 3
    )


@click.command(epilog="Example: fintech2021 info banks --lang zh")
@_dataset
@_version
@in_words
def info(dataset: str, version: str | None, view: View) -> None:
    """Describe DATASET: what columns mean, closed lists, digest."""
    descriptor = pins.requested(dataset, version)
    if view.form == "json":
        output.print_json(descriptor.to_resource())
    else:
        say(dictionary(descriptor, view.lang), view)


@click.command(epilog="Example: fintech2021 schema banks --to duckdb")
@_dataset
@click.option(
    "--to",
    type=click.Choice(["json", "duckdb", "sqlite", "postgres", "spark"]),
    default="json",
    show_default=True,
    help="A JSON Schema of the rows, or the statement that makes the table.",
)
@_version
def schema(dataset: str, to: str, version: str | None) -> None:
    """Print the contract of DATASET for other tools."""
    from fintech2021._contracts.schemas import json_schema, sql_ddl

    if to == "json":
        output.print_json(json_schema(dataset, version))
    else:
        click.echo(sql_ddl(dataset, version, dialect=to))


@click.command(epilog="Example: fintech2021 source banks icbc tech_spend_cny")
@_dataset
@click.argument("key", shell_complete=completing.keys)
@click.argument("column", shell_complete=completing.columns)
@_version
@in_words
def source(dataset: str, key: str, column: str, version: str | None, view: View) -> None:
    """Say where the report prints a value.

    It is the value of COLUMN in the row of DATASET whose primary key is KEY; the parts of
    a composite key are joined with |.
    """
    from fintech2021._evidence import places

    found = places.source(dataset, key, column, version=version)
    if view.form == "json":
        output.print_json(_of_source(found, pins.requested(dataset, version).column(column)))
    else:
        tell(found, view)


def _of_source(found: Any, column: Column) -> dict[str, object]:
    value = None if found.value is None else KINDS[column.type].json(found.value)
    places = [{**place._asdict(), "scale": float(place.scale)} for place in found.places]
    public = found.cross_check._asdict() if found.cross_check else None
    return {**_members(found), "value": value, "places": places, "cross_check": public}


def _members(found: Any) -> dict[str, object]:
    return {
        name: list(each) if isinstance(each, tuple) else each
        for name, each in asdict(found).items()
    }


@click.command(epilog="Example: fintech2021 validate banks")
@click.argument("datasets", metavar="[DATASET]...", nargs=-1, shell_complete=completing.datasets)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def validate(datasets: tuple[str, ...], lang: str) -> None:
    """Hold datasets against their contracts.

    Every dataset is validated when none is named.
    """
    descriptors = [pins.requested(name) for name in datasets or pins.datasets()]
    verdicts = [_verdict(descriptor, View(lang=lang)) for descriptor in descriptors]
    if not all(verdicts):
        raise SystemExit(1)


def _verdict(descriptor: Descriptor, view: View) -> bool:
    """Print one line about a dataset, its failures to stderr, and return whether it is valid."""
    head = f"{descriptor.name} {descriptor.version}"
    try:
        rows = _validated_rows(descriptor)
    except Fintech2021Error as error:
        say(view.one_of(f"{head}: INVALID", f"{head}：无效"), view)
        click.echo(str(error), err=True)
        return False
    say(view.one_of(f"{head}: valid, {rows} rows", f"{head}：有效，{rows} 行"), view)
    return True


def _validated_rows(descriptor: Descriptor) -> int:
    from fintech2021._contracts.validate import validate
    from fintech2021._frames.pandas import frame

    return len(validate(frame(descriptor), descriptor.name, descriptor.version))


COMMANDS: tuple[click.Command, ...] = (list_datasets, show, info, schema, source, validate)
"""The commands of this module."""
