"""A record model becomes the descriptor of its dataset: a Data Package v2 resource."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic import StringConstraints

from fintech2021.columns import Column
from fintech2021.yearmonth import YearMonth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fintech2021.records import Record

REPORT = (
    "Report on fintech and digital inclusive finance in China, early 2022 (title page not in the "
    "text); text file 000_234e87c5be7a1ca0.txt, "
    "SHA-256 f89ac108d30ee9e94c1295646a27639b2d7efc3d2575ccb996fbf2ca80b5fed6"
)
PUBLIC = "Public pages, listed in the dataset sources"

_TYPES = {
    str: "string",
    int: "integer",
    Decimal: "number",
    bool: "boolean",
    date: "date",
    YearMonth: "yearmonth",
}


class Hint(NamedTuple):
    """A type hint taken apart: the plain type, what annotates it, whether it admits None."""

    plain: Any
    metadata: tuple[Any, ...]
    required: bool


def describe(model: type[Record], keys: dict[str, str]) -> dict[str, Any]:
    """Return the descriptor without what depends on the files; `keys` has each dataset's key."""
    fields = [_field(name, hint, model) for name, hint in _hints(model)]
    sourced, limits = _notes(model)
    origins = {field["origin"] for field in fields}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": model.table.name,
        "type": "table",
        "title": model.table.title_en,
        "title_zh": model.table.title_zh,
        "description": f"{inspect.getdoc(model)} Source: {sourced}",
        "record": model.__name__,
        "sources": [
            {"title": title}
            for title, origin in ((REPORT, "printed"), (PUBLIC, "public"))
            if origin in origins
        ],
        "caveats": [*limits, *model.table.caveats],
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": fields,
            "primaryKey": list(model.table.key),
            "foreignKeys": [
                {
                    "fields": [field["name"]],
                    "reference": {
                        "resource": _target(field, model),
                        "fields": [keys[field["references"]]],
                    },
                }
                for field in fields
                if "references" in field and field["type"] != "list"
            ],
            "missingValues": [""],
        },
    }


def _target(field: dict[str, Any], model: type[Record]) -> str:
    """Return the resource that a foreign key names: the empty text for its own table."""
    return "" if field["references"] == model.table.name else str(field["references"])


def _notes(model: type[Record]) -> tuple[str, list[str]]:
    """Return the module's notes on sources and on limitations, each as running text."""
    text = " ".join((sys.modules[model.__module__].__doc__ or "").split())
    found = re.search(r"Source: (?P<source>.*?)(?: Limitations: (?P<limits>.*))?$", text)
    if found is None:
        raise ValueError(f"{model.__module__} has no 'Source:' in its docstring")
    return found["source"], [found["limits"][0].upper() + found["limits"][1:]] if found[
        "limits"
    ] else []


def _hints(model: type[Record]) -> Iterator[tuple[str, Hint]]:
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        hint, required = hints[name], True
        if type(None) in get_args(hint) and get_origin(hint) is not Annotated:
            hint, required = next(a for a in get_args(hint) if a is not type(None)), False
        plain, *metadata = get_args(hint)
        yield name, Hint(plain, tuple(metadata), required)


def _field(name: str, hint: Hint, model: type[Record]) -> dict[str, Any]:
    column = next(item for item in hint.metadata if isinstance(item, Column))
    is_list = get_origin(hint.plain) is tuple
    item = _item(hint) if is_list else hint
    document: dict[str, Any] = {
        "name": name,
        "type": "list" if is_list else _type(hint.plain),
        "title": column.title_en,
        "title_zh": column.title_zh,
        "description": _docstrings(model)[name],
        "origin": column.origin,
    }
    if is_list:
        document |= {"delimiter": ";", "itemType": "string"}
    document |= {
        key: value
        for key, value in (("unit", column.unit), ("references", column.references))
        if value
    }
    limits = dict(_limits(item))
    if is_list:
        document |= {f"item_{key}": value for key, value in limits.items()}
        limits = {}
    if hint.required:
        limits = {"required": True, **limits}
    if model.table.key == (name,):
        limits["unique"] = True
    document["constraints"] = limits
    if column.labels:
        document["categories"] = [
            {"value": value, "label": label} for value, label in column.labels.items()
        ]
    if column.printed_as:
        document["printed_as"] = {value: list(words) for value, words in column.printed_as.items()}
    if not hint.required:
        document["missingValues"] = [{"value": "", "label": column.missing}]
    return document


def _item(hint: Hint) -> Hint:
    inner = get_args(hint.plain)[0]
    if get_origin(inner) is Annotated:
        plain, *metadata = get_args(inner)
        return Hint(plain, tuple(metadata), required=True)
    return Hint(inner, (), required=True)


def _type(plain: Any) -> str:
    return "string" if issubclass(plain, StrEnum) else _TYPES[plain]


def _limits(hint: Hint) -> Iterator[tuple[str, Any]]:
    for rule in hint.metadata:
        if isinstance(rule, Ge):
            yield "minimum", rule.ge
        if isinstance(rule, Le):
            yield "maximum", rule.le
        if isinstance(rule, StringConstraints) and rule.pattern:
            yield "pattern", rule.pattern
    if isinstance(hint.plain, type) and issubclass(hint.plain, StrEnum):
        yield "enum", [str(value) for value in hint.plain]


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
