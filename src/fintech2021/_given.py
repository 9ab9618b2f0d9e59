"""What callers give: a text taken as it is, and anything at all shown in a message.

The door of every public function: an argument may be of a class whose ``==``, ``str`` or ``repr``
does what it likes, so that it is asked first whether it is a text, and only then compared.
"""

from __future__ import annotations

from typing import TypeGuard, TypeVar

__all__ = ["is_count", "plain", "shown", "spelled"]

_Given = TypeVar("_Given")

_LONGEST = 200
"""How many characters of something that was given a message shows."""


def is_count(given: object) -> TypeGuard[int]:
    """Tell whether it is a whole number that is not negative; a truth value is none."""
    return isinstance(given, int) and not isinstance(given, bool) and given >= 0


def plain(given: _Given) -> _Given | str:
    """Return a text as an exact `str`, and anything else as it is.

    >>> class Loud(str):
    ...     def __eq__(self, other): raise RuntimeError
    ...     __hash__ = str.__hash__
    >>> plain(Loud("banks")) == "banks"
    True
    """
    # Not `isinstance`: it asks the object for its class, and the answer is the object's.
    if not issubclass(type(given), str):
        return given
    return str.__str__(given)  # pyright: ignore[reportArgumentType] # The check above.


def shown(given: object) -> str:
    """Return what a message says of something that was given: short, whatever it is.

    >>> shown("banks"), shown(10**5000), len(shown("x" * 10**6))
    ("'banks'", 'an integer of 16610 bits', 220)
    """
    text = plain(given)
    if isinstance(text, str):
        cut, length = text[:_LONGEST], len(text)
        return repr(cut) if length <= _LONGEST else f"{cut!r}… ({length} in all)"
    try:
        spelled = plain(repr(given))
    except Exception:  # noqa: BLE001 - It is somebody else's `repr`.
        return _of_a_kind(given)
    cut = spelled if len(spelled) <= _LONGEST else f"{spelled[:_LONGEST]}…"
    return cut if cut.isprintable() else repr(cut)[1:-1]  # No line ends, nothing for terminals.


def _of_a_kind(given: object) -> str:
    """Return what can be said of something that cannot be spelled."""
    if issubclass(type(given), int):
        return f"an integer of {int.bit_length(given)} bits"  # type: ignore[arg-type] # The check above.
    return f"an object of the class {type(given).__name__}"


def spelled(part: object) -> str:
    """Return a part of a key as a text; what cannot be spelled is the key of nothing.

    >>> spelled("icbc"), spelled(2020)
    ('icbc', '2020')
    """
    text = plain(part)
    if isinstance(text, str):
        return text
    try:
        return plain(str(part))
    except Exception:  # noqa: BLE001 - It is somebody else's `str`.
        return shown(part)
