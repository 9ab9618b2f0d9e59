"""The command that makes a release: what it refuses, what it builds, and when it makes the tag."""

from __future__ import annotations

import re
import subprocess
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
import yaml
from tools.checking import wheel as checking
from tools.releasing import __main__ as command
from tools.releasing import builds, prepare
from tools.releasing.state import State
from tools.writing.citation import with_release

from conftest import ROOT
from fintech2021._core.catalog import Edition

if TYPE_CHECKING:
    from collections.abc import Callable

CITATION = (ROOT / "CITATION.cff").read_text("utf-8")
VERSION = CITATION.partition("\nversion: ")[2].partition("\n")[0]
PUBLISHED = Edition("2026.9", "published", "2026-11-26", {})
DRAFT = Edition("2026.9", "draft", None, {})
READY = State(
    version=VERSION,
    changelog=f"# Changelog\n\n## {VERSION} - 2026-11-26\n\nAll.\n\n## 0.1.0 - 2026-11-23\n",
    citation=with_release(CITATION),
    edition=PUBLISHED,
    uncommitted=(),
    tags=("v0.1.0",),
    tags_here=(),
)


def test_a_state_in_which_nothing_is_missing_is_released() -> None:
    assert list(READY.faults()) == []
    assert list(READY.waiting(tagged=False)) == []
    assert list(READY._replace(tags_here=(f"v{VERSION}",)).waiting(tagged=True)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"uncommitted": (" M a.py", "?? b")}, "2 files are not committed:  M a.py, …"),
        ({"edition": DRAFT}, "edition 2026.9 is a draft: "),
        ({"changelog": "## Unreleased\n\n## 0.1.0 - 2026-11-23\n"}, "is called 'Unreleased'"),
        ({"changelog": f"## {VERSION} - soon\n"}, f"is called '{VERSION} - soon'"),
        ({"tags": (f"v{VERSION}",)}, f"v{VERSION} is tagged already"),
    ],
)
def test_a_release_waits_for_whatever_is_missing(changed: dict[str, Any], said: str) -> None:
    (line,) = READY._replace(**changed).waiting(tagged=False)
    assert said in line


def test_the_workflow_publishes_no_commit_without_its_tag() -> None:
    other = READY._replace(tags=("v9",), tags_here=("v9",))
    assert list(other.waiting(tagged=True)) == [f"the commit has no tag v{VERSION}, but v9"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"citation": CITATION.replace(f"version: {VERSION}", "version: 0.0")}, "is not current"),
        ({"version": "9.9"}, "CITATION.cff does not name version 9.9"),
        ({"changelog": "## 0.1.0 - 2026-11-23\n"}, f"has neither {VERSION} nor"),
    ],
)
def test_what_contradicts_itself_is_a_fault(changed: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in READY._replace(**changed).faults())


def test_this_checkout_contradicts_itself_nowhere() -> None:
    state = State.read()
    assert list(state.faults()) == []
    assert state.tag == f"v{VERSION}"


@pytest.fixture
def tagged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What git was told, which was not done."""
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(command, "git", lambda *words: told.append(words))
    return told


def test_the_tag_is_made_when_nothing_is_missing(
    tagged: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.release(READY, [], dry=False, tagged=False) == 0
    title = f"Release {VERSION}, edition 2026.9"
    assert tagged == [("tag", "--annotate", f"v{VERSION}", "--message", title)]
    assert capsys.readouterr().out.splitlines()[:2] == ["nothing is wrong", "nothing is waiting"]


@pytest.mark.parametrize(
    ("state", "wrong", "how", "ends"),
    [
        (READY, [], {"dry": True}, (0, f"would make the tag v{VERSION}: Release")),
        (READY._replace(edition=DRAFT), [], {"dry": True}, (0, "is not released")),
        (READY._replace(edition=DRAFT), [], {}, (1, "is not released")),
        (READY, ["a differs"], {"dry": True}, (1, "wrong: a differs")),
        (READY, ["a differs"], {}, (1, "is not released")),
        (READY, [], {"tagged": True}, (1, "has no tag")),
        (READY._replace(tags_here=(f"v{VERSION}",)), [], {"tagged": True}, (0, "has the tag v")),
    ],
)
@pytest.mark.usefixtures("tagged")
def test_otherwise_it_is_said_why_not(
    state: State,
    wrong: list[str],
    how: dict[str, bool],
    ends: tuple[int, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, said = ends
    assert command.release(state, wrong, **{"dry": False, "tagged": False} | how) == status
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("how", [{"dry": True, "tagged": False}, {"dry": False, "tagged": True}])
def test_no_tag_is_made_unless_it_is_meant(
    how: dict[str, bool], tagged: list[tuple[str, ...]]
) -> None:
    command.release(READY._replace(tags_here=(f"v{VERSION}",)), [], **how)
    command.release(READY, ["a differs"], dry=False, tagged=False)
    assert tagged == []


def test_what_was_checked_is_kept_for_the_workflow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faults(_: Path, out: Path) -> list[str]:
        (out / "dist").mkdir()
        (out / "dist" / "made.whl").write_bytes(b"made")
        return ["it is made up"]

    monkeypatch.setattr(builds, "faults", faults)
    assert command.main(["--dry-run", "--out", str(tmp_path / "kept")]) == 1
    assert (tmp_path / "kept" / "made.whl").read_bytes() == b"made"
    assert "wrong: it is made up" in capsys.readouterr().out
    assert command.built(None) == ["it is made up"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files that name a version, in a folder of their own."""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\nname = "a"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\nAll.\n", "utf-8")
    return tmp_path


def test_a_release_is_prepared_where_version_and_day_stand(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", project)
    assert command.main(["--prepare", "0.3.0", "2026-11-26"]) == 0
    assert 'version = "0.3.0"\nname' in (project / "pyproject.toml").read_text("utf-8")
    assert "\n## 0.3.0 - 2026-11-26\n\nAll." in (project / "CHANGELOG.md").read_text("utf-8")
    said = capsys.readouterr().out
    assert "freeze --publish 2026-11-26" in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("version", "day", "said"),
    [
        ("0.2.0", "2026-11-26", "'0.2.0' is no version after 0.2.0"),
        ("0.03", "2026-11-26", "'0.03' is no version after"),
        ("next", "2026-11-26", "'next' is no version after"),
        ("0.3.0", "today", "Invalid isoformat string: 'today'"),
    ],
)
def test_what_is_no_next_version_or_no_day_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, version: str, day: str, said: str
) -> None:
    monkeypatch.setattr(command, "ROOT", project)
    with pytest.raises(SystemExit, match=f"^refused: {said}"):
        command.main(["--prepare", version, day])
    assert 'version = "0.2.0"' in (project / "pyproject.toml").read_text("utf-8")


def test_a_changelog_with_nothing_unreleased_is_refused(project: Path) -> None:
    (project / "CHANGELOG.md").write_text("# Changelog\n", "utf-8")
    with pytest.raises(ValueError, match=r"^CHANGELOG\.md has 0 lines like"):
        prepare.prepare(project, "0.3.0", "2026-11-26")


WHEEL, SDIST = "made-1.0-py3-none-any.whl", "made-1.0.tar.gz"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder to be built."""
    (tmp_path / "source" / "src").mkdir(parents=True)
    (tmp_path / "source" / "src" / "made.py").write_text("", "utf-8")
    return tmp_path / "source"


def builder(
    monkeypatch: pytest.MonkeyPatch, contents: bytes, *, refused: str = ""
) -> Callable[[], list[str]]:
    """Let each build give a wheel of the next content, and checkers refuse."""
    told: list[str] = []
    wheels = iter(contents)

    def run(*words: str, folder: Path) -> str:
        told.append(words[0])
        if words[0] == refused:
            raise subprocess.CalledProcessError(1, words, output="no good")
        if words[0] == "build":
            out = Path(words[words.index("--outdir") + 1])
            out.mkdir(parents=True)
            (out / WHEEL).write_bytes(bytes([next(wheels)]))
            if "--wheel" not in words:
                pack(out / SDIST, folder)
        return ""

    monkeypatch.setattr(builds, "run", run)
    monkeypatch.setattr(builds, "wheel_faults", lambda _: iter(()))
    return lambda: told


def pack(path: Path, folder: Path) -> None:
    """Write a source distribution, always with the same bytes."""
    with tarfile.open(path, "w") as archive:
        info = archive.gettarinfo(folder / "src" / "made.py", "made-1.0/src/made.py")
        info.mtime = 0
        archive.addfile(info)


def test_builds_that_are_equal_have_no_fault(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = builder(monkeypatch, b"aaa")
    assert list(builds.faults(source, tmp_path / "out")) == []
    assert told() == ["build", "build", "build", "twine", "check_wheel_contents"]


@pytest.mark.parametrize(
    ("contents", "refused", "said"),
    [
        (b"aba", "", f"two builds: {WHEEL} differs"),
        (b"aab", "", f"the wheel of the sdist: {WHEEL} differs"),
        (b"aaa", "twine", "twine: no good"),
        (b"aaa", "check_wheel_contents", "check_wheel_contents: no good"),
    ],
)
def test_builds_that_differ_or_are_refused_have_a_fault(
    source: Path, monkeypatch: pytest.MonkeyPatch, contents: bytes, refused: str, said: str
) -> None:
    builder(monkeypatch, contents, refused=refused)
    assert list(builds.faults(source, source.parent / "out")) == [said]


def wheel(folder: Path, description: str) -> Path:
    """Return a wheel that has nothing but a description."""
    path = folder / WHEEL
    with ZipFile(path, "w") as made:
        made.writestr(
            "made-1.0.dist-info/METADATA", f"Metadata-Version: 2.4\nName: made\n\n{description}"
        )
    return path


@pytest.fixture
def only_description(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at nothing else of a wheel: that is tested beside what looks at it."""
    for name in ("data_faults", "citation_faults"):
        monkeypatch.setattr(builds, name, lambda _: iter(()))


@pytest.mark.usefixtures("only_description")
def test_a_description_that_leads_nowhere_is_a_fault(tmp_path: Path) -> None:
    assert list(builds.wheel_faults(wheel(tmp_path, "[一](https://a.org).\n"))) == []
    assert list(builds.wheel_faults(wheel(tmp_path, "一 [a](docs/a.md).\n"))) == [
        "the description leads to docs/a.md"
    ]


@pytest.mark.usefixtures("only_description")
def test_a_wheel_that_is_too_large_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "LIMIT", 100)
    (fault,) = builds.wheel_faults(wheel(tmp_path, "All.\n"))
    assert "bytes, more than 100" in fault


def test_the_policy_says_the_limit_that_is_kept() -> None:
    page = (ROOT / "docs" / "policy.md").read_text("utf-8")
    assert f"below {checking.LIMIT // 1_000_000} MB" in page


def test_a_module_that_fails_says_why(tmp_path: Path) -> None:
    assert "usage" in builds.run("zipfile", "--help", folder=tmp_path)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        builds.run("no_such_module_of_ours", folder=tmp_path)
    assert "No module named" in caught.value.stdout


@pytest.fixture(scope="module")
def workflow() -> Any:
    """What the forge is to do, as it reads it."""
    path = ROOT / ".github" / "workflows" / "release.yml"
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def test_the_workflow_tries_every_python_that_is_promised_and_other_systems(workflow: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    promised = [each.rpartition(" ")[2] for each in project["classifiers"] if ":: 3." in each]
    matrix = workflow["tests"]["strategy"]["matrix"]
    assert matrix["python"] == promised
    others = {(each["system"].partition("-")[0], each["python"]) for each in matrix["include"]}
    ends = (promised[0], promised[-1])
    assert others == {(system, python) for system in ("windows", "macos") for python in ends}


def test_nothing_is_published_that_was_not_tried_built_and_attested(workflow: Any) -> None:
    assert workflow["publish"]["needs"] == "attest"
    assert workflow["attest"]["needs"] == ["tests", "build"]
    for name in ("attest", "publish"):
        assert workflow[name]["if"] == "github.ref_type == 'tag'"
    trusted = [name for name, job in workflow.items() if "id-token" in job.get("permissions", {})]
    assert trusted == ["attest", "publish"]
    assert workflow["publish"]["environment"] == "pypi"
    assert not any("run" in step for step in workflow["publish"]["steps"])


def test_the_workflow_calls_commands_that_there_are(workflow: Any) -> None:
    said = "\n".join(step.get("run", "") for job in workflow.values() for step in job["steps"])
    calls = re.findall(r"python -m tools\.releasing (.+)", said)
    assert calls == ["--dry-run --out dist", "--tagged --out dist"]
    for call in calls:
        command._parser().parse_args(call.split())
