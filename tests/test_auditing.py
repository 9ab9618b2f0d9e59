from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from decimal import Decimal
from string import ascii_lowercase

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import fintech2021 as ft
from fintech2021._audit import operand
from fintech2021._audit import verdict as auditing
from fintech2021._audit.interval import Interval
from fintech2021._audit.reading_rule import READING_RULES
from fintech2021._audit.relation import Operand
from fintech2021._cli.app import cli
from fintech2021._core import catalog
from fintech2021._core.rows import by_key
from fintech2021._versions import pins

FAILS = [
    "ai_totals_disagree",
    "bank_it_market_compound_growth",
    "biometrics_cagr",
    "blockchain_parks_table_rows",
    "clustar_latency_possible",
    "clustar_latency_restated",
    "china_funding_55_percent_alone",
    "dajia_badges_within_report",
    "fund_advisory_pilot_two_years",
    "internet_insurers_as_labelled",
    "public_cloud_segments",
    "virtual_banks_opened_in_march",
]
LIFE_INSURERS = [
    f"life_insurance_top_{n}_by_{by}"
    for n in ("three", "five", "ten")
    for by in ("shares", "premiums")
]
HOLDS = [
    *LIFE_INSURERS,
    "ai_beijing_within_cluster",
    "ai_funding_above_2020",
    "ai_shanghai_within_cluster",
    "ai_shenzhen_guangzhou_within_cluster",
    "e_cny_value_grows",
    "private_banks_loans_within_assets",
    "private_banks_npl_below_sector",
    "bank_fintech_subsidiaries_rows",
    "bank_fintech_subsidiaries_sum",
    "china_life_market_share",
    "fintech_subsidiaries_city_banks_rows",
    "fintech_subsidiaries_joint_stock_rows",
    "fintech_subsidiaries_rural_unions_rows",
    "fintech_subsidiaries_state_owned_rows",
    "fund_advisory_pilots_rows",
    "fund_advisory_pilots_sum",
    "large_state_banks_tech_spend_sum",
    "sandbox_projects_total",
]
VERDICTS = {"holds", "fails", "vacuous"}
COLUMNS = ["claim_id", *auditing.TOLD, *auditing.Judgement._fields[1:]]
CLAIMS = by_key(auditing.claims_in_force())
RULE = auditing.reading_rule(auditing.claims_in_force())
ERRATA = by_key(pins.requested("errata"))
EVERY = pytest.mark.parametrize("claim_id", CLAIMS)


def operands_of(claim_id: str) -> list[str]:
    return CLAIMS[claim_id]["operands"].split(";")


def cells(claim_id: str) -> list[operand.Cell]:
    return [cell for text in operands_of(claim_id) for cell in named(text)]


def named(text: str) -> tuple[operand.Cell, ...]:
    return operand.cells_of(text, pins.requested)


def read(text: str, *, hedges: bool = True) -> Operand:
    return operand.as_operand(named(text), RULE, hedges=hedges)


def judged(relation: str, *texts: str) -> auditing.Judgement:
    return auditing.judge("made_up", relation, [named(text) for text in texts], RULE)


def only(text: str, *, hedges: bool = True) -> Interval:
    (interval,) = read(text, hedges=hedges).intervals
    return interval


# The claims of the edition, and their verdicts


@pytest.fixture(scope="module")
def verdicts() -> dict[str, str]:
    return {found.claim_id: found.verdict for found in auditing.judgements()}


@pytest.mark.parametrize("claim_id", FAILS)
def test_a_known_contradiction_of_the_report_fails(claim_id: str, verdicts: dict[str, str]) -> None:
    assert verdicts[claim_id] == "fails"


@pytest.mark.parametrize("claim_id", HOLDS)
def test_a_known_sum_or_share_of_the_report_holds(claim_id: str, verdicts: dict[str, str]) -> None:
    assert verdicts[claim_id] == "holds"


def test_the_share_of_every_life_insurer_holds(verdicts: dict[str, str]) -> None:
    shares = [claim_id for claim_id in verdicts if claim_id.endswith("_life_market_share")]
    shares += ["picc_health_market_share", "ping_an_health_market_share"]
    assert [verdicts[claim_id] for claim_id in shares] == ["holds"] * 10


def test_the_sandbox_has_ninety_projects() -> None:
    assert only("observations/cn_sandbox_projects_2021_06/value") == Interval.exact(90)


def test_the_fund_advisory_pilot_has_sixty_institutions() -> None:
    assert only("observations/cn_fund_advisory_pilot_institutions/value") == Interval.exact(60)


def test_there_are_at_least_150_claims_and_over_85_percent_hold(verdicts: dict[str, str]) -> None:
    held = [verdict for verdict in verdicts.values() if verdict == "holds"]
    assert len(verdicts) >= 150
    assert len(held) / len(verdicts) > 0.85


def test_the_frozen_verdicts_are_those_of_the_audit_now() -> None:
    rows = by_key(pins.requested("verdicts"))
    frozen = {key: list(row.values()) for key, row in rows.items()}
    now = {
        found.claim_id: ["" if value is None else str(value) for value in found]
        for found in auditing.judgements()
    }
    changed = sorted(key for key in frozen | now if frozen.get(key) != now.get(key))
    assert changed == [], (
        "a change of the data changes these verdicts: look at each, give every failure an erratum, "
        "then acknowledge them with python -m tools.freezing.verdicts VERSION and freeze"
    )


@EVERY
def test_a_claim_was_judged_for_the_versions_of_the_edition(claim_id: str) -> None:
    found = {(cell.descriptor.name, cell.descriptor.version) for cell in cells(claim_id)}
    assert CLAIMS[claim_id]["versions"] == ";".join(f"{name} {v}" for name, v in sorted(found))


@EVERY
def test_every_operand_of_a_claim_has_a_cell_and_a_letter_in_the_relation(claim_id: str) -> None:
    texts = operands_of(claim_id)
    assert all(named(text) for text in texts)
    names = re.findall(r"\b[a-z]\b", CLAIMS[claim_id]["relation"])
    assert set(names) == set(ascii_lowercase[: len(texts)])


@EVERY
def test_a_claim_cites_the_lines_where_its_operands_are_printed(claim_id: str) -> None:
    lines = {place.line for cell in cells(claim_id) for place in cell.all_places}
    assert lines
    assert CLAIMS[claim_id]["lines"] == ";".join(map(str, sorted(lines)))


def test_every_claim_that_fails_has_an_erratum(verdicts: dict[str, str]) -> None:
    explained = {key for row in ERRATA.values() for key in row["claim_ids"].split(";")}
    assert {key for key, verdict in verdicts.items() if verdict == "fails"} <= explained


def test_every_claim_that_an_erratum_names_exists() -> None:
    named = {key for row in ERRATA.values() for key in row["claim_ids"].split(";") if key}
    assert named <= CLAIMS.keys()


# The audit as a frame


def test_an_audit_has_one_row_per_claim_in_their_order() -> None:
    found = ft.audit()
    assert list(found.columns) == COLUMNS
    assert found["claim_id"].tolist() == list(CLAIMS)


def test_an_unbounded_end_is_missing_and_all_ends_are_floats() -> None:
    found = ft.audit().set_index("claim_id")
    assert found["printed_high"].isna()["e_cny_scenarios_restated"]
    assert {str(found[name].dtype) for name in auditing.NUMBERS} == {"float64"}


def test_an_audit_of_one_dataset_has_just_the_claims_with_a_cell_of_it() -> None:
    expected = [
        key for key in CLAIMS if any(text.startswith("banks/") for text in operands_of(key))
    ]
    assert ft.audit("banks")["claim_id"].tolist() == expected
    assert "large_state_banks_tech_spend_sum" in expected


def test_a_dataset_without_a_claim_has_an_empty_audit_of_the_same_shape() -> None:
    found = ft.audit("sources")
    assert (len(found), list(found.columns)) == (0, COLUMNS)
    assert found.dtypes.equals(ft.audit().dtypes)


def test_an_unknown_dataset_names_the_close_match() -> None:
    with pytest.raises(ft.UnknownDatasetError, match="'banks'"):
        ft.audit("bank")


def test_an_audit_tells_what_is_claimed_and_where_it_stands() -> None:
    found = ft.audit().set_index("claim_id").loc["public_cloud_segments"]
    assert found["statement_zh"] == "SaaS、PaaS、IaaS三部分之和等于公有云市场规模"
    assert (found["lines"], found["asserted_by"]) == ("1146;1148", "report")


def test_an_audit_counts_apart_what_the_report_asserts_and_what_the_library_does() -> None:
    found = ft.audit()
    counts = found.attrs["fintech2021"]["counts"]
    assert list(counts) == ["all", "report", "library"]
    for by, rows in (("all", found), *found.groupby("asserted_by")):
        assert counts[by] == {each: (rows["verdict"] == each).sum() for each in VERDICTS}


def test_a_fault_that_an_edition_repairs_still_fails_as_printed() -> None:
    text = "observations/dajia_smart_badges_in_use/period"
    (repaired,), (printed,) = named(text), named(f"{text}@printed")
    assert (repaired.text, repaired.places) == ("2021-09", ())
    assert (printed.text, printed.printed) == ("2121-09", "2121年9月")
    assert ft.claim("dajia_badges_within_report").verdict == "fails"


def test_changing_an_audit_changes_no_other() -> None:
    found = ft.audit()
    found["verdict"] = "changed"
    assert "changed" not in set(ft.audit()["verdict"])


# Pins

EDITION = catalog.editions()["2026.2"].datasets


def test_an_old_edition_has_the_verdicts_that_were_published_for_its_claims() -> None:
    published = by_key(pins.requested("verdicts", "1.0.0"))
    with ft.pinned("2026.2"):
        found, told = auditing.judgements(), ft.audit().attrs["fintech2021"]
    assert (told["version"], told["reading_rule"]) == ("1.0.0", 1)
    assert {
        judgement.claim_id: ["" if value is None else str(value) for value in judgement]
        for judgement in found
    } == {key: list(row.values()) for key, row in published.items()}


def test_an_edition_before_the_claims_has_no_audit() -> None:
    with ft.pinned("2026.1"), pytest.raises(ft.PinError, match="has no dataset claims"):
        ft.audit()


def test_old_tables_are_judged_by_the_newest_claims_that_they_can_answer() -> None:
    tables = {name: version for name, version in EDITION.items() if name != "claims"}
    with ft.pinned(tables):
        assert auditing.claims_in_force().version == "1.0.0"


def test_claims_that_no_version_of_can_be_answered_name_what_is_missing() -> None:
    with ft.pinned(observations="2.0.0"), pytest.raises(ft.UnknownKeyError, match="observations"):
        ft.audit()


def test_an_old_audit_has_the_shape_of_the_new_without_what_its_claims_do_not_say() -> None:
    with ft.pinned("2026.2"):
        found = ft.audit()
    assert found.dtypes.equals(ft.audit().dtypes)
    assert found["asserted_by"].isna().all()
    assert found["statement_zh"].isna().all()
    assert found.attrs["fintech2021"]["counts"] == {
        "all": {"holds": 166, "fails": 15, "vacuous": 4}
    }


def test_pins_choose_the_version_of_the_operands() -> None:
    (pinned,) = named("observations/dajia_smart_badges_in_use/period")
    with ft.pinned("2026.1"):
        (printed,) = named("observations/dajia_smart_badges_in_use/period")
    assert (pinned.text, printed.text) == ("2021-09", "2121-09")


@pytest.mark.usefixtures("three_banks")
def test_claims_are_judged_once_for_each_choice_of_versions() -> None:
    with ft.pinned(banks="1.0.0"):
        first = auditing.judgements()
        assert auditing.judgements() is first
    with ft.pinned(banks="2.0.0"):
        assert auditing.judgements() is not first


# What an operand stands for


def test_a_printed_number_stands_for_all_that_round_to_it() -> None:
    assert only("banks/icbc/tech_spend_cny") == Interval(
        Decimal(23_818_500_000), Decimal(23_819_500_000)
    )


def test_a_count_that_is_printed_in_full_is_exact() -> None:
    assert only("banks/icbc/tech_staff") == Interval.exact(35400)


def test_a_count_in_larger_units_is_rounded() -> None:
    assert only("observations/cn_internet_users_2021_06/value").low < Decimal(1_011_000_000)


def test_a_percentage_without_decimals_is_rounded() -> None:
    assert only("sandbox_regions/beijing/share_pct").low % 1 == Decimal("0.5")


def test_a_hedge_widens_a_number_unless_hedges_are_left_out() -> None:
    text = "observations/cn_e_cny_personal_wallets_2021_10/value"
    about = "observations/cn_large_state_owned_banks_tech_spend_share_2020/value"
    assert only(text) == only(text, hedges=False)
    assert only(about) == Interval(Decimal("47.5"), Decimal("52.5"))
    assert only(about, hedges=False) == Interval.exact(50)


def test_a_hedge_can_make_failing_impossible() -> None:
    found = {judgement.claim_id: judgement for judgement in auditing.judgements()}
    assert found["ai_core_cagr"].verdict == "vacuous"
    assert found["ai_core_cagr"].verdict_unhedged == "fails"


def test_a_number_that_is_not_printed_is_itself() -> None:
    (cell, *_) = named("internet_property_insurers/*/rank")
    assert (cell.places, cell.interval(RULE), cell.qualifier) == ((), Interval.exact(1), "")


def test_a_full_mark_is_exact_and_was_rounded_by_the_first_revision() -> None:
    (cell,) = named("observations/cn_bank_digital_survey_full_score/value")
    assert cell.interval(RULE) == Interval.exact(5)
    assert cell.interval(READING_RULES[1]) == Interval(Decimal("4.5"), Decimal("5.5"))


def test_a_hedge_of_its_own_is_that_of_a_column() -> None:
    (tier,), (profit,) = (
        named("private_banks/xwbank/tier"),
        named("private_banks/xwbank/net_profit_cny"),
    )
    assert (tier.qualifier, profit.qualifier) == ("about", "")


def test_a_year_is_itself() -> None:
    assert only("banks/icbc/fiscal_year") == Interval.exact(2020)


@pytest.mark.usefixtures("three_banks")
def test_a_repaired_number_is_itself_whatever_was_printed() -> None:
    with ft.pinned(banks="1.1.0"):
        (cell,) = named("banks/icbc/tech_staff")
        assert (cell.places, cell.interval(RULE)) == ((), Interval.exact(35401))


def test_a_selector_names_the_rows_with_all_of_its_texts() -> None:
    found = named("technology_parks/*[kind=big_data,region_id=henan]/park_id")
    assert {(cell.row["kind"], cell.row["region_id"]) for cell in found} == {("big_data", "henan")}


def test_an_empty_cell_is_no_cell_of_an_operand() -> None:
    assert named("banks/czb/tech_spend_cny") == ()


def test_a_text_is_counted_but_has_no_number() -> None:
    assert read("banks/icbc/name_en", hedges=True) == Operand(
        ["Industrial and Commercial Bank of China"], []
    )


def test_every_column_of_every_dataset_can_be_an_operand() -> None:
    for name in ft.catalog()["name"]:
        for field in pins.requested(name).columns:
            read(f"{name}/*/{field.name}", hedges=True)
            read(f"{name}/*/{field.name}@printed", hedges=True)


# What is no operand


@pytest.mark.parametrize(
    "text",
    [
        "",
        "banks",
        "banks/icbc",
        "banks/icbc/tech_staff/",
        "banks//tech_staff",
        "/icbc/tech_staff",
        "banks/icbc/tech_staff@print",
        "banks/icbc/@printed",
    ],
)
def test_what_is_no_operand_is_named_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(ft.RelationError) as caught:
        judged("a = 1", text)
    assert str(caught.value) == f"The operand {text!r} is not written dataset/key/column"


@pytest.mark.parametrize(
    "key",
    [
        "*icbc",
        "*bank_type=state_owned",
        "*[]",
        "*[bank_type]",
        "*[bank_type=state_owned",
        "*[bank_type=state_owned,]",
        "*[bank_type=a=b]",
        "*[=a]",
    ],
)
def test_what_is_no_selector_is_named_with_the_way_to_write_one(key: str) -> None:
    with pytest.raises(ft.RelationError) as caught:
        judged("sum(a) = 1", f"banks/{key}/tech_staff")
    assert str(caught.value) == f"The selector {key!r} is not written *[column=text]"


@pytest.mark.parametrize(
    ("text", "error", "close"),
    [
        ("bank/icbc/tech_staff", ft.UnknownDatasetError, "banks"),
        ("banks/icbk/tech_staff", ft.UnknownKeyError, "icbc"),
        ("banks/icbc/tech_stuff", ft.UnknownColumnError, "tech_staff"),
        ("banks/*[bank_typ=x]/tech_staff", ft.UnknownColumnError, "bank_type"),
    ],
)
def test_an_operand_that_does_not_exist_names_the_close_match(
    text: str, error: type[ft.UnknownNameError], close: str
) -> None:
    with pytest.raises(error, match=f"Did you mean .*'{close}'"):
        judged("a = 1", text)


PIECES = [
    "banks",
    "icbc",
    "*",
    "[",
    "]",
    "=",
    ",",
    "/",
    "tech_staff",
    "bank_type",
    "@printed",
    "\n",
]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_an_odd_operand_gives_cells_or_an_error_of_this_library(text: str) -> None:
    with contextlib.suppress(ft.RelationError, ft.UnknownNameError):
        assert all(isinstance(cell, operand.Cell) for cell in named(text))


@given(st.text(alphabet="ab()=<>+-*/0123456789.sum, ", max_size=20))
def test_an_odd_relation_gives_a_verdict_or_a_relation_error(relation: str) -> None:
    with contextlib.suppress(ft.RelationError):
        assert judged(relation, "banks/icbc/tech_staff").verdict in VERDICTS


def test_more_operands_than_letters_are_refused() -> None:
    with pytest.raises(ft.RelationError, match="27 operands, more than there are letters"):
        judged("a = a", *["banks/icbc/tech_staff"] * 27)


def test_a_letter_stands_for_one_cell_unless_a_function_takes_it() -> None:
    with pytest.raises(ft.RelationError):
        judged("a = 1", "banks/*/tech_staff")
    assert judged("count(a) = 16", "banks/*/tech_staff").verdict == "holds"


# How a verdict is reached


def test_a_failing_comparison_of_a_chain_decides() -> None:
    found = judged("1 < 2 < 2", "banks/icbc/tech_staff")
    assert found.verdict == "fails"
    assert (found.printed_low, found.computed_low) == (Decimal(2), Decimal(2))


def test_the_distance_is_that_of_the_nearest_numbers() -> None:
    found = judged("a = 35399", "banks/icbc/tech_staff")
    assert (found.verdict, found.distance) == ("fails", Decimal(1))


def test_a_division_by_what_can_be_zero_makes_a_claim_vacuous() -> None:
    assert judged("1 / (a - a) = 5", "banks/icbc/tech_spend_cny").verdict == "vacuous"


# The command


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *arguments], prog_name="fintech2021")


def test_the_command_prints_every_claim_and_succeeds() -> None:
    result = invoke()
    assert (result.exit_code, result.stderr) == (0, "")
    assert all(claim_id in result.stdout for claim_id in CLAIMS)


def test_failed_prints_only_what_fails(verdicts: dict[str, str]) -> None:
    result = invoke("--failed", "--format", "json")
    shown = {row["claim_id"]: row["verdict"] for row in json.loads(result.stdout)}
    assert shown == {key: verdict for key, verdict in verdicts.items() if verdict == "fails"}
    assert result.exit_code == 0


def test_failed_prints_nothing_where_nothing_fails() -> None:
    result = invoke("sandbox_regions", "--failed", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "status"),
    [((), 1), (("--failed",), 1), (("sandbox_regions",), 0), (("banks", "--format", "csv"), 1)],
)
def test_strict_exits_with_1_if_a_claim_fails(arguments: tuple[str, ...], status: int) -> None:
    assert invoke(*arguments, "--strict").exit_code == status


def test_a_csv_file_has_the_decimals_as_they_are_frozen() -> None:
    result = invoke("--format", "csv")
    rows = {row["claim_id"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert rows == by_key(pins.requested("verdicts"))


def test_json_has_numbers_and_null_for_an_unbounded_end() -> None:
    rows = {row["claim_id"]: row for row in json.loads(invoke("--format", "json").stdout)}
    assert rows["e_cny_scenarios_restated"]["printed_high"] is None
    assert rows["public_cloud_segments"]["distance"] == 200_000_000


def test_the_command_judges_what_touches_one_dataset() -> None:
    rows = json.loads(invoke("banks", "--format", "json").stdout)
    assert [row["claim_id"] for row in rows] == ft.audit("banks")["claim_id"].tolist()


def test_an_unknown_dataset_is_refused_without_a_traceback() -> None:
    result = invoke("bank")
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code != 0
    assert "There is no dataset or claim 'bank'. Did you mean 'banks'" in result.stderr


def test_an_unknown_claim_is_refused_with_the_close_ones() -> None:
    assert "Did you mean 'public_cloud_segments'" in invoke("public_cloud_segment").stderr


def test_the_command_ends_with_counts_apart_by_who_asserts() -> None:
    *_, report, library = invoke().stdout.splitlines()
    told = auditing.counts(auditing.judgements())["report"]
    assert report == (
        f"asserted by the report: {sum(told.values())} claims, {told['holds']} hold, "
        f"{told['fails']} fail, {told['vacuous']} cannot fail"
    )
    assert library.startswith("asserted by this library: ")


def test_the_counts_of_old_claims_are_of_all() -> None:
    with ft.pinned("2026.2"):
        last = invoke().stdout.splitlines()[-1]
    assert last == "in all: 185 claims, 166 hold, 15 fail, 4 cannot fail"


def test_the_command_prints_one_claim_in_full() -> None:
    result = invoke("public_cloud_segments")
    assert (result.exit_code, result.stdout) == (0, f"{ft.claim('public_cloud_segments')}\n")


def test_one_claim_as_json_or_csv_is_its_row_of_the_audit() -> None:
    (row,) = json.loads(invoke("public_cloud_segments", "--format", "json").stdout)
    assert (row["claim_id"], row["verdict"]) == ("public_cloud_segments", "fails")
    assert len(invoke("public_cloud_segments", "--format", "csv").stdout.splitlines()) == 2


def test_strict_and_failed_serve_one_claim_too() -> None:
    assert invoke("public_cloud_segments", "--strict").exit_code == 1
    result = invoke("sandbox_projects_total", "--strict", "--failed")
    assert (result.exit_code, result.stdout.strip()) == (0, "")
