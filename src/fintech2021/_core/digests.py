"""What the indexes have to be. Written by tools.freezing.freeze; do not edit."""

from __future__ import annotations

__all__ = ["INDEX_SHA256"]

INDEX_SHA256 = {
    "editions.json": "9de84bdb7f652fcc215a7561394d100e9297f08c23ed14fef6afd00436eaeb5f",
    "register.csv": "8606a81f6852fd866be137847509a59647673f94c89744a4d600413c988f0edc",
    "superseded.csv": "5004a9a263c91545f09176870df3fdc2dad42ade037907dda22904fd7fa77250",
}
"""The SHA-256 of the files that say what is published, as the last freeze left them."""
