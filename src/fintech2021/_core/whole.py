"""Results that pydantic takes or refuses as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Whole"]


class Whole:
    """An object of ours that other people's models and validated functions may hold.

    pydantic would else look into it, and look up its annotations among the public names, for a
    public class says that it is of the package.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(cls)
