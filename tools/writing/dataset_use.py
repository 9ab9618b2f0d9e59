"""Code on the page of a dataset: how to load it, ask for places, cite it and hand it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fintech2021._core.kinds import parse
from fintech2021._core.rows import by_key
from fintech2021._evidence.places import places
from fintech2021._explore.cite import cite
from fintech2021._explore.label import labelled
from fintech2021._frames.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._core.descriptor import Descriptor
    from tools.writing.languages import Language

__all__ = ["example"]


def example(found: Descriptor, language: Language) -> str:
    """Return code that uses the dataset, with what it prints."""
    lines = (
        ">>> import fintech2021 as ft",
        *_loaded(found),
        *(_labelled(found) if language.code == "zh" else ()),
        *_place(found),
        *_cited(found, language),
        *_exported(found, language),
    )
    return "\n".join(("```python", *lines, "", "```"))


def _loaded(found: Descriptor) -> Iterator[str]:
    row = next(iter(by_key(found).values()))
    types = {column.name: column.type for column in found.columns}
    key = ", ".join(repr(parse(row[part], types[part])) for part in found.primary_key)
    yield f'>>> ft.load_{found.name}(version="{found.version}").shape'
    yield f"({found.rows}, {len(found.columns)})"
    yield f">>> ft.{found.record}.get({key}) == ft.{found.record}.all()[0]"
    yield "True"


def _labelled(found: Descriptor) -> Iterator[str]:
    titles = list(labelled(load(found.name, version=found.version), "zh").columns)[:3]
    yield f'>>> table = ft.load_{found.name}(version="{found.version}")'
    yield '>>> list(ft.labelled(table, "zh").columns)[:3]'
    yield repr(titles)


def _place(found: Descriptor) -> Iterator[str]:
    """Ask for the first place, if the dataset has any."""
    for (key, column), (place, *_) in list(places(found).items())[:1]:
        yield f'>>> ft.source("{found.name}", "{key}", "{column}").line'
        yield str(place.line)


def _cited(found: Descriptor, language: Language) -> Iterator[str]:
    style = language.of("apa", "gbt7714")
    yield f'>>> print(ft.cite("{found.name}", version="{found.version}", style="{style}"))'
    yield cite(found.name, version=found.version, style=style)


def _exported(found: Descriptor, language: Language) -> Iterator[str]:
    file = f"{found.name}{language.of('.json', '.csv')}"
    more = language.of("", ', lang="zh", bom=True')
    yield ">>> from pathlib import Path; from tempfile import mkdtemp"
    yield f'>>> target = Path(mkdtemp()) / "{file}"'
    yield f'>>> ft.export(target, datasets="{found.name}"{more}).name'
    yield repr(file)
