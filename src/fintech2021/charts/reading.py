"""What pictures are drawn from: tables in the version that holds where the picture is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fintech2021._core.digits import without_zeros
from fintech2021._core.naming import called
from fintech2021._explore.label import language
from fintech2021._explore.units import is_missing, scale_of
from fintech2021._frames.load import load
from fintech2021._versions import pins
from fintech2021.errors import UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from fintech2021._explore.units import Scale

__all__ = [
    "given", "labels_of", "money", "name", "names", "number", "records", "speaker", "table", "year",
]  # fmt: skip


def speaker(lang: object) -> tuple[str, Callable[[str, str], str]]:
    """Return the language that is asked for, and what chooses between two texts by it."""
    spoken = language(lang)
    return spoken, lambda en, zh: zh if spoken == "zh" else en


def table(dataset: str, *columns: str) -> pd.DataFrame:
    """Return a dataset that has these columns, or say which version has not."""
    frame: pd.DataFrame = load(dataset)
    for column in columns:
        if column not in frame:
            version = frame.attrs["fintech2021"]["version"]
            hint = "The picture needs it: ask for a newer version of the dataset."
            raise UnknownColumnError(
                f"column of {dataset} {version}", column, map(str, frame), hint=hint
            )
    return frame


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows, with nothing where a cell is missing."""
    return [
        {str(key): None if is_missing(value) else value for key, value in row.items()}
        for row in frame.to_dict("records")
    ]


def given(rows: Iterable[Mapping[str, Any]], *columns: str) -> list[dict[str, Any]]:
    """Return the rows that have a value in each of the columns."""
    return [dict(row) for row in rows if all(row[column] is not None for column in columns)]


def name(row: Mapping[str, Any], lang: str) -> str:
    """Return what a row is called; what has no Chinese name keeps its own."""
    return str(row[f"name_{lang}"] or row["name_en"])


def names(dataset: str, lang: str) -> Mapping[str, str]:
    """Return the name of each row of a dataset, by its key."""
    descriptor = pins.requested(dataset)
    return {**called(descriptor, "en"), **called(descriptor, lang)}


def labels_of(dataset: str, column: str, lang: str) -> Mapping[str, str]:
    """Return what the values of a closed list are called."""
    known = catalog_column(dataset, column)
    words: Mapping[str, str] = known.labels if lang == "zh" else known.labels_en
    return words


def catalog_column(dataset: str, column: str) -> Any:
    """Return a column of the version that holds here."""
    return pins.requested(dataset).column(column)


def money(values: Sequence[object], lang: str, currency: str = "CNY") -> Scale:
    """Return the unit in which amounts are read: 亿元, billion yuan."""
    return scale_of(values, currency, lang)


def number(value: float, digits: int = 2) -> str:
    """Return a number as people read it: thousands parted, no zeros at the end."""
    return without_zeros(f"{value:,.{digits}f}")


def year(day: Any) -> float:
    """Return a day as a year and its part: an axis of these has no time zone."""
    return float(round(day.year + (day.day_of_year - 1) / 366, 3))
