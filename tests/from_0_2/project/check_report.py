"""The tests of the project, which ran with `pytest -p fintech2021.testing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import fintech2021 as ft

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_session_reads_what_is_locked(fintech2021_load: Callable[..., Any]) -> None:
    assert fintech2021_load("observations").shape == (353, 14)
    assert ft.info("observations").version == "2.0.0"
