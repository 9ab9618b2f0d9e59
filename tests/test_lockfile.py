from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021._core import catalog, store
from fintech2021._versions import lockfile
from made_up_versions import forget, write

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(ft.__file__).parent
DATASETS = catalog.datasets()
BANKS = catalog.load_descriptor("banks")


def locked(*names: str) -> str:
    return lockfile.lock_text(catalog.load_descriptor(name) for name in names or DATASETS)


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock file that holds everything as it is installed."""
    path = tmp_path / "fintech2021.lock"
    path.write_text(locked(), "utf-8")
    return path


def test_a_lock_file_is_toml_with_version_and_digest_of_every_dataset() -> None:
    document = tomllib.loads(locked())
    assert document["format"] == 1
    assert document["package"] == metadata.version("fintech2021")
    assert document["datasets"] == {
        name: {
            "version": catalog.load_descriptor(name).version,
            "sha256": store.digest(catalog.load_descriptor(name).content),
        }
        for name in DATASETS
    }


def test_a_lock_file_names_the_edition_that_it_holds() -> None:
    assert tomllib.loads(locked())["edition"] == catalog.default_edition().name


def test_a_lock_file_of_some_datasets_is_no_edition() -> None:
    assert tomllib.loads(locked("banks"))["edition"] == ""


@pytest.mark.usefixtures("three_banks")
def test_an_older_edition_is_named_too() -> None:
    with ft.pinned("2026.1"):
        assert tomllib.loads(lockfile.lock_text(map(ft.info, DATASETS)))["edition"] == "2026.1"


def test_a_bare_copy_of_the_package_can_be_locked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", unknown)
    assert tomllib.loads(locked("banks"))["package"] == "0+unknown"


def test_a_lock_file_says_how_it_is_made_and_ends_with_a_line_end() -> None:
    text = locked("banks")
    assert text.startswith("# ")
    assert "fintech2021 lock" in text.splitlines()[0]
    assert text.endswith('"\n')


def test_the_same_data_give_the_same_lock_file() -> None:
    assert locked() == locked()


def test_what_is_locked_is_found_again(lock: Path) -> None:
    assert ft.verify_lock(lock) == catalog.default_edition().datasets
    assert ft.verify_lock(str(lock)) == ft.verify_lock(lock)
    with ft.pinned(lock):
        assert locked() == lock.read_text("utf-8")


def test_a_locked_version_that_is_not_installed_names_dataset_version_and_what_there_is(
    lock: Path,
) -> None:
    version = f'version = "{BANKS.version}"'
    assert version in locked("banks")
    lock.write_text(locked("banks").replace(version, 'version = "9.9.9"'), "utf-8")
    with pytest.raises(ft.LockError, match=r"banks 9\.9\.9: locked .* not installed.*1\.0\.0"):
        ft.verify_lock(lock)


def test_a_locked_dataset_that_is_not_installed_is_named(lock: Path) -> None:
    lock.write_text(locked("banks").replace("[datasets.banks]", "[datasets.bnks]"), "utf-8")
    expected = rf"bnks {re.escape(BANKS.version)}: .* not installed.*'banks'"
    with pytest.raises(ft.LockError, match=expected):
        ft.verify_lock(lock)


def test_every_difference_is_named_at_once(lock: Path) -> None:
    other = "0" * 64
    text = locked("banks", "regions", "trends")
    for name in ("banks", "regions"):
        text = text.replace(catalog.load_descriptor(name).sha256, other)
    lock.write_text(text, "utf-8")
    with pytest.raises(ft.LockError) as caught:
        ft.pinned(lock)
    assert str(caught.value).splitlines()[1:-1] == [
        f"  {name} {found.version}: locked SHA-256 {other}, installed {found.sha256}"
        for name in ("banks", "regions")
        for found in [catalog.load_descriptor(name)]
    ]
    assert str(caught.value).startswith(f"The installed data are not those of {lock}:")


UNREADABLE = {
    "no TOML": "banks 1.0.0",
    "an unfinished line": 'format = 1\nedition = "',
    "a number that stands twice": "format = 1\nformat = 1",
}
MALFORMED = {
    "nothing": "",
    "another format": "format = 2\n[datasets]",
    "a format as text": 'format = "1"\n[datasets]',
    "no datasets": "format = 1",
    "datasets that are a list": "format = 1\ndatasets = []",
    "a dataset that is a version only": 'format = 1\n[datasets]\nbanks = "1.0.0"',
    "a dataset without a digest": 'format = 1\n[datasets.banks]\nversion = "1.0.0"',
    "a dataset without a version": 'format = 1\n[datasets.banks]\nsha256 = ""',
    "a version that is a number": 'format = 1\n[datasets.banks]\nversion = 1.0\nsha256 = ""',
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_lock_file_that_is_no_toml_cannot_be_read(lock: Path, content: str) -> None:
    lock.write_text(content, "utf-8")
    with pytest.raises(ft.LockError, match=f"The lock file {re.escape(str(lock))} cannot be read:"):
        ft.verify_lock(lock)


@pytest.mark.parametrize("content", MALFORMED.values(), ids=MALFORMED)
def test_another_toml_file_is_no_lock_file_and_how_to_make_one_is_said(
    lock: Path, content: str
) -> None:
    lock.write_text(content, "utf-8")
    with pytest.raises(ft.LockError, match=r"is not a lock file of format 1.*fintech2021 lock"):
        ft.verify_lock(lock)


def test_a_lock_file_that_is_no_text_cannot_be_read(lock: Path) -> None:
    lock.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ft.LockError, match="cannot be read"):
        ft.verify_lock(lock)


def test_a_folder_and_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.lock", tmp_path / "nul\0.lock"):
        with pytest.raises(ft.LockError, match="cannot be read"):
            ft.verify_lock(path)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of the package that is free to be damaged; the folder that it lies in."""
    folder = tmp_path / "site"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, folder / "fintech2021", ignore=ignored)
    return folder


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the copied package from the folder above it."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        cwd=installed.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


ENTER = "import fintech2021 as ft; ft.pinned('fintech2021.lock')"


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        (("-m", "fintech2021", "lock", "--check"), ""),
        (("-m", "fintech2021", "--locked", "list"), ""),
        (("-c", ENTER), "Traceback"),
    ],
)
def test_one_changed_byte_of_an_installed_file_stops_whoever_is_locked(
    installed: Path, lock: Path, arguments: tuple[str, ...], ending: str
) -> None:
    assert run(installed, *arguments).returncode == 0, run(installed, *arguments).stderr
    data = installed / "fintech2021" / "data" / BANKS.path
    before = data.read_bytes()
    changed = before.replace(b"35400", b"35401")
    data.write_bytes(changed)
    done = run(installed, *arguments)
    assert done.returncode == 1
    assert (
        f"banks {BANKS.version}: locked SHA-256 {store.digest(before)}, "
        f"installed {store.digest(changed)}"
    ) in done.stderr
    assert lock.name in done.stderr
    assert ("Traceback" in done.stderr) is bool(ending)


def test_a_missing_installed_file_is_named(installed: Path, lock: Path) -> None:
    (installed / "fintech2021" / "data" / BANKS.path).unlink()
    done = run(installed, "-m", "fintech2021", "lock", "--check", "--output", str(lock))
    assert done.returncode == 1
    assert f"banks {BANKS.version}: locked SHA-256 {BANKS.sha256}" in done.stderr
    assert f"{BANKS.path} is missing" in done.stderr


@pytest.fixture
def damaged_description() -> Iterator[None]:
    packaged = store.read_unchecked
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            store,
            "read_unchecked",
            lambda path: packaged(path) + b" " * (path == f"banks/{BANKS.version}.json"),
        )
        forget()
        yield
    forget()


def test_a_damaged_description_is_named_with_what_was_locked(
    lock: Path, request: pytest.FixtureRequest
) -> None:
    lock.write_text(locked("banks"), "utf-8")
    request.getfixturevalue("damaged_description")
    version = re.escape(BANKS.version)
    with pytest.raises(ft.LockError, match=rf"banks {version}: locked SHA-256 .*json is damaged"):
        ft.verify_lock(lock)


def test_a_package_that_has_newer_data_gives_the_locked_ones(installed: Path, lock: Path) -> None:
    lock.write_text(lockfile.lock_text([ft.info("banks", "1.0.0")]), "utf-8")
    write(installed / "fintech2021" / "data")
    code = (
        "import fintech2021 as ft; print(ft.info('banks').version)\n"
        f"with ft.pinned({str(lock)!r}): print(ft.info('banks').version)"
    )
    assert run(installed, "-c", code).stdout.split() == ["2.0.0", "1.0.0"]


def test_a_package_without_the_locked_version_is_refused(installed: Path, lock: Path) -> None:
    path = installed / "fintech2021" / "data"
    write(path)
    made = run(installed, "-m", "fintech2021", "lock", "--output", str(lock))
    assert made.returncode == 0, made.stderr
    with pytest.raises(ft.LockError, match=r"banks 2\.0\.0: locked SHA-256 \w{64}, not installed"):
        ft.pinned(lock)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("", "is not a lock file"),
        ('[datasets.banks]\nversion = "~=1.0"\nsha256 = "x"', "a lock names an exact version"),
    ],
)
def test_an_empty_or_a_loose_lock_is_refused(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "fintech2021.lock"
    path.write_text(f"format = 1\n[datasets]\n{entry}\n", "utf-8")
    with pytest.raises(ft.LockError, match=said):
        ft.verify_lock(path)


@pytest.mark.parametrize("thing", [3, True, None])
def test_a_number_is_no_path(thing: Any) -> None:
    with pytest.raises(ft.LockError, match="cannot be read"):
        ft.verify_lock(thing)
