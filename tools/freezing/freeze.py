"""Turn transcriptions into published versions: CSV, descriptor, provenance and register.

``python -m tools.freezing.freeze`` freezes the versions that only the draft edition names anew from
``transcription/``; what a published edition names is compared and never changed.
What the indexes then have to be is written into the code of the package, by nothing else.
``--open 2026.2`` begins a new draft edition, ``--publish 2026-11-23`` publishes the draft.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from packaging.version import Version

from fintech2021._core import digests, store
from fintech2021._core.catalog import REGISTER_HEADER, read_register
from fintech2021._core.descriptor import Descriptor, Repair
from fintech2021._core.rows import keyed, read_table
from fintech2021._versions.difference import between, snapshot, step_between
from tools.freezing.describe import describe, untold
from tools.freezing.package import packages
from tools.freezing.pages import page_faults
from tools.freezing.rules import rule_faults
from tools.freezing.transcript import FreezeError, Transcript
from tools.freezing.withdrawn import mark_faults
from tools.models import keys, models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fintech2021._records.record import Record

__all__ = ["INDEXES", "Workspace", "digests_module", "freeze", "main"]

ROOT = Path(__file__).resolve().parents[2]


class Workspace(NamedTuple):
    """The folders that a freeze reads and writes."""

    transcription: Path = ROOT / "transcription"
    data: Path = ROOT / "src" / "fintech2021" / "data"

    @property
    def digests(self) -> Path:
        """The module that says which indexes the package has to have."""
        return self.data.parent / "_core" / "digests.py"

    def editions(self) -> dict[str, Any]:
        """Return the editions as they stand."""
        path = self.data / "editions.json"
        document: dict[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
        return document

    def register(self) -> dict[tuple[str, str], str]:
        """Return the digest of every frozen descriptor."""
        path = self.data / "register.csv"
        return read_register(path.read_bytes()) if path.exists() else {}

    def reasons(self) -> dict[tuple[str, str], str]:
        """Return why versions are superseded, by dataset and version."""
        _, marks = read_table((self.transcription / "superseded.csv").read_bytes())
        return {(name, version): reason for name, version, reason in marks}

    def newest(self, name: str) -> str:
        """Return the newest version of a dataset that has a transcription."""
        places = self.transcription.joinpath(name).glob("*.provenance.csv")
        versions = [path.name.removesuffix(".provenance.csv") for path in places]
        if not versions:
            raise FreezeError(f"{name} has no transcription in {self.transcription / name}")
        return max(versions, key=Version)

    def rows(self, name: str) -> Mapping[str, Mapping[str, str]]:
        """Return the rows of a dataset's newest version as transcribed, by their keys."""
        content = (self.transcription / name / f"{self.newest(name)}.csv").read_bytes()
        return keyed(content, (keys()[name],))


def freeze(
    work: Workspace, every: dict[str, type[Record]], *, opened: str = "", published: str = ""
) -> list[str]:
    """Freeze every dataset and return what was written; refuse whatever breaks a rule."""
    editions, register = work.editions(), work.register()
    _check_requests(editions, opened, published)
    if opened:
        editions[opened] = {"status": "draft", "datasets": {}}
    fixed = {
        (name, version): register[name, version]
        for edition in editions.values()
        if edition["status"] == "published"
        for name, version in edition["datasets"].items()
    }
    current = {name: work.newest(name) for name in sorted(every)}
    files = {item: _files(every[item[0]], item, work, fixed.get(item)) for item in current.items()}
    for item in fixed.keys() - files.keys():
        _compare(item, fixed[item], work)
    if fixed.keys() != files.keys():  # What is published already cannot be mended any more.
        _check_pages(files)
    register = fixed | {
        item: store.digest(made[f"{item[0]}/{item[1]}.json"]) for item, made in files.items()
    }
    draft = [name for name, edition in editions.items() if edition["status"] == "draft"]
    for name in draft:
        editions[name] = {"status": "draft", "datasets": current}
        if published:
            editions[name] |= {"status": "published", "published_on": published}
    outputs = {path: content for made in files.values() for path, content in made.items()}
    outputs["superseded.csv"] = (work.transcription / "superseded.csv").read_bytes()
    outputs["register.csv"] = _register(register)
    outputs["editions.json"] = _json(editions)
    outputs |= _packages(editions, outputs, work)
    written = [path for path, content in outputs.items() if _write(work.data / path, content)]
    # Last, and here: what is frozen and not yet in the code is a package that refuses itself.
    guard = digests_module({path: store.digest(outputs[path]) for path in INDEXES})
    if _write(work.digests, guard.encode("ascii")):
        written.append(str(work.digests.relative_to(work.data.parent)))
    return written + [_removed(path, work.data) for path in _orphans(register, work.data)]


def _packages(
    editions: dict[str, Any], made: Mapping[str, bytes], work: Workspace
) -> dict[str, bytes]:
    """Return the file of every edition as one package, of what is made now and what was frozen."""

    def document(name: str, version: str) -> dict[str, Any]:
        path = f"{name}/{version}.json"
        read: dict[str, Any] = json.loads(made.get(path) or (work.data / path).read_bytes())
        return read

    return {path: _json(whole) for path, whole in packages(editions, document).items()}


INDEXES = ("editions.json", "register.csv", "superseded.csv")
"""The files that say what is published; everything else has its digest in one of them."""


def digests_module(digests: Mapping[str, str]) -> str:
    """Return the module of the package that guards its indexes."""
    entries = "\n".join(f'    "{path}": "{sha256}",' for path, sha256 in digests.items())
    return f'''"""What the indexes have to be. Written by tools.freezing.freeze; do not edit."""

from __future__ import annotations

__all__ = ["INDEX_SHA256"]

INDEX_SHA256 = {{
{entries}
}}
"""The SHA-256 of the files that say what is published, as the last freeze left them."""
'''


def _check_requests(editions: dict[str, Any], opened: str, published: str) -> None:
    """Refuse an edition's name or date that is none, and a second draft."""
    drafts = [name for name, edition in editions.items() if edition["status"] == "draft"]
    if opened in editions:
        raise FreezeError(f"edition {opened} exists already")
    if opened and (drafts or not re.fullmatch(r"[0-9]{4}\.[0-9]+", opened)):
        raise FreezeError(f"{opened!r} cannot be opened: a name is like 2026.1, open is {drafts}")
    if published and not drafts and not opened:
        raise FreezeError("there is no draft edition to publish")
    try:
        date.fromisoformat(published or "2000-01-01")
    except ValueError as fault:
        raise FreezeError(f"{published!r} is no date like 2026-11-23") from fault


def _orphans(register: dict[tuple[str, str], str], data: Path) -> list[Path]:
    """Return the files of versions that are no longer registered."""
    kept = {(name, f"{version}.json") for name, version in register}
    lost = [path for path in data.glob("*/*.json") if (path.parent.name, path.name) not in kept]
    return [file for path in lost for file in path.parent.glob(f"{path.stem}.*")]


def _removed(path: Path, data: Path) -> str:
    path.unlink()
    return f"removed {path.relative_to(data)}"


def _files(
    model: type[Record], item: tuple[str, str], work: Workspace, digest: str | None
) -> dict[str, bytes]:
    """Return the three files of a version by their paths."""
    name, version = item
    if digest is not None:
        _compare(item, digest, work)
        return {
            f"{name}/{version}.{kind}": (work.data / name / f"{version}.{kind}").read_bytes()
            for kind in ("csv", "provenance.csv", "json")
        }
    transcript = Transcript.read(work.transcription / name, version)
    table, provenance = transcript.checked(model, work.rows)
    described = describe(model, keys())
    if faults := list(untold(described)):
        raise FreezeError("\n".join(f"{name} {version}: {fault}" for fault in faults))
    descriptor = replace(
        described,
        version=version,
        path=f"{name}/{version}.csv",
        size=len(table),
        sha256=store.digest(table),
        rows=len(transcript.rows),
        provenance_path=f"{name}/{version}.provenance.csv",
        provenance_size=len(provenance),
        provenance_sha256=store.digest(provenance),
        provenance_rows=len(transcript.places),
        repairs=tuple(Repair(*repair) for repair in transcript.repairs),
    )
    if broken := list(rule_faults(model, descriptor, table)):
        raise FreezeError("\n".join(f"{name} {version}: {fault}" for fault in broken))
    _check_step(descriptor, table, work)
    return {
        descriptor.path: table,
        descriptor.provenance_path: provenance,
        f"{name}/{version}.json": _json(descriptor.to_resource()),
    }


def _check_pages(files: Mapping[tuple[str, str], Mapping[str, bytes]]) -> None:
    """Refuse tables whose public dates, or whose pages, rest on nothing."""
    tables = []
    for (name, version), made in files.items():
        descriptor = Descriptor.from_resource(json.loads(made[f"{name}/{version}.json"]))
        tables.append((descriptor, keyed(made[descriptor.path], descriptor.primary_key)))
    if faults := list(page_faults(tables)):
        raise FreezeError("\n".join(faults))


def _check_step(new: Descriptor, table: bytes, work: Workspace) -> None:
    """Refuse a version whose number moves less far than its difference from the last demands.

    What it corrects has to be told to whoever asks for the last one by its number.
    """
    folder = work.data / new.name
    frozen = [path.stem for path in folder.glob("*.json")]
    older = [each for each in map(Version, frozen) if each < Version(new.version)]
    if not older:
        return
    last = str(max(older))
    old = Descriptor.from_resource(json.loads((folder / f"{last}.json").read_bytes()))
    before = snapshot(old, (folder / f"{last}.csv").read_bytes())
    difference = between(new.name, last, before, new.version, snapshot(new, table))
    step = step_between(last, new.version)
    if step < difference.step:
        raise FreezeError(
            f"{new.name} {new.version} would be a {step.name.lower()} step, "
            f"but the difference demands a {difference.step.name.lower()} one:\n{difference}"
        )
    if faults := list(mark_faults(difference, new.repair, work.reasons())):
        raise FreezeError("\n".join(faults))


def _compare(item: tuple[str, str], digest: str, work: Workspace) -> None:
    """Refuse a descriptor or a transcription that no longer is the published version."""
    name, version = item
    if store.digest((work.data / name / f"{version}.json").read_bytes()) != digest:
        raise FreezeError(f"the descriptor of {name} {version} is not the published one: undo it")
    transcript = Transcript.read(work.transcription / name, version)
    for kind, content in (
        ("csv", transcript.table()),
        ("provenance.csv", transcript.provenance()),
    ):
        if content != (work.data / name / f"{version}.{kind}").read_bytes():
            raise FreezeError(
                f"{name} {version} is published and its {kind} would change. A published version "
                f"never changes: undo the edit, or transcribe a new version."
            )


def _register(digests: dict[tuple[str, str], str]) -> bytes:
    lines = [",".join((*item, digest)) for item, digest in digests.items()]
    return "\n".join([REGISTER_HEADER, *lines, ""]).encode("ascii")


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _write(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def main(arguments: Iterable[str] | None = None) -> None:
    """Freeze and print what changed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--open", default="", metavar="EDITION", help="begin a draft edition")
    parser.add_argument("--publish", default="", metavar="DATE", help="publish the draft edition")
    chosen = parser.parse_args(arguments)
    # A freeze begins with the indexes as they lie there, also after a merge of data.
    lying = {path: store.read_unchecked(path) for path in INDEXES}
    digests.INDEX_SHA256.update({path: store.digest(lying[path]) for path in INDEXES})
    try:
        written = freeze(Workspace(), models(), opened=chosen.open, published=chosen.publish)
    except FreezeError as refusal:
        raise SystemExit(f"refused\n{refusal}") from None
    print("\n".join(written) or "nothing changed")


if __name__ == "__main__":
    main()
