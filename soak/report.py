"""What a soak found: JSON beside docs/performance.md, and a table between its marks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bench.report import FOLDER, put
from soak.judgement import DRIVERS, Judged, Trend, idle_stretches, judge

START, END = "<!-- soak: start -->", "<!-- soak: end -->"

_TITLES = {
    "memory": "memory of all processes but the mail server, MiB",
    "files": "open file handles",
    "threads": "threads",
    "processes": "processes",
    "idle.requests": "S3 requests of an idle minute",
    "idle.cpu": "CPU seconds of an idle minute",
    "heartbeat": "the scheduler's last sign of life, s ago",
    "queued": "steps that wait for a worker",
    "triggers": "steps that wait for something",
    "outbox": "mails that could go out and have not",
    "failed": "failed runs",
    "database": "Airflow's database, MiB",
    "rows": "its rows",
    "objects": "objects in the bucket",
    "older": "older versions in the bucket",
    "bytes": "the bucket's content, MiB",
}
_DETAILS = {
    "memory": "memory of {}, MiB",
    "files": "file handles of {}",
    "threads": "threads of {}",
    "processes": "processes of {}",
    "table": "table {}, MiB",
    "rows": "rows of {}",
    "objects": "objects under {}/",
    "older": "older versions under {}/",
    "disk": "disk: {}, MiB",
}
_MOST = 5  # of what there are many: those that grew the most


def write_report(results: dict[str, Any]) -> str:
    """Write the figures as JSON and the table into the document; return the table."""
    section = "\n".join(lines(results))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "soak.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    put(section, START, END)
    return section


def lines(results: dict[str, Any]) -> Iterator[str]:
    """Yield the table."""
    machine, asked, looks = results["machine"], results["asked"], results["looks"]
    yield "{date}: {cores} cores, {memory}, {system}, Python {python}.".format(date=results["date"], **machine)
    yield (
        f"{asked['plans']} plans of {asked['units']} units over {asked['days']} days, of which {results['lived']:.0f} "
        f"were lived through in {results['hours'] * 60:.0f} minutes; {len(looks)} looks."
    )
    if looks:
        last = looks[-1]
        yield (
            f"{last['submissions']:.0f} submissions, {last['ended']:.0f} campaigns over, of which "
            f"{results['finished']} with every stage done and every mail sent"
            f"{_mails(results['mails'])}; {results['unsent']} mails were still to go out when their "
            "campaigns were over."
        )
        yield _rest(looks)
    yield ""
    yield "| what | after the warm-up | middle | end | grew by | |"
    yield "|---|---:|---:|---:|---:|---|"
    for each in shown(judge(looks) if looks else []):
        yield (
            f"| {_title(each.name)} | {_number(each.first)} | {_number(each.middle)} | {_number(each.last)} | "
            f"{_number(each.growth)} | {_verdict(each)} |"
        )


def shown(judged: Sequence[Judged]) -> list[Judged]:
    """Return what the table has: the totals, what of their parts grows, the largest parts of the record."""
    found = [each for each in judged if each.name in _TITLES]
    for family in _DETAILS:
        parts = [each for each in judged if each.name.startswith(f"{family}.")]
        steady = family in ("memory", "files", "threads", "processes")
        grew = sorted((each for each in parts if each.growth > 0), key=lambda each: -each.growth)
        bad = [each for each in parts if each.leaks]
        found += bad + [
            each for each in (parts if family == "memory" else () if steady else grew[:_MOST]) if each not in bad
        ]
    order = list(_TITLES)
    return sorted(found, key=lambda each: order.index(each.name) if each.name in order else len(order))


def leaks(judged: Sequence[Judged]) -> list[str]:
    """Return what grows and nothing explains."""
    return [_title(each.name) for each in judged if each.leaks]


def _title(name: str) -> str:
    family, _, part = name.partition(".")
    return _TITLES.get(name) or _DETAILS.get(family, "{}").format(part)


def _verdict(judged: Judged) -> str:
    if judged.trend is Trend.BY_ITSELF:
        return f"**{judged.trend}** ({_number(judged.idle)})"
    if judged.each is None or judged.driver is None:
        return f"**{judged.trend}**" if judged.trend is Trend.LEAKS else judged.trend
    told = f"{_number(judged.each)} {DRIVERS[judged.driver]}"
    return f"**grows** faster than the record ({told})" if judged.trend is Trend.LEAKS else told


def _rest(looks: Sequence[dict[str, float]]) -> str:
    seconds = sum(last["hours"] - first["hours"] for first, last in idle_stretches(looks)) * 3600
    if not seconds:
        return "No stretch in which nobody did anything was seen: growth by the hour is not told from the record's."
    return f"Nobody did anything, and no campaign was open, for {seconds:.0f} s of it."


def _mails(mails: dict[str, int]) -> str:
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(mails.items(), key=lambda pair: -pair[1]))
    return f" (mails: {told})" if told else ""


def _number(value: float) -> str:
    size = abs(value)
    if size and size < 1:
        return f"{value:.2g}"
    return f"{value:.1f}" if size < 100 and value != round(value) else f"{value:,.0f}"
