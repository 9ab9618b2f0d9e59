"""The published files: bytes, types, rows, descriptors and the catalogue; no other library."""
