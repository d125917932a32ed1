"""The threats of docs/security.md and the tests that it names for each: what `make security` runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL = REPOSITORY / "docs" / "security.md"
HEADING = "## Threats and their tests"

_NAMED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Threat:
    """A row of the table: who does what, and the tests that it fails in, each a file or one function of it."""

    told: str
    tests: tuple[str, ...]


@cache
def threats() -> tuple[Threat, ...]:
    """Return the rows of the table; `::name` alone is of the file that was named before it."""
    table = MODEL.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    rows = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 2 or cells[0].startswith(("Threat", "---", "**")):
            continue
        file, tests = "", []
        for named in _NAMED.findall(cells[1]):
            path, _, function = named.partition("::")
            file = path or file
            tests.append(f"{file}::{function}" if function else file)
        rows.append(Threat(cells[0], tuple(tests)))
    return tuple(rows)


@cache
def suite() -> frozenset[str]:
    """Return what the table names: files, and functions of files."""
    return frozenset(test for threat in threats() for test in threat.tests)


def is_of_suite(nodeid: str) -> bool:
    """Whether a test stands in the table, by its file or by its name."""
    file, _, rest = nodeid.partition("::")
    return not suite().isdisjoint((file, f"{file}::{rest.partition('[')[0]}"))


if __name__ == "__main__":
    print("\n".join(sorted({test.partition("::")[0] for test in suite()})))  # noqa: T201 - to the Makefile
