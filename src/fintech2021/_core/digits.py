"""Digits of a number as people write them."""

from __future__ import annotations

__all__ = ["without_zeros"]


def without_zeros(number: str) -> str:
    """Return a number without the zeros at the end of its decimals.

    >>> without_zeros("2.70"), without_zeros("3.00"), without_zeros("120")
    ('2.7', '3', '120')
    """
    return number.rstrip("0").rstrip(".") if "." in number else number
