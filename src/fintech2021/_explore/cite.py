"""How to cite an edition, a table, or one number."""

from __future__ import annotations

from typing import Literal

from fintech2021._core.names import DatasetName
from fintech2021._explore.citation_styles import STYLES
from fintech2021._explore.cited import edition_in_force, of_edition, of_table
from fintech2021._given import plain
from fintech2021._versions import pins
from fintech2021.errors import UnknownNameError

__all__ = ["CitationStyle", "cite"]

CitationStyle = Literal["plain", "bibtex", "csl", "apa", "gbt7714"]
"""The styles in which `cite` writes."""


def cite(
    name: DatasetName | str | None = None,
    key: str | int | tuple[str | int, ...] | None = None,
    column: str | None = None,
    *,
    style: CitationStyle | str = "plain",
    version: str | None = None,
) -> str:
    """Return how to cite the edition, a table, or one number.

    The version is the one that a call of `load` would read here: pins around the call choose it.

    Parameters
    ----------
    name
        A dataset; without one the whole edition is cited.
    key
        The primary key of a row, as `source` takes it.
    column
        The name of a column; with ``key`` one value is cited, and the line that prints it, or the
        pages that it rests on.
    style
        ``"plain"``, ``"bibtex"``, ``"csl"`` (CSL-JSON, for Zotero and pandoc), ``"apa"`` (7th
        edition) or ``"gbt7714"`` (GB/T 7714, in Chinese).
    version
        A published version of the dataset or a specifier; without a dataset, an edition.

    Returns
    -------
    str
        The citation. Its year is that of publication, for a draft that of the edition's name. APA
        and GB/T 7714 have no place for where a value stands in the report; the others say it.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    UnknownEditionError
        When no edition has that name.
    UnknownKeyError
        When no row has that key.
    UnknownColumnError
        When no column has that name.
    UnknownNameError
        When there is no such style, or a row or column is given without its dataset.
    PinError
        When the pin around the call rules the dataset out.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> print(ft.cite("banks", style="apa", version="1.0.0"))
    The fintech2021 founders. (2026). Technology spending and staff of national banks, 2020
    (banks; Version 1.0.0) [Data set]. In fintech2021: a 2021 report on fintech and digital
    inclusive finance in China as versioned, validated tables (Version 2026.2).
    """
    asked = plain(style)
    if not isinstance(asked, str) or asked not in STYLES:
        raise UnknownNameError("style of citation", style, STYLES)
    if name is not None:
        return STYLES[asked](of_table(pins.resolve(name, version), key, column))
    if key is not None or column is not None:
        hint = "A row and a column are of a dataset: name it first, as in cite('banks', 'icbc')."
        raise UnknownNameError("dataset", name, (), hint=hint)
    used = map(pins.requested, pins.datasets()) if version is None else ()
    return STYLES[asked](of_edition(edition_in_force(version), used))
