"""The generated pages of the API reference: loaders, record classes and closed lists."""

from __future__ import annotations

import re
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from fintech2021._core import catalog
from tools.models import models, modules
from tools.writing.dataset_pages import NOTE
from tools.writing.markdown import blocks, cell, table
from tools.writing.subjects import SUBJECTS, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fintech2021._core.descriptor import Descriptor
    from fintech2021._records.record import Record

__all__ = ["closed_lists", "loaders", "outputs", "records", "records_of"]


def outputs(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every generated page of the reference and what it must hold."""
    folder = root / "docs" / "api"
    yield folder / "loaders.md", loaders()
    yield folder / "records.md", records()
    for subject in SUBJECTS:
        yield folder / f"{subject.records}.md", records_of(subject)
    yield folder / "closed-lists.md", closed_lists()


def loaders() -> str:
    """Return the page about the functions that load one dataset each."""
    return blocks(
        "# Loaders",
        NOTE,
        "One function per dataset. All take the same and give what [`load`](loading.md) gives; "
        "their help is the dictionary of the columns.",
        _rst(map(_loader, map(catalog.load_descriptor, catalog.datasets()))),
    )


def _loader(found: Descriptor) -> Iterator[str]:
    yield f'.. py:function:: load_{found.name}(*, version=None, backend="pandas")'
    yield ""
    shape = f"{found.rows} rows of {len(found.columns)} columns in version {found.version}"
    title = f":doc:`{found.title_en} </datasets/{found.name}>`"
    yield f"   {title}, {found.title_zh}: {shape}."


def records() -> str:
    """Return the page about the record classes."""
    return blocks(
        "# Records",
        NOTE,
        "A record is a row as a frozen object; how its types differ from those of a frame stands "
        "in [Types](../types.md).",
        _rst(
            [
                [".. autoclass:: Record", "   :members: all, get"],
                [".. autofunction:: to_records"],
                [".. autofunction:: to_frame"],
                [".. autoclass:: YearMonth", "   :members: first_day, parse"],
            ]
        ),
        table(("Datasets", "Record classes"), map(_classes, SUBJECTS)),
        "\n".join(("```{toctree}", ":hidden:", "", *(it.records for it in SUBJECTS), "```")),
    )


def _classes(subject: Subject) -> tuple[str, str]:
    links = (
        f"[`{name}`]({subject.records}.md#{name.lower()})"
        for name in (models()[dataset].__name__ for dataset in subject.datasets)
    )
    return subject.title_en, ", ".join(links)


def records_of(subject: Subject) -> str:
    """Return the page about the record classes of a subject."""
    return blocks(
        f"# Records: {subject.title_en[0].lower()}{subject.title_en[1:]}",
        NOTE,
        "What all records have stands in [Records](records.md).",
        *(block for name in subject.datasets for block in _record(name, models()[name])),
    )


def _record(name: str, model: type[Record]) -> Iterator[str]:
    yield f"## {model.__name__}"
    yield f"A row of [`{name}`](../datasets/{name}.md)."
    yield _rst([_class(catalog.load_descriptor(name), model)])


def _class(found: Descriptor, model: type[Record]) -> Iterator[str]:
    yield f".. autoclass:: {model.__name__}"
    for column in found.columns:
        field = model.model_fields[column.name]
        yield f"\n   .. py:attribute:: {column.name}"
        yield f"      :type: {_spelled(field.annotation)}"
        yield "      :no-contents-entry:\n"
        yield f"      {_literal(column.description)}"


def _spelled(hint: Any) -> str:
    """Return a type as the reference spells it: without annotations, links shown by their names."""
    arguments = get_args(hint)
    if get_origin(hint) is Annotated:
        return _spelled(arguments[0])
    if get_origin(hint) in {Union, UnionType}:
        return " | ".join(map(_spelled, arguments))
    if get_origin(hint) is tuple:
        return f"tuple[{_spelled(arguments[0])}, ...]"
    if hint is NoneType:
        return "None"
    known = hint.__module__ == "builtins" or hint.__module__.startswith("fintech2021")
    return hint.__name__ if known else f"~{hint.__module__}.{hint.__name__}"


def closed_lists() -> str:
    """Return the page about the enums."""
    enums = {
        item.__name__: item
        for content in modules().values()
        for item in vars(content).values()
        if isinstance(item, type)
        and issubclass(item, StrEnum)
        and item.__module__ == content.__name__
    }
    return blocks(
        "# Closed lists",
        NOTE,
        "A closed list is an enum whose members are texts, each with `label_en` and `label_zh`.",
        *(block for name in sorted(enums) for block in _closed_list(name, enums[name])),
    )


def _closed_list(name: str, enum: type[StrEnum]) -> Iterator[str]:
    yield _rst([[f".. autoclass:: {name}"]])
    members = ((f"`{it.name}`", f"`{it.value}`", *_labels(it)) for it in enum)
    yield table(("Member", "Value", "English", "中文"), members)


def _labels(member: Any) -> tuple[str, str]:
    return cell(getattr(member, "label_en", "")), cell(getattr(member, "label_zh", ""))


def _rst(directives: Iterable[Iterable[str]]) -> str:
    """Return directives of reStructuredText, in which Sphinx documents objects, for Markdown."""
    described = ("\n".join(lines) for lines in directives)
    return "\n".join(
        ("```{eval-rst}", ".. py:currentmodule:: fintech2021\n", "\n\n".join(described), "```")
    )


def _literal(text: str) -> str:
    """Return a text that reStructuredText shows as it is."""
    return re.sub(r"([*`|\\]|_(?!\w))", r"\\\1", text)
