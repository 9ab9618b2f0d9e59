"""What code of others can lean on, as texts by which two releases can be compared.

It runs with release 0.2.0 as well, which is how `from_0_2/surface.txt` was made.
"""

from __future__ import annotations

import inspect
import pkgutil
from enum import Enum
from typing import TYPE_CHECKING, Any

import fintech2021 as ft

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

__all__ = ["surface"]


def surface() -> set[str]:
    """Return names, parameters, members, columns, modules and commands.

    Fields of records and members of closed lists are data: they are not here.
    """
    return {*_names(), *_made(), *_columns(), *_modules(), *_commands()}


def _names() -> Iterator[str]:
    for name in ft.__all__:
        item = getattr(ft, name)
        yield name
        if not inspect.isclass(item):
            yield from _parameters(name, item)
        elif not issubclass(item, Enum | ft.Record):
            yield from _members(name, item)
            yield from _bases(name, item)
    yield from (f"Record.{name}" for name in vars(ft.Record) if name in {"all", "get", "table"})


def _bases(name: str, item: type) -> Iterator[str]:
    """Yield what a class is besides: what `except` and `isinstance` lean on."""
    ours = {"Whole", "Shown", "_Parts", "object"}
    yield from (
        f"{name} is {base.__name__}" for base in item.__mro__[1:] if base.__name__ not in ours
    )


def _made() -> Iterator[str]:
    """Yield the members of what functions return, whether or not the class has a public name."""
    about, place = ft.info("banks"), ft.source("banks", "icbc", "tech_spend_cny").places[0]
    change = ft.diff("observations", "1.0.0", "2.0.0").changed[0]
    yield from _members("info(…)", type(about))
    yield from (f"info(…).{name}" for name in vars(about))
    yield from _members("info(…).columns[0]", type(about.columns[0]))
    yield from _members("source(…).places[0]", type(place))
    yield from _members("diff(…).changed[0]", type(change))


def _members(name: str, item: type) -> Iterator[str]:
    for member in dir(item):
        if not member.startswith("_"):
            yield f"{name}.{member}"
            yield from _parameters(f"{name}.{member}", inspect.getattr_static(item, member))


def _parameters(name: str, item: Any) -> Iterator[str]:
    """Yield each parameter: by its name, and by its position where it has one."""
    if not inspect.isfunction(item):
        return
    for position, each in enumerate(inspect.signature(item).parameters.values()):
        yield f"{name}({each.name}=)"
        if each.kind is not each.KEYWORD_ONLY and each.name != "self":
            yield f"{name}(), {each.name} in place {position + 1}"


def _columns() -> Iterator[str]:
    banks = ft.load_banks()
    frames = {"catalog()": ft.catalog(), "editions()": ft.editions(), "audit()": ft.audit()}
    yield from (f'load(…).attrs["fintech2021"]["{key}"]' for key in banks.attrs["fintech2021"])
    banks.loc[0, "tech_staff"] = -1
    try:
        ft.validate(banks, "banks")
    except ft.ValidationError as error:
        frames["ValidationError.failures"] = error.failures
    for name, frame in frames.items():
        yield from (f'{name}["{column}"]' for column in frame.columns)


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(ft.__path__, "fintech2021."):
        if not any(part.startswith("_") for part in module.name.split(".")):
            yield module.name


def _commands() -> Iterator[str]:
    root = _root()
    for name, command in {"": root, **getattr(root, "commands", {})}.items():
        said = f"fintech2021 {name}".strip()
        yield said
        for option in command.params:
            spelled = option.opts[0] if option.opts[0].startswith("-") else "[argument]"
            yield f"{said} {spelled}"
            yield from (f"{said} {spelled} {each}" for each in getattr(option.type, "choices", ()))


def _root() -> click.Command:
    """Return the command of this release or of 0.2.0."""
    try:
        from fintech2021._cli.app import cli
    except ImportError:
        from fintech2021.cli import cli  # type: ignore[import-not-found, no-redef] # Of 0.2.0.
    return cli


if __name__ == "__main__":
    print("\n".join(sorted(surface())))  # noqa: T201 - To be kept in a file.
