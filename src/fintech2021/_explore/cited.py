"""What can be cited: an edition, a table of it, a row, a column, or one value with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._core import catalog
from fintech2021._core.rows import by_key, key_of, key_text
from fintech2021._evidence import places
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownEditionError, UnknownKeyError, UnknownVersionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fintech2021._core.catalog import Edition
    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._evidence.places import Provenance
    from fintech2021._versions.pins import Resolved

__all__ = ["AUTHOR", "TITLE_EN", "TITLE_ZH", "Work", "edition_in_force", "of_edition", "of_table"]

AUTHOR = "The fintech2021 founders"
TITLE_EN = (
    "fintech2021: a 2021 report on fintech and digital inclusive finance in China "
    "as versioned, validated tables"
)
TITLE_ZH = "fintech2021：2021年中国金融科技与数字普惠金融报告数据表"


class Work(NamedTuple):
    """One thing that is cited, for no style."""

    key: str
    title_en: str
    title_zh: str
    version: str
    edition: str
    published_on: str | None
    part: tuple[str, ...]
    """The table, and the row and column of it; empty for an edition."""
    note: str
    """Where the values come from, in English."""

    @property
    def year(self) -> str:
        """The year of publication, and before it the one that the edition is named after."""
        return (self.published_on or self.edition)[:4]


def of_edition(edition: Edition, used: Iterable[Descriptor] = ()) -> Work:
    """Return an edition to be cited, with the versions among those used that it does not name."""
    others = [
        f"{it.name} {it.version}" for it in used if it.version != edition.datasets.get(it.name)
    ]
    beside = f" Beside the edition: {', '.join(others)}." if others else ""
    return Work(
        key=_key(edition.name, *others),
        title_en=TITLE_EN,
        title_zh=TITLE_ZH,
        version=edition.name,
        edition=edition.name,
        published_on=edition.published_on,
        part=(),
        note=f"Source: {'; '.join(_sources(edition))}.{beside}",
    )


def edition_in_force(asked: str | None = None) -> Edition:
    """Return the edition of a name, the pinned one, or the newest."""
    pinned, named = pins.edition(), plain(asked)
    if named is None:
        return catalog.editions()[pinned] if pinned else catalog.default_edition()
    if not isinstance(named, str) or named not in catalog.editions():
        raise UnknownEditionError("edition", asked, catalog.editions())
    if pinned and named != pinned:
        hint = f"Edition {pinned} is pinned around the call."
        raise UnknownVersionError("edition for this call:", named, (pinned,), hint=hint)
    return catalog.editions()[named]


def _sources(edition: Edition) -> Mapping[str, None]:
    tables = (catalog.load_descriptor(*item) for item in _exactly(edition))
    return dict.fromkeys(source for table in tables for source in table.sources)


def _exactly(edition: Edition) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, version in edition.datasets.items():
        yield name, {"the edition": version}


def of_table(chosen: Resolved, key: object = None, column: str | None = None) -> Work:
    """Return a table to be cited, a row or a column of it, or one value."""
    table = chosen.descriptor
    about = None if column is None else table.column(column)
    row = None if key is None else _row(table, key_text(key))
    parts = [*([key_text(key)] if row else []), *([about.name] if about else [])]
    edition = catalog.editions()[chosen.edition or catalog.default_edition().name]
    return Work(
        key=_key(edition.name, f"{table.name} {table.version}", *parts),
        title_en=_title(table.title_en, _named(row, key, "en"), about and about.title_en),
        title_zh=_title(table.title_zh, _named(row, key, "zh"), about and about.title_zh, "，"),
        version=table.version,
        edition=edition.name,
        published_on=edition.published_on,
        part=(table.name, *parts),
        note=_note(table, row, about) if row and about else _said_of(table),
    )


def _said_of(table: Descriptor) -> str:
    """Return what a table rests on; one about this library's own work names no source."""
    return f"Source: {'; '.join(table.sources)}." if table.sources else "Compiled here."


def _key(*parts: str) -> str:
    """Return what a program calls the work: characters that every one of them takes."""
    return re.sub(r"[^A-Za-z0-9_.]+", "-", "-".join(("fintech2021", *parts)))


def _row(table: Descriptor, key: str) -> Mapping[str, str]:
    rows = by_key(table)
    if key not in rows:
        raise UnknownKeyError(f"row of {table.name} with the key", key, rows)
    return rows[key]


def _named(row: Mapping[str, str] | None, key: object, language: str) -> str | None:
    """Return how a row is called in a language, or by its key."""
    if row is None:
        return None
    names = (row.get(f"{stem}_{language}") for stem in ("name", "title"))
    return next(filter(None, names), key_text(key))


def _title(table: str, row: str | None, column: str | None, comma: str = ", ") -> str:
    return comma.join(filter(None, (column, row))) or table


def _note(table: Descriptor, row: Mapping[str, str], about: Column) -> str:
    with pins.pinned({table.name: table.version}):  # It was asked for, and who asked was warned.
        found = places.source(table.name, key_of(row, table.primary_key), about.name)
    text = row[about.name]
    said = f"{text} {about.unit or ''}".rstrip() if text else f"none: {about.missing}"
    errata = f" See errata {', '.join(found.errata)}." if found.errata else ""
    return f"Value {said}; {_origin(table, found)}.{errata}"


def _origin(table: Descriptor, found: Provenance) -> str:
    """Say what a value rests on: characters of the report, pages, or this library."""
    if found.places:
        lines = ", ".join(str(line) for line in dict.fromkeys(each.line for each in found.places))
        return f'printed "{found.printed}" in line {lines} of: {table.sources[0]}'
    if found.source_ids:
        return f"from {'; '.join(_pages(table, found.source_ids))}"
    return f"{found.origin}, not printed in the report"


def _pages(table: Descriptor, source_ids: tuple[str, ...]) -> Iterator[str]:
    known = pins.own("sources", table)
    pages = by_key(known) if known else {}
    for source_id in source_ids:
        page = pages.get(source_id, {})
        told = (page.get(name) for name in ("publisher_en", "title_en", "published_on", "url"))
        yield ", ".join(filter(None, told)) or source_id
