"""Find in which table, row and column something stands, in whatever spelling, in both languages."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core.deferred import Deferred
from fintech2021._core.names import DatasetName
from fintech2021._core.naming import names_in, names_of_rows
from fintech2021._evidence.places import places
from fintech2021._explore import terms
from fintech2021._explore.haystack import Haystack, haystack
from fintech2021._explore.units import unit_of
from fintech2021._frames.pandas import text as as_text
from fintech2021._given import plain, shown
from fintech2021._matching.closest import meant
from fintech2021._versions import pins
from fintech2021.errors import ArgumentError, UnknownKeyError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._explore.haystack import Row
else:
    pd = Deferred("pandas")

__all__ = ["Asked", "Found", "find", "found"]


class Found(NamedTuple):
    """Where something was found: a dataset, a column, a label of one, a row, or one cell."""

    dataset: str
    key: str | None
    column: str | None
    value: str | None
    unit: str | None
    period: str | None
    line: int | None
    found_in: str
    matched: str
    score: float


class _Where(NamedTuple):
    """A row, a column, a value of a closed list; nothing of them for a whole dataset."""

    row: Row | None = None
    column: str | None = None
    value: str | None = None


class _Hit(NamedTuple):
    """What was found, before all is looked up that is shown of it."""

    score: float
    found_in: str
    matched: str
    table: Descriptor
    row: Row | None = None
    column: str | None = None
    value: str | None = None


class _Filter(NamedTuple):
    """What the rows have to refer to: a row of another dataset, or a topic."""

    references: str | None
    wanted: str


def find(  # noqa: PLR0913 - Each narrows the search by another thing.
    text: str | None = None,
    *,
    topic: str | None = None,
    region: str | None = None,
    institution: str | None = None,
    dataset: DatasetName | str | None = None,
    limit: int | None = 50,
) -> pd.DataFrame:
    """Return where a text stands, or what there is about a topic, a region or an institution.

    Titles, columns, labels of closed lists and rows are searched, in English and Chinese, and the
    names of institutions, regions and indicators to which rows refer. Case, width, accents and
    punctuation do not matter; simplified and traditional characters are the same. A number is found
    as the table has it, with commas or without, and as the report prints it. Every word of the text
    has to be found: some may stand in the row, others in the title of the column or of the dataset.
    What is found nowhere is replaced with what is near. Pins around the call choose the versions.

    Parameters
    ----------
    text
        What to look for, such as ``"registered capital"``, ``"注册资本"`` or ``"ICBC 2020"``.
    topic
        Keeps the rows about a topic: a member of `Topic`, or its label.
    region
        Keeps the rows about a place: a key of ``regions``, or a name of it.
    institution
        Keeps the rows about an organisation: a key of ``institutions``, or a name of it.
    dataset
        Looks into this dataset only.
    limit
        How many places are returned, the nearest ones; ``None`` for all.

    Returns
    -------
    pandas.DataFrame
        The nearest first: ``dataset``, ``key`` and ``column`` (``key`` is missing for what concerns
        a whole column, ``column`` too for a dataset), ``value`` (a text as the file spells it; of
        tables with a figure per row, the figure of the row), ``unit``, ``period``, ``line`` of the
        source text, ``found_in`` (``dataset``, ``column``, ``label``, ``row`` or ``cell``),
        ``matched`` (the words that were found) and ``score``, 1 for what is equal.

    Raises
    ------
    UnknownKeyError
        When there is no such region or institution; it names the close matches.
    UnknownNameError
        When there is no such topic.
    UnknownDatasetError
        When no dataset has that name.
    ArgumentError
        When there is nothing to look for, or the limit is no number of places.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> capital = ft.find("註冊資本")
    >>> capital["dataset"].tolist()[:2], capital["column"].tolist()[0]
    (['credit_bureaus', 'fintech_subsidiaries'], 'registered_capital_cny')
    >>> spending = ft.find("tech spend 2020", institution="工商银行", dataset="banks", limit=1)
    >>> spending[["key", "column", "value", "line"]].values.tolist()
    [['icbc', 'tech_spend_cny', '23819000000', 1641]]
    """
    asked = Asked(text, topic, region, institution, dataset, limit)
    return _frame(found(asked))


class Asked(NamedTuple):
    """What `find` was asked for."""

    text: object = None
    topic: object = None
    region: object = None
    institution: object = None
    dataset: str | None = None
    limit: object = None


def found(asked: Asked) -> list[Found]:
    """Return what `find` finds, without pandas."""
    given = asked.dataset
    names = pins.datasets() if given is None else [pins.requested(given).name]
    searched = [haystack(pins.requested(name)) for name in names]
    filters = list(_filters(asked))
    words = _words(asked.text, is_enough=bool(filters) or given is not None)
    hits = _hits(searched, words, filters)
    ranked = sorted(hits, key=lambda hit: -hit.score)
    return [_told(hit) for hit in ranked[: _limit(asked.limit)]]


def _words(text: object, *, is_enough: bool) -> tuple[str, ...]:
    """Return the folded words of what is looked for; without any, the rest has to be enough."""
    given = plain(text)
    if given is None and is_enough:
        return ()
    words = terms.words_of(given) if isinstance(given, str) else ()
    if not words:
        raise ArgumentError(
            f"There is nothing to look for in {shown(text)}. Give a word or a number, or one of "
            f"topic=, region=, institution=, dataset=."
        )
    return words


def _limit(limit: object) -> int | None:
    if limit is None or (isinstance(limit, int) and not isinstance(limit, bool) and limit >= 0):
        return limit
    raise ArgumentError(f"limit is {shown(limit)}, expected a number from 0 on, or None for all")


def _filters(asked: Asked) -> Iterator[_Filter]:
    for name, wanted in (("regions", asked.region), ("institutions", asked.institution)):
        if wanted is not None:
            yield _Filter(name, _key_of(name, plain(wanted)))
    if asked.topic is not None:
        yield _Filter(None, _topic(plain(asked.topic)))


def _key_of(dataset: str, wanted: object) -> str:
    """Return the key of a region or an institution, by whichever of its names it was asked for."""
    names = names_of_rows(pins.needed(dataset))
    key = meant(wanted, names, names) if isinstance(wanted, str) else None
    if key is None:
        raise UnknownKeyError(dataset.removesuffix("s"), wanted, names, names=names)
    return key


def _topic(wanted: object) -> str:
    column = _topics(pins.needed("observations"))
    names = names_in(pins.needed("observations"), column) if column else {}
    topic = meant(wanted, names, names) if isinstance(wanted, str) else None
    if topic is None:
        hint = "" if names else "The tables that are pinned have no topics: 2026.3 brought them."
        raise UnknownNameError("topic", wanted, names, hint=hint, names=names)
    return topic


def _topics(descriptor: Descriptor) -> Column | None:
    """Return the column of topics, which older versions lack."""
    return next((each for each in descriptor.columns if each.name == "topics" and each.enum), None)


def _hits(
    searched: Sequence[Haystack], words: tuple[str, ...], filters: Sequence[_Filter]
) -> Iterator[_Hit]:
    if words:
        nearness = terms.nearness(words, searched)
        return chain.from_iterable(_of_words(each, nearness, filters) for each in searched)
    if filters:
        return chain.from_iterable(_of_filters(each, filters) for each in searched)
    columns = ((each.descriptor, name) for each in searched for name in each.columns)
    return (_Hit(1.0, "column", name, table, column=name) for table, name in columns)


def _of_filters(searched: Haystack, filters: Sequence[_Filter]) -> Iterator[_Hit]:
    """Yield the figures of the rows that are asked for; of rows without any, what names them."""
    said = ", ".join(each.wanted for each in filters)
    for row in _kept(searched, filters):
        for column in _telling(searched.descriptor, row):
            yield _Hit(_weight(searched), "row", said, searched.descriptor, row, column)


def _kept(searched: Haystack, filters: Sequence[_Filter]) -> Iterator[Row]:
    places = [_columns_of(searched.descriptor, each) for each in filters]
    for row in searched.rows:
        if all(
            any(each.wanted in row.cells[name].split(";") for name in names)
            for each, names in zip(filters, places, strict=True)
        ):
            yield row


def _columns_of(descriptor: Descriptor, wanted: _Filter) -> list[str]:
    """Return the columns in which rows refer to what is asked for, or are it."""
    if wanted.references is None:
        column = _topics(descriptor)
        return [column.name] if column else []
    own = list(descriptor.primary_key) if descriptor.name == wanted.references else []
    return own + [each.name for each in descriptor.columns if each.references == wanted.references]


def _telling(descriptor: Descriptor, row: Row) -> list[str]:
    """Return the columns of a row that tell something: its figures, or else its name."""
    columns = [column for column in descriptor.columns if row.cells[column.name]]
    one = _figure(descriptor)
    figures = [c.name for c in columns if c.is_number and c.unit not in _NO_FIGURES]
    names = [c.name for c in columns if c.name.startswith(("title_", "name_", "project_"))]
    return [one] if one else figures or names[:1] or [descriptor.primary_key[0]]


_NO_FIGURES = {None, "year", "rank"}


def _figure(descriptor: Descriptor) -> str | None:
    """Return the column of a table that has one figure per row."""
    names = {column.name for column in descriptor.columns}
    return next((name for name in ("value", "count") if name in names), None)


def _weight(searched: Haystack) -> float:
    """Return what a table counts: what is about cells of others, or judges them, comes last."""
    names = set(searched.columns)
    return 0.5 if names & _JUDGING or {"dataset", "column"} <= names else 1


_JUDGING = {"relation", "verdict", "reason", "reason_en"}


class _Scope(NamedTuple):
    """One table with what was found in its title and in those of its columns."""

    table: Haystack
    nearness: terms.Nearness
    title: terms.Match
    columns: Mapping[str, terms.Match]
    is_filtered: bool

    def hit(self, place: str, said: str, parts: Sequence[terms.Match], where: _Where) -> _Hit:
        """Return a hit for all parts, of which the later ones count only as far as needed."""
        score = _COUNTS[place] * self.nearness.score(*parts)
        return _Hit(score, place, said, self.table.descriptor, *where)


_COUNTS = {"dataset": 1.0, "column": 1.0, "cell": 1.0, "row": 0.97, "label": 0.95}
"""What an equal text counts by where it stands."""


def _of_words(
    searched: Haystack, nearness: terms.Nearness, filters: Sequence[_Filter]
) -> Iterator[_Hit]:
    title = nearness.best(searched.titles)
    columns = {name: nearness.best(texts) for name, texts in searched.columns.items()}
    scope = _Scope(searched, nearness, title, columns, bool(filters))
    hits = [] if filters else [*_of_table(scope), *_labels(scope)]
    for row in _kept(searched, filters):
        hits += _of_row(scope, row, nearness.best(row.texts))
    weight = _weight(searched)
    return (hit._replace(score=hit.score * weight) for hit in hits)


def _of_table(scope: _Scope) -> Iterator[_Hit]:
    """Yield the dataset and its columns, where they have all words."""
    if scope.nearness.all_in(scope.title):
        yield scope.hit("dataset", scope.title.said, [scope.title], _Where())
    for name, match in scope.columns.items():
        yield from _of_column(scope, _Where(None, name), match)


def _of_column(scope: _Scope, where: _Where, match: terms.Match) -> Iterator[_Hit]:
    """Yield a column whose title has all words, or else whose description has."""
    nearness = scope.nearness
    if nearness.all_in(match, scope.title):
        yield scope.hit("column", match.said, nearness.needed(match, scope.title), where)
        return
    described = nearness.best((scope.table.descriptions[str(where.column)],))
    if nearness.all_in(described):
        hit = scope.hit("column", described.said, [described], where)
        yield hit._replace(score=_DESCRIBED * hit.score)


_DESCRIBED = 0.6
"""What a description counts, beside a title."""


def _labels(scope: _Scope) -> Iterator[_Hit]:
    """Yield the values of closed lists whose labels have all words."""
    best: dict[tuple[str, str], _Hit] = {}
    for text, value in zip(scope.table.labels, scope.table.values, strict=True):
        match = scope.nearness.best((text,))
        if scope.nearness.all_in(match):
            hit = scope.hit("label", text.said, [match], _Where(None, text.column, value))
            best[text.column, value] = max(best.get((text.column, value), hit), hit, key=_score)
    yield from best.values()


def _score(hit: _Hit) -> float:
    return hit.score


def _of_row(scope: _Scope, row: Row, match: terms.Match) -> list[_Hit]:
    """Return a row that has all words, or else its cells in columns that have the others."""
    nearness, title = scope.nearness, scope.title
    if nearness.all_in(match) and (scope.is_filtered or not match.is_label):
        return [_row_hit(scope, row, match)]
    if cells := list(_cells(scope, row, match)):
        return cells
    if nearness.all_in(title):
        # All rows of the table have the words: those that are asked for tell their figures.
        names = _telling(scope.table.descriptor, row) if scope.is_filtered else ()
        return [scope.hit("row", title.said, [title], _Where(row, name)) for name in names]
    return [_row_hit(scope, row, match, title)] if nearness.all_in(match, title) else []


def _row_hit(scope: _Scope, row: Row, match: terms.Match, *more: terms.Match) -> _Hit:
    column = _figure(scope.table.descriptor) or match.column
    return scope.hit("row", match.said, [match, *more], _Where(row, column))


def _cells(scope: _Scope, row: Row, match: terms.Match) -> Iterator[_Hit]:
    nearness, title = scope.nearness, scope.title
    if not match.terms and not scope.is_filtered:
        return
    for name, about in scope.columns.items():
        more = about.terms - match.terms
        if more and row.cells[name] and nearness.all_in(about, match, title):
            said = " · ".join(filter(None, (match.said, about.said)))
            needed = nearness.needed(about, match, title)
            yield scope.hit("cell", said, needed, _Where(row, name))


def _told(hit: _Hit) -> Found:
    """Return all that is shown of a hit."""
    table, row, column = hit.table, hit.row, hit.column
    about = table.column(column) if column else None
    value = row.cells[str(column)] if row else hit.value
    return Found(
        table.name,
        row.key if row else None,
        column,
        value,
        _unit(about, row),
        _period(row),
        _line(table, row, column),
        hit.found_in,
        hit.matched,
        round(hit.score, 3),
    )


def _unit(column: Column | None, row: Row | None) -> str | None:
    return unit_of(column, row.cells if row else {}) if column else None


_PERIODS = (
    *("period", "assumed_period", "fiscal_year", "year", "date", "event_period", "issued_on"),
    *("announced_on", "founded_month"),
)


def _period(row: Row | None) -> str | None:
    cells = row.cells if row else {}
    return next((cells[name] for name in _PERIODS if cells.get(name)), None)


def _line(table: Descriptor, row: Row | None, column: str | None) -> int | None:
    stands = places(table).get((row.key, str(column)), ()) if row else ()
    return stands[0].line if stands else None


def _frame(rows: Sequence[Found]) -> pd.DataFrame:
    import pandas as pd

    columns = {name: [getattr(row, name) for row in rows] for name in Found._fields}
    return pd.DataFrame({name: _column(name, values) for name, values in columns.items()})


def _column(name: str, values: list[Any]) -> pd.Series[Any]:
    import pandas as pd

    dtype: Any = {"line": "Int64", "score": "float64"}.get(name)
    return as_text(values) if dtype is None else pd.Series(values, dtype=dtype)
