"""Whether the report's own arithmetic holds."""
