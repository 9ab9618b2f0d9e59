"""The command line: every command is one small function over the library."""
