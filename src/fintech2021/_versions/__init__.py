"""Which version is meant, and how two versions differ."""
