"""How a command is asked to print: the format, the language, which columns, in a pager or not."""

from __future__ import annotations

from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from fintech2021._cli import output
from fintech2021._cli.output import Heading, readable
from fintech2021._core.card import as_text, card_of, width
from fintech2021._core.digits import without_zeros
from fintech2021._core.rows import write_table
from fintech2021._core.words import word
from fintech2021._matching.folding import is_chinese
from fintech2021.errors import UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "Field",
    "Table",
    "View",
    "emit",
    "in_tables",
    "in_words",
    "rounded",
    "say",
    "tell",
]

_Command = TypeVar("_Command", bound="Callable[..., Any]")


class View(NamedTuple):
    """What the options of a command say about printing."""

    form: str = "table"
    lang: str = "en"
    columns: str | None = None
    wide: bool = False
    pager: bool = True

    @property
    def names(self) -> list[str]:
        """The columns that were asked for; none if all are."""
        return [name.strip() for name in (self.columns or "").split(",") if name.strip()]

    def word(self, english: str) -> str:
        """Return a word in the language of the view."""
        return word(english, self.lang)

    def one_of(self, english: str, chinese: str) -> str:
        """Return the sentence in the language of the view."""
        return chinese if self.lang == "zh" else english


class Field(NamedTuple):
    """A column of a printed table: its name for programs, its title, its type, how it matters."""

    name: str
    title: str
    kind: str = "string"
    weight: int = 1
    """Where a terminal is too narrow, the greatest goes first; 0 never."""


class Table(NamedTuple):
    """A table to be printed: every cell is a text."""

    fields: Sequence[Field]
    rows: Sequence[Sequence[str]]


_FORMATS = {
    "table": ("table", "csv", "json", "md"),
    "text": ("text", "json"),
}
_PAGER = click.option(
    "--pager/--no-pager", default=True, help="Page what is longer than the terminal."
)


def _lang() -> Any:
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help="Language of what people read; csv and json are the same in both.",
    )


def _format(default: str) -> Any:
    return click.option(
        "--format",
        "form",
        type=click.Choice(_FORMATS[default]),
        default=default,
        show_default=True,
        help="For people, or for programs.",
    )


_COLUMNS = click.option(
    "--columns", metavar="A,B,…", help="Only these columns, by their names in csv, in this order."
)
_WIDE = click.option(
    "--wide", is_flag=True, help="All columns, also where the terminal is too narrow."
)


def in_tables(command: _Command) -> _Command:
    """Give a command the options of a table; it gets them as ``view``."""
    return _packed(command, _format("table"), _lang(), _COLUMNS, _WIDE, _PAGER)


def in_words(command: _Command) -> _Command:
    """Give a command the options of a text; it gets them as ``view``."""
    return _packed(command, _format("text"), _lang(), _PAGER)


def _packed(command: _Command, *options: Any) -> _Command:
    @wraps(command)
    def packed(*args: Any, **given: Any) -> Any:
        view = View(**{name: given.pop(name) for name in View._fields if name in given})
        return command(*args, view=view, **given)

    for option in reversed(options):
        packed = option(packed)
    return packed  # type: ignore[return-value] # It takes the options instead of the view.


def emit(view: View, people: Table, programs: Table | None = None) -> None:
    """Print a table; programs get another one where cells are told otherwise to people."""
    if view.form in {"csv", "json"}:
        _for_programs(view, _chosen(view, programs or people))
    elif view.form == "md":
        say("\n".join(_markdown(_chosen(view, people))), view)
    else:
        _for_people(view, _chosen(view, people))


def _chosen(view: View, table: Table) -> Table:
    """Return the columns that were asked for, in the order in which they were."""
    if view.columns is None:
        return table
    known = {field.name: place for place, field in enumerate(table.fields)}
    for name in view.names:
        if name not in known:
            titles = {field.name: [field.title] for field in table.fields}
            raise UnknownColumnError("column of the table", name, known, names=titles)
    return _only(table, [known[name] for name in view.names])


def _only(table: Table, places: Sequence[int]) -> Table:
    return Table(
        [table.fields[place] for place in places],
        [[row[place] for place in places] for row in table.rows],
    )


def _for_programs(view: View, table: Table) -> None:
    names = [field.name for field in table.fields]
    if view.form == "csv":
        output.print_utf8(write_table(names, [list(row) for row in table.rows]))
        return
    cells = (zip(table.fields, row, strict=True) for row in table.rows)
    output.print_json(
        [{field.name: output.as_json(text, field.kind) for field, text in row} for row in cells]
    )


def _markdown(table: Table) -> Iterable[str]:
    yield _line(field.title for field in table.fields)
    yield _line("---:" if _is_number(field) else "---" for field in table.fields)
    yield from (_line(row) for row in table.rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _is_number(field: Field) -> bool:
    return field.kind in {"integer", "number"}


def _for_people(view: View, table: Table) -> None:
    """Print a table whole, or what of it a terminal has room for, and say what is left out."""
    room = output.console(wide=view.wide).width
    fitting = table if view.columns else _fitting(table, room)
    least = _least_widths(fitting)
    fits = room < output.UNLIMITED and _taken(least) <= room
    headings = [
        Heading(field.title, _is_number(field), wide if fits else None)
        for field, wide in zip(fitting.fields, least, strict=True)
    ]
    output.print_table(headings, fitting.rows, wide=view.wide, pager=view.pager)
    if len(fitting.fields) < len(table.fields):
        click.echo(_left_out(view, table, fitting), err=True)


def _left_out(view: View, table: Table, fitting: Table) -> str:
    kept = {field.name for field in fitting.fields}
    names = ", ".join(field.name for field in table.fields if field.name not in kept)
    return view.one_of(
        f"Left out: {names}. --wide shows all columns, --columns those that you name.",
        f"未显示：{names}。--wide 显示全部列，--columns 指定列。",
    )


def _fitting(table: Table, room: int) -> Table:
    """Return the columns that matter, as many as there is room for; all, if there is too little."""
    least = _least_widths(table)
    kept = list(range(len(table.fields)))
    while kept and _taken([least[place] for place in kept]) > room:
        weight, worst = max((table.fields[place].weight, place) for place in kept)
        if not weight:
            return table
        kept.remove(worst)
    return _only(table, kept)


def _taken(widths: Sequence[int]) -> int:
    """Return how wide a table is of columns of these widths, with its lines."""
    return sum(widths) + 3 * len(widths) + 1


_ENOUGH, _LONGEST_WORD = 12, 30
"""Cells in which Chinese can be read, which breaks anywhere, and a key that is longer than most."""


def _least_widths(table: Table) -> list[int]:
    """Return the width of each column below which it would break words."""
    heads = ([field.title for field in table.fields],)
    columns = zip(*heads, *table.rows, strict=True)
    return [max(1, *map(_least_width, set(cells))) for cells in columns]


def _least_width(text: str) -> int:
    if is_chinese(text):
        return min(_ENOUGH, width(text))
    return min(_LONGEST_WORD, max(map(len, text.split()), default=0))


def say(text: str, view: View) -> None:
    """Print a text for people, in a pager if it is long."""
    output.page(f"{text}\n", pager=view.pager)


def tell(shown: Any, view: View) -> None:
    """Print a result of ours for people: as it prints itself, or its card in Chinese."""
    say(as_text(card_of(shown, "zh")) if view.lang == "zh" else str(shown), view)


def rounded(number: Decimal) -> str:
    """Return a number as people read it: with commas, and few digits behind the point.

    >>> rounded(Decimal("2.94323529411")), rounded(Decimal("0.0023176")), rounded(Decimal(20000000))
    ('2.9432', '0.002318', '20,000,000')
    """
    places = 4 if abs(number) >= 1 or not number else 3 - number.adjusted()
    text = f"{float(number):.{places}f}" if number != number.to_integral_value() else f"{number:f}"
    return readable(without_zeros(text))
