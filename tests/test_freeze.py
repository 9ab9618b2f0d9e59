from __future__ import annotations

import inspect
import json
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.freezing import freeze
from tools.freezing.freeze import ROOT, Workspace
from tools.freezing.transcript import FreezeError
from tools.models import models

from fintech2021._core import catalog, digests, store
from fintech2021._core.descriptor import Descriptor
from fintech2021._core.rows import read_table, write_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from fintech2021._records.record import Record

pytestmark = pytest.mark.slow  # Processes of their own, or whole copies of the data.

MODELS = models()


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """A copy of the transcriptions and the data, free to be changed."""
    copy = Workspace(tmp_path / "transcription", tmp_path / "data")
    shutil.copytree(ROOT / "transcription", copy.transcription)
    shutil.copytree(Workspace().data, copy.data)
    copy.digests.parent.mkdir()
    shutil.copy(Workspace().digests, copy.digests)
    return copy


@pytest.fixture
def published(work: Workspace) -> Workspace:
    """The same, with every version as it stands in a published edition."""
    editions = work.editions()
    for edition in editions.values():
        edition |= {"status": "published", "published_on": "2026-11-23"}
    (work.data / "editions.json").write_bytes(freeze._json(editions))
    for path, content in freeze._packages(editions, {}, work).items():
        (work.data / path).write_bytes(content)
    work.digests.write_text(guard(work), "ascii")
    return work


def guard(work: Workspace) -> str:
    """Return the module that guards the indexes as they are."""
    return freeze.digests_module(
        {path: store.digest((work.data / path).read_bytes()) for path in freeze.INDEXES}
    )


def test_the_digests_of_the_indexes_are_those_of_the_last_freeze() -> None:
    assert Workspace().digests.read_text("ascii") == guard(Workspace())


def test_a_freeze_leaves_a_package_that_takes_its_own_indexes(published: Workspace) -> None:
    published.digests.write_text("INDEX_SHA256 = {}", "ascii")
    assert freeze.freeze(published, MODELS) == ["_core/digests.py"]
    assert published.digests.read_text("ascii") == guard(published)


@pytest.fixture(autouse=True)
def _own_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command, which takes the indexes as they lie, change nothing for other tests."""
    monkeypatch.setattr(digests, "INDEX_SHA256", dict(digests.INDEX_SHA256))


def test_the_command_begins_with_the_indexes_as_they_lie_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digests, "INDEX_SHA256", {})
    monkeypatch.setattr(freeze, "freeze", lambda *_, **__: [])
    freeze.main([])
    assert guard(Workspace()) == freeze.digests_module(digests.INDEX_SHA256)


def replace(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def transcribed(work: Workspace, name: str = "banks", kind: str = "csv") -> Path:
    return work.transcription / name / f"{work.newest(name)}.{kind}"


def frozen(work: Workspace, name: str = "banks", kind: str = "csv") -> Path:
    return work.data / name / f"{work.newest(name)}.{kind}"


def test_freezing_unchanged_inputs_changes_nothing(work: Workspace) -> None:
    assert freeze.freeze(work, MODELS) == []


@pytest.mark.parametrize("kind", ["csv", "provenance.csv"])
def test_freezing_from_nothing_gives_what_is_packaged(work: Workspace, kind: str) -> None:
    _draft(work)
    names = _of_the_draft_only(work)
    packaged = {name: frozen(work, name, kind).read_bytes() for name in names}
    for name in names:
        frozen(work, name, kind).unlink()
    freeze.freeze(work, MODELS)
    assert {name: frozen(work, name, kind).read_bytes() for name in names} == packaged


def _of_the_draft_only(work: Workspace) -> list[str]:
    """Return the datasets whose newest version no published edition names: nearly all of them."""
    *older, newest = (set(edition["datasets"].items()) for edition in work.editions().values())
    names = [name for name, _ in newest.difference(*older)]
    assert len(names) > len(MODELS) / 2
    return names


def test_a_changed_transcription_of_a_draft_is_frozen_anew(only_first: Workspace) -> None:
    work, table = only_first, transcribe(only_first, "2.0.0")
    for path in (table, places(table)):
        replace(path, b",35400,", b",35401,")
    freeze.freeze(work, MODELS, opened="2099.1")
    for path in (table, places(table)):
        replace(path, b",35401,", b",35402,")
    assert set(freeze.freeze(work, MODELS)) >= {
        f"banks/2.0.0.{kind}" for kind in ("csv", "provenance.csv", "json")
    }
    register = work.register()
    descriptor = frozen(work, kind="json").read_bytes()
    assert register["banks", "2.0.0"] == store.digest(descriptor)
    assert json.loads(descriptor)["hash"] == f"sha256:{store.digest(frozen(work).read_bytes())}"


def _draft(work: Workspace) -> Workspace:
    """Let the newest edition be a draft, and the ones before it published."""
    editions = work.editions()
    newest = [*editions.values()][-1]
    newest["status"] = "draft"
    newest.pop("published_on", None)
    (work.data / "editions.json").write_bytes(freeze._json(editions))
    return work


def test_a_published_version_is_not_written_again(published: Workspace) -> None:
    assert freeze.freeze(published, MODELS) == []


def test_a_changed_cell_of_a_published_version_is_refused(published: Workspace) -> None:
    replace(transcribed(published), b"35400", b"35401")
    with pytest.raises(FreezeError, match=r"banks .* is published and its csv would change"):
        freeze.freeze(published, MODELS)


def test_a_changed_place_of_a_published_version_is_refused(published: Workspace) -> None:
    replace(transcribed(published, kind="provenance.csv"), b"35400", b"35401")
    with pytest.raises(FreezeError, match=r"is published and its provenance\.csv would change"):
        freeze.freeze(published, MODELS)


@pytest.mark.parametrize("kind", ["csv", "provenance.csv"])
def test_a_changed_file_of_a_published_version_is_refused(published: Workspace, kind: str) -> None:
    replace(frozen(published, kind=kind), b"35400", b"35401")
    with pytest.raises(FreezeError, match="A published version never changes"):
        freeze.freeze(published, MODELS)


def test_a_changed_descriptor_of_a_published_version_is_refused(published: Workspace) -> None:
    replace(frozen(published, kind="json"), b"Technology spending", b"Technology outlay")
    with pytest.raises(FreezeError, match=r"the descriptor of banks .* is not the published one"):
        freeze.freeze(published, MODELS)


def test_a_refused_freeze_writes_nothing(published: Workspace) -> None:
    replace(transcribed(published), b"35400", b"35401")
    before = {path: path.read_bytes() for path in published.data.rglob("*") if path.is_file()}
    with pytest.raises(FreezeError):
        freeze.freeze(published, MODELS)
    after = {path: path.read_bytes() for path in published.data.rglob("*") if path.is_file()}
    assert before == after


def test_a_published_version_stays_when_its_dataset_has_a_newer_one(published: Workspace) -> None:
    old = published.newest("banks")
    for kind in ("csv", "provenance.csv"):
        shutil.copy(
            transcribed(published, kind=kind), published.transcription / "banks" / f"99.0.0.{kind}"
        )
    digest = published.register()["banks", old]
    freeze.freeze(published, MODELS, opened="2099.1")
    assert published.register()["banks", old] == digest
    assert ("banks", "99.0.0") in published.register()
    assert published.editions()["2099.1"]["datasets"]["banks"] == "99.0.0"
    assert published.editions()["2099.1"]["status"] == "draft"
    replace(published.transcription / "banks" / f"{old}.csv", b"35400", b"35401")
    with pytest.raises(FreezeError, match=f"banks {re.escape(old)} is published"):
        freeze.freeze(published, MODELS)


def test_publishing_fixes_the_draft_edition(work: Workspace) -> None:
    freeze.freeze(_draft(work), MODELS, published="2026-11-23")
    newest = list(work.editions().values())[-1]
    assert (newest["status"], newest["published_on"]) == ("published", "2026-11-23")
    assert set(newest["datasets"]) == set(MODELS)
    replace(transcribed(work), b"35400", b"35401")
    with pytest.raises(FreezeError, match="is published"):
        freeze.freeze(work, MODELS)


def test_an_edition_is_opened_only_once(published: Workspace) -> None:
    (name, *_) = published.editions()
    with pytest.raises(FreezeError, match=f"edition {name} exists already"):
        freeze.freeze(published, MODELS, opened=name)


def test_a_dataset_without_a_transcription_is_refused(work: Workspace) -> None:
    shutil.rmtree(work.transcription / "banks")
    with pytest.raises(FreezeError, match="banks has no transcription"):
        freeze.freeze(work, MODELS)


def test_a_broken_rule_of_any_transcription_is_refused(work: Workspace) -> None:
    replace(transcribed(_draft(work)), b"35400", b"35401")
    with pytest.raises(FreezeError, match="tech_staff is '35401', but line 1641 prints '35400'"):
        freeze.freeze(work, MODELS)


def test_the_newest_version_is_chosen_by_number_not_by_letter(work: Workspace) -> None:
    for version in ("9.0.0", "10.0.0"):
        (work.transcription / "banks" / f"{version}.provenance.csv").touch()
    assert work.newest("banks") == "10.0.0"


def test_freezing_starts_from_empty_data(work: Workspace, tmp_path: Path) -> None:
    empty = Workspace(work.transcription, tmp_path / "empty")
    assert (empty.editions(), empty.register()) == ({}, {})
    assert "register.csv" in freeze.freeze(empty, MODELS, opened="2099.1")
    assert set(empty.editions()["2099.1"]["datasets"]) == set(MODELS)


def test_the_command_says_what_changed(
    work: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze.freeze(_draft(work), MODELS)
    monkeypatch.setattr(freeze, "Workspace", lambda: work)
    freeze.main([])
    assert capsys.readouterr().out == "nothing changed\n"
    frozen(work).unlink()
    freeze.main([])
    assert capsys.readouterr().out == f"banks/{work.newest('banks')}.csv\n"


def faults(data: Path) -> list[str]:
    """Return every packaged file that is not the one in the register, by its path."""
    found: dict[str, str] = {}
    for line in (data / "register.csv").read_text("ascii").splitlines()[1:]:
        name, version, digest = line.split(",")
        path = f"{name}/{version}.json"
        found[path] = digest
        found |= _digests(data / path, name)
    files = {str(path.relative_to(data)) for folder in data.iterdir() for path in folder.glob("*")}
    wrong = [path for path, digest in found.items() if _digest(data / path) != digest]
    return sorted({*wrong, *(files - found.keys())})


def _digests(descriptor: Path, name: str) -> dict[str, str]:
    document = json.loads(descriptor.read_bytes())
    return {
        f"{name}/{part['path']}": part["hash"].removeprefix("sha256:")
        for part in (document, document["provenance"])
    }


def _digest(path: Path) -> str:
    return store.digest(path.read_bytes()) if path.exists() else "missing"


def test_every_packaged_file_is_the_one_in_the_register() -> None:
    assert faults(Workspace().data) == []


def _edit(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"2020", b"2021", 1))


def _remove(path: Path) -> None:
    path.unlink()


def _line_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("change", [_edit, _line_ends, _remove])
@pytest.mark.parametrize("kind", ["csv", "provenance.csv"])
def test_a_hand_edit_of_a_published_file_is_noticed(
    work: Workspace, kind: str, change: Callable[[Path], None]
) -> None:
    path = frozen(work, kind=kind)
    change(path)
    assert faults(work.data) == [str(path.relative_to(work.data))]


def test_a_hand_edit_of_a_descriptor_is_noticed(work: Workspace) -> None:
    path = frozen(work, kind="json")
    _edit(path)
    assert faults(work.data) == [str(path.relative_to(work.data))]


def test_a_file_that_nobody_published_is_noticed(work: Workspace) -> None:
    (work.data / "banks" / "9.9.9.csv").touch()
    assert faults(work.data) == ["banks/9.9.9.csv"]


@pytest.mark.parametrize("name", catalog.datasets())
def test_every_packaged_table_has_its_one_spelling(name: str) -> None:
    for path in Workspace().data.joinpath(name).glob("*.csv"):
        assert write_table(*read_table(path.read_bytes())) == path.read_bytes()


LAST = "\n\n    科技人员占全体员工的百分比。\n"
"""How the description of the last column ends."""

NOTE = '''    """
    note: Annotated[Text | None, editorial("Note", "备注", missing=("nothing", "无"))] = None
    """What is there to note.

    备注。
'''


@pytest.fixture
def other_banks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], dict[str, type[Record]]]:
    """The models, but with another text in the module of banks."""

    def models_with(old: str, new: str) -> dict[str, type[Record]]:
        source = Path(inspect.getfile(MODELS["banks"])).read_text("utf-8")
        assert source.count(old) == 1
        imported = "from fintech2021._records.columns import Text, derived, editorial\n"
        (tmp_path / "other_banks.py").write_text(
            source.replace(
                "from fintech2021._records.columns",
                f"{imported}from fintech2021._records.columns",
                1,
            ).replace(old, new),
            "utf-8",
        )
        return MODELS | {"banks": import_module("other_banks").Bank}

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "other_banks", raising=False)
    return models_with


@pytest.fixture
def with_note(
    other_banks: Callable[[str, str], dict[str, type[Record]]],
) -> dict[str, type[Record]]:
    """The models, but that of banks has a column of notes more."""
    return other_banks(LAST, LAST + NOTE)


def transcribe(work: Workspace, version: str) -> Path:
    """Transcribe a version of banks that is the same as 1.0.0, and return its table."""
    folder = work.transcription / "banks"
    for path in folder.glob("*.csv"):
        if not path.name.startswith("1.0.0."):
            path.unlink()
    for kind in ("csv", "provenance.csv"):
        shutil.copy(folder / f"1.0.0.{kind}", folder / f"{version}.{kind}")
    return folder / f"{version}.csv"


def places(table: Path) -> Path:
    return table.with_name(f"{table.stem}.provenance.csv")


@pytest.fixture
def only_first(published: Workspace) -> Workspace:
    """Published data in which banks has no version but 1.0.0."""
    for path in published.data.joinpath("banks").iterdir():
        if not path.name.startswith("1.0.0."):
            path.unlink()
    editions = published.editions()
    for edition in editions.values():
        edition["datasets"]["banks"] = "1.0.0"
    (published.data / "editions.json").write_bytes(freeze._json(editions))
    return published


@pytest.mark.parametrize(("version", "step"), [("1.1.0", "minor"), ("1.0.1", "patch")])
def test_a_changed_value_is_no_minor_or_patch_version_and_its_cell_is_named(
    only_first: Workspace, version: str, step: str
) -> None:
    table = transcribe(only_first, version)
    replace(table, b",35400,", b",35401,")
    replace(places(table), b",35400,", b",35401,")
    with pytest.raises(FreezeError) as caught:
        freeze.freeze(only_first, MODELS, opened="2099.1")
    assert str(caught.value).splitlines() == [
        f"banks {version} would be a {step} step, but the difference demands a major one:",
        f"banks 1.0.0 → {version}: major step",
        "~ icbc | tech_staff: 35400 → 35401",
    ]
    assert not (only_first.data / "banks" / f"{version}.csv").exists()


def test_a_changed_value_is_a_major_version(only_first: Workspace) -> None:
    table = transcribe(only_first, "2.0.0")
    replace(table, b",35400,", b",35401,")
    replace(places(table), b",35400,", b",35401,")
    written = freeze.freeze(only_first, MODELS, opened="2099.1")
    assert "banks/2.0.0.csv" in written
    assert b",35401," in (only_first.data / "banks" / "2.0.0.csv").read_bytes()
    assert only_first.editions()["2099.1"]["datasets"]["banks"] == "2.0.0"


def test_nothing_new_may_be_any_later_version(only_first: Workspace) -> None:
    transcribe(only_first, "1.0.1")
    assert "banks/1.0.1.csv" in freeze.freeze(only_first, MODELS, opened="2099.1")


def note(table: Path) -> None:
    """Add the column of notes, with a note on icbc."""
    header, rows = read_table(table.read_bytes())
    noted = [[*row, "the largest" if row[0] == "icbc" else ""] for row in rows]
    table.write_bytes(write_table([*header, "note"], noted))


def test_an_added_column_is_a_minor_version(
    only_first: Workspace, with_note: dict[str, type[Record]]
) -> None:
    note(transcribe(only_first, "1.1.0"))
    assert "banks/1.1.0.csv" in freeze.freeze(only_first, with_note, opened="2099.1")
    descriptor = json.loads((only_first.data / "banks" / "1.1.0.json").read_bytes())
    assert descriptor["schema"]["fields"][-1]["name"] == "note"


def test_an_added_column_is_no_patch_and_is_named(
    only_first: Workspace, with_note: dict[str, type[Record]]
) -> None:
    note(transcribe(only_first, "1.0.1"))
    with pytest.raises(FreezeError) as caught:
        freeze.freeze(only_first, with_note, opened="2099.1")
    assert str(caught.value).splitlines() == [
        "banks 1.0.1 would be a patch step, but the difference demands a minor one:",
        "banks 1.0.0 → 1.0.1: minor step",
        "+ column note: string optional",
        "+ icbc | note: the largest",
    ]


def test_a_version_is_compared_with_the_one_before_it_not_with_a_later_one(
    only_first: Workspace,
) -> None:
    table = transcribe(only_first, "2.0.0")
    replace(table, b",35400,", b",35401,")
    replace(places(table), b",35400,", b",35401,")
    freeze.freeze(only_first, MODELS, opened="2099.1")
    table.unlink()
    places(table).unlink()
    transcribe(only_first, "1.0.1")
    assert "banks/1.0.1.csv" in freeze.freeze(only_first, MODELS)


def mark(work: Workspace, reason: str, name: str = "banks", version: str = "1.0.0") -> Workspace:
    """Say why a version is superseded, or nothing at all."""
    path = work.transcription / "superseded.csv"
    header, marks = read_table(path.read_bytes())
    others = [each for each in marks if each[:2] != [name, version]]
    own = [[name, version, reason]] if reason else []
    path.write_bytes(write_table(header, [*own, *others]))
    return work


def repaired(work: Workspace, cell: str) -> Workspace:
    """Transcribe banks 2.0.0 with another value at icbc, and a repair of one cell."""
    mark(work, "A misprint (erratum made_up).")
    table = transcribe(work, "2.0.0")
    replace(table, b",35400,", b",35401,")
    table.with_name("2.0.0.repairs.csv").write_text(
        f"key,column,erratum_id\n{cell},made_up\n", "utf-8"
    )
    return work


def test_a_value_that_the_report_does_not_print_needs_a_repair(only_first: Workspace) -> None:
    replace(transcribe(only_first, "2.0.0"), b",35400,", b",35401,")
    with pytest.raises(FreezeError, match="tech_staff is '35401', but line 1641 prints '35400'"):
        freeze.freeze(only_first, MODELS, opened="2099.1")


def test_a_repair_is_frozen_with_the_erratum_on_which_it_rests(only_first: Workspace) -> None:
    work = repaired(only_first, "icbc,tech_staff")
    assert "banks/2.0.0.json" in freeze.freeze(work, MODELS, opened="2099.1")
    descriptor = Descriptor.from_resource(
        json.loads((work.data / "banks" / "2.0.0.json").read_bytes())
    )
    assert descriptor.repair("icbc", "tech_staff") == "made_up"
    assert b",35400," in (work.data / "banks" / "2.0.0.provenance.csv").read_bytes()


def test_a_repair_of_another_cell_does_not_help(only_first: Workspace) -> None:
    work = repaired(only_first, "abc,tech_staff")
    with pytest.raises(FreezeError) as caught:
        freeze.freeze(work, MODELS, opened="2099.1")
    assert str(caught.value).splitlines() == [
        "banks 2.0.0: abc: the repair of tech_staff repairs nothing",
        "banks 2.0.0: icbc: tech_staff is '35401', but line 1641 prints '35400' and the scale is 1",
    ]


def test_a_repair_that_repairs_nothing_is_refused(only_first: Workspace) -> None:
    table = transcribe(only_first, "2.0.0")
    table.with_name("2.0.0.repairs.csv").write_text(
        "key,column,erratum_id\nicbc,tech_staff,made_up\n", "utf-8"
    )
    with pytest.raises(FreezeError, match="icbc: the repair of tech_staff repairs nothing"):
        freeze.freeze(only_first, MODELS, opened="2099.1")


@pytest.mark.parametrize("cell", ["nobody,tech_staff", "icbc,no_column", "icbc,name_en"])
def test_a_repair_of_a_cell_that_has_no_place_is_refused(only_first: Workspace, cell: str) -> None:
    work = repaired(only_first, f"icbc,tech_staff,made_up\n{cell}")
    with pytest.raises(FreezeError, match="repairs nothing"):
        freeze.freeze(work, MODELS, opened="2099.1")


@pytest.mark.parametrize("name", ["../x", "2026", "banana", "2026.1"])
def test_an_edition_has_a_name_of_its_own(work: freeze.Workspace, name: str) -> None:
    with pytest.raises(FreezeError, match=r"cannot be opened|exists already"):
        freeze.freeze(work, models(), opened=name)


@pytest.mark.parametrize("day", ["banana", "2026-13-01"])
def test_an_edition_is_published_on_a_day(work: freeze.Workspace, day: str) -> None:
    with pytest.raises(FreezeError, match=r"is no date|no draft edition"):
        freeze.freeze(work, models(), published=day)


UNTOLD = {
    "a value without a Chinese label": (
        'JOINT_STOCK = "joint_stock", "National joint-stock bank", "全国性股份制银行"',
        'JOINT_STOCK = "joint_stock", "National joint-stock bank", ""',
        "bank_type has no label for 'joint_stock' in both languages",
    ),
    "a value without an English label": (
        '"National joint-stock bank"',
        '""',
        "bank_type has no label for 'joint_stock' in both languages",
    ),
    "a column without Chinese": (LAST, "\n", "tech_staff_pct has no Chinese description"),
    "an empty cell without a reason in Chinese": (
        '_DASH = (\'printed as "-"\', "原文为“-”")',
        "_DASH = 'printed as \"-\"'",
        "tech_staff does not say in Chinese why it can be empty",
    ),
    "a record without Chinese": (
        "\n\n    全国性银行2020财年的科技投入与科技人员。\n",
        "\n",
        "the record and the source have no Chinese description",
    ),
    "a caveat in one language": (
        'key=("bank_id",),',
        'key=("bank_id",), caveats=(("Some are missing.", ""),),',
        "a caveat stands in one language only",
    ),
    "limitations in one language": (
        "局限：",
        "",
        "a caveat stands in one language only",
    ),
    "a derived column without a rule": (
        'editorial("Bank type", "银行类型")',
        'derived("Bank type", "银行类型")',
        "bank_type is derived without a rule, or has a rule and is not derived",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), UNTOLD.values(), ids=UNTOLD)
def test_what_is_not_told_in_both_languages_is_refused(
    only_first: Workspace,
    other_banks: Callable[[str, str], dict[str, type[Record]]],
    old: str,
    new: str,
    said: str,
) -> None:
    transcribe(only_first, "2.0.0")
    with pytest.raises(FreezeError) as caught:
        freeze.freeze(only_first, other_banks(old, new), opened="2099.1")
    assert f"banks 2.0.0: {said}" in str(caught.value).splitlines()


def next_version(work: Workspace, name: str) -> Path:
    """Transcribe the newest version of a dataset again, under a later number, and say why."""
    newest = work.newest(name)
    mark(work, "Made up.", name, newest)
    for path in (work.transcription / name).glob(f"{newest}.*"):
        shutil.copy(path, path.with_name(path.name.replace(newest, "99.0.0")))
    return work.transcription / name / "99.0.0.csv"


def put(table: Path, key: str, **cells: str) -> None:
    """Write other cells into the row of a key."""
    header, rows = read_table(table.read_bytes())
    (row,) = (each for each in rows if each[0] == key)
    for column, text in cells.items():
        assert row[header.index(column)] != text
        row[header.index(column)] = text
    table.write_bytes(write_table(header, rows))


def test_a_natural_key_that_stands_twice_is_refused(published: Workspace) -> None:
    table = next_version(published, "observations")
    put(table, "cn_internet_users_2021_06_restated", restates="")
    with pytest.raises(FreezeError) as caught:
        freeze.freeze(published, MODELS, opened="2099.1")
    assert str(caught.value) == (
        "observations 99.0.0: it does not hold for cn_internet_users_2021_06 that no two rows "
        "give the same of the same thing, time and state, unless one restates"
    )
    assert not (published.data / "observations" / "99.0.0.csv").exists()


def test_a_rule_between_tables_waits_until_all_are_frozen(published: Workspace) -> None:
    table = next_version(published, "banks")
    replace(table, b",23819000000,", b",23820000000,")
    replace(places(table), b",238.19,", b",238.20,")
    assert "banks/99.0.0.csv" in freeze.freeze(published, MODELS, opened="2099.1")


@pytest.mark.parametrize(
    ("name", "key", "cells", "said"),
    [
        (
            "observations",
            "cn_supply_chain_assets_2020",
            {"period_start": "2020-01-01"},
            "period_start is '2020-01-01', its rule gives '2020-12-31'",
        ),
        (
            "observations",
            "cn_supply_chain_assets_2020",
            {"title_zh": "别的"},
            "title_zh is '别的', its rule gives ",
        ),
        (
            "policies",
            "cn_personal_information_protection_law",
            {"issued_on_end": ""},
            "issued_on_end is '', its rule gives ",
        ),
    ],
)
def test_a_wrong_derived_cell_is_refused(
    published: Workspace, name: str, key: str, cells: dict[str, str], said: str
) -> None:
    put(next_version(published, name), key, **cells)
    with pytest.raises(FreezeError) as caught:
        freeze.freeze(published, MODELS, opened="2099.1")
    (fault,) = str(caught.value).splitlines()
    assert fault.startswith(f"{name} 99.0.0: {key}: {said}")


def test_a_module_that_does_not_name_its_source_is_refused(
    only_first: Workspace, other_banks: Callable[[str, str], dict[str, type[Record]]]
) -> None:
    transcribe(only_first, "2.0.0")
    with pytest.raises(ValueError, match="other_banks has no 'Source:' in its docstring"):
        freeze.freeze(only_first, other_banks("Source: ", "From "), opened="2099.1")


def test_nothing_is_published_where_no_edition_is_a_draft(published: Workspace) -> None:
    with pytest.raises(FreezeError, match="there is no draft edition to publish"):
        freeze.freeze(published, MODELS, published="2026-11-23")


def test_a_page_that_no_row_cites_is_refused(published: Workspace) -> None:
    page = "finextra_36525"
    for name in ("virtual_banks", "cross_checks"):
        table = next_version(published, name)
        header, rows = read_table(table.read_bytes())
        cited = header.index("source_ids")
        assert any(page in row[cited].split(";") for row in rows)
        for row in rows:
            row[cited] = ";".join(each for each in row[cited].split(";") if each != page)
        table.write_bytes(write_table(header, rows))
    with pytest.raises(FreezeError, match=f"^sources: no row of any dataset cites {page}$"):
        freeze.freeze(published, MODELS, opened="2099.1")


def test_the_command_says_why_it_refuses(
    published: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(freeze, "Workspace", lambda: published)
    with pytest.raises(SystemExit, match=r"^refused\nthere is no draft edition to publish$"):
        freeze.main(["--publish", "2026-11-23"])
    assert capsys.readouterr().out == ""


def test_a_dataset_that_an_edition_dropped_stays_as_it_was_published(published: Workspace) -> None:
    others = {name: model for name, model in MODELS.items() if name != "trends"}
    replace(transcribed(published, "trends"), b"1", b"2")
    with pytest.raises(FreezeError, match=r"trends .* is published and its csv would change"):
        freeze.freeze(published, others, opened="2099.1")


def corrected(work: Workspace) -> Workspace:
    """Transcribe banks 2.0.0 with another value at icbc, as if it had been misread."""
    table = transcribe(work, "2.0.0")
    replace(table, b",35400,", b",35401,")
    replace(places(table), b",35400,", b",35401,")
    return work


def test_a_version_that_corrects_another_needs_the_reason_of_the_warning(
    only_first: Workspace,
) -> None:
    work = mark(corrected(only_first), "")
    with pytest.raises(FreezeError, match=r"^banks 1\.0\.0 has cells that 2\.0\.0 corrects, and"):
        freeze.freeze(work, MODELS, opened="2099.1")
    assert "banks/2.0.0.csv" in freeze.freeze(mark(work, "Misread."), MODELS, opened="2099.1")


def test_the_reason_of_the_warning_has_to_name_the_erratum(only_first: Workspace) -> None:
    work = mark(repaired(only_first, "icbc,tech_staff"), "A misprint.")
    with pytest.raises(FreezeError, match=r"does not name the erratum made_up$"):
        freeze.freeze(work, MODELS, opened="2099.1")
