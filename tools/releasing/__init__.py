"""From a finished edition to a package that others install."""
