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
    """Return code that uses the dataset, with what it prints, and commands that do."""
    lines = (
        ">>> import fintech2021 as ft",
        *_loaded(found),
        *(_labelled(found) if language.code == "zh" else ()),
        *_cell(found),
        *_cited(found, language),
    )
    commands = _shown(found, language), _exported(found, language)
    return "\n".join(("```python", *lines, "", "```", "", "```console", *commands, "```"))


def _loaded(found: Descriptor) -> Iterator[str]:
    yield f'>>> ft.load_{found.name}(version="{found.version}").shape'
    yield f"({found.rows}, {len(found.columns)})"


def _labelled(found: Descriptor) -> Iterator[str]:
    titles = list(labelled(load(found.name, version=found.version), "zh").columns)[:3]
    yield f'>>> table = ft.load_{found.name}(version="{found.version}")'
    yield '>>> list(ft.labelled(table, "zh").columns)[:3]'
    yield repr(titles)


def _cell(found: Descriptor) -> Iterator[str]:
    """Show a cell of a record, and ask for its place if the dataset has any."""
    place = next(iter(places(found).items()), None)
    rows = by_key(found)
    (key, column), where = place or ((next(iter(rows)), _telling(found)), ())
    types = {each.name: each.type for each in found.columns}
    values = {part: parse(rows[key][part], types[part]) for part in (*found.primary_key, column)}
    parts = ", ".join(_spelt(values[part]) for part in found.primary_key)
    yield f">>> print(ft.{found.record}.get({parts}).{column})"
    yield f"{values[column]}"
    if where:
        yield f'>>> ft.source("{found.name}", "{key}", "{column}").line'
        yield str(where[0].line)


def _spelt(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _telling(found: Descriptor) -> str:
    """Return the first column that is never empty and no part of the key, if there is one."""
    names = (each.name for each in found.columns if each.required)
    return next((it for it in names if it not in found.primary_key), found.primary_key[-1])


def _cited(found: Descriptor, language: Language) -> Iterator[str]:
    style = language.of("apa", "gbt7714")
    yield f'>>> print(ft.cite("{found.name}", version="{found.version}", style="{style}"))'
    yield cite(found.name, version=found.version, style=style)


def _shown(found: Descriptor, language: Language) -> str:
    return f"fintech2021 show {found.name}{language.of('', ' --lang zh')}"


def _exported(found: Descriptor, language: Language) -> str:
    more = language.of("", " --lang zh --bom")
    return f"fintech2021 export {found.name}.csv {found.name}{more}"
