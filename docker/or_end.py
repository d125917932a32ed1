"""Runs a container's health check; when it fails for the third time in a row, ends everything in the container.

Compose starts again what has ended, and leaves alone what is merely unhealthy. Before the first success nothing is
ended: whoever is still starting is not stuck. A check that was too slow to say anything tells of a busy machine more
than of what it looks at, and a start would make that busier: it counts a third.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

FAILED, TOO_SLOW = 3, 1
LIMIT = 3 * FAILED
SECONDS = 25.0  # less than what Compose allows, so that it is told here
MEMORY = Path("/tmp/health.json")  # noqa: S108 - the container's own


def check(
    command: list[str],
    life: str,
    memory: Path = MEMORY,
    end: Callable[[], None] = lambda: end_all(),
    seconds: float = SECONDS,
) -> int:
    """Run a check once; return its exit code. `life` says which start of the container this is: /tmp outlives it."""
    known = json.loads(memory.read_text()) if memory.exists() else {}
    failures = known.get("failures") if known.get("life") == life else None  # None: never yet healthy
    try:
        code = subprocess.run(command, check=False, timeout=seconds).returncode
        weight = FAILED
    except subprocess.TimeoutExpired:
        code, weight = 1, TOO_SLOW
    if code == 0:
        failures = 0
    elif failures is not None:
        failures += weight
    memory.write_text(json.dumps({"life": life, "failures": failures}))
    if failures is not None and failures >= LIMIT:
        end()
    return code


def end_all() -> None:
    """Kill every process here but the first, which only waits for the others, and this one."""
    os.kill(-1, signal.SIGKILL)


if __name__ == "__main__":
    # The moment at which the container's first process was started.
    sys.exit(check(sys.argv[1:], Path("/proc/1/stat").read_text().rpartition(")")[2].split()[19]))
