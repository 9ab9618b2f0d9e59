"""What the rules of derived columns give."""

from __future__ import annotations

import pytest
from tools.freezing.derive import difference


@pytest.mark.parametrize(
    ("text", "less", "expected"),
    [
        ("46.13", "45.47", "0.66"),
        ("7000000000", "6926000000", "74000000"),
        ("2.70", "2.70", "0.00"),
        ("2020-03-24", "2020-03-25", "-1"),
        ("2020-07-30", "2020-07", ""),
        ("渣打银行", "HKT", ""),
        ("", "1", ""),
    ],
)
def test_a_difference_is_of_two_numbers_or_of_two_days(text: str, less: str, expected: str) -> None:
    assert difference(text, less) == expected
