"""Transcriptions become published versions."""
