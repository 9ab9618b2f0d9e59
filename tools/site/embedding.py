"""JSON inside of a page."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["compact", "embedded"]


def compact(document: Any) -> str:
    """Return a document as JSON without a space that says nothing.

    >>> compact({"a": [1, "字"]})
    '{"a":[1,"字"]}'
    """
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def embedded(document: Any) -> str:
    r"""Return JSON that may stand inside of an element of HTML.

    >>> print(embedded("</script>"))
    "\u003c/script>"
    """
    return compact(document).replace("<", "\\u003c")
