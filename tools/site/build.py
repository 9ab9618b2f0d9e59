"""Make the site: ``python -m tools.site.build FOLDER``; ``--base ADDRESS`` says where it will be.

Sphinx makes the pages, every warning an error; then come the index of the search, the map of the
site where the address is known, and the texts for programs; ``--try-it`` fetches the Python that
one page lets readers try, from package registries. The folder can be opened from disk,
where the search is Sphinx's own, or served as it is.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.site import index, llms, sitemap, try_it
from tools.site.finished import pages

__all__ = ["build", "main"]

DOCS = Path(__file__).parents[2] / "docs"
MARK = "objects.inv"
"""A file of every site, and of hardly any other folder."""


def build(folder: Path, base: str | None = None, *, has_python: bool = False) -> None:
    """Make the site in a folder; `base` is the address at which it will stand."""
    clear(folder)
    address = f"{base.rstrip('/')}/" if base else ""
    with TemporaryDirectory() as trees:
        make_pages(folder, trees, address)
    index.write(folder)
    llms.write(DOCS, folder, address or None)
    if address:
        sitemap.write(folder, address)
    if has_python:
        try_it.write(folder)


def clear(folder: Path) -> None:
    """Remove an earlier site; a folder of anything else is refused."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MARK).exists():
        raise SystemExit(f"{folder} holds something that is no site: name an empty or a new folder")
    shutil.rmtree(folder)


def make_pages(folder: Path, trees: str, address: str) -> None:
    """Let Sphinx make the pages; what it keeps for another time goes elsewhere."""
    from sphinx.cmd.build import build_main

    how = ["-n", "-W", "--keep-going", "-q", "-b", "html", "-d", trees]
    where = ("-D", f"html_baseurl={address}", str(DOCS), str(folder))
    if build_main([*how, *where]):
        raise SystemExit("Sphinx has found faults: they stand above")


def main(arguments: list[str] | None = None) -> None:
    """Make the site, and say how many pages it has."""
    parser = argparse.ArgumentParser(prog="python -m tools.site.build", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the site is made")
    parser.add_argument("--base", metavar="ADDRESS", help="where it will stand: writes sitemap.xml")
    parser.add_argument("--try-it", action="store_true", help="fetch Python for its page: 16 MB")
    given = parser.parse_args(arguments)
    build(given.folder, given.base, has_python=given.try_it)
    print(f"{len(pages(given.folder))} pages in {given.folder}")


if __name__ == "__main__":
    main()
