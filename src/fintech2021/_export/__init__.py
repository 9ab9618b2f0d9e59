"""The data in other formats, each written by the format's own library."""
