"""The plugin that pytest loads by itself: a fixture per dataset, and what the tests are pinned to.

pytest loads it in every project whose environment has this package, so that importing it costs
next to nothing: pytest alone is imported here, everything else where a test asks for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from fintech2021._pytest.fixtures import LoadFixture, RecordsFixture

__all__ = [
    "fintech2021_load",
    "fintech2021_records",
    "pytest_addoption",
    "pytest_configure",
    "pytest_report_header",
    "pytest_runtest_setup",
    "pytest_runtest_teardown",
]

_MARK = "fintech2021"
_VARIABLE = "FINTECH2021_LOCK"
_LOCKED = pytest.StashKey[str]()
_UNDO = pytest.StashKey[list["Callable[[], None]"]]()
_MOST_NAMES = 6


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the lock file."""
    group = parser.getgroup("fintech2021")
    group.addoption("--fintech2021-lock", metavar="PATH", help="use the data of this lock file")


def pytest_configure(config: pytest.Config) -> None:
    """Pin the session, its threads and its child processes, or stop it when the data differ."""
    config.addinivalue_line(
        "markers",
        f"{_MARK}(pins, **datasets): what the test sees of the datasets: an edition, a lock file, "
        'or versions, as in banks="~=1.0"; in its threads and child processes too',
    )
    named = config.getoption("--fintech2021-lock")
    if named or _may_name_a_lock(config.rootpath):
        _lock(config, named)


def _may_name_a_lock(folder: Path) -> bool:
    """Tell whether a project file speaks of this library: reading it well takes imports."""
    return any(map(_speaks_of_us, (folder, *folder.parents)))


def _speaks_of_us(folder: Path) -> bool:
    try:
        return b"fintech2021" in (folder / "pyproject.toml").read_bytes()
    except OSError:
        return False


def _lock(config: pytest.Config, named: str | None) -> None:
    """Pin the session to the lock file that the option or the project names."""
    from pathlib import Path

    from fintech2021._versions import pins
    from fintech2021._versions.project import lock_path
    from fintech2021.errors import Fintech2021Error

    try:
        path = Path(named) if named else lock_path(config.rootpath)
        if path is not None:
            config.add_cleanup(pins.using(path))
            config.stash[_LOCKED] = f"locked by {path.name}"
    except Fintech2021Error as error:
        raise pytest.UsageError(str(error)) from error


def pytest_report_header(config: pytest.Config) -> str:
    """Say what the tests are pinned to: the lock, its edition, and what is not locked."""
    by_variable = os.environ.get(_VARIABLE)
    locked = config.stash.get(_LOCKED, by_variable and f"pinned by {_VARIABLE}={by_variable}")
    if not locked:
        return "fintech2021: nothing is pinned; tests see the newest edition that is installed"
    from fintech2021._core import catalog
    from fintech2021._versions import pins
    from fintech2021.errors import Fintech2021Error

    try:
        others = [name for name in catalog.datasets() if name not in pins.datasets()]
        edition = pins.edition()
    except Fintech2021Error as error:
        return f"fintech2021: {error}"
    rest = f"not locked: {_few(others)}" if others else "every dataset is locked"
    return f"fintech2021: {locked}, {f'edition {edition}' if edition else 'no edition'}; {rest}"


def _few(names: Sequence[str]) -> str:
    """Return names as a text, the first of them if they are many."""
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Pin what the test sees, before its fixtures are made; the closest mark wins."""
    for mark in reversed(list(item.iter_markers(_MARK))):
        _pin(item, mark)


def _pin(item: pytest.Item, mark: pytest.Mark) -> None:
    from fintech2021._versions import pins
    from fintech2021.errors import Fintech2021Error

    given, *others = mark.args or (None,)
    if others or not (mark.args or mark.kwargs):
        pytest.fail(
            f"pytest.mark.{_MARK} takes an edition or a lock file, or versions by the names of "
            f'the datasets, such as banks="1.0.0"; found {mark.args!r}',
            pytrace=False,
        )
    try:
        undo = pins.using(_placed(given, item.config), mark.kwargs, by=f"pytest.mark.{_MARK}")
    except Fintech2021Error as error:
        pytest.fail(f"pytest.mark.{_MARK}: {error}", pytrace=False)
    item.stash.setdefault(_UNDO, []).append(undo)


def _placed(given: Any, config: pytest.Config) -> Any:
    """Return the path of a lock file from the root of the project on, anything else as it is."""
    is_file = isinstance(given, str) and (config.rootpath / given).is_file()
    return config.rootpath / given if is_file else given


@pytest.hookimpl(hookwrapper=True)  # Also on versions of pytest that know no newer wrappers.
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Bring back what was pinned before the test, after its fixtures are gone."""
    yield
    undo = item.stash.get(_UNDO, None) or []
    while undo:
        undo.pop()()


@pytest.fixture
def fintech2021_load() -> LoadFixture:
    """Load a dataset by its name, version= and backend=: a fresh frame with each call."""
    from fintech2021._frames.load import load

    return load


@pytest.fixture
def fintech2021_records() -> RecordsFixture:
    """Give the rows of a dataset by its name and version=: a tuple of frozen records."""
    return _records


def _records(name: str, *, version: str | None = None) -> tuple[Any, ...]:
    from fintech2021._core.deferred import table_module  # noqa: TID251 - Tables stand below.
    from fintech2021._versions import pins

    descriptor = pins.requested(name, version)
    record = getattr(table_module(descriptor.name), descriptor.record)
    rows: tuple[Any, ...] = record.all(version=version)
    return rows


def _frame(name: str) -> pd.DataFrame:
    from fintech2021._frames.load import load

    return load(name)


# <fixtures>


@pytest.fixture
def fintech2021_bank_technology() -> pd.DataFrame:
    """Technology spending of national banks, 2018 to 2022 (全国性银行科技投入（2018至2022年）), a fresh frame."""
    return _frame("bank_technology")


@pytest.fixture
def fintech2021_banks() -> pd.DataFrame:
    """Technology spending and staff of national banks, 2020 (全国性银行科技投入与科技人员（2020年）), a fresh frame."""
    return _frame("banks")


@pytest.fixture
def fintech2021_case_studies() -> pd.DataFrame:
    """Case studies (案例), a fresh frame."""
    return _frame("case_studies")


@pytest.fixture
def fintech2021_claims() -> pd.DataFrame:
    """Arithmetic claims of the report (勾稽关系), a fresh frame."""
    return _frame("claims")


@pytest.fixture
def fintech2021_credit_bureaus() -> pd.DataFrame:
    """Personal credit bureaus (个人征信机构), a fresh frame."""
    return _frame("credit_bureaus")


@pytest.fixture
def fintech2021_cross_checks() -> pd.DataFrame:
    """Printed cells checked against public pages (报告数字与公开网页对照), a fresh frame."""
    return _frame("cross_checks")


@pytest.fixture
def fintech2021_digital_rmb_areas() -> pd.DataFrame:
    """Pilot areas of the digital renminbi (数字人民币试点地区), a fresh frame."""
    return _frame("digital_rmb_areas")


@pytest.fixture
def fintech2021_direct_banks() -> pd.DataFrame:
    """Direct banks with their own licence (独立法人直销银行), a fresh frame."""
    return _frame("direct_banks")


@pytest.fixture
def fintech2021_enumerations() -> pd.DataFrame:
    """Enumerations: announced numbers of items (列举项数), a fresh frame."""
    return _frame("enumerations")


@pytest.fixture
def fintech2021_errata() -> pd.DataFrame:
    """Errata of the report (勘误), a fresh frame."""
    return _frame("errata")


@pytest.fixture
def fintech2021_erratum_cells() -> pd.DataFrame:
    """Cells that the errata are about (勘误所涉单元格), a fresh frame."""
    return _frame("erratum_cells")


@pytest.fixture
def fintech2021_events() -> pd.DataFrame:
    """Dated facts without a figure (事件), a fresh frame."""
    return _frame("events")


@pytest.fixture
def fintech2021_fintech_subsidiaries() -> pd.DataFrame:
    """Technology companies of banks (银行系金融科技公司), a fresh frame."""
    return _frame("fintech_subsidiaries")


@pytest.fixture
def fintech2021_fund_advisory_pilots() -> pd.DataFrame:
    """Institutions in the fund advisory pilot (基金投顾试点机构), a fresh frame."""
    return _frame("fund_advisory_pilots")


@pytest.fixture
def fintech2021_funding_rounds() -> pd.DataFrame:
    """Financing rounds of named companies, 2020 (具名公司融资轮次（2020年）), a fresh frame."""
    return _frame("funding_rounds")


@pytest.fixture
def fintech2021_funding_statistics() -> pd.DataFrame:
    """Funding statistics (投融资统计), a fresh frame."""
    return _frame("funding_statistics")


@pytest.fixture
def fintech2021_indicators() -> pd.DataFrame:
    """Indicators (指标), a fresh frame."""
    return _frame("indicators")


@pytest.fixture
def fintech2021_institutions() -> pd.DataFrame:
    """Institutions (机构), a fresh frame."""
    return _frame("institutions")


@pytest.fixture
def fintech2021_internet_life_insurers() -> pd.DataFrame:
    """Top ten life and health insurers by internet premium volume, 2020 (2020年互联网人身险规模保费前十公司), a fresh frame."""
    return _frame("internet_life_insurers")


@pytest.fixture
def fintech2021_internet_property_insurers() -> pd.DataFrame:
    """Top three property insurers by internet premiums, first half of 2021 (2021年上半年互联网财产险保费前三公司), a fresh frame."""
    return _frame("internet_property_insurers")


@pytest.fixture
def fintech2021_observations() -> pd.DataFrame:
    """Observations: all other figures (其他统计观察值), a fresh frame."""
    return _frame("observations")


@pytest.fixture
def fintech2021_open_banking_metrics() -> pd.DataFrame:
    """Open-banking metrics of banks (银行开放平台指标), a fresh frame."""
    return _frame("open_banking_metrics")


@pytest.fixture
def fintech2021_policies() -> pd.DataFrame:
    """Laws, plans, standards and programmes named in the report (政策法规、标准与计划), a fresh frame."""
    return _frame("policies")


@pytest.fixture
def fintech2021_private_banks() -> pd.DataFrame:
    """Net profit of private banks, 2020 (民营银行净利润（2020年）), a fresh frame."""
    return _frame("private_banks")


@pytest.fixture
def fintech2021_rankings() -> pd.DataFrame:
    """Places in rankings and indices (榜单与指数), a fresh frame."""
    return _frame("rankings")


@pytest.fixture
def fintech2021_regions() -> pd.DataFrame:
    """Regions (地区), a fresh frame."""
    return _frame("regions")


@pytest.fixture
def fintech2021_regtech_practices() -> pd.DataFrame:
    """Practice in regulatory technology (监管科技实践), a fresh frame."""
    return _frame("regtech_practices")


@pytest.fixture
def fintech2021_sandbox_batches() -> pd.DataFrame:
    """Batches of the fintech sandbox pilot (监管沙盒（沙箱）各批次), a fresh frame."""
    return _frame("sandbox_batches")


@pytest.fixture
def fintech2021_sandbox_projects() -> pd.DataFrame:
    """Named projects of the fintech sandbox pilot (监管沙盒（沙箱）具名项目), a fresh frame."""
    return _frame("sandbox_projects")


@pytest.fixture
def fintech2021_sandbox_regions() -> pd.DataFrame:
    """Fintech sandbox projects by region, June 2021 (监管沙盒（沙箱）项目地区分布（2021年6月）), a fresh frame."""
    return _frame("sandbox_regions")


@pytest.fixture
def fintech2021_sandbox_totals() -> pd.DataFrame:
    """Projects of the fintech sandbox pilot over time (监管沙盒（沙箱）项目数量变化), a fresh frame."""
    return _frame("sandbox_totals")


@pytest.fixture
def fintech2021_shareholdings() -> pd.DataFrame:
    """Holders of the virtual banks of Hong Kong (香港虚拟银行股东), a fresh frame."""
    return _frame("shareholdings")


@pytest.fixture
def fintech2021_source_tokens() -> pd.DataFrame:
    """Numeric tokens of the source text (原文数字清单), a fresh frame."""
    return _frame("source_tokens")


@pytest.fixture
def fintech2021_sources() -> pd.DataFrame:
    """Sources (来源), a fresh frame."""
    return _frame("sources")


@pytest.fixture
def fintech2021_technology_parks() -> pd.DataFrame:
    """Blockchain and big-data parks (区块链与大数据园区), a fresh frame."""
    return _frame("technology_parks")


@pytest.fixture
def fintech2021_trends() -> pd.DataFrame:
    """Trends of the outlook (发展趋势), a fresh frame."""
    return _frame("trends")


@pytest.fixture
def fintech2021_verdicts() -> pd.DataFrame:
    """Verdicts on the arithmetic claims (勾稽核对结论), a fresh frame."""
    return _frame("verdicts")


@pytest.fixture
def fintech2021_virtual_bank_results() -> pd.DataFrame:
    """Results of the virtual banks of Hong Kong (香港虚拟银行经营数据), a fresh frame."""
    return _frame("virtual_bank_results")


@pytest.fixture
def fintech2021_virtual_banks() -> pd.DataFrame:
    """Virtual banks of Hong Kong (香港虚拟银行), a fresh frame."""
    return _frame("virtual_banks")


# </fixtures>
