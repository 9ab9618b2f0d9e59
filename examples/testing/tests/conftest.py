"""Hypothesis times each example; how fast a machine is today is no property of the code."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
