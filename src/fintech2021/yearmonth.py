"""A month of a year, as a small immutable value."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["YearMonth"]

_ISO = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class YearMonth(NamedTuple):
    """A year and a month, ordered in time and written ``YYYY-MM``.

    >>> from fintech2021 import YearMonth
    >>> founded = YearMonth.parse("2015-11")
    >>> founded.year, founded.month, str(founded), founded.first_day().isoformat()
    (2015, 11, '2015-11', '2015-11-01')
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> YearMonth:
        """Return the month that ``YYYY-MM`` names; raises `ValueError` for any other text."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a month; expected YYYY-MM, for instance 2015-11")
        return cls(int(match[1]), int(match[2]))

    def first_day(self) -> date:
        """Return the month's first day, which is what frames hold."""
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
        return {"type": "string", "pattern": f"^{_ISO.pattern}$"}

    @classmethod
    def _validate(cls, value: object) -> YearMonth:
        if isinstance(value, YearMonth):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(f"{value!r} is not a month; expected YYYY-MM")
