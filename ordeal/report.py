"""The report of a run: as JSON, and as a table in docs/faults.md."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from ordeal.oracle import Loss

_START, _END = "<!-- faults: start -->", "<!-- faults: end -->"


@dataclass
class Lived:
    """What came of one seed."""

    seed: int
    seconds: float
    befell: list[str]
    losses: list[Loss] = field(default_factory=list)


def write_json(path: Path, lived: Sequence[Lived]) -> None:
    """Write down what came of each seed."""
    text = json.dumps([asdict(each) for each in lived], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def write_report(path: Path, lived: Sequence[Lived]) -> None:
    """Put the outcome of a run in the place of the one before."""
    before, _, rest = path.read_text(encoding="utf-8").partition(_START)
    after = rest.partition(_END)[2]
    path.write_text(f"{before}{_START}\n{_table(lived)}\n{_END}{after}", encoding="utf-8")


def _table(lived: Sequence[Lived]) -> str:
    memory = psutil.virtual_memory().total / 2**30
    machine = f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"
    lost = sum(bool(each.losses) for each in lived)
    kinds = Counter(befell.partition(" (")[0] for each in lived for befell in each.befell)
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}: {machine}. {len(lived)} campaigns, {lost} with a loss.",
        "",
        "What befell: " + ", ".join(f"{kind} {count}×" for kind, count in kinds.most_common()) + ".",
        "",
        "| seed | what befell, turn by turn (at which boundary) | s | lost |",
        "|---:|---|---:|---|",
    ]
    for each in lived:
        found = "<br>".join(f"{loss.rule}: {loss.what}" for loss in each.losses) or "nothing"
        lines.append(f"| {each.seed} | {', '.join(each.befell)} | {each.seconds:.0f} | {found} |")
    return "\n".join(lines)
