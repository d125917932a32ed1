"""docs/performance.md: the figures beside their targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from soket.stack.state import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "performance.md"
FOLDER = DOCUMENT.parent / "performance"  # the figures beside it, and pictures of them
START, END = "<!-- bench: start -->", "<!-- bench: end -->"

_TARGETS = {60: {"median": 12, "last": 15, "cpu": 25}, 300: {"last": 30}}
_BATCH_TARGETS = {"seconds": 120, "memory": 1024}
_LARGE_TARGETS = {"check": 3, "memory": 200, "dags": 1}
_DRAFT_TARGETS = {60: {"seconds": 10}, 3_300: {"seconds": 15, "memory": 600}}
_IDLE_TARGETS = {"requests": 20, "cpu": 12}


def write_report(results: dict[str, Any]) -> str:
    """Put the figures between the document's marks; return them."""
    section = "\n".join(_lines(results))
    put(section, START, END)
    return section


def put(section: str, start: str, end: str) -> None:
    """Put a section between two marks of the document, in place of what is there."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(start)
    _, after = rest.split(end)
    DOCUMENT.write_text(f"{before}{start}\n{section}\n{end}{after}", encoding="utf-8")


def _lines(results: dict[str, Any]) -> Iterator[str]:
    machine = results["machine"]
    yield "{date}: {cores} cores, {memory}, {system}, Python {python}.".format(date=results["date"], **machine)
    yield ""
    yield "| what | measured | target | |"
    yield "|---|---:|---:|---|"
    for drop in results["drops"]:
        size = drop["units"]
        targets = _TARGETS.get(size, {})
        for name, title in (
            ("first", "first verdict mail, s"),
            ("median", "median verdict mail, s"),
            ("last", "last verdict mail, s"),
            ("cpu", "CPU seconds"),
            ("requests", "S3 requests"),
        ):
            yield _row(f"{size} units: {title}", drop[name], targets.get(name))
        if drop["mails"] != size:
            yield f"| {size} units: verdict mails | {drop['mails']} | {size} | **missed** |"
    yield _row("idle minute: S3 requests", results["idle"]["requests"], _IDLE_TARGETS["requests"])
    yield _row("idle minute: CPU seconds", results["idle"]["cpu"], _IDLE_TARGETS["cpu"])
    parse = results["parse"]
    yield _row(f"DAG file, one plan: import of Airflow and soket, s ({parse['count']} DAGs)", parse["import"], None)
    yield _row("DAG file, one plan: reading the plan, s", parse["plan"], None)
    yield _row("DAG file, one plan: building its DAGs, s", parse["dags"], None)
    large = results["large"]
    communes = f"plan of {large['units']:,} communes".replace(",", ".")
    yield _row(f"{communes}: checked, CPU s", large["check"], _LARGE_TARGETS["check"])
    yield _row(f"{communes}: peak memory of the check, MiB", large["memory"], _LARGE_TARGETS["memory"])
    yield _row(f"{communes}: building its {large['count']} DAGs, CPU s", large["dags"], _LARGE_TARGETS["dags"])
    for many in results["many"]:
        of = f"{many['plans']} plans of 60 units"
        yield _row(f"{of}: reading and building the DAGs, CPU ms a plan", many["read"] + many["build"], 60)
        yield _row(f"{of}: writing them down, CPU ms a plan", many["write"], None)
        yield _row(f"{of}: a task's process reads and builds its own, CPU ms", many["alone"], None)
        yield _row(f"{of}: listings of an idle minute, nothing handed in", many["idle_empty"], 30)
        yield _row(f"{of}: listings of an idle minute, all handed in", many["idle_full"], None)
    batch = results["batch"]
    title = f"batch of {batch['units']:,}".replace(",", ".")
    yield _row(f"{title}: judged, s", batch["seconds"], _BATCH_TARGETS["seconds"])
    yield _row(f"{title}: CPU seconds of all processes", batch["cpu"], None)
    yield _row(f"{title}: peak memory of the judge, MiB", batch["memory"], _BATCH_TARGETS["memory"])
    yield _row(f"{title}: peak memory of the largest child, MiB", batch["child_memory"], _BATCH_TARGETS["memory"])
    alone, alike = batch["alone"], batch["alike"]
    verdict = "met" if alone == alike else "**missed**"
    yield f"| {title}: of {alone} judged alone too, with the same verdict | {alike} | {alone} | {verdict} |"
    for draft in results["drafts"]:
        targets = _DRAFT_TARGETS.get(draft["units"], {})
        of = f"working draft of {draft['units']:,}".replace(",", ".")
        yield _row(f"{of}, with its evidence: s", draft["seconds"], targets.get("seconds"))
        yield _row(f"{of}: peak memory, MiB", draft["memory"], targets.get("memory"))
    yield _row("start of a fresh stack, s", results["start"]["fresh"], None)
    mails = results["mails"]
    yield _row(
        f"{mails['mails']} mails at {mails['per_minute']} a minute, ledger in memory: sending, s", mails["memory"], 300
    )
    yield _row(f"{mails['mails']} mails, ledger in the bucket: writing, s", mails["writing"], None)
    yield _row(
        f"{mails['mails']} mails at {mails['per_minute']} a minute, ledger in the bucket: sending, s",
        mails["sending"],
        300,
    )


def _row(title: str, value: float, target: float | None) -> str:
    shown = f"{value:.0f}" if isinstance(value, int) else f"{value:.2f}" if value < 1 else f"{value:.1f}"
    if target is None:
        return f"| {title} | {shown} | | |"
    verdict = "met" if value <= target else f"**missed by {value - target:.1f}**"
    return f"| {title} | {shown} | {target} | {verdict} |"
