"""A 2021 report on fintech and digital inclusive finance in China (text of early 2022) as tables.

They are versioned, validated and citable, and every figure knows its place in the source text.

>>> import fintech2021 as ft
>>> ft.Bank.get("icbc").tech_spend_cny
23819000000
>>> ft.source("banks", "icbc", "tech_spend_cny").line
1641

PYTEST_DONT_REWRITE: a program may import this before it runs pytest, which loads our plugin.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    # <imports>
    from fintech2021._audit.claim import AuditedCell, AuditedClaim, AuditedOperand, claim
    from fintech2021._audit.verdict import audit
    from fintech2021._contracts.schemas import (
        Dialect,
        Engine,
        arrow_schema,
        json_schema,
        schema,
        sql_ddl,
    )
    from fintech2021._contracts.validate import count_failures, validate
    from fintech2021._core.descriptor import Column, Descriptor
    from fintech2021._core.names import DatasetName
    from fintech2021._core.store import data_dir
    from fintech2021._core.yearmonth import YearMonth
    from fintech2021._evidence.places import Place, Provenance, PublicFigure, source
    from fintech2021._evidence.source_text import Coverage, Verification, coverage, verify
    from fintech2021._explore.cite import CitationStyle, cite
    from fintech2021._explore.cross_check import cross_check
    from fintech2021._explore.dataset import Dataset, dataset
    from fintech2021._explore.find import find
    from fintech2021._explore.label import labelled
    from fintech2021._explore.series import series
    from fintech2021._export.attach import attach
    from fintech2021._export.export import export
    from fintech2021._export.formats import ExportFormat
    from fintech2021._frames.engines import Backend
    from fintech2021._frames.info import catalog, editions, info
    from fintech2021._frames.load import TableLoader, load
    from fintech2021._frames.reading import read_options
    from fintech2021._frames.records import to_frame, to_records
    from fintech2021._records.record import Record
    from fintech2021._versions.difference import Change, Difference, Step, diff
    from fintech2021._versions.lockfile import verify_lock
    from fintech2021._versions.pins import pinned, use
    from fintech2021.errors import (
        ArgumentError,
        CheckError,
        ExportError,
        Fintech2021Error,
        IntegrityError,
        LockError,
        MissingDependencyError,
        PinError,
        PinWarning,
        RecordError,
        RecordVersionError,
        RelationError,
        SourceTextError,
        SupersededWarning,
        UnknownBackendError,
        UnknownColumnError,
        UnknownDatasetError,
        UnknownEditionError,
        UnknownKeyError,
        UnknownNameError,
        UnknownVersionError,
        ValidationError,
    )
    from fintech2021.tables.bank_technology import BankTechnology, SpendingScope
    from fintech2021.tables.banks import Bank, BankType
    from fintech2021.tables.case_studies import CaseStudy
    from fintech2021.tables.claims import Asserter, Claim, ClaimKind
    from fintech2021.tables.credit_bureaus import CreditBureau
    from fintech2021.tables.cross_checks import CheckVerdict, CrossCheck
    from fintech2021.tables.digital_rmb_areas import DigitalRmbArea
    from fintech2021.tables.direct_banks import DirectBank, DirectBankEvent
    from fintech2021.tables.enumerations import Enumeration
    from fintech2021.tables.errata import Erratum, ErratumKind, ErratumOrigin
    from fintech2021.tables.erratum_cells import ErratumCell
    from fintech2021.tables.events import Event, EventKind
    from fintech2021.tables.fintech_subsidiaries import FintechSubsidiary
    from fintech2021.tables.fund_advisory_pilots import FundAdvisoryPilot, PilotBatch, PilotType
    from fintech2021.tables.funding_rounds import FundingRound, FundingStage, RoundConfirmation
    from fintech2021.tables.funding_statistics import (
        FundingCategory,
        FundingDimension,
        FundingMeasure,
        FundingStatistic,
        FundingTimeBasis,
        FundingUnit,
    )
    from fintech2021.tables.indicators import Indicator, Measure
    from fintech2021.tables.institutions import Institution, InstitutionKind
    from fintech2021.tables.internet_life_insurers import InsurerType, InternetLifeInsurer
    from fintech2021.tables.internet_property_insurers import InternetPropertyInsurer
    from fintech2021.tables.observations import Dimension, Observation, Segment, State
    from fintech2021.tables.open_banking_metrics import OpenBankingMetric
    from fintech2021.tables.policies import DocumentType, Policy, PolicyStatus
    from fintech2021.tables.private_banks import PrivateBank
    from fintech2021.tables.rankings import Ranking, RankingMeasure
    from fintech2021.tables.regions import Region, RegionLevel, RegionNameEvidence
    from fintech2021.tables.regtech_practices import RegtechActorGroup, RegtechPractice
    from fintech2021.tables.sandbox_batches import SandboxBatch, SizeBasis
    from fintech2021.tables.sandbox_projects import (
        Evidence,
        ProjectType,
        SandboxProject,
        SandboxStatus,
    )
    from fintech2021.tables.sandbox_regions import SandboxRegion
    from fintech2021.tables.sandbox_totals import SandboxTotal
    from fintech2021.tables.shareholdings import Holding, HoldingTime, Shareholding
    from fintech2021.tables.source_tokens import SourceToken, TokenKind
    from fintech2021.tables.sources import DateBasis, Source, SourceForm, SourceKind
    from fintech2021.tables.technology_parks import ParkArea, ParkKind, TechnologyPark
    from fintech2021.tables.trends import Trend
    from fintech2021.tables.verdicts import Verdict
    from fintech2021.tables.virtual_bank_results import VirtualBankMeasure, VirtualBankResult
    from fintech2021.tables.virtual_banks import VirtualBank, VirtualBankFeature
    from fintech2021.tables.vocabulary import (
        Currency,
        Industry,
        Modality,
        PageEvidence,
        PeriodBasis,
        Qualifier,
        RowEvidence,
        TimeBasis,
        Topic,
        Unit,
        VerdictKind,
    )
    # </imports>

    __version__: str
    # <loaders>
    load_bank_technology: TableLoader
    """Technology spending of national banks, 2018 to 2022 (全国性银行科技投入（2018至2022年）); see ``ft.info("bank_technology")``."""
    load_banks: TableLoader
    """Technology spending and staff of national banks, 2020 (全国性银行科技投入与科技人员（2020年）); see ``ft.info("banks")``."""
    load_case_studies: TableLoader
    """Case studies (案例); see ``ft.info("case_studies")``."""
    load_claims: TableLoader
    """Arithmetic claims of the report (勾稽关系); see ``ft.info("claims")``."""
    load_credit_bureaus: TableLoader
    """Personal credit bureaus (个人征信机构); see ``ft.info("credit_bureaus")``."""
    load_cross_checks: TableLoader
    """Printed cells checked against public pages (报告数字与公开网页对照); see ``ft.info("cross_checks")``."""
    load_digital_rmb_areas: TableLoader
    """Pilot areas of the digital renminbi (数字人民币试点地区); see ``ft.info("digital_rmb_areas")``."""
    load_direct_banks: TableLoader
    """Direct banks with their own licence (独立法人直销银行); see ``ft.info("direct_banks")``."""
    load_enumerations: TableLoader
    """Enumerations: announced numbers of items (列举项数); see ``ft.info("enumerations")``."""
    load_errata: TableLoader
    """Errata of the report (勘误); see ``ft.info("errata")``."""
    load_erratum_cells: TableLoader
    """Cells that the errata are about (勘误所涉单元格); see ``ft.info("erratum_cells")``."""
    load_events: TableLoader
    """Dated facts without a figure (事件); see ``ft.info("events")``."""
    load_fintech_subsidiaries: TableLoader
    """Technology companies of banks (银行系金融科技公司); see ``ft.info("fintech_subsidiaries")``."""
    load_fund_advisory_pilots: TableLoader
    """Institutions in the fund advisory pilot (基金投顾试点机构); see ``ft.info("fund_advisory_pilots")``."""
    load_funding_rounds: TableLoader
    """Financing rounds of named companies, 2020 (具名公司融资轮次（2020年）); see ``ft.info("funding_rounds")``."""
    load_funding_statistics: TableLoader
    """Funding statistics (投融资统计); see ``ft.info("funding_statistics")``."""
    load_indicators: TableLoader
    """Indicators (指标); see ``ft.info("indicators")``."""
    load_institutions: TableLoader
    """Institutions (机构); see ``ft.info("institutions")``."""
    load_internet_life_insurers: TableLoader
    """Top ten life and health insurers by internet premium volume, 2020 (2020年互联网人身险规模保费前十公司); see ``ft.info("internet_life_insurers")``."""
    load_internet_property_insurers: TableLoader
    """Top three property insurers by internet premiums, first half of 2021 (2021年上半年互联网财产险保费前三公司); see ``ft.info("internet_property_insurers")``."""
    load_observations: TableLoader
    """Observations: all other figures (其他统计观察值); see ``ft.info("observations")``."""
    load_open_banking_metrics: TableLoader
    """Open-banking metrics of banks (银行开放平台指标); see ``ft.info("open_banking_metrics")``."""
    load_policies: TableLoader
    """Laws, plans, standards and programmes named in the report (政策法规、标准与计划); see ``ft.info("policies")``."""
    load_private_banks: TableLoader
    """Net profit of private banks, 2020 (民营银行净利润（2020年）); see ``ft.info("private_banks")``."""
    load_rankings: TableLoader
    """Places in rankings and indices (榜单与指数); see ``ft.info("rankings")``."""
    load_regions: TableLoader
    """Regions (地区); see ``ft.info("regions")``."""
    load_regtech_practices: TableLoader
    """Practice in regulatory technology (监管科技实践); see ``ft.info("regtech_practices")``."""
    load_sandbox_batches: TableLoader
    """Batches of the fintech sandbox pilot (监管沙盒（沙箱）各批次); see ``ft.info("sandbox_batches")``."""
    load_sandbox_projects: TableLoader
    """Named projects of the fintech sandbox pilot (监管沙盒（沙箱）具名项目); see ``ft.info("sandbox_projects")``."""
    load_sandbox_regions: TableLoader
    """Fintech sandbox projects by region, June 2021 (监管沙盒（沙箱）项目地区分布（2021年6月）); see ``ft.info("sandbox_regions")``."""
    load_sandbox_totals: TableLoader
    """Projects of the fintech sandbox pilot over time (监管沙盒（沙箱）项目数量变化); see ``ft.info("sandbox_totals")``."""
    load_shareholdings: TableLoader
    """Holders of the virtual banks of Hong Kong (香港虚拟银行股东); see ``ft.info("shareholdings")``."""
    load_source_tokens: TableLoader
    """Numeric tokens of the source text (原文数字清单); see ``ft.info("source_tokens")``."""
    load_sources: TableLoader
    """Sources (来源); see ``ft.info("sources")``."""
    load_technology_parks: TableLoader
    """Blockchain and big-data parks (区块链与大数据园区); see ``ft.info("technology_parks")``."""
    load_trends: TableLoader
    """Trends of the outlook (发展趋势); see ``ft.info("trends")``."""
    load_verdicts: TableLoader
    """Verdicts on the arithmetic claims (勾稽核对结论); see ``ft.info("verdicts")``."""
    load_virtual_bank_results: TableLoader
    """Results of the virtual banks of Hong Kong (香港虚拟银行经营数据); see ``ft.info("virtual_bank_results")``."""
    load_virtual_banks: TableLoader
    """Virtual banks of Hong Kong (香港虚拟银行); see ``ft.info("virtual_banks")``."""
    # </loaders>
else:
    import os as _os
    from _thread import RLock as _Lock

    _FIRST_USE = _Lock()

    def _let_forks_wait():
        # A child that was forked while another thread imports has half a module, and waits for ever
        # for a thread that it does not have. So a fork waits; but not for ever, whatever is imported.
        if hasattr(_os, "register_at_fork"):
            _os.register_at_fork(
                before=lambda: _FIRST_USE.acquire(timeout=60),
                after_in_parent=_let_go,
                after_in_child=_let_go,
            )

    def _let_go():
        # What was registered while a fork waited has not taken it for that fork.
        if _FIRST_USE._is_owned():  # noqa: SLF001 - A lock of threading has it, too, for conditions.
            _FIRST_USE.release()

    _let_forks_wait()

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module 'fintech2021' has no attribute {name!r}")
        with _FIRST_USE:
            from fintech2021._lazy import resolve

            globals()[name] = value = resolve(name)
        return value

    def __dir__():
        return sorted(__all__)


__all__ = [
    # <names>
    "ArgumentError",
    "Asserter",
    "AuditedCell",
    "AuditedClaim",
    "AuditedOperand",
    "Backend",
    "Bank",
    "BankTechnology",
    "BankType",
    "CaseStudy",
    "Change",
    "CheckError",
    "CheckVerdict",
    "CitationStyle",
    "Claim",
    "ClaimKind",
    "Column",
    "Coverage",
    "CreditBureau",
    "CrossCheck",
    "Currency",
    "Dataset",
    "DatasetName",
    "DateBasis",
    "Descriptor",
    "Dialect",
    "Difference",
    "DigitalRmbArea",
    "Dimension",
    "DirectBank",
    "DirectBankEvent",
    "DocumentType",
    "Engine",
    "Enumeration",
    "Erratum",
    "ErratumCell",
    "ErratumKind",
    "ErratumOrigin",
    "Event",
    "EventKind",
    "Evidence",
    "ExportError",
    "ExportFormat",
    "Fintech2021Error",
    "FintechSubsidiary",
    "FundAdvisoryPilot",
    "FundingCategory",
    "FundingDimension",
    "FundingMeasure",
    "FundingRound",
    "FundingStage",
    "FundingStatistic",
    "FundingTimeBasis",
    "FundingUnit",
    "Holding",
    "HoldingTime",
    "Indicator",
    "Industry",
    "Institution",
    "InstitutionKind",
    "InsurerType",
    "IntegrityError",
    "InternetLifeInsurer",
    "InternetPropertyInsurer",
    "LockError",
    "Measure",
    "MissingDependencyError",
    "Modality",
    "Observation",
    "OpenBankingMetric",
    "PageEvidence",
    "ParkArea",
    "ParkKind",
    "PeriodBasis",
    "PilotBatch",
    "PilotType",
    "PinError",
    "PinWarning",
    "Place",
    "Policy",
    "PolicyStatus",
    "PrivateBank",
    "ProjectType",
    "Provenance",
    "PublicFigure",
    "Qualifier",
    "Ranking",
    "RankingMeasure",
    "Record",
    "RecordError",
    "RecordVersionError",
    "Region",
    "RegionLevel",
    "RegionNameEvidence",
    "RegtechActorGroup",
    "RegtechPractice",
    "RelationError",
    "RoundConfirmation",
    "RowEvidence",
    "SandboxBatch",
    "SandboxProject",
    "SandboxRegion",
    "SandboxStatus",
    "SandboxTotal",
    "Segment",
    "Shareholding",
    "SizeBasis",
    "Source",
    "SourceForm",
    "SourceKind",
    "SourceTextError",
    "SourceToken",
    "SpendingScope",
    "State",
    "Step",
    "SupersededWarning",
    "TechnologyPark",
    "TimeBasis",
    "TokenKind",
    "Topic",
    "Trend",
    "Unit",
    "UnknownBackendError",
    "UnknownColumnError",
    "UnknownDatasetError",
    "UnknownEditionError",
    "UnknownKeyError",
    "UnknownNameError",
    "UnknownVersionError",
    "ValidationError",
    "Verdict",
    "VerdictKind",
    "Verification",
    "VirtualBank",
    "VirtualBankFeature",
    "VirtualBankMeasure",
    "VirtualBankResult",
    "YearMonth",
    "__version__",
    "arrow_schema",
    "attach",
    "audit",
    "catalog",
    "cite",
    "claim",
    "count_failures",
    "coverage",
    "cross_check",
    "data_dir",
    "dataset",
    "diff",
    "editions",
    "export",
    "find",
    "info",
    "json_schema",
    "labelled",
    "load",
    "load_bank_technology",
    "load_banks",
    "load_case_studies",
    "load_claims",
    "load_credit_bureaus",
    "load_cross_checks",
    "load_digital_rmb_areas",
    "load_direct_banks",
    "load_enumerations",
    "load_errata",
    "load_erratum_cells",
    "load_events",
    "load_fintech_subsidiaries",
    "load_fund_advisory_pilots",
    "load_funding_rounds",
    "load_funding_statistics",
    "load_indicators",
    "load_institutions",
    "load_internet_life_insurers",
    "load_internet_property_insurers",
    "load_observations",
    "load_open_banking_metrics",
    "load_policies",
    "load_private_banks",
    "load_rankings",
    "load_regions",
    "load_regtech_practices",
    "load_sandbox_batches",
    "load_sandbox_projects",
    "load_sandbox_regions",
    "load_sandbox_totals",
    "load_shareholdings",
    "load_source_tokens",
    "load_sources",
    "load_technology_parks",
    "load_trends",
    "load_verdicts",
    "load_virtual_bank_results",
    "load_virtual_banks",
    "pinned",
    "read_options",
    "schema",
    "series",
    "source",
    "sql_ddl",
    "to_frame",
    "to_records",
    "use",
    "validate",
    "verify",
    "verify_lock",
    # </names>
]

del TYPE_CHECKING
