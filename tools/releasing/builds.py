"""The files of a release: built twice, compared, and looked at by everybody who may refuse them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from tools.checking.wheel import citation_faults, size_faults
from tools.checking.wheel import faults as data_faults
from tools.releasing.description import loose_links

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Built", "build", "differences", "faults", "wheel_faults"]

Built = dict[str, bytes]
"""What was built: content by name."""


def run(*words: str, folder: Path) -> str:
    """Run a module of Python and return what it printed; raises `CalledProcessError`."""
    done = subprocess.run(  # noqa: S603 - The arguments are those below.
        [sys.executable, "-m", *words],
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.stdout


def build(source: Path, out: Path, *kinds: str) -> Built:
    """Return what a folder builds into another one; when its files were touched must not matter."""
    for path in (*source.joinpath("src").rglob("*"), *source.joinpath("tests").rglob("*")):
        path.touch()
    how = ("--installer", "uv", "--outdir", str(out), *kinds)
    run("build", *how, str(source), folder=source)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def differences(first: Built, second: Built, said: str) -> Iterator[str]:
    """Yield the files in which two builds differ."""
    names = sorted(first.keys() | second.keys())
    yield from (f"{said}: {name} differs" for name in names if first.get(name) != second.get(name))


def faults(source: Path, out: Path) -> Iterator[str]:
    """Build into a folder, and yield everything that is wrong with what comes out."""
    first = build(source, out / "dist")
    yield from differences(first, build(source, out / "again"), "two builds")
    (sdist,) = (name for name in first if name.endswith(".tar.gz"))
    (wheel,) = (name for name in first if name.endswith(".whl"))
    unpacked = _unpacked(out / "dist" / sdist, out / "unpacked")
    of_sdist = build(unpacked, out / "of-sdist", "--wheel")
    yield from differences({wheel: first[wheel]}, of_sdist, "the wheel of the sdist")
    yield from wheel_faults(out / "dist" / wheel)
    yield from _told(out, "twine", "check", "--strict", f"dist/{wheel}", f"dist/{sdist}")
    yield from _told(source, "check_wheel_contents", str(out / "dist" / wheel))


def _unpacked(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (inside,) = folder.iterdir()
    return inside


def wheel_faults(path: Path) -> Iterator[str]:
    """Yield what is wrong with a wheel: its data, its citation, its description, its size."""
    with ZipFile(path) as wheel:
        for checked in (data_faults, citation_faults, _description_faults):
            yield from checked(wheel)
    yield from size_faults(str(path))


def _description_faults(wheel: ZipFile) -> Iterator[str]:
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    text = BytesParser().parsebytes(wheel.read(metadata)).get_payload(decode=True)
    assert isinstance(text, bytes)
    yield from (f"the description leads to {link}" for link in loose_links(text.decode("utf-8")))


def _told(folder: Path, *words: str) -> Iterator[str]:
    """Yield what another checker says, where it refuses."""
    try:
        run(*words, folder=folder)
    except subprocess.CalledProcessError as refused:
        yield f"{words[0]}: {refused.stdout}"
