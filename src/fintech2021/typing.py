"""The types in which the public functions speak, for the annotations of those who call them."""

from __future__ import annotations

from fintech2021._contracts.schemas import Dialect, Engine
from fintech2021._core.descriptor import Column, Descriptor
from fintech2021._core.names import DatasetName
from fintech2021._explore.cite import CitationStyle
from fintech2021._export.formats import ExportFormat
from fintech2021._frames.engines import Backend
from fintech2021._versions.difference import Change

__all__ = [
    "Backend",
    "Change",
    "CitationStyle",
    "Column",
    "DatasetName",
    "Descriptor",
    "Dialect",
    "Engine",
    "ExportFormat",
]
