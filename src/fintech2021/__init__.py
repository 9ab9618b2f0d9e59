"""Figures of a 2021 report on fintech in China, as versioned, validated and citable tables.

>>> import fintech2021 as ft
>>> ft.Bank.get("icbc").tech_spend_cny
23819000000
>>> ft.source("banks", "icbc", "tech_spend_cny").line
1641
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    # <imports>
    from .auditing import audit as audit
    from .compare import Difference as Difference
    from .compare import diff as diff
    from .dataset_loaders import load_banks as load_banks
    from .dataset_loaders import load_case_studies as load_case_studies
    from .dataset_loaders import load_claims as load_claims
    from .dataset_loaders import load_direct_banks as load_direct_banks
    from .dataset_loaders import load_errata as load_errata
    from .dataset_loaders import load_events as load_events
    from .dataset_loaders import load_fintech_subsidiaries as load_fintech_subsidiaries
    from .dataset_loaders import load_fund_advisory_pilots as load_fund_advisory_pilots
    from .dataset_loaders import load_funding_rounds as load_funding_rounds
    from .dataset_loaders import load_funding_statistics as load_funding_statistics
    from .dataset_loaders import load_institutions as load_institutions
    from .dataset_loaders import load_internet_life_insurers as load_internet_life_insurers
    from .dataset_loaders import load_internet_property_insurers as load_internet_property_insurers
    from .dataset_loaders import load_observations as load_observations
    from .dataset_loaders import load_open_banking_metrics as load_open_banking_metrics
    from .dataset_loaders import load_policies as load_policies
    from .dataset_loaders import load_private_banks as load_private_banks
    from .dataset_loaders import load_rankings as load_rankings
    from .dataset_loaders import load_regions as load_regions
    from .dataset_loaders import load_regtech_practices as load_regtech_practices
    from .dataset_loaders import load_sandbox_projects as load_sandbox_projects
    from .dataset_loaders import load_sandbox_regions as load_sandbox_regions
    from .dataset_loaders import load_source_tokens as load_source_tokens
    from .dataset_loaders import load_sources as load_sources
    from .dataset_loaders import load_technology_parks as load_technology_parks
    from .dataset_loaders import load_trends as load_trends
    from .dataset_loaders import load_verdicts as load_verdicts
    from .dataset_loaders import load_virtual_banks as load_virtual_banks
    from .errors import Fintech2021Error as Fintech2021Error
    from .errors import IntegrityError as IntegrityError
    from .errors import LockError as LockError
    from .errors import MissingDependencyError as MissingDependencyError
    from .errors import PinError as PinError
    from .errors import RecordVersionError as RecordVersionError
    from .errors import RelationError as RelationError
    from .errors import SourceTextError as SourceTextError
    from .errors import UnknownBackendError as UnknownBackendError
    from .errors import UnknownColumnError as UnknownColumnError
    from .errors import UnknownDatasetError as UnknownDatasetError
    from .errors import UnknownEditionError as UnknownEditionError
    from .errors import UnknownKeyError as UnknownKeyError
    from .errors import UnknownNameError as UnknownNameError
    from .errors import UnknownVersionError as UnknownVersionError
    from .errors import ValidationError as ValidationError
    from .ledger import Coverage as Coverage
    from .ledger import Verification as Verification
    from .ledger import coverage as coverage
    from .ledger import verify as verify
    from .loaders import load as load
    from .lockfile import verify_lock as verify_lock
    from .overview import catalog as catalog
    from .overview import editions as editions
    from .overview import info as info
    from .pins import pinned as pinned
    from .provenance import Place as Place
    from .provenance import Provenance as Provenance
    from .provenance import source as source
    from .records import Record as Record
    from .steps import Step as Step
    from .store import data_dir as data_dir
    from .tables.banks import Bank as Bank
    from .tables.banks import BankType as BankType
    from .tables.case_studies import CaseStudy as CaseStudy
    from .tables.claims import Claim as Claim
    from .tables.claims import ClaimKind as ClaimKind
    from .tables.direct_banks import DirectBank as DirectBank
    from .tables.direct_banks import DirectBankEvent as DirectBankEvent
    from .tables.errata import Erratum as Erratum
    from .tables.errata import ErratumKind as ErratumKind
    from .tables.events import Event as Event
    from .tables.events import EventKind as EventKind
    from .tables.fintech_subsidiaries import FintechSubsidiary as FintechSubsidiary
    from .tables.fund_advisory_pilots import FundAdvisoryPilot as FundAdvisoryPilot
    from .tables.fund_advisory_pilots import PilotBatch as PilotBatch
    from .tables.fund_advisory_pilots import PilotType as PilotType
    from .tables.funding_rounds import FundingRound as FundingRound
    from .tables.funding_statistics import FundingDimension as FundingDimension
    from .tables.funding_statistics import FundingStatistic as FundingStatistic
    from .tables.funding_statistics import ShareBase as ShareBase
    from .tables.institutions import Institution as Institution
    from .tables.institutions import InstitutionKind as InstitutionKind
    from .tables.internet_life_insurers import InternetLifeInsurer as InternetLifeInsurer
    from .tables.internet_property_insurers import (
        InternetPropertyInsurer as InternetPropertyInsurer,
    )
    from .tables.observations import Observation as Observation
    from .tables.open_banking_metrics import OpenBankingMetric as OpenBankingMetric
    from .tables.policies import Policy as Policy
    from .tables.policies import PolicyStatus as PolicyStatus
    from .tables.private_banks import PrivateBank as PrivateBank
    from .tables.rankings import Ranking as Ranking
    from .tables.regions import Region as Region
    from .tables.regions import RegionLevel as RegionLevel
    from .tables.regtech_practices import RegtechActorGroup as RegtechActorGroup
    from .tables.regtech_practices import RegtechPractice as RegtechPractice
    from .tables.sandbox_projects import Evidence as Evidence
    from .tables.sandbox_projects import ProjectType as ProjectType
    from .tables.sandbox_projects import SandboxProject as SandboxProject
    from .tables.sandbox_projects import SandboxStatus as SandboxStatus
    from .tables.sandbox_regions import SandboxRegion as SandboxRegion
    from .tables.source_tokens import SourceToken as SourceToken
    from .tables.source_tokens import TokenKind as TokenKind
    from .tables.sources import Source as Source
    from .tables.sources import SourceKind as SourceKind
    from .tables.technology_parks import ParkKind as ParkKind
    from .tables.technology_parks import TechnologyPark as TechnologyPark
    from .tables.trends import Trend as Trend
    from .tables.verdicts import Verdict as Verdict
    from .tables.verdicts import VerdictKind as VerdictKind
    from .tables.virtual_banks import VirtualBank as VirtualBank
    from .tables.virtual_banks import VirtualBankFeature as VirtualBankFeature
    from .tables.vocabulary import Currency as Currency
    from .tables.vocabulary import Industry as Industry
    from .tables.vocabulary import Qualifier as Qualifier
    from .tables.vocabulary import Topic as Topic
    from .tables.vocabulary import Unit as Unit
    from .validation import schema as schema
    from .validation import validate as validate
    from .yearmonth import YearMonth as YearMonth
    # </imports>

    __version__: str
else:

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module 'fintech2021' has no attribute {name!r}")
        from ._front import find

        globals()[name] = value = find(name)
        return value

    def __dir__():
        return sorted(__all__)


__all__ = [
    # <names>
    "Bank",
    "BankType",
    "CaseStudy",
    "Claim",
    "ClaimKind",
    "Coverage",
    "Currency",
    "Difference",
    "DirectBank",
    "DirectBankEvent",
    "Erratum",
    "ErratumKind",
    "Event",
    "EventKind",
    "Evidence",
    "Fintech2021Error",
    "FintechSubsidiary",
    "FundAdvisoryPilot",
    "FundingDimension",
    "FundingRound",
    "FundingStatistic",
    "Industry",
    "Institution",
    "InstitutionKind",
    "IntegrityError",
    "InternetLifeInsurer",
    "InternetPropertyInsurer",
    "LockError",
    "MissingDependencyError",
    "Observation",
    "OpenBankingMetric",
    "ParkKind",
    "PilotBatch",
    "PilotType",
    "PinError",
    "Place",
    "Policy",
    "PolicyStatus",
    "PrivateBank",
    "ProjectType",
    "Provenance",
    "Qualifier",
    "Ranking",
    "Record",
    "RecordVersionError",
    "Region",
    "RegionLevel",
    "RegtechActorGroup",
    "RegtechPractice",
    "RelationError",
    "SandboxProject",
    "SandboxRegion",
    "SandboxStatus",
    "ShareBase",
    "Source",
    "SourceKind",
    "SourceTextError",
    "SourceToken",
    "Step",
    "TechnologyPark",
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
    "YearMonth",
    "__version__",
    "audit",
    "catalog",
    "coverage",
    "data_dir",
    "diff",
    "editions",
    "info",
    "load",
    "load_banks",
    "load_case_studies",
    "load_claims",
    "load_direct_banks",
    "load_errata",
    "load_events",
    "load_fintech_subsidiaries",
    "load_fund_advisory_pilots",
    "load_funding_rounds",
    "load_funding_statistics",
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
    "load_sandbox_projects",
    "load_sandbox_regions",
    "load_source_tokens",
    "load_sources",
    "load_technology_parks",
    "load_trends",
    "load_verdicts",
    "load_virtual_banks",
    "pinned",
    "schema",
    "source",
    "validate",
    "verify",
    "verify_lock",
    # </names>
]
