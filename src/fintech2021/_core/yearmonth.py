"""A month of a year, as a small immutable value."""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import total_ordering
from operator import index
from typing import TYPE_CHECKING, Any, Self, SupportsIndex

from fintech2021._given import plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["YearMonth"]

_MONTHS = 12
_LAST_YEAR = 9999
_ISO = r"([0-9]{4})-(0[1-9]|1[0-2])"


@total_ordering
class YearMonth:
    """A year and a month, ordered in time and written ``YYYY-MM``.

    It can be unpacked, ``year, month = founded``. A format with a percent sign is that of its first
    day, ``f"{founded:%B %Y}"``; any other one is that of its text.

    Parameters
    ----------
    year
        From 1 to 9999, as `datetime.date` has them.
    month
        From 1 to 12.

    Attributes
    ----------
    year : int
        The year.
    month : int
        The month of the year.

    Raises
    ------
    ValueError
        When there is no such month.
    TypeError
        When year or month is no integer.

    Examples
    --------
    >>> from fintech2021 import YearMonth
    >>> founded = YearMonth.parse("2015-11")
    >>> founded.year, founded.month, str(founded), founded.first_day().isoformat()
    (2015, 11, '2015-11', '2015-11-01')
    >>> f"{founded:%m/%Y}"
    '11/2015'
    """

    # No tuple and no dataclass: `json.dumps` writes the one as a list, other writers of JSON the
    # other as an object, and neither asks. What they do not know, they refuse.
    __module__ = "fintech2021"
    __slots__ = ("month", "year")
    __match_args__ = ("year", "month")

    year: int
    month: int

    def __new__(cls, year: SupportsIndex, month: SupportsIndex) -> Self:
        """Return the month; raises `ValueError` where there is none."""
        try:
            a_year, a_month = index(year), index(month)
        except Exception as cause:
            told = f"{shown(year)} and {shown(month)}"
            raise TypeError(f"a year and a month are integers, not {told}") from cause
        if not 1 <= a_month <= _MONTHS or not 1 <= a_year <= _LAST_YEAR:
            raise ValueError(f"there is no month {shown(a_month)} of the year {shown(a_year)}")
        made = super().__new__(cls)
        object.__setattr__(made, "year", a_year)
        object.__setattr__(made, "month", a_month)
        return made

    @classmethod
    def parse(cls, text: str) -> YearMonth:
        """Return the month that a text names.

        Parameters
        ----------
        text
            Written ``YYYY-MM``.

        Returns
        -------
        YearMonth
            The month.

        Raises
        ------
        ValueError
            When the text is anything else.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.YearMonth.parse("2015-11") < ft.YearMonth(2016, 1)
        True
        """
        written = plain(text)
        match = re.fullmatch(_ISO, written) if isinstance(written, str) else None
        if match is None:
            raise ValueError(f"{shown(text)} is not a month; expected YYYY-MM, such as 2015-11")
        return cls(int(match[1]), int(match[2]))

    def first_day(self) -> date:
        """Return the month's first day, which is what frames hold.

        Returns
        -------
        datetime.date
            The first of the month.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.YearMonth(2015, 11).first_day().isoformat()
        '2015-11-01'
        """
        return date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}(year={self.year}, month={self.month})"

    def __format__(self, form: str) -> str:
        return self.first_day().strftime(form) if "%" in form else format(str(self), form)

    def __iter__(self) -> Iterator[int]:
        yield self.year
        yield self.month

    def __getitem__(self, position: SupportsIndex) -> int:
        _warn_of_tuple("month[0] and month[1]", "month.year and month.month")
        return (self.year, self.month)[position]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple):
            _warn_of_tuple("month == (year, month)", "month == YearMonth(year, month)")
            return tuple(self) == other
        return tuple(self) == tuple(other) if isinstance(other, YearMonth) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return tuple(self) < tuple(other) if isinstance(other, YearMonth) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a month never changes: make another one with another {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a month never changes: it keeps its {name}")

    def __reduce__(self) -> tuple[type[Self], tuple[int, int]]:
        return type(self), (self.year, self.month)

    def _replace(self, **changes: int) -> Self:
        """Return the month with another year or month: it was a named tuple once."""
        return type(self)(**{"year": self.year, "month": self.month, **changes})

    __replace__ = _replace  # What `copy.replace` calls.

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, str]:
        return {"type": "string", "pattern": f"^{_ISO}$"}

    @classmethod
    def _validate(cls, value: Any) -> YearMonth:
        return value if isinstance(value, YearMonth) else cls.parse(value)


def _warn_of_tuple(old: str, new: str) -> None:
    """Say what to write instead of what worked as long as a month was a tuple, until 0.2."""
    warnings.warn(
        f"{old} is deprecated and goes in 0.4: write {new}.", DeprecationWarning, stacklevel=3
    )
