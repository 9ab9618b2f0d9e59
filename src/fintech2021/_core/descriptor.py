"""The descriptor of a dataset version: a Data Package v2 resource, read and written here."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core import store
from fintech2021._core.card import Card, Shown, brief
from fintech2021._core.column import Column, FrozenDict, entry, said, wrapped
from fintech2021._core.words import word
from fintech2021._given import plain, shown, spelled
from fintech2021.errors import UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Column", "Descriptor", "FrozenDict", "License", "Repair", "dictionary"]

_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


def _row(column: Column, *, zh: bool) -> tuple[object, ...]:
    """Return what the card of a dataset shows of a column."""
    meaning = (column.description_zh if zh else "") or column.description
    names = column.name, column.title_en, column.title_zh
    return *names, column.type, column.unit, column.origin, meaning


class Repair(NamedTuple):
    """A cell whose printed characters are a misprint: its value is the reading of an erratum."""

    key: str
    column: str
    erratum_id: str


class License(NamedTuple):
    """What allows the data to be used: a short name, what it covers, and where it is written."""

    name: str
    path: str
    title: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Descriptor(Shown):
    """Everything that is known about one published version of one dataset.

    Printing it gives a data dictionary. Two are equal that say the same of the same version,
    whichever process has read them.

    Attributes
    ----------
    name : str
        The name of the dataset.
    version : str
        The version.
    record : str
        The name of the record class.
    title_en : str
        The English title.
    title_zh : str
        The Chinese title.
    description : str
        What a row is, in English.
    description_zh : str or None
        The same in Chinese.
    rows : int
        How many rows there are.
    primary_key : tuple[str, ...]
        The columns that tell a row from all others.
    columns : tuple[Column, ...]
        The columns in the order of the file.
    sources : tuple[str, ...]
        What the values come from.
    caveats : tuple[str, ...]
        What a reader has to know, in English.
    caveats_zh : tuple[str, ...]
        The same in Chinese.
    path : str
        The CSV file, relative to `data_dir`.
    size : int
        Bytes of the CSV file.
    sha256 : str
        Its SHA-256.
    provenance_path : str
        The file of places, relative to `data_dir`.
    provenance_size : int
        Bytes of the file of places.
    provenance_sha256 : str
        Its SHA-256.
    provenance_rows : int
        How many places it has.
    repairs : tuple
        The cells whose printed characters are a misprint: ``key``, ``column``, ``erratum_id``.
    licenses : tuple
        What allows the data to be used: ``name``, ``path``, ``title``; of versions before edition
        2026.3 only the package says it.
    versions : tuple[str, ...]
        Every published version of the dataset, oldest first.
    superseded : str or None
        Why this version, or the whole dataset, should give way to another.
    edition : str or None
        An edition that names the version: the pinned one, or else the newest.
    pin : str or None
        The pin that chose the version, as ``"use('2026.1')"``.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.info("banks").record, ft.info("banks").primary_key
    ('Bank', ('bank_id',))
    """

    __module__ = "fintech2021"

    name: str
    version: str
    record: str
    title_en: str
    title_zh: str
    description: str
    description_zh: str | None
    rows: int
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    sources: tuple[str, ...]
    caveats: tuple[str, ...]
    caveats_zh: tuple[str, ...]
    path: str
    size: int
    sha256: str
    provenance_path: str
    provenance_size: int
    provenance_sha256: str
    provenance_rows: int
    repairs: tuple[Repair, ...]
    licenses: tuple[License, ...] = ()
    # What other files say of the version, which a later release may say otherwise.
    versions: tuple[str, ...] = field(default=(), compare=False)
    superseded: str | None = field(default=None, compare=False)
    edition: str | None = field(default=None, compare=False)
    pin: str | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        # Every cache of what is read from a version is looked up by this: it is short on purpose.
        return hash((self.name, self.version, self.sha256))

    @classmethod
    def from_resource(
        cls,
        document: Mapping[str, Any],
        versions: tuple[str, ...] = (),
        superseded: str | None = None,
    ) -> Descriptor:
        """Return the object that a descriptor file spells, and what other files say of it.

        Parameters
        ----------
        document
            What the file says: a Data Package v2 resource.
        versions
            Every published version of the dataset, oldest first.
        superseded
            Why the version should give way to another, if it should.

        Returns
        -------
        Descriptor
            The same that `to_resource` spells.

        Raises
        ------
        ValueError
            When it is no such resource.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> banks = ft.info("banks")
        >>> ft.Descriptor.from_resource(banks.to_resource()).columns == banks.columns
        True
        """
        try:
            return cls._spelled_by(document, versions, superseded)
        except Exception as cause:
            raise ValueError(f"{shown(document)} spells no descriptor: {shown(cause)}") from cause

    @classmethod
    def _spelled_by(
        cls, document: Mapping[str, Any], versions: tuple[str, ...], superseded: str | None
    ) -> Descriptor:
        schema, name, places = document["schema"], document["name"], document["provenance"]
        keys = {k["fields"][0]: k["reference"]["fields"][0] for k in schema.get("foreignKeys", ())}
        return cls(
            name=name,
            version=document["version"],
            record=document["record"],
            title_en=document["title"],
            title_zh=document["title_zh"],
            description=document["description"],
            description_zh=document.get("description_zh"),
            rows=document["rows"],
            primary_key=tuple(schema["primaryKey"]),
            columns=tuple(Column.from_resource(field, keys) for field in schema["fields"]),
            sources=tuple(source["title"] for source in document["sources"]),
            caveats=tuple(document["caveats"]),
            caveats_zh=tuple(document.get("caveats_zh", ())),
            path=f"{name}/{document['path']}",
            size=document["bytes"],
            sha256=document["hash"].removeprefix(_SHA256),
            provenance_path=f"{name}/{places['path']}",
            provenance_size=places["bytes"],
            provenance_sha256=places["hash"].removeprefix(_SHA256),
            provenance_rows=places["rows"],
            repairs=tuple(Repair(**repair) for repair in document.get("repairs", ())),
            licenses=tuple(License(**each) for each in document.get("licenses", ())),
            versions=versions,
            superseded=superseded,
        )

    def to_resource(self) -> dict[str, Any]:
        """Return the descriptor as its file spells it.

        Returns
        -------
        dict[str, object]
            A Data Package v2 resource, to be written as JSON.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> resource = ft.info("banks").to_resource()
        >>> resource["path"], resource["schema"]["primaryKey"]
        ('1.0.0.csv', ['bank_id'])
        """
        return said(
            {
                "$schema": _RESOURCE,
                "name": self.name,
                "type": "table",
                "title": self.title_en,
                "title_zh": self.title_zh,
                "description": self.description,
                "description_zh": self.description_zh,
                "record": self.record,
                "sources": [{"title": title} for title in self.sources],
                "licenses": [each._asdict() for each in self.licenses] or None,
                "caveats": list(self.caveats),
                "caveats_zh": list(self.caveats_zh) or None,
                "schema": said(
                    {
                        "$schema": _SCHEMA,
                        "fields": [column.to_resource() for column in self.columns],
                        "primaryKey": list(self.primary_key),
                        "foreignKeys": self._foreign_keys(),
                        "missingValues": [""],
                    }
                ),
                "version": self.version,
                "path": self.path.removeprefix(f"{self.name}/"),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": self.size,
                "hash": f"{_SHA256}{self.sha256}",
                "rows": self.rows,
                "provenance": {
                    "path": self.provenance_path.removeprefix(f"{self.name}/"),
                    "bytes": self.provenance_size,
                    "hash": f"{_SHA256}{self.provenance_sha256}",
                    "rows": self.provenance_rows,
                },
                "repairs": [repair._asdict() for repair in self.repairs] or None,
            }
        )

    def _foreign_keys(self) -> list[dict[str, Any]] | None:
        """Return the references, in the spelling that the version was published with."""
        keys = [self._foreign_key(column) for column in self.columns if column.referenced_key]
        # The standard wants none or one at least; what was published without a licence has an
        # empty list, and stays as it is.
        return keys or (None if self.licenses else [])

    def _foreign_key(self, column: Column) -> dict[str, Any]:
        # The standard names a table's own rows with the empty text.
        target = "" if column.references == self.name else column.references
        reference = {"resource": target, "fields": [column.referenced_key]}
        return {"fields": [column.name], "reference": reference}

    @property
    def titles(self) -> Mapping[str, str]:
        """The title by language, ``en`` and ``zh``."""
        return FrozenDict([("en", self.title_en), ("zh", self.title_zh)])

    @property
    def content(self) -> bytes:
        """The bytes of the CSV file, compared with the published digest."""
        return store.read(self.path, self.sha256)

    def repair(self, key: str, column: str) -> str | None:
        """Return the erratum on which the repair of a cell rests.

        Parameters
        ----------
        key
            The row's primary key, as a text.
        column
            The name of the column.

        Returns
        -------
        str or None
            A key of the dataset ``errata``, ``None`` for a cell that says what is printed.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.info("banks").repair("icbc", "tech_spend_cny") is None
        True
        """
        cell = spelled(key), spelled(column)
        errata = (r.erratum_id for r in self.repairs if cell == (r.key, r.column))
        return next(errata, None)

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Parameters
        ----------
        name
            A name of one of the columns.

        Returns
        -------
        Column
            Type, unit, origin, titles and constraints.

        Raises
        ------
        UnknownColumnError
            When no column has that name.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.info("banks").column("tech_staff").title_zh
        '科技人数'
        """
        wanted = plain(name)
        for column in self.columns:
            if isinstance(wanted, str) and column.name == wanted:
                return column
        names = {column.name: (column.title_en, column.title_zh) for column in self.columns}
        raise UnknownColumnError(f"column of {self.name}", name, names, names=names)

    def field(self, name: str) -> Column:
        """Return the column of that name: `column` is the same.

        Parameters
        ----------
        name
            A name of one of the columns.

        Returns
        -------
        Column
            What `column` gives.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.info("banks").field("tech_staff").unit
        'count'
        """
        return self.column(name)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as release 0.2.0 did; deprecated, it goes in 0.4.

        `to_resource` gives the published file instead, and the attributes are as they were.

        Returns
        -------
        dict[str, object]
            The attributes by their names, columns and repairs as dictionaries.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.info("banks").to_resource()["title"]
        'Technology spending and staff of national banks, 2020'
        """
        warnings.warn(
            "Descriptor.as_dict() is deprecated and goes in 0.4: use to_resource(), which spells "
            "the descriptor as its published file does, or the attributes, which are as before.",
            DeprecationWarning,
            stacklevel=2,
        )
        columns = [
            {
                name: dict(it) if isinstance(it, FrozenDict) else it
                for name, it in zip(each._fields, each, strict=True)
            }
            for each in self.columns
        ]
        return {**vars(self), "columns": columns, "repairs": [r._asdict() for r in self.repairs]}

    def __repr__(self) -> str:
        rows = f"{self.rows} rows, {len(self.columns)} columns"
        titles = f"{self.title_en} ({self.title_zh})"
        return brief(f"Descriptor {self.name} {self.version}", titles, rows)

    def __str__(self) -> str:
        return dictionary(self)

    def _card(self, language: str = "en") -> Card:
        zh = language == "zh"
        return Card(
            f"{self.name} {self.version}",
            (self.title_en, self.title_zh, (self.description_zh if zh else "") or self.description),
            (
                ("rows", self.rows),
                ("key", ", ".join(self.primary_key)),
                ("edition", self.edition),
                ("chosen by", self.pin),
                ("superseded", self.superseded),
            ),
            ("column", "title", "title in Chinese", "type", "unit", "origin", "meaning"),
            [_row(column, zh=zh) for column in self.columns],
            language,
        )


_SHA256 = "sha256:"


def dictionary(it: Descriptor, language: str = "en") -> str:
    """Return all that is known about a dataset version, as a text for reading."""
    return "\n".join(_lines(it, language))


def _lines(it: Descriptor, language: str) -> Iterator[str]:
    zh = language == "zh"
    both = (it.title_zh, it.title_en) if zh else (it.title_en, it.title_zh)
    yield f"{it.name} {it.version}: {both[0]} ({both[1]})"
    if zh:
        yield f"{it.rows} 行，主键 {', '.join(it.primary_key)}，记录类 {it.record}"
    else:
        yield f"{it.rows} rows, key {', '.join(it.primary_key)}, record {it.record}"
    yield from wrapped((it.description_zh if zh else None) or it.description, "")
    for column in it.columns:
        yield ""
        yield from entry(column, language)
    yield ""
    yield from _remarks(it, language)


def _remarks(it: Descriptor, language: str) -> Iterator[str]:
    caveats = (it.caveats_zh if language == "zh" else ()) or it.caveats
    for name, texts in (("caveat", caveats), ("source", it.sources)):
        for text in texts:
            yield from wrapped(f"{_head(name, language)}{text}", "", "  ")
    if it.superseded:
        yield f"{_head('superseded', language)}{it.superseded}"
    if it.pin:
        edition = f"{word('edition', language)} {it.edition}"
        comma = "，" if language == "zh" else ", "
        yield f"{_head('chosen by', language, ' ')}{it.pin}{comma}{edition}"
    yield f"SHA-256 {it.sha256}"


def _head(name: str, language: str, end: str = ": ") -> str:
    """Return the word before a remark."""
    return f"{word(name, language)}：" if language == "zh" else f"{name.capitalize()}{end}"
