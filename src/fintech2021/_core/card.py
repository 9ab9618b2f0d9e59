"""How a result of ours is shown: short as a representation, as a table in a notebook, as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Card", "Shown", "aligned", "as_html", "as_text", "brief", "card_of", "width"]

_MOST_ROWS = 30
_LONGEST = 200
_LONGEST_REPR = 500


class Card(NamedTuple):
    """What is shown of a result: a title, facts beside their words, and a table."""

    title: str
    subtitles: tuple[str, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()
    """An English word each, and what it is; what is ``None`` or empty is left out."""
    head: tuple[str, ...] = ()
    """English words."""
    rows: Sequence[Sequence[object]] = ()
    language: str = "en"

    def told(self) -> list[tuple[str, str]]:
        """Return the facts that say something, in the language of the card."""
        from fintech2021._core.words import word

        return [
            (word(name, self.language), str(fact))
            for name, fact in self.facts
            if fact is not None and fact != ""
        ]

    def heading(self) -> list[str]:
        """Return the heads of the table, in the language of the card."""
        from fintech2021._core.words import word

        return [word(each, self.language) for each in self.head]


class Shown(Whole):
    """A result of ours that is a table in a notebook, and told by commands in two languages."""

    __slots__ = ()

    def _card(self, language: str = "en") -> Card:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return as_html(self._card())


def card_of(shown: Any, language: str) -> Card:
    """Return the card of a result in one language."""
    card: Card = shown._card(language)  # noqa: SLF001 - It is no name for users.
    return card


def brief(name: str, *more: str) -> str:
    """Return a representation of one line that is never long.

    >>> brief("Column tech_staff", "", "integer")
    '<Column tech_staff: integer>'
    """
    said = ", ".join(filter(None, more))
    flat = " ".join((f"{name}: {said}" if said else name).split())
    return f"<{flat if len(flat) <= _LONGEST_REPR else f'{flat[:_LONGEST_REPR]}…'}>"


def as_html(card: Card) -> str:
    """Return a card as a piece of HTML that asks for nothing from elsewhere."""
    return f"<div>{''.join(_pieces(card))}</div>"


def _pieces(card: Card) -> Iterator[str]:
    from html import escape

    yield f"<p><strong>{escape(card.title)}</strong>"
    yield "".join(f"<br>{escape(each)}" for each in card.subtitles)
    yield "</p>"
    if card.told():
        lines = ([name, fact] for name, fact in card.told())
        yield _table((), lines)
    if card.rows:
        shown = ([_cut(cell) for cell in row] for row in card.rows[:_MOST_ROWS])
        yield _table(card.heading(), shown)
    if (more := len(card.rows) - _MOST_ROWS) > 0:
        yield f"<p>… {more}</p>"


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> str:
    from html import escape

    cell = '<{0} style="text-align:left">{1}</{0}>'
    top = "".join(cell.format("th", escape(each)) for each in head)
    lines = ("".join(cell.format("td", escape(each)) for each in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    thead = f"<thead><tr>{top}</tr></thead>" if head else ""
    return f"<table>{thead}<tbody>{body}</tbody></table>"


def _cut(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def as_text(card: Card) -> str:
    """Return a card as a text for a terminal, all of its rows."""
    facts = [f"  {line}" for line in aligned([list(fact) for fact in card.told()])]
    rows = [["" if cell is None else str(cell) for cell in row] for row in card.rows]
    table = [f"  {line}" for line in aligned([card.heading(), *rows])] if rows else []
    return "\n".join((card.title, *card.subtitles, *facts, *table))


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines whose cells stand below one another, also where they are Chinese."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(width, column), default=0) for column in columns]
    return [
        "  ".join(
            cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    >>> width("icbc"), width("工商银行")
    (4, 8)
    """
    from unicodedata import combining, east_asian_width

    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text if not combining(each))
