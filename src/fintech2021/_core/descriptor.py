"""The descriptor of a dataset version: a Data Package v2 resource, read and written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core import store
from fintech2021._core.card import Card, Shown, as_html, brief
from fintech2021._given import plain, shown, spelled
from fintech2021.errors import UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Column", "Descriptor", "FrozenDict", "License", "Repair"]

_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


_LONGEST_REPR, _A_FEW = 1_000, 5


class FrozenDict(Mapping[str, Any]):
    """A mapping that nobody can change, and that can be copied and pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[tuple[str, Any]] = ()) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        whole = repr(self._items)
        if len(whole) <= _LONGEST_REPR:
            return whole
        first = dict(list(self._items.items())[:_A_FEW])
        return f"{repr(first)[:_LONGEST_REPR]}… {len(self)} in all"

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))


class Column(NamedTuple):
    """One column of a dataset version.

    Attributes
    ----------
    name : str
        The name in the CSV file, in frames and in records.
    type : str
        ``string``, ``integer``, ``number``, ``boolean``, ``date``, ``yearmonth`` or ``list``.
    title_en : str
        A short English title.
    title_zh : str
        A short Chinese title.
    description : str
        What a cell says, in English.
    origin : str
        ``printed``, ``public``, ``editorial`` or ``derived``; ``by_row`` where the column
        ``evidence`` says for each row whether the report prints it or pages do.
    description_zh : str or None
        What a cell says, in Chinese.
    unit : str or None
        The unit of the numbers, ``CNY`` or ``percent`` for instance.
    references : str or None
        The dataset whose keys the cells are.
    referenced_key : str or None
        The column of that dataset in which they stand; a list has none.
    required : bool
        Whether no cell is empty.
    unique : bool
        Whether no two cells are equal.
    minimum : float or None
        The least number that is admitted.
    maximum : float or None
        The greatest number that is admitted.
    pattern : str or None
        A regular expression that each cell matches, or each item of a list.
    enum : tuple[str, ...]
        The values of a closed list.
    labels : Mapping[str, str]
        The Chinese label of each of them.
    labels_en : Mapping[str, str]
        The English label of each of them.
    printed_as : Mapping[str, tuple[str, ...]]
        The characters with which the report says a value, by the value.
    derivation : Mapping[str, object]
        How a derived column follows from others: ``rule``, and what the rule takes.
    missing : str or None
        Why a cell can be empty, in English.
    missing_zh : str or None
        The same in Chinese.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> spending = ft.info("banks").column("tech_spend_cny")
    >>> spending.type, spending.unit, spending.origin, spending.missing
    ('integer', 'CNY', 'printed', 'printed as "-"')
    """

    name: str
    type: str
    title_en: str
    title_zh: str
    description: str
    origin: str
    description_zh: str | None = None
    unit: str | None = None
    references: str | None = None
    referenced_key: str | None = None
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    labels: Mapping[str, str] = FrozenDict()
    labels_en: Mapping[str, str] = FrozenDict()
    printed_as: Mapping[str, tuple[str, ...]] = FrozenDict()
    derivation: Mapping[str, Any] = FrozenDict()
    missing: str | None = None
    missing_zh: str | None = None

    def __repr__(self) -> str:
        kind = ", ".join(filter(None, (self.type, self.unit, self.origin)))
        return brief(f"Column {self.name}", f"{self.title_en} ({self.title_zh})", kind)

    def __str__(self) -> str:
        from fintech2021._core.dictionary import entry

        return "\n".join(entry(self))

    def _repr_html_(self) -> str:
        return as_html(self._card())

    def _card(self, language: str = "en") -> Card:
        from fintech2021._core.dictionary import entry

        head, *rest = entry(self, language)
        return Card(head, tuple(line.strip() for line in rest), language=language)

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers."""
        return self.type in {"integer", "number"}

    @property
    def is_list(self) -> bool:
        """Whether the cells are lists."""
        return self.type == "list"

    @classmethod
    def from_resource(cls, field: Mapping[str, Any], keys: Mapping[str, str]) -> Column:
        """Return the column that a field of a resource spells.

        Parameters
        ----------
        field
            The field, as the schema of the resource has it.
        keys
            The column of another dataset to which each column refers, by its name.

        Returns
        -------
        Column
            The same that `to_resource` spells.

        Raises
        ------
        ValueError
            When it is no such field.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> staff = ft.info("banks").column("tech_staff")
        >>> ft.Column.from_resource(staff.to_resource(), {}) == staff
        True
        """
        try:
            return cls._spelled_by(field, keys)
        except Exception as cause:
            raise ValueError(f"{shown(field)} spells no column: {shown(cause)}") from cause

    @classmethod
    def _spelled_by(cls, field: Mapping[str, Any], keys: Mapping[str, str]) -> Column:
        limits = field["constraints"]
        spelled = field if field["type"] == "list" else limits
        item = "item_" if field["type"] == "list" else ""
        categories, empty = field.get("categories", ()), field.get("missingValues", ())
        return cls(
            name=field["name"],
            type=field["type"],
            title_en=field["title"],
            title_zh=field["title_zh"],
            description=field["description"],
            description_zh=field.get("description_zh"),
            origin=field["origin"],
            unit=field.get("unit"),
            references=field.get("references"),
            referenced_key=keys.get(field["name"]),
            required=limits.get("required", False),
            unique=limits.get("unique", False),
            minimum=limits.get("minimum"),
            maximum=limits.get("maximum"),
            pattern=spelled.get(f"{item}pattern"),
            enum=tuple(spelled.get(f"{item}enum", ())),
            labels=FrozenDict((c["value"], c.get("label_zh", c["label"])) for c in categories),
            labels_en=FrozenDict((c["value"], c["label"]) for c in categories if "label_zh" in c),
            printed_as=FrozenDict((v, tuple(w)) for v, w in field.get("printed_as", {}).items()),
            derivation=FrozenDict(field.get("derivation", {}).items()),
            missing=next((label["label"] for label in empty), None),
            missing_zh=next((label.get("label_zh") for label in empty), None),
        )

    def to_resource(self) -> dict[str, Any]:
        """Return the field of a resource that spells this column.

        Returns
        -------
        dict[str, object]
            A field of a Table Schema, to be written as JSON.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.info("banks").column("fiscal_year").to_resource()["constraints"]
        {'required': True, 'minimum': 1900, 'maximum': 2100}
        """
        item = "item_" if self.is_list else ""
        spelled = {f"{item}pattern": self.pattern, f"{item}enum": list(self.enum) or None}
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        limits = {"required": self.required or None, **bounds, **({} if item else spelled)}
        return _said(
            {
                "name": self.name,
                "type": self.type,
                "title": self.title_en,
                "title_zh": self.title_zh,
                "description": self.description,
                "description_zh": self.description_zh,
                "origin": self.origin,
                "delimiter": ";" if self.is_list else None,
                "itemType": "string" if self.is_list else None,
                "unit": self.unit,
                "references": self.references,
                **(spelled if item else {}),
                "constraints": _said({**limits, "unique": self.unique or None}),
                "categories": list(self._categories()) or None,
                "printed_as": {v: list(words) for v, words in self.printed_as.items()} or None,
                "derivation": dict(self.derivation) or None,
                "missingValues": self._empty(),
            }
        )

    def _categories(self) -> Iterator[dict[str, str]]:
        """Yield the labels: of versions before 2026.3 there is only the Chinese one."""
        for value, zh in self.labels.items():
            if value in self.labels_en:
                yield {"value": value, "label": self.labels_en[value], "label_zh": zh}
            else:
                yield {"value": value, "label": zh}

    def _empty(self) -> list[dict[str, Any]] | None:
        if self.missing is None:
            return None
        return [_said({"value": "", "label": self.missing, "label_zh": self.missing_zh})]


def _row(column: Column, *, zh: bool) -> tuple[object, ...]:
    """Return what the card of a dataset shows of a column."""
    meaning = (column.description_zh if zh else "") or column.description
    names = column.name, column.title_en, column.title_zh
    return *names, column.type, column.unit, column.origin, meaning


def _said(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the members that say nothing."""
    return {name: value for name, value in document.items() if value is not None}


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
        return _said(
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
                "schema": _said(
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

    def __repr__(self) -> str:
        rows = f"{self.rows} rows, {len(self.columns)} columns"
        titles = f"{self.title_en} ({self.title_zh})"
        return brief(f"Descriptor {self.name} {self.version}", titles, rows)

    def __str__(self) -> str:
        from fintech2021._core.dictionary import dictionary

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
Column.__module__ = "fintech2021"  # A named tuple refuses it in its body.
