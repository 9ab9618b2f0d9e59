"""What the plugin costs a suite that does not use it: CPU of an empty one with and without it.

``python benchmarks/plugin.py [ROUNDS]`` in an environment with the package and pytest; the two
alternate, so that a busy machine slows both.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

WITHOUT = ("-p", "no:fintech2021")


def cpu(folder: Path, *options: str) -> float:
    """Return the seconds of CPU that a run of the suite takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)  # The ticks of os.times are too coarse.
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> None:
    """Print the medians and what the one is of the other."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_it.py").write_text("def test_it(): pass\n", "utf-8")
        cpu(folder), cpu(folder, *WITHOUT)  # The first runs write what later ones read.
        pairs = [(cpu(folder), cpu(folder, *WITHOUT)) for _ in range(rounds)]
    with_it, without = (median(times) for times in zip(*pairs, strict=True))
    print(f"with {with_it:.3f} s, without {without:.3f} s: {100 * (with_it / without - 1):+.1f} %")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
