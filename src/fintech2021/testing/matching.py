"""Whether a frame of any kind is a published table, and where it is another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._contracts import engines
from fintech2021._core.cells import Unreadable, is_absent, read_cell
from fintech2021._core.names import DatasetName
from fintech2021._core.rows import key_text
from fintech2021._frames.engines import plain_values, texts
from fintech2021._given import shown
from fintech2021._versions import pins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fintech2021._core.descriptor import Descriptor

__all__ = ["assert_matches"]

_MOST_LINES = 20
_MOST_CHARACTERS = 60


class _Other(NamedTuple):
    """A cell that stands for no value of its column's type: it equals no published one."""

    cell: str


def assert_matches(frame: Any, name: DatasetName | str, version: str | None = None) -> None:
    """Fail unless a frame is the published table, but for order and representation.

    The order of rows and columns does not count, nor how cells are represented: an integer as a
    float or a text, a day as a time stamp, a list as a list, a missing cell as an empty text.

    Parameters
    ----------
    frame
        A frame of any engine that `fintech2021.validate` takes.
    name
        One of `fintech2021.catalog`'s names.
    version
        A published version or a specifier; by default the one of the newest edition.

    Raises
    ------
    AssertionError
        Where the frame differs: it names columns, rows by their keys, and cells, in at most twenty
        lines.
    TypeError
        When what was given is no frame.
    UnknownDatasetError
        When no dataset has that name.
    UnknownVersionError
        When no published version answers the request.
    MissingDependencyError
        When the engine needs a library that is not installed.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> from fintech2021.testing import assert_matches
    >>> banks = ft.load_banks()
    >>> assert_matches(banks.astype(str).replace({"nan": "", "<NA>": ""})[::-1], "banks")
    >>> banks.loc[0, "tech_staff"] = 1
    >>> assert_matches(banks, "banks", version="1.0.1")
    Traceback (most recent call last):
        ...
    AssertionError: The frame is not banks 1.0.1: 1 cell differs.
      abc, tech_staff: found 1, published 8056
    """
    __tracebackhide__ = True  # pytest then shows the line of the test.
    descriptor = pins.requested(name, version)
    lines = list(_differences(_cells(frame, descriptor), descriptor))
    if lines:
        raise AssertionError(_told(lines, descriptor))


class _Line(NamedTuple):
    """One difference, and what it is counted as."""

    what: str
    said: str


def _told(lines: Sequence[_Line], descriptor: Descriptor) -> str:
    """Return the message: what differs how often, and the first differences."""
    counts = Counter(line.what for line in lines)
    listed = ", ".join(f"{count} {what}{'s' * (count > 1)}" for what, count in counts.items())
    verb = "differs" if len(lines) == 1 else "differ"
    head = f"The frame is not {descriptor.name} {descriptor.version}: {listed} {verb}."
    room = _MOST_LINES - 1
    shown_lines = lines if len(lines) <= room else lines[: room - 1]
    more = len(lines) - len(shown_lines)
    rest = [f"  … and {more} more"] if more else []
    return "\n".join([head, *(f"  {line.said}" for line in shown_lines), *rest])


def _differences(cells: Mapping[str, list[Any]], descriptor: Descriptor) -> Iterator[_Line]:
    names = [column.name for column in descriptor.columns]
    for name in names:
        if name not in cells:
            yield _Line("column", f"the column {name} is missing")
    for name in cells:
        if name not in names:
            yield _Line("column", f"the column {_short(name)} is not published")
    common = [name for name in names if name in cells]
    if set(descriptor.primary_key) <= set(common):
        yield from _of_rows(cells, descriptor, common)


def _of_rows(
    cells: Mapping[str, list[Any]], descriptor: Descriptor, names: list[str]
) -> Iterator[_Line]:
    """Yield rows that only one table has, and the cells of the others that differ."""
    published = {c.name: plain_values(c, spelled) for c, spelled in texts(descriptor)}
    kinds = {column.name: column.type for column in descriptor.columns}
    read = {name: [_read(cell, kinds[name]) for cell in cells[name]] for name in names}
    expected = dict(zip(_keys(published, descriptor), _rows(published, names), strict=True))
    found: dict[str, tuple[Any, ...]] = {}
    others = []
    for key, row in zip(_keys(read, descriptor), _rows(read, names), strict=True):
        if key not in expected:
            others.append(_Line("row", f"the row {_short(key)} is not published"))
        elif key in found:
            others.append(_Line("row", f"the row {_short(key)} is there again"))
        else:
            found[key] = row
    yield from (_Line("row", f"the row {_short(k)} is missing") for k in expected if k not in found)
    yield from others
    for key, row in expected.items():
        for name, right, cell in zip(names, row, found.get(key, row), strict=True):
            if cell != right:
                said = f"found {_said(cell)}, published {_said(right)}"
                yield _Line("cell", f"{_short(key)}, {name}: {said}")


def _keys(cells: Mapping[str, list[Any]], descriptor: Descriptor) -> Iterator[str]:
    """Yield the key of each row."""
    parts = (cells[name] for name in descriptor.primary_key)
    return (key_text(tuple(map(_part, key))) for key in zip(*parts, strict=True))


def _part(cell: Any) -> str:
    if isinstance(cell, _Other):
        return cell.cell
    return "" if cell is None else str(cell)


def _rows(cells: Mapping[str, list[Any]], names: list[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(cells[name] for name in names), strict=True)


def _read(cell: Any, kind: str) -> Any:
    """Return the value that a cell stands for, however it is represented."""
    if kind == "list" and not isinstance(cell, str) and hasattr(cell, "__iter__"):
        cell = ";".join(map(str, cell))
    if is_absent(cell) or (isinstance(cell, str) and not cell):
        return None
    try:
        return read_cell(cell, kind)
    except Unreadable:
        return _Other(shown(cell))


def _said(cell: Any) -> str:
    if isinstance(cell, _Other):
        return _short(cell.cell)
    if cell is None:
        return "nothing"
    return _short(repr(cell) if isinstance(cell, str) else str(cell))


def _short(text: str) -> str:
    cut = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)


def _cells(frame: Any, descriptor: Descriptor) -> dict[str, list[Any]]:
    """Return the cells of a frame of any engine by column."""
    __tracebackhide__ = True
    with engines.guarded(descriptor.name):
        engine = engines.engine_of(frame)
        held = None if engine is None else engines.held(frame, engine)
        names = [] if engine is None or held is None else engines.names_of(held, engine)
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if engine is not None and held is not None and not twice:
            return engines.cells(held, engine)
    if twice:
        lines = [_Line("column", f"the column {_short(name)} is there twice") for name in twice]
        raise AssertionError(_told(lines, descriptor))
    raise TypeError(f"What was given for {descriptor.name} is no frame: {shown(frame)}")
