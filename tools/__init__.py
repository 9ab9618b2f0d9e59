"""What maintainers run: `python -m tools.freezing.freeze`, say; none of it is in the wheel."""
