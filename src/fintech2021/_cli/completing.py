"""What a shell completes: names of datasets, versions, keys, columns, claims, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

from fintech2021._core import catalog
from fintech2021._core.naming import called
from fintech2021._core.rows import by_key
from fintech2021._versions import pins
from fintech2021.errors import Fintech2021Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fintech2021._core.descriptor import Descriptor

__all__ = ["COMMANDS", "columns", "datasets", "editions", "keys", "keys_of", "versions"]


def _items(named: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=told) for name, told in named if name.startswith(begun)]


def datasets(
    _context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete the name of a dataset."""
    named = ((name, pins.requested(name).title_en) for name in pins.datasets())
    return _items(named, begun)


def versions(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete a version of the dataset that stands before it."""
    return _items(_of_dataset(context, lambda it: [(each, "") for each in it.versions]), begun)


def keys(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the key of a row of the dataset that stands before it."""
    return _items(_of_dataset(context, _keys), begun)


def columns(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete a column of the dataset that stands before it."""
    told = _of_dataset(context, lambda it: [(each.name, each.title_en) for each in it.columns])
    return _items(told, begun)


def editions(
    _context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Complete the name of an edition."""
    return _items(((name, "") for name in catalog.editions()), begun)


def keys_of(
    name: str,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return what completes a key of one dataset."""

    def complete(
        _context: click.Context, _parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        return _items(_keys(pins.requested(name)), begun)

    return complete


def _keys(descriptor: Descriptor) -> list[tuple[str, str]]:
    names = called(descriptor, "en")
    return [(key, names.get(key, "")) for key in by_key(descriptor)]


def _of_dataset(
    context: click.Context, told: Callable[[Descriptor], list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """Return what is told of the dataset in the command line so far: nothing if there is none."""
    # Where an option still lacks its value, click has not read the arguments yet.
    dataset = context.params.get("dataset") or next(iter(context.args), None)
    try:
        return told(pins.requested(str(dataset)))
    except Fintech2021Error:
        return []


@click.command(epilog='Example: eval "$(fintech2021 completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a SHELL complete the words of commands, for its file of settings."""
    found = get_completion_class(shell)
    if found is None:  # Whoever takes it out of click's list.
        raise click.ClickException(f"click completes nothing in {shell}")
    name = "fintech2021"
    click.echo(found(context.find_root().command, {}, name, f"_{name.upper()}_COMPLETE").source())


COMMANDS: tuple[click.Command, ...] = (completion,)
"""The commands of this module."""
