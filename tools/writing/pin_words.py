"""What the table of places says in Chinese: where a pin was tried, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.writing.languages import Language

__all__ = ["CHINESE", "HEADING", "said"]

HEADING = "Where the code runs"
CHINESE = {
    HEADING: "代码在哪里运行",
    "`pinned.carry` in it": "其中用 `pinned.carry`",
    "the pytest plugin": "pytest 插件",
    "the same thread": "同一线程",
    "a new thread": "新线程",
    "a thread of a pool": "线程池的线程",
    "a new task of asyncio": "asyncio 的新任务",
    "a process, forked": "进程，fork",
    "a process, spawned": "进程，spawn",
    "a process of a fork server": "fork server 的进程",
    "a program, by `subprocess`": "程序，由 `subprocess` 启动",
    "`joblib`, threads": "`joblib`，线程",
    "`joblib`, processes": "`joblib`，进程",
    "the next cell of a notebook": "笔记本的下一格",
    "a worker of pytest-xdist": "pytest-xdist 的工作进程",
    "yes": "有效",
    "no": "无效",
    "no, it warns": "无效，有提醒",
}
"""What is not here is called the same: names of Python."""


def said(text: str, language: Language) -> str:
    """Return a cell of the table in a language."""
    return language.of(text, CHINESE.get(text, text))
