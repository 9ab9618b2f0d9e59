"""Which datasets, versions and editions exist, and the descriptor of each version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from . import cells, store
from .errors import UnknownColumnError, UnknownDatasetError, UnknownVersionError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Descriptor",
    "Edition",
    "Field",
    "datasets",
    "default_edition",
    "descriptor",
    "editions",
    "find",
    "parse_descriptor",
    "versions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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

    @property
    def versions(self) -> tuple[str, ...]:
        """Every published version of the dataset, oldest first."""
        return versions(self.name)

    @property
    def superseded(self) -> str | None:
        """Why this version, or the whole dataset, should give way to another; ``None`` if not."""
        marks = _superseded()
        return marks.get((self.name, self.version)) or marks.get((self.name, ""))

    @property
    def content(self) -> bytes:
        """The bytes of the CSV file, compared with the published digest."""
        return store.read(self.path, self.sha256)

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


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of every dataset, under one calendar name."""

    name: str
    status: str
    published_on: str | None
    datasets: Mapping[str, str]


@cache
def _register() -> Mapping[str, Mapping[str, str]]:
    """Dataset, version and the SHA-256 of its descriptor, in the order of publication."""
    register: dict[str, dict[str, str]] = {}
    _, *lines = store.read_unchecked("register.csv").decode("ascii").splitlines()
    for line in lines:
        dataset, version, sha256 = line.split(",")
        register.setdefault(dataset, {})[version] = sha256
    return register


@cache
def editions() -> Mapping[str, Edition]:
    """Return every edition by name, oldest first."""
    document = json.loads(store.read_unchecked("editions.json"))
    return {
        name: Edition(name, entry["status"], entry.get("published_on"), entry["datasets"])
        for name, entry in document.items()
    }


def default_edition() -> Edition:
    """Return the edition that a request without a version means: the newest."""
    return list(editions().values())[-1]


def datasets() -> tuple[str, ...]:
    """Return the names of all datasets in alphabetical order."""
    return tuple(sorted(_register()))


def versions(name: str) -> tuple[str, ...]:
    """Return the published versions of a dataset, oldest first; raises `UnknownDatasetError`."""
    if not isinstance(name, str) or name not in _register():
        raise UnknownDatasetError("dataset", name, datasets())
    return tuple(_register()[name])


def find(name: str, requests: Mapping[str, str] | None = None) -> str:
    """Return the newest version of a dataset that every request admits.

    A request is an exact version or a specifier such as ``~=1.0``; the mapping says who makes it.
    Without any, the version is the default edition's.
    """
    published = versions(name)
    if not requests:
        return default_edition().datasets[name]
    admitted = [_admitted(name, request, published) for request in requests.values()]
    found = [version for version in published if all(version in each for each in admitted)]
    if not found:
        raise UnknownVersionError(
            f"version of {name} for",
            " and ".join(requests.values()),
            published,
            hint=_met(requests),
        )
    return found[-1]


def _admitted(name: str, request: object, published: tuple[str, ...]) -> tuple[str, ...]:
    """Return the published versions that one request admits."""
    if request in published:
        return (request,)
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        if not isinstance(request, str) or not request.strip():
            raise InvalidVersion  # noqa: TRY301
        if request.strip()[0] in "<>=!~":
            return tuple(SpecifierSet(request).filter(published))
        Version(request)
    except (InvalidSpecifier, InvalidVersion):
        hint = f"{request!r} cannot be read; write a version like 1.0.0 or a specifier like ~=1.0."
        raise UnknownVersionError(f"version of {name}", request, published, hint=hint) from None
    return ()


def _met(requests: Mapping[str, str]) -> str:
    """Say which requests met, where there is more than one."""
    said = ", ".join(f"{by}: {request}" for by, request in requests.items())
    return f"The requests that met are {said}." if len(requests) > 1 else ""


def descriptor(name: str, requests: Mapping[str, str] | None = None) -> Descriptor:
    """Return the descriptor of the version that the requests mean."""
    return _load(name, find(name, requests))


@cache
def _superseded() -> Mapping[tuple[str, str], str]:
    """Return why a version, or with an empty version a whole dataset, is superseded."""
    _, rows = cells.read_table(store.read_unchecked("superseded.csv"))
    return {(name, version): reason for name, version, reason in rows}


@cache
def _load(name: str, version: str) -> Descriptor:
    content = store.read(f"{name}/{version}.json", _register()[name][version])
    return parse_descriptor(json.loads(content))


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
        labels={label["value"]: label["label"] for label in field.get("categories", ())},
        printed_as={value: tuple(words) for value, words in field.get("printed_as", {}).items()},
        missing=next((label["label"] for label in field.get("missingValues", ())), None),
    )
