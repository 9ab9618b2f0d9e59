"""What an index shows of the package: the README, as it can be read without the repository."""

from __future__ import annotations

import runpy
import sys
import tomllib
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from tools.releasing.description import INSTALLED, Addresses, described, loose_links

from conftest import ROOT

NOWHERE = Addresses("", "v1.0.0")
SOMEWHERE = Addresses("https://example.org/owner/project/", "v1.0.0")
README = (ROOT / "README.md").read_text("utf-8")
PICTURE = '<picture>\n<source srcset="a.svg">\n<img alt="A" src="b.svg">\n</picture>\n'


@pytest.mark.parametrize(
    ("text", "nowhere", "somewhere"),
    [
        (
            "See [the `pages`](docs/a.md).",
            "See the `pages`.",
            "See [the `pages`](https://example.org/owner/project/blob/v1.0.0/docs/a.md).",
        ),
        ("As [told](#below).", "As told.", "As told."),
        ("[There](https://a.org/b) it is.", "[There](https://a.org/b) it is.", None),
        ("`x[1](2)` is code.", "`x[1](2)` is code.", None),
        ("```python\nx[1](2)\n```\n", "```python\nx[1](2)\n```\n", None),
        (
            "Look: ![A](a.svg)",
            "Look: ",
            "Look: ![A](https://example.org/owner/project/raw/v1.0.0/a.svg)",
        ),
        (
            PICTURE,
            "",
            PICTURE.replace('"a', '"https://example.org/owner/project/raw/v1.0.0/a').replace(
                '"b', '"https://example.org/owner/project/raw/v1.0.0/b'
            ),
        ),
    ],
)
def test_a_link_leads_to_an_address_or_is_words(
    text: str, nowhere: str, somewhere: str | None
) -> None:
    assert described(text, NOWHERE) == nowhere
    assert described(text, SOMEWHERE) == (nowhere if somewhere is None else somewhere)


def test_a_line_of_nothing_but_links_goes_where_these_lead_nowhere() -> None:
    text = "One.\n\n[Pages](a.md) · [More](b.md) ·\n[Other](c.md).\n\nTwo, [three](d.md).\n"
    assert described(text, NOWHERE) == "One.\n\nTwo, three.\n"
    assert described(text, SOMEWHERE).count("](https://") == 4


@pytest.mark.parametrize("addresses", [NOWHERE, SOMEWHERE])
def test_the_readme_has_no_link_that_leads_nowhere(addresses: Addresses) -> None:
    assert list(loose_links(README))
    text = described(README, addresses)
    assert list(loose_links(text)) == []
    assert text.startswith("# fintech2021\n")
    assert "\n\n\n" not in text


def test_whoever_has_no_clone_is_told_what_to_install() -> None:
    assert [words for words in INSTALLED if words not in README] == []
    text = described(README, NOWHERE)
    assert [words for words in INSTALLED if words in text] == []
    assert "pip install 'fintech2021[cli]'" in text
    assert "clone" not in text
    assert "## Test it" not in text


@pytest.mark.parametrize(
    "text",
    ["[a](b.md)", "![a](b.svg)", '<img src="b.svg">', "[a]: b.md", "[`a`](b.md#c)", "[a](#b)"],
)
def test_a_link_that_leads_nowhere_is_noticed(text: str) -> None:
    assert len(list(loose_links(text))) == 1
    assert list(loose_links(f"```\n{text}\n```\n")) == []


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The class that the build makes, for which the build's own library stands in."""
    for name in ("hatchling", "hatchling.metadata", "hatchling.metadata.plugin"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    interface = SimpleNamespace(MetadataHookInterface=SimpleNamespace().__class__)
    monkeypatch.setitem(sys.modules, "hatchling.metadata.plugin.interface", interface)
    return runpy.run_path(str(ROOT / "tools" / "releasing" / "hook.py"))["Described"]


@pytest.mark.parametrize("repository", ["", "https://example.org/owner/project"])
def test_the_metadata_have_the_description_and_the_addresses_of_one_setting(
    hook: Any, repository: str
) -> None:
    metadata = {"version": "1.0.0"}
    hook(root=str(ROOT), config={"repository": repository}).update(metadata)
    told: Any = metadata
    assert told["readme"]["text"] == described(README, Addresses(repository, "v1.0.0"))
    assert told.get("urls", {}) == {
        name: f"{repository}{rest}"
        for name, rest in {
            "Repository": "",
            "Issues": "/issues",
            "Changelog": "/blob/v1.0.0/CHANGELOG.md",
        }.items()
        if repository
    }


def test_the_project_leaves_to_the_hook_what_the_hook_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["readme", "urls"]
    setting = project["tool"]["hatch"]["metadata"]["hooks"]["custom"]
    assert setting.keys() == {"path", "repository"}
    assert (ROOT / setting["path"]).is_file()
