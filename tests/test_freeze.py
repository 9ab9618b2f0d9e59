from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

import freeze
from fintech2021 import catalogue, cells, store
from freeze import ROOT, Workspace
from models import models
from transcript import FreezeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODELS = models()


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """A copy of the transcriptions and the data, free to be changed."""
    copy = Workspace(tmp_path / "transcription", tmp_path / "data")
    shutil.copytree(ROOT / "transcription", copy.transcription)
    shutil.copytree(Workspace().data, copy.data)
    return copy


@pytest.fixture
def published(work: Workspace) -> Workspace:
    """The same, with every version as it stands in a published edition."""
    editions = work.editions()
    for edition in editions.values():
        edition |= {"status": "published", "published_on": "2026-11-23"}
    (work.data / "editions.json").write_bytes(freeze._json(editions))
    return work


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
    packaged = {name: frozen(work, name, kind).read_bytes() for name in MODELS}
    for name in MODELS:
        frozen(work, name, kind).unlink()
    freeze.freeze(_draft(work), MODELS)
    assert {name: frozen(work, name, kind).read_bytes() for name in MODELS} == packaged


def test_a_changed_transcription_of_a_draft_is_frozen_anew(work: Workspace) -> None:
    for kind in ("csv", "provenance.csv"):
        replace(transcribed(work, kind=kind), b"35400", b"35401")
    assert set(freeze.freeze(_draft(work), MODELS)) >= {
        str(frozen(work, kind=kind).relative_to(work.data))
        for kind in ("csv", "provenance.csv", "json")
    }
    register = work.register()
    descriptor = frozen(work, kind="json").read_bytes()
    assert register["banks", work.newest("banks")] == store.digest(descriptor)
    assert json.loads(descriptor)["hash"] == f"sha256:{store.digest(frozen(work).read_bytes())}"


def _draft(work: Workspace) -> Workspace:
    editions = work.editions()
    for edition in editions.values():
        edition["status"] = "draft"
        edition.pop("published_on", None)
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
    (work.data / "banks" / "1.0.1.csv").touch()
    assert faults(work.data) == ["banks/1.0.1.csv"]


@pytest.mark.parametrize("name", catalogue.datasets())
def test_every_packaged_table_has_its_one_spelling(name: str) -> None:
    for path in Workspace().data.joinpath(name).glob("*.csv"):
        assert cells.write_table(*cells.read_table(path.read_bytes())) == path.read_bytes()
