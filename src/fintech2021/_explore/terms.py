"""The words of a search: which of them stand in a text, and what is near to those in none."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from fintech2021._explore.haystack import Haystack, Text, texts
from fintech2021._matching.closest import likeness
from fintech2021._matching.folding import folded, is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Match", "Nearness", "nearness", "words_of"]

_MOST_WORDS = 12
_LONGEST = 200


class Match(NamedTuple):
    """Which words stand in texts that belong together, and the few texts that have them."""

    terms: frozenset[str] = frozenset()
    said: str = ""
    column: str = ""
    """Of the text that has most of them; of the number, where one is among them."""
    length: int = 0
    is_label: bool = False
    """Whether they stand in labels only."""


class Nearness(NamedTuple):
    """The words that are looked for, and how near they are to what was asked for."""

    terms: tuple[str, ...]
    factor: float

    def best(self, among: Iterable[Text]) -> Match:
        """Return which words stand in texts, and the shortest few that have them."""
        having = [
            (has, text)
            for text in among
            if (has := frozenset(term for term in self.terms if text.has(term)))
        ]
        return _match(list(_cover(having))) if having else Match()

    def all_in(self, match: Match, *others: Match) -> bool:
        """Tell whether a text has a word, and with others all of them."""
        rest = frozenset[str]().union(*(other.terms for other in others))
        return bool(match.terms) and match.terms | rest >= set(self.terms)

    def needed(self, *matches: Match) -> list[Match]:
        """Return texts that have all words together, the last of them only if it is needed."""
        *first, _ = matches
        return first if self.all_in(*first) else list(matches)

    def score(self, *matches: Match) -> float:
        """Return how much of the texts that are needed was asked for."""
        needed = [each for each in matches if each.terms]
        asked = sum(map(len, self.terms)) + len(self.terms) - 1
        share = min(1.0, asked / max(1, sum(each.length for each in needed)))
        return self.factor * (0.5 + 0.5 * share) * 0.95 ** (len(needed) - 1)


def _cover(having: list[tuple[frozenset[str], Text]]) -> Iterator[tuple[frozenset[str], Text]]:
    """Yield few texts that have all words that any has: of those with most words the shortest."""
    open_terms = frozenset[str]().union(*(has for has, _ in having))
    while open_terms:
        has, text = max(having, key=lambda each: (len(each[0] & open_terms), -len(each[1].folded)))
        yield has & open_terms, text
        open_terms -= has


def _match(cover: Sequence[tuple[frozenset[str], Text]]) -> Match:
    chosen = [text for _, text in cover]
    return Match(
        frozenset[str]().union(*(has for has, _ in cover)),
        " · ".join(text.said for text in chosen),
        next((text.column for text in chosen if text.is_whole), chosen[0].column),
        sum(len(text.folded) for text in chosen) + len(chosen) - 1,
        all(text.is_label for text in chosen),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that are looked for, each once.

    >>> words_of("Registered_Capital, registered")
    ('registered', 'capital')
    """
    return tuple(dict.fromkeys(folded(text[:_LONGEST]).split()))[:_MOST_WORDS]


def nearness(words: tuple[str, ...], searched: Sequence[Haystack]) -> Nearness:
    """Return the words that can be found; a word that stands nowhere gives way to what is near."""
    every = list({text.folded: text for text in texts(searched)}.values())
    factor, terms = 1.0, list[str]()
    for word in _joined(words, every):
        near, others = _near(word, every)
        factor *= near
        terms += others
    return Nearness(tuple(dict.fromkeys(terms)), factor)


def _joined(words: tuple[str, ...], every: Sequence[Text]) -> Iterator[str]:
    """Yield the words, and two as one where a text is both without the space: ``Shen Zhen``."""
    whole = {text.folded for text in every}
    rest = list(words)
    while rest:
        word, *rest = rest
        if rest and word + rest[0] in whole and not _beside(word, rest[0], every):
            word += rest.pop(0)
        yield word


def _beside(first: str, second: str, every: Sequence[Text]) -> bool:
    if first.isdecimal() and second.isdecimal():  # Two numbers: 1 and 5 are not 15.
        return True
    both = f" {first} {second} "
    return any(both in f" {text.folded} " for text in every)


def _near(word: str, every: Sequence[Text]) -> tuple[float, tuple[str, ...]]:
    if any(text.has(word) for text in every):
        return 1.0, (word,)
    whole = {text.folded for text in every}
    parts = _parts(word, every, whole)
    is_known = any(part in whole for part in parts)
    near = None if is_known else _apart(word, every) or _nearest(word, every)
    if near is not None:
        return near
    return (0.95, parts) if parts else (1.0, (word,))


def _parts(word: str, every: Sequence[Text], whole: set[str]) -> tuple[str, ...]:
    """Return the two words of which a Chinese one is made, names first: no space parts them."""
    if not is_chinese(word):
        return ()
    splits = [(word[:end], word[end:]) for end in range(2, len(word) - 1)]
    known = [
        parts for parts in splits if all(any(text.has(part) for text in every) for part in parts)
    ]
    return max(known, key=lambda parts: sum(part in whole for part in parts), default=())


def _apart(word: str, every: Sequence[Text]) -> tuple[float, tuple[str, ...]] | None:
    """Return the words that a text writes with a space, where one was asked for without."""
    near = (text.folded.split() for text in every if word in text.folded.replace(" ", ""))
    found = (part for words in near for part in _parts_of(word, words))
    return next(((0.98, part) for part in found), None)


def _parts_of(word: str, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield words that stand side by side and together are one."""
    spans = combinations(range(len(words) + 1), 2)
    yield from (tuple(words[i:j]) for i, j in spans if "".join(words[i:j]) == word)


_LEAST = 0.7
_FARTHEST = 2
"""How many letters a word that is near may have more or less."""


def _nearest(word: str, every: Sequence[Text]) -> tuple[float, tuple[str, ...]] | None:
    """Return the word that is nearest, if one is near."""
    if word.replace(".", "").isdecimal():  # Another number is not near: it is another.
        return None
    # Chinese words are not parted: a short text is taken for one.
    split = {each for text in every if not text.is_whole for each in text.folded.split()}
    near = {each for each in split if abs(len(each) - len(word)) <= _FARTHEST}
    scored = ((likeness(word, each), each) for each in near)
    score, best = max(scored, default=(0.0, ""))
    return (0.8 * score, (best,)) if score >= _LEAST else None
