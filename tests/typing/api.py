"""What a user writes, as type checkers see it: nothing here is run.

A line that must be an error carries an ignore; both checkers complain once it is none.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, assert_type

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import fintech2021 as ft
from fintech2021.testing import LoadFixture, RecordsFixture, assert_matches, make
from fintech2021.typing import Backend, Change, Column, DatasetName, Descriptor, Engine


def loading_by_name() -> None:
    assert_type(ft.load("banks"), pd.DataFrame)
    assert_type(ft.load("banks", "1.0.0"), pd.DataFrame)
    assert_type(ft.load("banks", version="1.0.0", backend="pandas"), pd.DataFrame)
    assert_type(ft.load("banks", backend="polars"), pl.DataFrame)
    assert_type(ft.load("banks", "1.0.0", backend="polars"), pl.DataFrame)
    assert_type(ft.load("banks", backend="pyarrow"), pa.Table)


def loading_by_function() -> None:
    assert_type(ft.load_banks(), pd.DataFrame)
    assert_type(ft.load_banks(version="1.0.0"), pd.DataFrame)
    assert_type(ft.load_banks(backend="polars"), pl.DataFrame)
    assert_type(ft.load_banks(version="1.0.0", backend="pyarrow"), pa.Table)
    assert_type(ft.load_sandbox_regions(backend="pandas"), pd.DataFrame)


def records() -> None:
    assert_type(ft.Bank.all(), tuple[ft.Bank, ...])
    assert_type(ft.Bank.get("icbc"), ft.Bank)
    assert_type(ft.Bank.get("icbc", version="1.0.0"), ft.Bank)
    assert_type(ft.Trend.get(7), ft.Trend)
    assert_type([bank.bank_id for bank in ft.Bank.all()], list[str])


def values_of_records(
    bank: ft.Bank,
    company: ft.FintechSubsidiary,
    virtual: ft.VirtualBank,
    project: ft.SandboxProject,
) -> None:
    assert_type(bank.bank_id, str)
    assert_type(bank.bank_type, ft.BankType)
    assert_type(bank.tech_spend_cny, int | None)
    assert_type(bank.tech_staff_pct, Decimal | None)
    assert_type(company.founded_month, ft.YearMonth)
    assert_type(company.founded_month.first_day(), date)
    assert_type(virtual.opened_on, date)
    assert_type(virtual.shareholders, tuple[str, ...])
    assert_type(virtual.features, tuple[ft.VirtualBankFeature, ...])
    assert_type(project.in_report_count, bool)
    assert_type(project.exited_on, date | None)


def values_of_figures(
    observation: ft.Observation, statistic: ft.FundingStatistic, metric: ft.OpenBankingMetric
) -> None:
    assert_type(observation.indicator_id, str)
    assert_type(observation.value, Decimal)
    assert_type(observation.unit, ft.Unit)
    assert_type(observation.period, str | None)
    assert_type(observation.period_start, date | None)
    assert_type(observation.assumed_period, str | None)
    assert_type(observation.assumed_period_end, date | None)
    assert_type(observation.period_basis, ft.PeriodBasis | None)
    assert_type(observation.modality, ft.Modality)
    assert_type(observation.segment, ft.Segment | None)
    assert_type(observation.restates, str | None)
    assert_type(observation.topics, tuple[ft.Topic, ...])
    assert_type(observation.attributed_to_ids, tuple[str, ...] | None)
    assert_type(ft.Indicator.get("npl_ratio").time_basis, ft.TimeBasis)
    assert_type(ft.Enumeration.get("cn_data_laws").count, int)
    assert_type(statistic.measure, ft.FundingMeasure)
    assert_type(statistic.unit, ft.FundingUnit)
    assert_type(statistic.members, tuple[ft.FundingCategory, ...] | None)
    assert_type(metric.period_end, date | None)


def values_of_what_was_renamed(
    erratum: ft.Erratum, company: ft.FintechSubsidiary, policy: ft.Policy, source: ft.Source
) -> None:
    assert_type(erratum.reading_zh, str)
    assert_type(erratum.reason_en, str)
    assert_type(erratum.origin, ft.ErratumOrigin)
    assert_type(ft.ErratumCell.all()[0].column, str)
    assert_type(company.bank_id, str)
    assert_type(company.founder_id, str | None)
    assert_type(policy.printed_title_zh, str)
    assert_type(policy.document_type, ft.DocumentType)
    assert_type(policy.jurisdictions, tuple[str, ...])
    assert_type(policy.issued_on, str | None)
    assert_type(policy.issued_on_start, date | None)
    assert_type(policy.issuers_complete, bool | None)
    assert_type(source.title_en, str)
    assert_type(source.form, ft.SourceForm)
    assert_type(ft.Shareholding.all()[0].stake_pct, Decimal | None)
    assert_type(ft.FundingRound.all()[0].stage, ft.FundingStage)
    assert_type(ft.TechnologyPark.all()[0].area, ft.ParkArea | None)


def labels_of_closed_lists(bank: ft.Bank) -> None:
    assert_type(bank.bank_type.value, str)
    assert_type(bank.bank_type.label_en, str)
    assert_type(bank.bank_type.label_zh, str)
    assert_type(ft.info("banks").column("bank_type").labels["state_owned"], str)


def between_frames_and_records(frame: pl.DataFrame) -> None:
    banks = ft.to_records(frame, ft.Bank)
    assert_type(banks, tuple[ft.Bank, ...])
    assert_type(ft.to_frame(banks), pd.DataFrame)
    assert_type(ft.to_frame(banks, backend="pandas"), pd.DataFrame)
    assert_type(ft.to_frame(list(banks), "polars"), pl.DataFrame)
    assert_type(ft.to_frame([], "pyarrow", record=ft.Bank), pa.Table)
    assert_type(ft.read_options("banks", "duckdb"), dict[str, Any])
    assert_type(pd.read_csv("banks.csv", **ft.read_options("banks", "pandas")), pd.DataFrame)
    assert_type(pl.read_csv("banks.csv", **ft.read_options("banks", "polars")), pl.DataFrame)


def a_testing_kit(load: LoadFixture, records: RecordsFixture, name: str) -> None:
    assert_type(load("banks"), pd.DataFrame)
    assert_type(load("banks", "1.0.0", "polars"), pl.DataFrame)
    assert_type(load(name, backend="pyarrow"), pa.Table)
    assert_type(records("banks"), tuple[ft.Bank, ...])
    assert_type(records("virtual_banks", version="2.0.0"), tuple[ft.VirtualBank, ...])
    assert_type(records(name), tuple[ft.Record, ...])
    assert_type(make(ft.Bank, tech_staff=5), ft.Bank)
    assert_matches(load("banks"), "banks", version="1.0.0")
    assert_matches(load("banks", backend="polars"), name)


def everything_else() -> None:
    assert_type(ft.catalog(), pd.DataFrame)
    assert_type(ft.info("banks").rows, int)
    assert_type(ft.info("banks").primary_key, tuple[str, ...])
    assert_type(ft.source("banks", "icbc", "tech_spend_cny"), ft.Provenance)
    assert_type(ft.source("banks", ("icbc",), "name_zh").places, tuple[ft.Place, ...])
    assert_type(ft.source("banks", "icbc", "name_zh").line, int | None)
    assert_type(ft.validate(ft.load_banks(), "banks"), pd.DataFrame)
    assert_type(ft.find("registered capital"), pd.DataFrame)
    assert_type(ft.find(topic="ai", region="shenzhen", limit=None), pd.DataFrame)
    assert_type(ft.labelled(ft.load_banks(), "zh", units=True), pd.DataFrame)
    assert_type(ft.labelled(ft.load_banks(backend="polars"), name="banks"), pl.DataFrame)
    assert_type(ft.series(), pd.DataFrame)
    assert_type(ft.series("npl_ratio", segment="private_banks", region="china"), pd.DataFrame)
    assert_type(ft.claim("public_cloud_segments"), ft.AuditedClaim)
    assert_type(ft.claim("public_cloud_segments").operands, tuple[ft.AuditedOperand, ...])
    assert_type(ft.claim("public_cloud_segments").operands[0].cells[0], ft.AuditedCell)
    assert_type(ft.__version__, str)
    assert_type(ft.use("2026.1", children=True), None)
    with ft.pinned("2026.1", banks="~=1.0") as pin:
        assert_type(pin.pins, dict[str, str])
    assert_type(ft.info("banks").edition, str | None)
    assert_type(ft.source("banks", "icbc", "name_zh").pin, str | None)
    with ft.data_dir() as folder:
        assert_type(folder, Path)


def citing() -> None:
    assert_type(ft.cite(), str)
    assert_type(ft.cite("banks", "icbc", "tech_spend_cny", style="bibtex"), str)
    assert_type(ft.cite("open_banking_metrics", ("icbc", "apis"), version="~=1.0"), str)


def an_object_for_any_engine() -> None:
    banks = ft.dataset("banks", version="1.0.0")
    assert_type(banks, ft.Dataset)
    assert_type((banks.name, banks.version, banks.rows), tuple[str, str, int])
    assert_type(banks.columns, tuple[str, ...])
    assert_type(banks.info, Descriptor)
    assert_type(banks.to_pandas(), pd.DataFrame)
    assert_type(banks.to_polars(), pl.DataFrame)
    assert_type(banks.to_arrow(), pa.Table)
    assert_type(banks.records(), tuple[ft.Record, ...])
    pl.DataFrame(banks)


def handing_on(folder: Path) -> None:
    assert_type(ft.export(folder / "a.xlsx"), Path)
    assert_type(ft.export("tables", to="csv", datasets=["banks", "regions"], bom=True), Path)
    assert_type(ft.export("a.db", pins={"banks": "1.0.0"}, lang="zh"), Path)
    assert_type(ft.attach(sqlite3.connect(":memory:")), tuple[str, ...])
    assert_type(ft.attach(duckdb.connect(), "banks"), tuple[str, ...])


@ft.pinned("2026.1")
def pinned_rows(name: str) -> int:
    return len(ft.load(name))


@ft.pinned(banks="1.0.0")
async def pinned_later(name: str) -> int:
    return len(ft.load(name))


async def what_is_pinned_keeps_its_signature() -> None:
    assert_type(pinned_rows("banks"), int)
    assert_type(await pinned_later("banks"), int)
    assert_type(ft.pinned.carry(pinned_rows)("banks"), int)
    pinned_rows(1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def failures(error: ft.ValidationError) -> None:
    assert_type(error.failures, pd.DataFrame)


def names_that_come_from_elsewhere(name: Literal["banks", "regions"], anything: Any) -> None:
    ft.load(name)
    ft.load(anything)


def a_name_that_is_known_only_at_run_time(name: str, version: str | None) -> pd.DataFrame:
    assert_type(ft.info(name), Descriptor)
    assert_type(ft.source(name, "icbc", "name_zh", version=version), ft.Provenance)
    assert_type(ft.validate(ft.load(name), name), pd.DataFrame)
    assert_type(ft.diff(name, "1.0.0", "1.0.0"), ft.Difference)
    assert_type(ft.audit(name), pd.DataFrame)
    assert_type(ft.claim(name), ft.AuditedClaim)
    ft.schema(name, version)
    assert_type(ft.load(name, version, "polars"), pl.DataFrame)
    assert_type(ft.load(name, backend="pyarrow"), pa.Table)
    return ft.load(name)


def a_backend_that_is_known_only_at_run_time(name: str, backend: str) -> Any:
    ft.load_banks(backend=backend)
    ft.load("banks", backend=backend)
    ft.load(ft.info("banks").name, None, backend)
    return ft.load(name, None, backend)


def a_backend_by_its_place() -> None:
    assert_type(ft.load("banks", None, "polars"), pl.DataFrame)
    assert_type(ft.load("banks", "1.0.0", "pyarrow"), pa.Table)
    assert_type(ft.load("banks", None, "pandas"), pd.DataFrame)


def the_words_of_a_wrapper(
    name: DatasetName, backend: Backend, engine: Engine
) -> tuple[Descriptor, Column, tuple[Change, ...]]:
    ft.load(name, backend=backend)
    ft.schema(name, engine=engine)
    descriptor = ft.info(name)
    return descriptor, descriptor.column("x"), ft.diff(name, "1.0.0", "2.0.0").changed


def errors() -> None:
    ft.load_nope  # type: ignore[attr-defined]  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
    ft.load_banks("1.0.0")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue]
    ft.load(1)  # type: ignore[call-overload] # pyright: ignore[reportArgumentType, reportCallIssue]
    ft.info(1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.series("npl_ratio", "private_banks")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    ft.source("banks", 1.5, "name_zh")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.labelled(ft.load_banks(), "fr")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.cite("banks", style=3)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.export(3)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.attach("a.db")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.validate(ft.load_banks(), "banks", coerce="all")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def errors_of_records(bank: ft.Bank, company: ft.FintechSubsidiary, policy: ft.Policy) -> None:
    bank.tech_stuff  # type: ignore[attr-defined]  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
    bank.tech_spend_cny + 1  # type: ignore[operator]  # pyright: ignore[reportOptionalOperand, reportUnusedExpression]
    company.parent_id  # type: ignore[attr-defined]  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
    policy.date  # type: ignore[attr-defined]  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
    policy.topic  # type: ignore[attr-defined]  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
    ft.Bank.get(1.5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    ft.to_records([bank], ft.BankType)  # type: ignore[type-var] # pyright: ignore[reportArgumentType]
    make(ft.BankType)  # type: ignore[type-var] # pyright: ignore[reportArgumentType]
    ft.YearMonth.parse(2015)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def models(frame: pd.DataFrame) -> str:
    from pandera.typing import DataFrame

    from fintech2021.schemas import BankFrame

    banks: DataFrame[BankFrame] = DataFrame[BankFrame](frame)
    BankFrame.tech_stuff  # type: ignore[attr-defined]  # noqa: B018 # pyright: ignore[reportAttributeAccessIssue]
    return f"{len(banks)} {BankFrame.tech_staff}"


def pictures() -> None:
    from pathlib import Path

    import altair as alt

    from fintech2021 import charts

    assert_type(charts.bank_technology_spending("zh"), alt.VConcatChart)
    assert_type(charts.cell_provenance("en", dataset="banks", key="cmb"), alt.VConcatChart)
    assert_type(charts.save(charts.funding(), "funding.svg", scheme="dark"), Path)
    charts.save(charts.funding(), "a.svg", scheme="sepia")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    charts.policies("fr")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def strategies() -> None:
    from hypothesis.strategies import SearchStrategy

    from fintech2021.testing import BrokenFrame
    from fintech2021.testing.strategies import broken_frames, frames, records, rows

    assert_type(records(ft.Bank), SearchStrategy[ft.Bank])
    assert_type(rows("banks"), SearchStrategy[dict[str, Any]])
    assert_type(frames("banks"), SearchStrategy[pd.DataFrame])
    assert_type(frames("banks", 1, 3, backend="polars"), SearchStrategy[pl.DataFrame])
    assert_type(frames("banks", backend="pyarrow", version="1.0.0"), SearchStrategy[pa.Table])
    assert_type(broken_frames("banks"), SearchStrategy[BrokenFrame])
    records(int)  # type: ignore[type-var] # pyright: ignore[reportArgumentType]
