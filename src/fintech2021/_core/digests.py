"""What the indexes have to be. Written by tools.freezing.freeze; do not edit."""

from __future__ import annotations

__all__ = ["INDEX_SHA256"]

INDEX_SHA256 = {
    "editions.json": "45a3b647ebe5787dbfa58b57fc1c0a314085e76ad07f2f0e79ceaf550e22e81c",
    "register.csv": "60207eb73b654507075f531722e59f428e669618331b17452ab5046ad0aa6ee2",
    "superseded.csv": "c291904f1878761b4291101ac5d4709cf63466f63657fbf8538f27fb8c76816f",
}
"""The SHA-256 of the files that say what is published, as the last freeze left them."""
