"""What the indexes have to be. Written by tools.freezing.freeze; do not edit."""

from __future__ import annotations

__all__ = ["INDEX_SHA256"]

INDEX_SHA256 = {
    "editions.json": "8d0af4df8d19f21c58d2f80a21a70de1f452223d3f5952524f982ff9d69e739a",
    "register.csv": "a19beb85a4305fa56aa6b89f3712a885dbef16feb771e985de09eba2b41a29be",
    "superseded.csv": "8c64fba4f9702ea30fa0d7a45ad9b77f66893f9709cf75fe7a4dd7f8abb1797c",
}
"""The SHA-256 of the files that say what is published, as the last freeze left them."""
