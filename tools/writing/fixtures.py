"""The pytest fixtures of the datasets, and the types of those that are functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core import catalog
from tools.models import models
from tools.writing.markdown import renewed

if TYPE_CHECKING:
    from fintech2021._core.descriptor import Descriptor

__all__ = ["fixture_types", "with_fixtures"]

MARKS = ("# <fixtures>", "# </fixtures>")


def with_fixtures(text: str) -> str:
    """Return the plugin with a fixture for each dataset."""
    each = "\n\n".join(_fixture(catalog.load_descriptor(name)) for name in catalog.datasets())
    return renewed(text, *MARKS, f"\n{each}\n\n")


def _fixture(found: Descriptor) -> str:
    return f'''
@pytest.fixture
def fintech2021_{found.name}() -> pd.DataFrame:
    """{found.title_en} ({found.title_zh}), a fresh frame."""
    return _frame("{found.name}")'''


def fixture_types(note: str) -> str:
    """Return the module of the types of the fixtures that are functions."""
    records = {name: model.__name__ for name, model in models().items()}
    imports = "\n".join(
        f"    from fintech2021.tables.{name} import {record}"
        for name, record in sorted(records.items())
    )
    overloads = "\n".join(
        f"""    @overload
    def __call__(
        self, name: Literal["{name}"], *, version: str | None = None
    ) -> tuple[{record}, ...]: ..."""
        for name, record in records.items()
    )
    return f'''"""What the fixtures of the pytest plugin are that are functions. {note}"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

from fintech2021._core.deferred import Deferred

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from fintech2021._core.names import DatasetName
    from fintech2021._records.record import Record
{imports}
else:
    pd, pl, pa = map(Deferred, ("pandas", "polars", "pyarrow"))

__all__ = ["LoadFixture", "RecordsFixture"]


class LoadFixture(Protocol):
    """The type of the fixture ``fintech2021_load``, for the annotations of tests."""

    @overload
    def __call__(
        self,
        name: DatasetName,
        version: str | None = None,
        backend: Literal["pandas"] = "pandas",
    ) -> pd.DataFrame: ...
    @overload
    def __call__(
        self, name: str, version: str | None = None, backend: Literal["pandas"] = "pandas"
    ) -> pd.DataFrame: ...
    @overload
    def __call__(
        self, name: str, version: str | None, backend: Literal["polars"]
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self, name: str, version: str | None = None, *, backend: Literal["polars"]
    ) -> pl.DataFrame: ...
    @overload
    def __call__(
        self, name: str, version: str | None, backend: Literal["pyarrow"]
    ) -> pa.Table: ...
    @overload
    def __call__(
        self, name: str, version: str | None = None, *, backend: Literal["pyarrow"]
    ) -> pa.Table: ...
    @overload
    def __call__(self, name: str, version: str | None = None, backend: str = "pandas") -> Any: ...


class RecordsFixture(Protocol):
    """The type of the fixture ``fintech2021_records``, for the annotations of tests."""

{overloads}
    @overload
    def __call__(self, name: str, *, version: str | None = None) -> tuple[Record, ...]: ...
'''
