"""A month of a year, as a small immutable value."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["YearMonth"]

_MONTHS = 12
_LAST_YEAR = 9999
_ISO = r"([0-9]{4})-(0[1-9]|1[0-2])"


class _Parts(NamedTuple):
    year: int
    month: int


class YearMonth(_Parts):
    """A year and a month, ordered in time and written ``YYYY-MM``.

    Parameters
    ----------
    year
        From 0 to 9999.
    month
        From 1 to 12.

    Raises
    ------
    ValueError
        When there is no such month.

    Examples
    --------
    >>> from fintech2021 import YearMonth
    >>> founded = YearMonth.parse("2015-11")
    >>> founded.year, founded.month, str(founded), founded.first_day().isoformat()
    (2015, 11, '2015-11', '2015-11-01')
    """

    __module__ = "fintech2021"
    __slots__ = ()

    def __new__(cls, year: int, month: int) -> Self:
        """Return the month; raises `ValueError` where there is none."""
        if not 1 <= month <= _MONTHS or not 0 <= year <= _LAST_YEAR:
            raise ValueError(f"there is no month {month} of the year {year}")
        return super().__new__(cls, year, month)

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
        match = re.fullmatch(_ISO, text) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"{text!r} is not a month; expected YYYY-MM, for instance 2015-11")
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
    def _validate(cls, value: object) -> YearMonth:
        if isinstance(value, YearMonth):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(f"{value!r} is not a month; expected YYYY-MM")
