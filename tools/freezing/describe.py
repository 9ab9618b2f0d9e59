"""A record model becomes the descriptor of its dataset: a Data Package v2 resource."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from enum import StrEnum
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic import StringConstraints

from fintech2021._core.descriptor import Column, Descriptor, FrozenDict, License
from fintech2021._core.kinds import KINDS
from fintech2021._core.origin import BY_ROW, EVIDENCE, of_evidence
from fintech2021._records.closed_list import ClosedList
from fintech2021._records.columns import ColumnInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021._records.record import Record

__all__ = ["LICENSE", "REPORT", "describe", "untold"]

LICENSE = License(
    name="MIT",
    path="https://opensource.org/license/mit",
    title="MIT License: identifiers, English names, descriptions, arrangement. Facts are free.",
)

REPORT = (
    "Report on fintech and digital inclusive finance in China, early 2022 (title page not in the "
    "text); text file 000_234e87c5be7a1ca0.txt, "
    "SHA-256 f89ac108d30ee9e94c1295646a27639b2d7efc3d2575ccb996fbf2ca80b5fed6"
)
PUBLIC = "Public pages, listed in the dataset sources"

_KIND_OF = {kind.python: kind.name for kind in KINDS.values()}


class Hint(NamedTuple):
    """A type hint taken apart: the plain type, what annotates it, whether it admits None."""

    plain: Any
    metadata: tuple[Any, ...]
    required: bool


class Told(NamedTuple):
    """A docstring: its English paragraphs and its Chinese one."""

    en: str
    zh: str | None

    @classmethod
    def of(cls, text: str) -> Told:
        """Return a docstring taken apart: the last paragraph may be in Chinese."""
        *english, last = [_joined(part) for part in text.split("\n\n")]
        if english and _CHINESE.search(last):
            return cls(" ".join(english), last)
        return cls(" ".join([*english, last]), None)


_CHINESE = re.compile("[\u4e00-\u9fff]")
_BROKEN = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef\u201c\u201d]) (?=[\u3000-\u9fff\uff00-\uffef\u201c\u201d])"
)


def _joined(text: str) -> str:
    """Return broken lines as one: Chinese has no space where a line was broken."""
    return _BROKEN.sub("", " ".join(text.split()))


def describe(model: type[Record], keys: dict[str, str]) -> Descriptor:
    """Return the descriptor without what depends on the files; `keys` has each dataset's key."""
    columns = tuple(_column(name, hint, model, keys) for name, hint in _hints(model))
    notes = _notes(model)
    told = Told.of(inspect.getdoc(model) or "")
    origins = _origins(columns)
    return Descriptor(
        name=model.table.name,
        version="",
        record=model.__name__,
        title_en=model.table.title_en,
        title_zh=model.table.title_zh,
        description=f"{told.en} Source: {notes['source']}",
        description_zh=f"{told.zh}来源：{notes['来源']}" if told.zh and notes["来源"] else None,
        rows=0,
        primary_key=model.table.key,
        columns=columns,
        sources=tuple(
            title
            for title, origin in ((REPORT, "printed"), (PUBLIC, "public"))
            if origin in origins
        ),
        caveats=(*_sentence(notes["limits"]), *(en for en, _ in model.table.caveats)),
        caveats_zh=(*_sentence(notes["局限"]), *(zh for _, zh in model.table.caveats)),
        path="",
        size=0,
        sha256="",
        provenance_path="",
        provenance_size=0,
        provenance_sha256="",
        provenance_rows=0,
        repairs=(),
        licenses=(LICENSE,),
    )


def _origins(columns: tuple[Column, ...]) -> set[str]:
    """Return where cells can come from, in any row."""
    origins = {column.origin for column in columns}
    evidence = (column.enum for column in columns if column.name == EVIDENCE)
    return origins.union(*map(_origins_by_row, evidence)) if BY_ROW in origins else origins


def _origins_by_row(evidence: tuple[str, ...]) -> set[str]:
    return set(map(of_evidence, evidence))


def untold(descriptor: Descriptor) -> Iterator[str]:
    """Yield what a descriptor does not say in both languages, or not at all."""
    yield from _unproven(descriptor)
    if descriptor.description_zh is None:
        yield "the record and the source have no Chinese description"
    caveats = zip_longest(descriptor.caveats, descriptor.caveats_zh)
    if not all(english and chinese for english, chinese in caveats):
        yield "a caveat stands in one language only"
    for column in descriptor.columns:
        yield from (f"{column.name} {fault}" for fault in _untold(column))


def _unproven(descriptor: Descriptor) -> Iterator[str]:
    """Yield what a table with columns by row lacks to say where their cells come from."""
    columns = {column.name: column for column in descriptor.columns}
    if all(column.origin != BY_ROW for column in columns.values()):
        return
    evidence = columns.get(EVIDENCE)
    if evidence is None or not evidence.required or not evidence.enum:
        yield f"a column is by row, but no closed list {EVIDENCE} says what every row rests on"
    elif "public" in _origins_by_row(evidence.enum) and "source_ids" not in columns:
        yield "pages can be the evidence of a row, but there is no column source_ids"


def _untold(column: Column) -> Iterator[str]:
    if column.description_zh is None:
        yield "has no Chinese description"
    if column.missing and not column.missing_zh:
        yield "does not say in Chinese why it can be empty"
    if (column.origin == "derived") is not bool(column.derivation):
        yield "is derived without a rule, or has a rule and is not derived"
    for value in column.enum:
        if not column.labels.get(value) or not column.labels_en.get(value):
            yield f"has no label for {value!r} in both languages"


_NOTES = re.compile(
    "Source: (?P<source>.*?)(?: Limitations: (?P<limits>.*?))?"
    "(?: ?来源：(?P<来源>.*?))?(?: ?局限：(?P<局限>.*))?$"
)


def _notes(model: type[Record]) -> dict[str, str | None]:
    """Return the module's notes on sources and on limitations, each as running text."""
    text = _joined(sys.modules[model.__module__].__doc__ or "")
    written = _NOTES.search(text)
    if written is None:
        raise ValueError(f"{model.__module__} has no 'Source:' in its docstring")
    return written.groupdict()


def _sentence(text: str | None) -> tuple[str, ...]:
    """Return a text that begins with a capital letter, if there is one."""
    return (text[0].upper() + text[1:],) if text else ()


def _hints(model: type[Record]) -> Iterator[tuple[str, Hint]]:
    """Yield every column with its hint, from which None and Annotated are peeled in any order."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        hint, metadata, required = hints[name], [], True
        while True:
            if get_origin(hint) is Annotated:
                hint, *more = get_args(hint)
                metadata += more
            elif type(None) in get_args(hint):
                (hint,) = (part for part in get_args(hint) if part is not type(None))
                required = False
            else:
                break
        yield name, Hint(hint, tuple(metadata), required)


def _column(name: str, hint: Hint, model: type[Record], keys: dict[str, str]) -> Column:
    info = next(item for item in hint.metadata if isinstance(item, ColumnInfo))
    is_list = get_origin(hint.plain) is tuple
    item = _item(hint) if is_list else hint
    told = Told.of(_docstrings(model)[name])
    missing, missing_zh = (info.missing, None) if isinstance(info.missing, str) else info.missing
    members = list(item.plain) if _is_closed(item.plain) else []
    labelled = [member for member in members if isinstance(member, ClosedList)]
    return Column(
        name=name,
        type="list" if is_list else _KIND_OF[str if members else item.plain],
        title_en=info.title_en,
        title_zh=info.title_zh,
        description=told.en,
        description_zh=told.zh,
        origin=info.origin,
        unit=info.unit,
        references=info.references,
        referenced_key=keys[info.references] if info.references and not is_list else None,
        required=hint.required,
        unique=model.table.key == (name,),
        enum=tuple(str(member) for member in members),
        labels=FrozenDict((str(m), m.label_zh) for m in labelled),
        labels_en=FrozenDict((str(m), m.label_en) for m in labelled),
        printed_as=FrozenDict(info.printed_as.items()),
        derivation=FrozenDict(info.rule.items()),
        missing=None if hint.required else missing,
        missing_zh=None if hint.required else missing_zh,
        **_limits(item),
    )


def _is_closed(plain: Any) -> bool:
    return isinstance(plain, type) and issubclass(plain, StrEnum)


def _item(hint: Hint) -> Hint:
    inner = get_args(hint.plain)[0]
    if get_origin(inner) is Annotated:
        plain, *metadata = get_args(inner)
        return Hint(plain, tuple(metadata), required=True)
    return Hint(inner, (), required=True)


def _limits(hint: Hint) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for rule in hint.metadata:
        if isinstance(rule, Ge):
            limits["minimum"] = rule.ge
        if isinstance(rule, Le):
            limits["maximum"] = rule.le
        if isinstance(rule, StringConstraints) and rule.pattern:
            limits["pattern"] = rule.pattern
    return limits


@cache
def _docstrings(model: type[Record]) -> dict[str, str]:
    """Return the text that follows each column in the model's source."""
    body = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        column.target.id: inspect.cleandoc(text.value.value)
        for column, text in zip(body.body, body.body[1:], strict=False)
        if isinstance(column, ast.AnnAssign)
        and isinstance(column.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
