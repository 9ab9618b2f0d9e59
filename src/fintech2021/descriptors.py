"""The descriptor of a dataset version: what its Data Package resource says, as an object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from . import store
from .errors import UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Descriptor", "Field", "Repair", "parse_descriptor"]


class Words(Mapping[str, Any]):
    """A mapping of words that nobody can change, and that can be copied and pickled."""

    __slots__ = ("_words",)

    def __init__(self, words: Iterable[tuple[str, Any]]) -> None:
        self._words = dict(words)

    def __getitem__(self, key: str) -> Any:
        return self._words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class Field(NamedTuple):
    """One column of a dataset version."""

    name: str
    type: str
    title_en: str
    title_zh: str
    description: str
    origin: str
    unit: str | None
    references: str | None
    required: bool
    unique: bool
    minimum: float | None
    maximum: float | None
    pattern: str | None
    enum: tuple[str, ...]
    labels: Mapping[str, str]
    printed_as: Mapping[str, tuple[str, ...]]
    missing: str | None

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers."""
        return self.type in {"integer", "number"}


class Repair(NamedTuple):
    """A cell whose printed characters are a misprint: its value is the reading of an erratum."""

    key: str
    column: str
    erratum_id: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Descriptor:
    """Everything that is known about one published version of one dataset."""

    name: str
    version: str
    record: str
    title_en: str
    title_zh: str
    description: str
    rows: int
    primary_key: tuple[str, ...]
    columns: tuple[Field, ...]
    sources: tuple[str, ...]
    caveats: tuple[str, ...]
    path: str
    sha256: str
    provenance_path: str
    provenance_sha256: str
    provenance_rows: int
    repairs: tuple[Repair, ...]
    versions: tuple[str, ...] = ()
    """Every published version of the dataset, oldest first."""
    superseded: str | None = None
    """Why this version, or the whole dataset, should give way to another."""

    @property
    def titles(self) -> Words:
        """The title by language: ``en`` and ``zh``."""
        return Words([("en", self.title_en), ("zh", self.title_zh)])

    @property
    def content(self) -> bytes:
        """The bytes of the CSV file, compared with the published digest."""
        return store.read(self.path, self.sha256)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain dictionaries, lists and texts."""
        columns = [
            {**field._asdict(), "labels": dict(field.labels), "printed_as": dict(field.printed_as)}
            for field in self.columns
        ]
        repairs = [repair._asdict() for repair in self.repairs]
        return {**vars(self), "columns": columns, "repairs": repairs}

    def repair(self, key: str, column: str) -> str | None:
        """Return the erratum on which the repair of a cell rests, ``None`` for a faithful one."""
        found = (r.erratum_id for r in self.repairs if (r.key, r.column) == (key, column))
        return next(found, None)

    def field(self, name: str) -> Field:
        """Return the column of that name; raises `UnknownColumnError`."""
        for field in self.columns:
            if field.name == name:
                return field
        raise UnknownColumnError(f"column of {self.name}", name, (f.name for f in self.columns))

    def __str__(self) -> str:
        width = max(len(field.name) for field in self.columns)
        return "\n".join(
            (
                f"{self.name} {self.version}: {self.title_en} ({self.title_zh})",
                f"{self.rows} rows, key {', '.join(self.primary_key)}",
                self.description,
                *(
                    f"  {field.name:{width}}  {field.type:9}  {field.origin:9}  "
                    f"{field.unit or '':10}  {field.title_en}"
                    for field in self.columns
                ),
                *(f"Caveat: {caveat}" for caveat in self.caveats),
                *([f"Superseded: {self.superseded}"] if self.superseded else []),
                f"SHA-256 {self.sha256}",
            )
        )


def parse_descriptor(document: Mapping[str, Any]) -> Descriptor:
    """Return the object that a descriptor file (a Data Package resource) spells."""
    schema, name = document["schema"], document["name"]
    return Descriptor(
        name=name,
        version=document["version"],
        record=document["record"],
        title_en=document["title"],
        title_zh=document["title_zh"],
        description=document["description"],
        rows=document["rows"],
        primary_key=tuple(schema["primaryKey"]),
        columns=tuple(_field(field) for field in schema["fields"]),
        sources=tuple(source["title"] for source in document["sources"]),
        caveats=tuple(document["caveats"]),
        path=f"{name}/{document['path']}",
        sha256=_sha256(document["hash"]),
        provenance_path=f"{name}/{document['provenance']['path']}",
        provenance_sha256=_sha256(document["provenance"]["hash"]),
        provenance_rows=document["provenance"]["rows"],
        repairs=tuple(Repair(**repair) for repair in document.get("repairs", ())),
    )


def _sha256(value: str) -> str:
    return value.removeprefix("sha256:")


def _item_limits(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what each item of a column of lists has to keep."""
    return {name: field[f"item_{name}"] for name in ("enum", "pattern") if f"item_{name}" in field}


def _field(field: Mapping[str, Any]) -> Field:
    limits = {**field["constraints"], **_item_limits(field)}
    return Field(
        name=field["name"],
        type=field["type"],
        title_en=field["title"],
        title_zh=field["title_zh"],
        description=field["description"],
        origin=field["origin"],
        unit=field.get("unit"),
        references=field.get("references"),
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=limits.get("pattern"),
        enum=tuple(limits.get("enum", ())),
        labels=Words((label["value"], label["label"]) for label in field.get("categories", ())),
        printed_as=Words((v, tuple(words)) for v, words in field.get("printed_as", {}).items()),
        missing=next((label["label"] for label in field.get("missingValues", ())), None),
    )
