"""The module of frame models: what `fintech2021.schemas` has for those who type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._contracts.pandera import PANDAS_END, checks
from fintech2021._contracts.patterns import ONE_LINE, portable
from fintech2021._core import catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Column, Descriptor

__all__ = ["frame_models"]

_TYPES = {
    "string": ("str", "str"),
    "list": ("str", "str"),
    "integer": ("int", "pd.Int64Dtype"),
    "number": ("float", "float"),
    "boolean": ("bool", "pd.BooleanDtype"),
    "date": ("pa.DateTime", "pa.DateTime"),
    "yearmonth": ("pa.DateTime", "pa.DateTime"),
}


def frame_models(note: str) -> str:
    """Return the module with one pandera model for each dataset."""
    described = [catalog.load_descriptor(name) for name in catalog.datasets()]
    named = sorted(described, key=lambda descriptor: descriptor.record)
    constants = "\n".join(f"{name} = {pattern!r}" for pattern, name in _PATTERNS.items())
    names = "\n".join(f'    "{each.record}Frame",' for each in named)
    return f'''"""Every dataset as a pandera model, to annotate with and to build on. {note}

>>> from fintech2021.schemas import BankFrame
>>> import fintech2021 as ft
>>> BankFrame.validate(ft.load_banks()).shape
(18, 10)

A model says what each column has to keep and what the key is; `fintech2021.validate` also checks
references, rules across rows, and types to the letter.
"""

import pandas as pd

from fintech2021._contracts.importing import import_pandera

import_pandera()

import pandera.pandas as pa
from pandera.typing import Series

__all__ = [
{names}
]


{constants}


class _Frame(pa.DataFrameModel):
    """What all of them have in common."""

    class Config:  # pyright: ignore[reportIncompatibleVariableOverride] # As pandera's pages say.
        strict = True
        ordered = True
{"".join(map(_model, named))}'''


def _model(descriptor: Descriptor) -> str:
    columns = "\n".join(
        line for column in descriptor.columns for line in _column(column, descriptor)
    )
    return f'''

class {descriptor.record}Frame(_Frame):
    """{descriptor.title_en} ({descriptor.title_zh}), {descriptor.version}."""

{columns}

    class Config(_Frame.Config):
        name = {descriptor.name!r}
        unique = {list(descriptor.primary_key)!r}
'''


def _column(column: Column, descriptor: Descriptor) -> Iterator[str]:
    required, optional = _TYPES[column.type]
    kept = "".join(
        f"{name}={_PATTERNS.get(str(value), repr(value))}, "
        for name, value in _limits(column, descriptor)
    )
    missing = "" if column.required else "nullable=True, "
    yield (
        f"    {column.name}: Series[{required if column.required else optional}] = "
        f"pa.Field({kept}{missing}title={column.title_en!r})"
    )
    yield f"    {column.description!r}"


def _end(pattern: str, *, in_list: bool) -> str:
    return portable(pattern, in_list=in_list).removesuffix("$") + PANDAS_END


_SLUG = r"^[a-z0-9]+(?:[_-][a-z0-9]+)*$"
_PATTERNS = {
    _end(ONE_LINE, in_list=False): "_LINE",
    _end(ONE_LINE, in_list=True): "_LINES",
    _end(_SLUG, in_list=False): "_SLUG",
    _end(_SLUG, in_list=True): "_SLUGS",
}
"""The patterns of many columns, and what the module calls each."""


class _Said:
    """Stands for pandera's checks, and says the name and the value of one."""

    def __getattr__(self, name: str) -> Any:
        return lambda value: (name, value)


def _limits(column: Column, descriptor: Descriptor) -> Iterator[tuple[str, Any]]:
    yield from checks(column, descriptor, _Said())
