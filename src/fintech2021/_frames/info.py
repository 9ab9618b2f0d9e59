"""What a reader asks first: which datasets there are, and what one of them holds."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from fintech2021._core import catalog as catalogue
from fintech2021._core.deferred import Deferred
from fintech2021._core.descriptor import Descriptor
from fintech2021._core.names import DatasetName
from fintech2021._frames.pandas import text
from fintech2021._versions import pins

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = Deferred("pandas")

__all__ = ["catalog", "editions", "info"]


def catalog() -> pd.DataFrame:
    """Return one row per dataset of the default edition.

    Pins around the call choose the versions; an edition or a lock file also the datasets.

    Returns
    -------
    pandas.DataFrame
        Sorted by ``name``, with ``version``, ``rows``, ``columns`` (how many), ``title_en``,
        ``title_zh``, ``record`` (the name of the record class), ``versions`` (all that are
        published, joined with ``;``) and ``superseded`` (why the version should give way to
        another, mostly missing).

    Examples
    --------
    >>> import fintech2021 as ft
    >>> ft.catalog().set_index("name").loc["banks", "rows"].item()
    18
    """
    import pandas as pd

    all_of_them = [pins.requested(name) for name in pins.datasets()]
    return pd.DataFrame(
        {
            "name": text(item.name for item in all_of_them),
            "version": text(item.version for item in all_of_them),
            "rows": [item.rows for item in all_of_them],
            "columns": [len(item.columns) for item in all_of_them],
            "title_en": text(item.title_en for item in all_of_them),
            "title_zh": text(item.title_zh for item in all_of_them),
            "record": text(item.record for item in all_of_them),
            "versions": text(";".join(item.versions) for item in all_of_them),
            "superseded": text(item.superseded for item in all_of_them),
        }
    )


def editions() -> pd.DataFrame:
    """Return one row per edition and dataset, the oldest edition first.

    The newest edition is what a request without a version means.

    Returns
    -------
    pandas.DataFrame
        With ``edition``, ``status`` (``draft`` or ``published``), ``published_on`` (a date,
        missing for a draft), ``dataset`` and ``version``.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> "2026.1" in set(ft.editions()["edition"])
    True
    """
    import pandas as pd

    listed = [
        (edition, name, version)
        for edition in catalogue.editions().values()
        for name, version in edition.datasets.items()
    ]
    return pd.DataFrame(
        {
            "edition": text(edition.name for edition, _, _ in listed),
            "status": text(edition.status for edition, _, _ in listed),
            "published_on": pd.to_datetime(text(edition.published_on for edition, _, _ in listed)),
            "dataset": text(name for _, name, _ in listed),
            "version": text(version for _, _, version in listed),
        }
    )


def info(name: DatasetName | str, version: str | None = None) -> Descriptor:
    """Return everything that is known about a dataset version.

    Parameters
    ----------
    name
        One of `catalog`'s names.
    version
        A published version or a specifier such as ``"~=1.0"``; by default the one of the newest
        edition.

    Returns
    -------
    Descriptor
        Titles, rows, key, columns with their types and units, sources, caveats, digest, edition
        and pin. Printing it gives a data dictionary.

    Raises
    ------
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    PinError
        When the pin around the call rules the dataset out.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> banks = ft.info("banks")
    >>> banks.rows, banks.primary_key, banks.column("tech_spend_cny").unit
    (18, ('bank_id',), 'CNY')
    """
    return _told(*pins.resolve(name, version))


@lru_cache(maxsize=512)
def _told(descriptor: Descriptor, edition: str | None, pin: str | None) -> Descriptor:
    """Return a descriptor that says who chose it."""
    return replace(descriptor, edition=edition, pin=pin)
