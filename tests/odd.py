"""Arguments that nobody means, and texts that are of another class."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["ODD", "Rude", "RudeText"]


class Rude:
    """What answers nothing that it is asked."""

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("rude")

    __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __index__ = __fspath__ = _refuse
    __str__ = __repr__ = __format__ = _refuse


class RudeText(str):
    """A text whose characters are right and whose methods are not."""

    __slots__ = ()

    def _refuse(self, *_: object) -> Any:
        raise RuntimeError("rude")

    __eq__ = __ne__ = __str__ = __repr__ = __format__ = __len__ = __getitem__ = _refuse
    __hash__ = str.__hash__
    strip = split = encode = startswith = _refuse  # type: ignore[assignment] # On purpose.


IN_ITSELF: list[Any] = []
IN_ITSELF.append(IN_ITSELF)

ODD: dict[str, Any] = {
    "an array": np.array(["banks", "regions"]),
    "a series": pd.Series(["banks", "regions"]),
    "a frame": pd.DataFrame({"a": [1]}),
    "missing": pd.NA,
    "no time": pd.NaT,
    "no number": float("nan"),
    "a signalling one": Decimal("sNaN"),
    "a rude object": Rude(),
    "a long number": 10**5000,
    "a long text": "x" * 10**6,
    "long digits": "1" * 5000,
    "many specifiers": ",".join(["~=1.0"] * 4000),
    "bytes": b"banks",
    "a class": int,
    "a list in itself": IN_ITSELF,
    "a surrogate": "\ud800",
    "an escape": "\x1b[31mred",
    "a NUL": "banks\0",
    "a path": "../banks",
    "white space": " banks ",
    "a number": 7,
    "a flag": True,
    "a day": date(2020, 1, 1),
    "a set": {"banks"},
    "a dictionary": {"banks": object()},
    "a function": len,
}
