"""The base of the record models: descriptor and bytes become frozen pydantic records."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from fintech2021._core import catalog
from fintech2021._core.kinds import parse
from fintech2021._core.rows import by_key, key_text
from fintech2021._versions import pins
from fintech2021.errors import RecordVersionError, UnknownDatasetError, UnknownKeyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fintech2021._core.descriptor import Descriptor

__all__ = ["Record", "TableInfo", "every_class"]

_Row = TypeVar("_Row", bound="Record")
_TOLD: list[Callable[[type[Record]], object]] = []
"""Who is told of each record class."""


class TableInfo(NamedTuple):
    """What a record class says about its dataset besides the columns."""

    name: str
    key: tuple[str, ...]
    title_en: str
    title_zh: str
    order: tuple[str, ...] = ()
    caveats: tuple[tuple[str, str], ...] = ()
    """What a reader has to know, each in English and Chinese."""


class Record(BaseModel):
    """A row of a dataset as an immutable, validated object.

    Every subclass answers `all` and `get` for its own dataset. pandas is never imported.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> issubclass(ft.Bank, ft.Record)
    True
    """

    __module__ = "fintech2021"
    model_config = ConfigDict(frozen=True, extra="forbid")

    if TYPE_CHECKING:  # Nothing is looked up among the names of the package that it says it is of.
        table: ClassVar[TableInfo]

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Tell of a class that is made: modules of tables are imported when they are needed."""
        super().__pydantic_init_subclass__(**options)
        for tell in _TOLD:
            tell(cls)

    @classmethod
    def all(cls, *, version: str | None = None) -> tuple[Self, ...]:
        """Return every row of the dataset version.

        Parameters
        ----------
        version
            A published version or a specifier; by default the one of the newest edition.

        Returns
        -------
        tuple[Self, ...]
            In the order of the file; the objects are the same for every call.

        Raises
        ------
        UnknownVersionError
            With the versions that exist.
        UnknownDatasetError
            When the class has no dataset: `Record` itself.
        RecordVersionError
            When rows of an old version do not fit today's class; `load` gives them as a frame.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> len(ft.Bank.all())
        18
        """
        return tuple(cls._rows(version).values())

    @classmethod
    def get(cls, *key: str | int | tuple[str | int, ...], version: str | None = None) -> Self:
        """Return the row with that primary key.

        Parameters
        ----------
        *key
            The parts of the key, in order; a tuple of them, or a text with the parts joined by
            ``|``, is the same.
        version
            A published version or a specifier; by default the one of the newest edition.

        Returns
        -------
        Self
            The same object for every call.

        Raises
        ------
        UnknownKeyError
            When no row has that key.
        UnknownVersionError
            When no published version answers the request.
        UnknownDatasetError
            When the class has no dataset: `Record` itself.
        RecordVersionError
            When rows of an old version do not fit today's class; `load` gives them as a frame.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.Bank.get("icbc").tech_spend_cny
        23819000000
        """
        rows = cls._rows(version)
        wanted = key_text(key[0] if len(key) == 1 else key)
        if wanted not in rows:
            raise UnknownKeyError(f"{cls.__name__} with the key", wanted, rows)
        return rows[wanted]

    @classmethod
    def _rows(cls, version: str | None) -> Mapping[str, Self]:
        """Return the rows of the dataset version by their keys."""
        table = getattr(cls, "table", None)
        if table is None:
            hint = "Ask the class of a dataset, for instance Bank.all()."
            raise UnknownDatasetError("dataset of the record class", cls.__name__, (), hint=hint)
        rows: Mapping[str, Self] = _index(cls, pins.requested(table.name, version))
        return rows

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that were set: a fresh set, for every caller has this record."""
        return set(super().model_fields_set)


def every_class(tell: Callable[[type[Record]], object]) -> None:
    """Call a function with the class of each dataset, now or when it is made."""
    for record in Record.__subclasses__():
        tell(record)
    _TOLD.append(tell)


@cache
def _index(record: type[_Row], descriptor: Descriptor) -> Mapping[str, _Row]:
    kinds = {column.name: column.type for column in descriptor.columns}
    return {
        key: _validated(record, {name: parse(row[name], kinds[name]) for name in row}, descriptor)
        for key, row in by_key(descriptor).items()
    }


def _validated(record: type[_Row], row: Mapping[str, Any], descriptor: Descriptor) -> _Row:
    try:
        return record.model_validate(row)
    except ValidationError as cause:
        raise RecordVersionError(
            f"{descriptor.name} {descriptor.version} does not fit the {record.__name__} of this "
            f"release, which reads {descriptor.name} {catalog.choose_version(descriptor.name)}. "
            f"Load that version as a frame: "
            f"load({descriptor.name!r}, version={descriptor.version!r})."
        ) from cause
