"""Every check of this repository, one session each: `nox -l` lists them, `nox -s lint` runs one.

Needs nox and uv: ``pip install -r tools/requirements.txt``. `.ci/run` calls the same sessions.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import nox
from nox.command import CommandFailed

PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
"""Every Python that the package is for; one that is not installed is named and passed over."""

ROOT = Path(__file__).parent
DATA = ROOT / "src" / "fintech2021" / "data"

nox.needs_version = ">=2025.2.9"  # Knows `download_python`.
nox.options.default_venv_backend = "uv"  # Makes an environment in a second.
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False  # Also in CI: nobody has every Python.


def show_every_python() -> None:
    """Let the commands of pyenv, where it is, start each Python that it has."""
    # The one that it is set to comes first: `python3` stays what it was.
    versions = [*pyenv("version-name"), *pyenv("versions", "--bare")]
    if versions:
        os.environ["PYENV_VERSION"] = ":".join(versions)


def pyenv(*words: str) -> list[str]:
    """Return what pyenv answers, nothing where it is not installed."""
    program = shutil.which("pyenv")
    if program is None:
        return []
    answer = subprocess.run([program, *words], check=False, stdout=subprocess.PIPE, text=True)
    return answer.stdout.split()


show_every_python()


def run_all(session: nox.Session, *commands: str) -> None:
    """Run every command, also after one that failed."""
    failed = []
    for command in commands:
        try:
            session.run(*command.split())
        except CommandFailed:
            failed.append(command)
    if failed:
        session.error(f"failed: {', '.join(failed)}")


def install_for_maintainers(session: nox.Session) -> None:
    """Install what CONTRIBUTING tells maintainers to install."""
    session.install("-e", ".[test]", "-r", "tools/requirements.txt")


@nox.session
@nox.parametrize(
    "python", [PYTHONS[0], *(nox.param(python, tags=["newer"]) for python in PYTHONS[1:])]
)
def tests(session: nox.Session) -> None:
    """Every test, on each Python; `-t newer` leaves out the lowest."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Every test with the lowest versions that pyproject.toml admits."""
    # Wheels only: what old versions need to be compiled is not what is tested. There is none of
    # jsonpath-rw, which the reader of Croissant needs: it is Python alone.
    sources = ("--no-binary", "fintech2021", "--no-binary", "jsonpath-rw")
    wheels = ("--only-binary", ":all:", *sources)
    session.install("--resolution", "lowest-direct", *wheels, "-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[0])
def engines(session: nox.Session) -> None:
    """Spark, classic and Connect, beside every other engine; installs Java 17 if it is missing."""
    install_from_debian(session, "java", "openjdk-17-jre-headless")
    session.install("-e", ".[test,spark]")
    # One session of Spark for all its tests; the other engines' tests are spread over the cores.
    session.run("pytest", "-q", "-m", "spark", "tests/test_spark.py", *session.posargs)
    spread = ("-n", "auto", "-m", "thorough", "tests/engines")
    session.run("pytest", "-q", *spread, *session.posargs)


def install_from_debian(session: nox.Session, program: str, package: str) -> None:
    """Install a program where it is missing and Debian's tools are: as one may, or by sudo."""
    if shutil.which(program):
        return
    if not shutil.which("apt-get"):
        session.error(f"{program} is not installed, and no apt-get to install {package}")
    rights = [] if os.geteuid() == 0 else ["sudo"]
    for command in ("update", f"install --yes --no-install-recommends {package}"):
        session.run(*rights, "apt-get", "-qq", *command.split(), external=True)


@nox.session(python=PYTHONS[0])
def office(session: nox.Session) -> None:
    """Open the exported workbook in LibreOffice; installs it if it is missing."""
    install_from_debian(session, "soffice", "libreoffice-calc-nogui")
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "-m", "office", "tests/test_office.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def mcp(session: nox.Session) -> None:
    """Ask the server for agents; its SDK needs later versions than the package does."""
    session.install("-e", ".[test,mcp]")
    session.run("pytest", "-q", "-m", "mcp", "tests/test_mcp.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, floors, spelling, and whether everything written by a program is current."""
    install_for_maintainers(session)
    before = data()
    workflows = " ".join(map(str, sorted(Path(".github", "workflows").glob("*.yml"))))
    run_all(
        session,
        "ruff check .",
        "ruff format --check .",
        "lint-imports --no-cache",
        "pytest -q tests/test_floors.py",  # That these refuse what they are there to refuse.
        "pylint src tools benchmarks",  # Only lines that stand twice: see pyproject.toml.
        "typos",
        "validate-pyproject pyproject.toml",
        f"check-jsonschema --builtin-schema vendor.github-workflows {workflows}",
        "check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml",
        "zizmor --offline --quiet .github",  # What a workflow can be made to do.
        "python -m tools.freezing.freeze",
        "python -m tools.writing.generate --check",
        "python -m tools.checking.register",
    )
    if data() != before:
        session.error("the freeze changed published files")


def data() -> dict[Path, bytes]:
    """Return the content of every published file."""
    return {path: path.read_bytes() for path in DATA.rglob("*") if path.is_file()}


@nox.session
def types(session: nox.Session) -> None:
    """Four type checkers; what ty and pyrefly find in the typing tests is counted, not judged."""
    session.install("-e", ".[test,mcp]", "-r", "tools/requirements.txt")
    for checker in ("ty", "pyrefly"):
        told = session.run(checker, "check", "tests/typing", silent=True, success_codes=range(256))
        counts = re.findall(r"(?:Found )?\d+ (?:diagnostic|error).*", str(told))
        session.log(f"{checker}, not judged: {counts[-1] if counts else told}")
    python = shutil.which("python", path=session.bin)
    run_all(
        session,
        "mypy --strict",
        f"pyright --pythonpath {python}",
        f"pyright --pythonpath {python} -p tests/typing",
    )


@nox.session
def docs(session: nox.Session) -> None:
    """Make the pages a site; every warning, a dead reference say, is an error."""
    install_for_maintainers(session)
    with TemporaryDirectory() as folder:
        html = session.posargs[0] if session.posargs else folder
        session.run("python", "-m", "tools.site.build", html, *session.posargs[1:])


@nox.session(python=PYTHONS[0])
def browser(session: nox.Session) -> None:
    """Use the site as its readers do; installs Chromium if it is missing."""
    install_from_debian(session, "chromium", "chromium")
    install_for_maintainers(session)
    with TemporaryDirectory() as site:
        session.run("python", "-m", "tools.site.build", site, "--try-it")
        spread = ("-n", "2", "--dist", "loadfile", "-m", "browser", "tests/browser")
        session.run("pytest", "-q", *spread, *session.posargs, env={"FINTECH2021_SITE": site})


@nox.session
def release(session: nox.Session) -> None:
    """Everything of a release but the tag: equal builds, looked at, and what it waits for."""
    install_for_maintainers(session)
    with TemporaryDirectory() as folder:
        dist = Path(folder, "dist")
        session.run("python", "-m", "tools.releasing", "--dry-run", "--out", str(dist))
        (wheel,) = dist.glob("*.whl")
        use_alone(session, str(wheel), Path(folder, "alone"))


@nox.session(python=PYTHONS[0])
def alone(session: nox.Session) -> None:
    """Run every example of the pages, and every command, where only the wheel is."""
    session.install("-r", "tools/requirements.txt")
    with TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(session, folder / "dist")
        python = fresh(session, folder / "venv", f"{wheel}[all,strategies]", "pytest")
        with session.chdir(pages(folder / "pages")):
            session.run(python, "-I", "-m", "pytest", "-q", *session.posargs, external=True)
        program = Path(python).with_name("fintech2021")
        commands = ROOT / "tools" / "checking" / "commands.py"
        session.run("python", str(commands), str(program), str(ROOT / "tests" / "snapshots"))


def pages(folder: Path) -> Path:
    """Copy the pages into a folder, with what the tests of the checkout say of examples."""
    for page in (*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")):
        copy = folder / page.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, copy)
    options = nox.project.load_toml("pyproject.toml")["tool"]["pytest"]["ini_options"]
    kept = {name: options[name] for name in ("doctest_optionflags", "filterwarnings")}
    kept["addopts"] = "--doctest-glob=*.md"
    lines = (f"{name} = {json.dumps(value)}" for name, value in kept.items())
    (folder / "pyproject.toml").write_text(
        "\n".join(["[tool.pytest.ini_options]", *lines, ""]), "utf-8"
    )
    return folder


@nox.session(python=PYTHONS[0])
def examples(session: nox.Session) -> None:
    """Run somebody else's tests and the notebooks with the wheel, and two type checkers."""
    session.install("-r", "tools/requirements.txt")
    with TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(session, folder / "dist")
        theirs = shutil.copytree(ROOT / "examples" / "testing", folder / "theirs")
        wanted = (f"{wheel}[engines]", "pytest", "hypothesis", "pandas-stubs")
        python = fresh(session, folder / "venv", *wanted)
        with session.chdir(theirs):
            session.run(python, "-I", "-m", "pytest", "-q", *session.posargs, external=True)
            session.run("mypy", "--python-executable", python)
            session.run("pyright", "--pythonpath", python)
        run_notebooks(session, str(wheel), folder)


def run_notebooks(session: nox.Session, wheel: str, folder: Path) -> None:
    """Run questions and lessons where only the wheel is, warnings as errors."""
    wanted = (f"{wheel}[charts,xlsx]", "ipykernel", "matplotlib", "nbclient")
    python = fresh(session, folder / "notebooks", *wanted)
    theirs = shutil.copytree(ROOT / "examples", folder / "examples")
    with session.chdir(theirs):
        session.run(python, "-I", "notebooks.py", "--check", external=True)


@nox.session
def thorough(session: nox.Session) -> None:
    """Strategies, small corruptions and exports of everything; a usual run takes some."""
    session.install("-e", ".[test]")
    # The engines' own are the business of another session.
    chosen = ("-m", "thorough", "--ignore", "tests/engines", "tests")
    session.run("pytest", "-q", "-n", "auto", *chosen, *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try all odd arguments, turned bits and command lines; other sessions try a few."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "tests/fuzz", "--fuzz", *session.posargs)


@nox.session
def frozen(session: nox.Session) -> None:
    """Freeze an app as plainly as PyInstaller can, and run it."""
    session.install(".[test]", "pyinstaller>=6")
    session.run("pytest", "-q", "tests/test_frozen.py", *session.posargs)


def build(session: nox.Session, folder: Path) -> Path:
    """Return a wheel of the checkout, built into a folder."""
    how = ("--installer", "uv", "--wheel", "--outdir", str(folder))
    session.run("python", "-m", "build", *how, silent=True)
    (wheel,) = folder.iterdir()
    return wheel


def use_alone(session: nox.Session, wheel: str, folder: Path) -> None:
    """Install a wheel as its readers do, and use it with nothing of the checkout in reach."""
    python = fresh(session, folder, wheel)
    with session.chdir(folder):
        checks = ROOT / "tools" / "checking" / "installed.py"
        session.run(python, "-I", str(checks), external=True)


def fresh(session: nox.Session, folder: Path, *wanted: str) -> str:
    """Return the Python of an environment that is made as readers make one, with pip."""
    session.run("python", "-m", "venv", str(folder))
    python = shutil.which("python", path=folder / "bin") or str(folder / "Scripts" / "python")
    session.run(python, "-m", "pip", "install", "-q", *wanted, external=True)
    return python
