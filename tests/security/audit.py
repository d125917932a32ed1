"""Holes that are known in what is locked, as the database of OSV has them: `make audit`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
LOCKS = (REPOSITORY / "requirements.txt", REPOSITORY / "requirements-dev.txt")
ACCEPTED = Path(__file__).with_name("accepted.yaml")
DATABASE = "https://api.osv.dev/v1/query"
CLEAN, FOUND, NOT_AUDITED = 0, 1, 3
_ANSWERED = (0, 1)


@dataclass(frozen=True)
class Hole:
    """A hole that is known in a version of a package, by all the names that it has."""

    package: str
    version: str
    names: frozenset[str]
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.mended_in)}" if self.mended_in else "not mended yet"
        return f"{self.package} {self.version}: {', '.join(sorted(self.names))}, {mended}"


class NotReachedError(Exception):
    """The database did not answer; the message says why."""


def holes(lock: Path, database: str = DATABASE) -> list[Hole]:
    """Return the holes in what a lock file names; raise NotReachedError where nobody could be asked."""
    options = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "10", "--format", "json"]
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", str(lock), *options, "-s", "osv", "--osv-url", database],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode not in _ANSWERED or not asked.stdout.strip():
        raise NotReachedError((asked.stderr.strip().splitlines() or ["no answer"])[-1])
    return list(_read(json.loads(asked.stdout)["dependencies"]))


def _read(packages: Sequence[Mapping[str, object]]) -> Iterator[Hole]:
    for package in packages:
        for hole in package.get("vulns", ()):  # type: ignore[attr-defined]
            names = frozenset((hole["id"], *hole["aliases"]))
            yield Hole(str(package["name"]), str(package["version"]), names, tuple(hole["fix_versions"]))


def accepted(file: Path, today: date) -> set[str]:
    """Return the names of holes that are lived with, by a file that says why and until when."""
    told = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    lacking = [each for each in told if not each.get("reason") or not isinstance(each.get("until"), date)]
    if lacking:
        raise ValueError(f"each of {file.name} needs a reason and a day (until): {lacking}")
    return {str(each["id"]) for each in told if today <= each["until"]}


def audit(locks: Sequence[Path] = LOCKS, file: Path = ACCEPTED, database: str = DATABASE) -> int:
    """Say which holes there are that nobody lives with; return how a command ends that does."""
    known = accepted(file, date.today())  # noqa: DTZ011 - any day of these does
    try:
        found = {hole for lock in locks for hole in holes(lock, database)}
    except NotReachedError as error:
        print(f"NOT AUDITED: {database} cannot be reached from here ({error})")  # noqa: T201
        return NOT_AUDITED
    left = sorted(map(str, (hole for hole in found if not hole.names & known)))
    lived_with = len(found) - len(left)
    print("\n".join([*left, f"{len(left)} known holes; {lived_with} more are lived with"]))  # noqa: T201
    return FOUND if left else CLEAN


if __name__ == "__main__":
    sys.exit(audit())
