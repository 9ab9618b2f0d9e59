"""What the indexes have to be. Written by tools.freezing.freeze; do not edit."""

from __future__ import annotations

__all__ = ["INDEX_SHA256"]

INDEX_SHA256 = {
    "editions.json": "9de84bdb7f652fcc215a7561394d100e9297f08c23ed14fef6afd00436eaeb5f",
    "register.csv": "474e22f94c8d8b105dcdfc2bd9da6f14efad243e4620e9276cd080427515e559",
    "superseded.csv": "309e9dbae78c680dcff32499706c4485b560725d8e5f215a9df4033cfd4bda1b",
}
"""The SHA-256 of the files that say what is published, as the last freeze left them."""
