"""What holds of every page of the site, as seen by somebody who opens it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.site.browser import PHONE

from browsing import SLOWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from browsing import Visit

pytestmark = pytest.mark.browser

HEAVIEST = 300_000


def test_no_page_asks_another_server(visits: Mapping[str, Visit]) -> None:
    assert {page: visit.foreign for page, visit in visits.items() if visit.foreign} == {}


def test_no_page_has_an_error_in_the_console(visits: Mapping[str, Visit]) -> None:
    assert {page: visit.faults for page, visit in visits.items() if visit.faults} == {}


def test_no_page_scrolls_sideways_on_a_phone(visits: Mapping[str, Visit]) -> None:
    wide = {page: visit.widest for page, visit in visits.items()}
    assert {page: width for page, width in wide.items() if width > PHONE["width"]} == {}


def test_every_page_shows_something_within_a_second(
    visits: Mapping[str, Visit], record_property: Callable[[str, object], None]
) -> None:
    painted = {page: visit.painted for page, visit in visits.items()}
    slowest = max(painted, key=painted.__getitem__)
    said = f"slowest of {len(visits)} pages to show something: {slowest}"
    record_property("summary", f"{said}, {painted[slowest]:.0f} ms")
    assert {page: took for page, took in painted.items() if took > SLOWEST} == {}


def test_no_page_weighs_much_without_its_pictures(
    visits: Mapping[str, Visit], record_property: Callable[[str, object], None]
) -> None:
    weights = {page: visit.weight for page, visit in visits.items()}
    heaviest = sorted(weights, key=weights.__getitem__)[-5:]
    record_property("summary", f"heaviest: {[f'{page} {weights[page]:,}' for page in heaviest]}")
    heavy = {page: weight for page, weight in weights.items() if weight > HEAVIEST}
    assert heavy == {}
