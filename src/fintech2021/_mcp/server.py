"""The server: the SDK speaks, the answers are this library's."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from fintech2021._core.deferred import installed
from fintech2021._mcp.answers import TOOLS
from fintech2021.errors import Fintech2021Error

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp.server.mcpserver import MCPServer

__all__ = ["server"]

_INSTRUCTIONS = (
    "Tables of a 2021 report on fintech and digital inclusive finance in China (text of early "
    "2022). Begin with find or list. Every number has a source: version, edition, and the line, "
    "printed characters and scale in the report; name them when you state it. Money is in the unit "
    "that stands beside it, never in billions."
)


def server() -> MCPServer[Any]:
    """Return the server with its tools, all of which only read."""
    from mcp.server.mcpserver import MCPServer
    from mcp_types import ToolAnnotations

    made: MCPServer[Any] = MCPServer(
        "fintech2021", instructions=_INSTRUCTIONS, version=installed(), log_level="WARNING"
    )
    only_reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for name, answer in TOOLS.items():
        made.tool(name, annotations=only_reads)(_in_sentences(answer))
    return made


def _in_sentences(answer: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Let errors of this library reach who asked: others are kept from them by the SDK."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(answer)
    def told(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return answer(*args, **kwargs)
        except Fintech2021Error as error:
            raise ToolError(str(error)) from error

    return told
