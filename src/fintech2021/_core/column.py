"""A column of a dataset version: what it says of itself, spelled in a resource and for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from fintech2021._core.card import Card, aligned, as_html, brief
from fintech2021._core.words import word
from fintech2021._given import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Column", "FrozenDict", "entry", "said", "wrapped"]

_WIDTH = 100
_LONGEST_REPR, _A_FEW = 1_000, 5


class FrozenDict(Mapping[str, Any]):
    """A mapping that nobody can change, and that can be copied and pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[tuple[str, Any]] = ()) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        whole = repr(self._items)
        if len(whole) <= _LONGEST_REPR:
            return whole
        first = dict(list(self._items.items())[:_A_FEW])
        return f"{repr(first)[:_LONGEST_REPR]}… {len(self)} in all"

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))


class Column(NamedTuple):
    """One column of a dataset version.

    Attributes
    ----------
    name : str
        The name in the CSV file, in frames and in records.
    type : str
        ``string``, ``integer``, ``number``, ``boolean``, ``date``, ``yearmonth`` or ``list``.
    title_en : str
        A short English title.
    title_zh : str
        A short Chinese title.
    description : str
        What a cell says, in English.
    origin : str
        ``printed``, ``public``, ``editorial`` or ``derived``; ``by_row`` where the column
        ``evidence`` says for each row whether the report prints it or pages do.
    description_zh : str or None
        What a cell says, in Chinese.
    unit : str or None
        The unit of the numbers, ``CNY`` or ``percent`` for instance.
    references : str or None
        The dataset whose keys the cells are.
    referenced_key : str or None
        The column of that dataset in which they stand; a list has none.
    required : bool
        Whether no cell is empty.
    unique : bool
        Whether no two cells are equal.
    minimum : float or None
        The least number that is admitted.
    maximum : float or None
        The greatest number that is admitted.
    pattern : str or None
        A regular expression that each cell matches, or each item of a list.
    enum : tuple[str, ...]
        The values of a closed list.
    labels : Mapping[str, str]
        The Chinese label of each of them.
    labels_en : Mapping[str, str]
        The English label of each of them.
    printed_as : Mapping[str, tuple[str, ...]]
        The characters with which the report says a value, by the value.
    derivation : Mapping[str, object]
        How a derived column follows from others: ``rule``, and what the rule takes.
    missing : str or None
        Why a cell can be empty, in English.
    missing_zh : str or None
        The same in Chinese.

    Examples
    --------
    >>> import fintech2021 as ft
    >>> spending = ft.info("banks").column("tech_spend_cny")
    >>> spending.type, spending.unit, spending.origin, spending.missing
    ('integer', 'CNY', 'printed', 'printed as "-"')
    """

    name: str
    type: str
    title_en: str
    title_zh: str
    description: str
    origin: str
    description_zh: str | None = None
    unit: str | None = None
    references: str | None = None
    referenced_key: str | None = None
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    labels: Mapping[str, str] = FrozenDict()
    labels_en: Mapping[str, str] = FrozenDict()
    printed_as: Mapping[str, tuple[str, ...]] = FrozenDict()
    derivation: Mapping[str, Any] = FrozenDict()
    missing: str | None = None
    missing_zh: str | None = None

    def __repr__(self) -> str:
        kind = ", ".join(filter(None, (self.type, self.unit, self.origin)))
        return brief(f"Column {self.name}", f"{self.title_en} ({self.title_zh})", kind)

    def __str__(self) -> str:
        return "\n".join(entry(self))

    def _repr_html_(self) -> str:
        return as_html(self._card())

    def _card(self, language: str = "en") -> Card:
        head, *rest = entry(self, language)
        return Card(head, tuple(line.strip() for line in rest), language=language)

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers."""
        return self.type in {"integer", "number"}

    @property
    def is_list(self) -> bool:
        """Whether the cells are lists."""
        return self.type == "list"

    @classmethod
    def from_resource(cls, field: Mapping[str, Any], keys: Mapping[str, str]) -> Column:
        """Return the column that a field of a resource spells.

        Parameters
        ----------
        field
            The field, as the schema of the resource has it.
        keys
            The column of another dataset to which each column refers, by its name.

        Returns
        -------
        Column
            The same that `to_resource` spells.

        Raises
        ------
        ValueError
            When it is no such field.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> staff = ft.info("banks").column("tech_staff")
        >>> ft.Column.from_resource(staff.to_resource(), {}) == staff
        True
        """
        try:
            return cls._spelled_by(field, keys)
        except Exception as cause:
            raise ValueError(f"{shown(field)} spells no column: {shown(cause)}") from cause

    @classmethod
    def _spelled_by(cls, field: Mapping[str, Any], keys: Mapping[str, str]) -> Column:
        limits = field["constraints"]
        spelled = field if field["type"] == "list" else limits
        item = "item_" if field["type"] == "list" else ""
        categories, empty = field.get("categories", ()), field.get("missingValues", ())
        return cls(
            name=field["name"],
            type=field["type"],
            title_en=field["title"],
            title_zh=field["title_zh"],
            description=field["description"],
            description_zh=field.get("description_zh"),
            origin=field["origin"],
            unit=field.get("unit"),
            references=field.get("references"),
            referenced_key=keys.get(field["name"]),
            required=limits.get("required", False),
            unique=limits.get("unique", False),
            minimum=limits.get("minimum"),
            maximum=limits.get("maximum"),
            pattern=spelled.get(f"{item}pattern"),
            enum=tuple(spelled.get(f"{item}enum", ())),
            labels=FrozenDict((c["value"], c.get("label_zh", c["label"])) for c in categories),
            labels_en=FrozenDict((c["value"], c["label"]) for c in categories if "label_zh" in c),
            printed_as=FrozenDict((v, tuple(w)) for v, w in field.get("printed_as", {}).items()),
            derivation=FrozenDict(field.get("derivation", {}).items()),
            missing=next((label["label"] for label in empty), None),
            missing_zh=next((label.get("label_zh") for label in empty), None),
        )

    def to_resource(self) -> dict[str, Any]:
        """Return the field of a resource that spells this column.

        Returns
        -------
        dict[str, object]
            A field of a Table Schema, to be written as JSON.

        Examples
        --------
        >>> import fintech2021 as ft
        >>> ft.info("banks").column("fiscal_year").to_resource()["constraints"]
        {'required': True, 'minimum': 1900, 'maximum': 2100}
        """
        item = "item_" if self.is_list else ""
        spelled = {f"{item}pattern": self.pattern, f"{item}enum": list(self.enum) or None}
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        limits = {"required": self.required or None, **bounds, **({} if item else spelled)}
        return said(
            {
                "name": self.name,
                "type": self.type,
                "title": self.title_en,
                "title_zh": self.title_zh,
                "description": self.description,
                "description_zh": self.description_zh,
                "origin": self.origin,
                "delimiter": ";" if self.is_list else None,
                "itemType": "string" if self.is_list else None,
                "unit": self.unit,
                "references": self.references,
                **(spelled if item else {}),
                "constraints": said({**limits, "unique": self.unique or None}),
                "categories": list(self._categories()) or None,
                "printed_as": {v: list(words) for v, words in self.printed_as.items()} or None,
                "derivation": dict(self.derivation) or None,
                "missingValues": self._empty(),
            }
        )

    def _categories(self) -> Iterator[dict[str, str]]:
        """Yield the labels: of versions before 2026.3 there is only the Chinese one."""
        for value, zh in self.labels.items():
            if value in self.labels_en:
                yield {"value": value, "label": self.labels_en[value], "label_zh": zh}
            else:
                yield {"value": value, "label": zh}

    def _empty(self) -> list[dict[str, Any]] | None:
        if self.missing is None:
            return None
        return [said({"value": "", "label": self.missing, "label_zh": self.missing_zh})]


def entry(column: Column, language: str = "en") -> Iterator[str]:
    """Yield the lines about one column."""
    zh = language == "zh"
    both = (column.title_zh, column.title_en) if zh else (column.title_en, column.title_zh)
    yield f"{column.name}  {both[0]} ({both[1]})"
    yield f"    {('，' if zh else ', ').join(_kind(column, language))}"
    meaning = (column.description_zh if zh else None) or column.description
    yield from wrapped(meaning, "    ")
    for name, text in _more(column, language):
        yield from wrapped(f"{word(name, language)}{'：' if zh else ': '}{text}", "    ", "  ")
    labelled = [list(each) for each in _values(column, language)]
    yield from (f"      {line}" for line in aligned(labelled))


def _kind(column: Column, language: str) -> Iterator[str]:
    yield word(column.type, language)
    if column.unit:
        yield column.unit
    yield word(column.origin, language)
    if column.required:
        yield word("never empty", language)
    if column.unique:
        yield word("unique", language)


def _more(column: Column, language: str) -> Iterator[tuple[str, str]]:
    if column.references:
        yield "refers to", ".".join(filter(None, (column.references, column.referenced_key)))
    for name, bound in (("at least", column.minimum), ("at most", column.maximum)):
        if bound is not None:
            yield name, f"{bound:g}" if isinstance(bound, float) else str(bound)
    if not column.required:
        reason = (column.missing_zh if language == "zh" else None) or column.missing
        yield "can be empty", reason or "…"
    if column.derivation:
        yield "derived by", str(column.derivation.get("rule", ""))


def _values(column: Column, language: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the values of a closed list with their labels, and how the report says them."""
    for value in column.enum:
        en, zh = column.labels_en.get(value, ""), column.labels.get(value, "")
        words = ", ".join(column.printed_as.get(value, ()))
        printed = f"{word('printed as', language)} {words}" if words else ""
        yield (value, zh, en, printed) if language == "zh" else (value, en, zh, printed)


def wrapped(text: str, indent: str, hanging: str = "") -> list[str]:
    """Return a text in lines that are not too long; Chinese is not broken, for it has no spaces."""
    from textwrap import wrap

    return wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def said(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the members that say nothing."""
    return {name: value for name, value in document.items() if value is not None}


Column.__module__ = "fintech2021"  # A named tuple refuses it in its body.
