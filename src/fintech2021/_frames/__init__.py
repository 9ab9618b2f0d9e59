"""Datasets as frames: one module per engine, and what a reader asks first."""
