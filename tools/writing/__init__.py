"""Descriptors become names, pages and the changelog."""
