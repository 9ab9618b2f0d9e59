from __future__ import annotations

import json
import tomllib
from hashlib import sha256
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tools.checking import wheel
from tools.checking.wheel import citation_faults, faults
from tools.freezing.package import package, path_of

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

EDITION = {"status": "draft", "datasets": {"things": "1.0.0"}}
TABLE = b"id\na\n"
PLACES = b"key\na\n"


def _text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def _readme_line(readme: str) -> str:
    (line,) = {line for line in _text(readme).splitlines() if "bin/pytest" in line}
    return line


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_ci_runs_the_tests_by_the_very_line_of_the_readme(readme: str) -> None:
    assert _readme_line(readme) in map(str.strip, _text(".ci/run").splitlines())


def test_maintainers_build_with_the_build_backend_that_the_project_pins() -> None:
    (pinned,) = tomllib.loads(_text("pyproject.toml"))["build-system"]["requires"]
    assert pinned in _text("tools/requirements.txt").splitlines()


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _files() -> dict[str, bytes]:
    """The data of a wheel with one dataset."""
    descriptor = {
        "name": "things",
        "path": "1.0.0.csv",
        "schema": {"foreignKeys": []},
        "hash": f"sha256:{_hash(TABLE)}",
        "provenance": {"path": "1.0.0.provenance.csv", "hash": f"sha256:{_hash(PLACES)}"},
    }
    document = json.dumps(descriptor).encode()
    return {
        "register.csv": f"dataset,version,sha256\nthings,1.0.0,{_hash(document)}\n".encode(),
        "editions.json": json.dumps({"2026.1": EDITION}).encode(),
        path_of("2026.1"): json.dumps(package("2026.1", EDITION, lambda *_: descriptor)).encode(),
        "superseded.csv": b"dataset,version,reason\n",
        "things/1.0.0.json": document,
        "things/1.0.0.csv": TABLE,
        "things/1.0.0.provenance.csv": PLACES,
    }


def _citation(edition: str) -> str:
    return f'version: 1.0\nreferences:\n  - type: data\n    edition: "{edition}"\n'


@pytest.mark.parametrize(
    ("citation", "count"), [(_citation("2026.2"), 0), (_citation("2026.1"), 1), (None, 2)]
)
def test_a_wheel_says_how_to_cite_its_release_and_edition(
    tmp_path: Path, citation: str | None, count: int
) -> None:
    editions = {name: {"status": "draft", "datasets": {}} for name in ("2026.1", "2026.2")}
    with ZipFile(tmp_path / "made.whl", "w") as wheel:
        wheel.writestr("fintech2021/data/editions.json", json.dumps(editions))
        wheel.writestr("fintech2021-1.0.dist-info/METADATA", "Name: fintech2021\nVersion: 1.0\n")
        if citation:
            wheel.writestr("fintech2021-1.0.dist-info/extra_metadata/CITATION.cff", citation)
        assert len(list(citation_faults(wheel))) == count


def test_a_package_that_says_something_else_than_the_descriptors_is_faulty(tmp_path: Path) -> None:
    path = path_of("2026.1")
    whole = json.loads(_files()[path])
    whole["resources"][0]["path"] = "elsewhere.csv"
    assert _faults(tmp_path, _files() | {path: json.dumps(whole).encode()}) == [
        f"not what the descriptors say: fintech2021/data/{path}"
    ]


def _faults(folder: Path, files: dict[str, bytes]) -> list[str]:
    path = folder / "made.whl"
    with ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(f"fintech2021/data/{name}", content)
        made.writestr("fintech2021-1.0.dist-info/METADATA", "Name: fintech2021\nVersion: 1.0\n")
        made.writestr("fintech2021-1.0.dist-info/extra/CITATION.cff", _citation("2026.1"))
    with ZipFile(path) as made:
        return list(faults(made))


def test_a_wheel_with_every_registered_file_is_right(tmp_path: Path) -> None:
    assert _faults(tmp_path, _files()) == []


@pytest.mark.parametrize(
    "name", ["things/1.0.0.json", "things/1.0.0.csv", "things/1.0.0.provenance.csv"]
)
def test_a_wheel_with_a_changed_file_is_damaged(tmp_path: Path, name: str) -> None:
    files = _files()
    files[name] += b"\n"
    (fault,) = _faults(tmp_path, files)
    assert fault.startswith(f"damaged: fintech2021/data/{name}, ")


@pytest.mark.parametrize("name", ["superseded.csv", "things/1.0.0.csv"])
def test_a_wheel_without_a_registered_file_lacks_it(tmp_path: Path, name: str) -> None:
    files = _files()
    del files[name]
    assert _faults(tmp_path, files) == [f"missing: fintech2021/data/{name}"]


def test_a_wheel_without_a_descriptor_lacks_it_and_its_files_are_unknown(tmp_path: Path) -> None:
    files = _files()
    del files["things/1.0.0.json"]
    assert _faults(tmp_path, files) == [
        "missing: fintech2021/data/things/1.0.0.json",
        "not in the register: fintech2021/data/things/1.0.0.csv",
        "not in the register: fintech2021/data/things/1.0.0.provenance.csv",
    ]


def test_a_wheel_with_a_file_that_nothing_names_is_faulty(tmp_path: Path) -> None:
    files = _files() | {"things/notes.txt": b""}
    assert _faults(tmp_path, files) == ["not in the register: fintech2021/data/things/notes.txt"]


def test_the_command_prints_the_faults_of_a_wheel_and_counts_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _faults(tmp_path, _files()) == []
    assert wheel.main(str(tmp_path / "made.whl")) == 0
    assert capsys.readouterr().out == "3 registered files are right\n"
    _faults(tmp_path, _files() | {"things/notes.txt": b"", "things/more.txt": b""})
    assert wheel.main(str(tmp_path / "made.whl")) == 2
    assert len(capsys.readouterr().out.splitlines()) == 2
