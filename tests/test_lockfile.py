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
BANKS = catalog.load_descriptor("banks").version
_BANKS_JSON = f"banks/{BANKS}.json"


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
    assert document["format"] == 2
    assert "others" not in document
    assert document["package"] == metadata.version("fintech2021")
    assert document["datasets"] == {
        name: {
            "version": catalog.load_descriptor(name).version,
            "sha256": store.digest(catalog.load_descriptor(name).content),
            "descriptor": store.digest(store.read_unchecked(_file(name, "json"))),
            "provenance": store.digest(store.read_unchecked(_file(name, "provenance.csv"))),
        }
        for name in DATASETS
    }


def test_a_lock_file_names_the_edition_that_it_holds() -> None:
    assert tomllib.loads(locked())["edition"] == catalog.default_edition().name


def _file(name: str, kind: str) -> str:
    return f"{name}/{catalog.load_descriptor(name).version}.{kind}"


def test_a_lock_file_of_some_datasets_names_the_edition_that_has_the_others() -> None:
    document = tomllib.loads(locked("banks", "regions"))
    assert document["edition"] == catalog.default_edition().name
    assert re.fullmatch("[0-9a-f]{64}", document["others"])
    old = [catalog.load_descriptor(name, {"": "1.0.0"}) for name in ("banks", "observations")]
    assert tomllib.loads(lockfile.lock_text(old))["edition"] == "2026.1"
    assert tomllib.loads(lockfile.lock_text(old[:1]))["edition"] == "2026.2"


def test_a_lock_file_of_mixed_versions_names_the_edition_that_is_nearest() -> None:
    versions = {**catalog.editions()["2026.1"].datasets, "observations": "2.0.0"}
    mixed = [catalog.load_descriptor(name, {"": versions[name]}) for name in versions]
    document = tomllib.loads(lockfile.lock_text(mixed))
    assert document["edition"] == "2026.1"
    assert "others" not in document


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
    lock.write_text(re.sub('version = ".*"', 'version = "9.9.9"', locked("banks")), "utf-8")
    with pytest.raises(ft.LockError, match=r"banks 9\.9\.9: locked .* not installed.*1\.0\.0"):
        ft.verify_lock(lock)


def test_a_locked_dataset_that_is_not_installed_is_named(lock: Path) -> None:
    lock.write_text(locked("banks").replace("[datasets.banks]", "[datasets.bnks]"), "utf-8")
    with pytest.raises(ft.LockError, match=r"bnks 1\.0\.[01]: .* not installed.*'banks'"):
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
    "a format that never was": "format = 0\n[datasets]",
    "a format that is true": 'format = true\n[datasets.banks]\nversion = "1.0.0"\nsha256 = "x"',
    "a format as text": 'format = "1"\n[datasets]',
    "no datasets": "format = 2",
    "a digest that is missing": 'format = 2\n[datasets.banks]\nversion = "1.0.0"\nsha256 = "x"',
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
    with pytest.raises(ft.LockError, match=r"is not a lock file of format 2.*fintech2021 lock"):
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
    data = installed / "fintech2021" / "data" / _file("banks", "csv")
    before = data.read_bytes()
    changed = before.replace(b"35400", b"35401")
    data.write_bytes(changed)
    done = run(installed, *arguments)
    assert done.returncode == 1
    assert (
        f"banks {BANKS}: locked SHA-256 {store.digest(before)}, installed {store.digest(changed)}"
        in done.stderr
    )
    assert lock.name in done.stderr
    assert ("Traceback" in done.stderr) is bool(ending)


def test_a_missing_installed_file_is_named(installed: Path, lock: Path) -> None:
    (installed / "fintech2021" / "data" / _file("banks", "csv")).unlink()
    done = run(installed, "-m", "fintech2021", "lock", "--check", "--output", str(lock))
    assert done.returncode == 1
    sha256 = catalog.load_descriptor("banks").sha256
    assert f"banks {BANKS}: locked SHA-256 {sha256}" in done.stderr
    assert f"{_file('banks', 'csv')} is missing" in done.stderr


@pytest.fixture
def damaged_description() -> Iterator[None]:
    packaged = store.read_unchecked
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            store,
            "read_unchecked",
            lambda path: packaged(path) + b" " * (path == _BANKS_JSON),
        )
        forget()
        yield
    forget()


def test_a_damaged_description_is_named_with_what_was_locked(
    lock: Path, request: pytest.FixtureRequest
) -> None:
    lock.write_text(locked("banks"), "utf-8")
    request.getfixturevalue("damaged_description")
    with pytest.raises(ft.LockError, match=r"banks 1\.0\.\d: locked SHA-256 .*json is damaged"):
        ft.verify_lock(lock)


def test_a_package_that_has_newer_data_gives_the_locked_ones(installed: Path, lock: Path) -> None:
    lock.write_text(lockfile.lock_text([ft.info("banks", "1.0.0")]), "utf-8")
    text = re.sub("others = .*\n", "", lock.read_text("utf-8"))  # Its edition is made up as well.
    lock.write_text(text, "utf-8")
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


def format_1(*names: str) -> str:
    """Return what release 0.2.0 wrote: the digests of the data, and an edition or none."""
    entries = (
        f'[datasets.{name}]\nversion = "1.0.0"\nsha256 = "{ft.info(name, "1.0.0").sha256}"'
        for name in names
    )
    return "\n".join(('format = 1\nedition = ""\npackage = "0.2.0"', *entries))


def test_a_lock_of_format_1_still_verifies_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "old.lock"
    path.write_text(format_1("banks", "observations"), "utf-8")
    assert ft.verify_lock(path) == {"banks": "1.0.0", "observations": "1.0.0"}
    assert lockfile.verified(path).edition == "2026.1"
    assert lockfile.read_lock(path).not_covered == "descriptors and provenance"
    path.write_text(format_1("banks").replace(ft.info("banks", "1.0.0").sha256, "0" * 64))
    with pytest.raises(ft.LockError, match=r"banks 1\.0\.0: locked SHA-256 0{64}, installed"):
        ft.verify_lock(path)


CHANGES = {
    "a unit in the descriptor": ("json", b'"CNY"', b'"USD"'),
    "a line in the provenance": ("provenance.csv", b",1641,", b",1642,"),
}


@pytest.mark.parametrize(("kind", "old", "new"), CHANGES.values(), ids=CHANGES)
def test_a_lock_covers_descriptor_and_provenance_with_all_digests_carried_through(
    installed: Path, lock: Path, kind: str, old: bytes, new: bytes
) -> None:
    data = installed / "fintech2021" / "data"
    changed = data / _file("banks", kind)
    before = changed.read_bytes()
    changed.write_bytes(before.replace(old, new))
    described = data / _BANKS_JSON
    was = described.read_bytes()
    if kind != "json":
        now = store.digest(changed.read_bytes())
        described.write_bytes(was.replace(store.digest(before).encode(), now.encode()))
    registered = store.digest(store.read_unchecked(_BANKS_JSON))
    register = data / "register.csv"
    content = register.read_bytes()
    now = store.digest(described.read_bytes())
    register.write_bytes(content.replace(registered.encode(), now.encode()))
    guard = installed / "fintech2021" / "_core" / "digests.py"
    carried = guard.read_text("ascii").replace(
        store.digest(content), store.digest(register.read_bytes())
    )
    guard.write_text(carried, "ascii")
    assert run(installed, "-c", "import fintech2021 as ft; ft.load_banks()").returncode == 0
    done = run(installed, "-m", "fintech2021", "lock", "--check", "--output", str(lock))
    assert done.returncode == 1
    part = {"json": "descriptor", "provenance.csv": "provenance"}[kind]
    assert f"banks {BANKS}, {part}: locked SHA-256 {store.digest(before)}" in done.stderr


def test_a_lock_of_some_datasets_guards_what_its_edition_has_besides(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock.write_text(locked("banks"), "utf-8")
    newest = catalog.default_edition()
    changed = newest._replace(datasets={**newest.datasets, "observations": "1.0.0"})
    editions = {**catalog.editions(), newest.name: changed}
    monkeypatch.setattr(catalog, "editions", lambda: editions)
    with pytest.raises(ft.LockError, match="besides the locked datasets is not what it was"):
        ft.verify_lock(lock)
    del editions[newest.name]
    with pytest.raises(ft.LockError, match=f"edition {newest.name}: not installed"):
        ft.verify_lock(lock)


def test_a_lock_of_a_newer_format_says_so(lock: Path) -> None:
    lock.write_text(locked().replace("format = 2", "format = 3"), "utf-8")
    with pytest.raises(ft.LockError, match=r"is a lock file of format 3, and this .* up to"):
        ft.verify_lock(lock)


def test_a_mark_before_the_text_is_no_matter(lock: Path) -> None:
    lock.write_bytes(b"\xef\xbb\xbf" + lock.read_bytes())
    assert ft.verify_lock(lock) == catalog.default_edition().datasets


def test_line_ends_of_windows_are_no_matter(lock: Path) -> None:
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert ft.verify_lock(lock) == catalog.default_edition().datasets


HOSTILE = {
    "nested deeply": b"format = 2\nx = " + b"[" * 2_000 + b"]" * 2_000,
    "too long": b"format = 2\n" + b"#" * 1_000_000,
    "too many datasets": b"format = 1\n"
    + b"".join(b'[datasets.d%d]\nversion="1.0.0"\nsha256=""\n' % n for n in range(5_000)),
    "a name for terminals": b'format = 1\n[datasets."\\u001b[31m"]\nversion="1.0.0"\nsha256="x"',
    "a version for terminals": b'format = 1\n[datasets.banks]\nversion="\\u001b[31m"\nsha256="x"',
    "a digest for terminals": b'format = 1\n[datasets.banks]\nversion="1.0.0"\n'
    b'sha256="\\u001b[31m\\n"',
    "a version of many digits": b'format = 1\n[datasets.banks]\nversion="' + b"9" * 5_000 + b'"\n'
    b'sha256="x"',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_lock_is_an_error_of_ours_that_is_short_and_plain(
    lock: Path, content: bytes
) -> None:
    lock.write_bytes(content)
    with pytest.raises(ft.LockError) as caught:
        ft.verify_lock(lock)
    said = str(caught.value)
    assert len(said) < 2_000
    assert all(line.isprintable() for line in said.splitlines())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_an_endless_file_is_read_as_far_as_a_lock_can_go() -> None:
    with pytest.raises(ft.LockError, match="longer than 1000000 bytes"):
        ft.verify_lock("/dev/zero")


def test_many_differences_are_counted(lock: Path) -> None:
    entries = "".join(f'[datasets.d{n}]\nversion = "1.0.0"\nsha256 = ""\n' for n in range(60))
    lock.write_text(f"format = 1\n{entries}", "utf-8")
    with pytest.raises(ft.LockError, match="… and 10 more"):
        ft.verify_lock(lock)


def test_a_path_for_terminals_is_shown_without_harm(tmp_path: Path) -> None:
    with pytest.raises(ft.LockError) as caught:
        ft.verify_lock(tmp_path / "\x1b[31m.lock")
    assert "\x1b" not in str(caught.value)
