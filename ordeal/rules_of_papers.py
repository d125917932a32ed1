"""What must be true of the papers that stages made."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from ordeal.found import COUNTS, Evidence, Told, read


def products_are_whole(evidence: Evidence) -> Iterator[str]:
    """Each paper that stages made can be opened, and is the one of which its trace tells what it rests on."""
    start = f"stages/{evidence.place}/"
    for key, data in evidence.papers.items():
        if key.endswith((".docx", ".xlsx")) and not _opens(data):
            yield f"{key}: cannot be opened"
    for rest, trace in evidence.under("stages"):
        folder, _, name = rest.rpartition("/")
        if name != "nguon-goc.json":
            continue
        for paper in trace["papers"]:
            data = evidence.papers.get(f"{start}{folder}/{paper['name']}", b"")
            if sha256(data).hexdigest() != paper["sha256"]:
                yield f"{folder}/{paper['name']}: another than its trace tells of"
        basis = _basis_in(evidence, folder)
        for unit in trace["units"]:
            code, number = unit["code"], unit["submission"]
            if basis is not None and basis.get(code) != number:
                yield f"{folder}: tells of {code} n{number}, and rests on n{basis.get(code)}"


def drafts_are_current(evidence: Evidence) -> Iterator[str]:
    """Where there is a working draft, the last of its stage rests on what counts, or the last provisional one does."""
    counts: dict[str, int] = {}
    for (unit, number), verdict in evidence.verdicts.items():
        if verdict["ruling"] in COUNTS:
            counts[unit] = max(number, counts.get(unit, 0))
    working, provisional = {}, {}
    for rest, record in evidence.under("stages"):
        if "/records/working" in rest:
            working[record["stage"], record["round"]] = record["details"]["basis"]
        elif "/records/provisional-" in rest:
            provisional[record["stage"], record["details"]["number"]] = record
    for stage in {stage for stage, _ in working}:
        of_stage = [basis for (each, _), basis in sorted(working.items()) if each == stage]
        last = [record for (each, _), record in sorted(provisional.items()) if each == stage][-1:]
        in_last = [_told_of(evidence, each) for each in last if each["details"]["sent"] == len(counts)]
        if counts not in (of_stage[-1:] + in_last):
            yield f"{stage}: counts {counts}, and rests on {of_stage[-1:]}, {in_last}"


def products_are_current(evidence: Evidence) -> Iterator[str]:
    """No paper lacks what counts, and what was kept of the register's last reading has every record."""
    yield from evidence.stale
    snapshot = read(evidence.records.get(f"register/{evidence.place}.json", b"")) or {}
    for what, root, ends in (("receipts", "receipts", ".json"), ("verdicts", "reports", "/verdict.json")):
        here = {f"{root}/{evidence.place}/{rest}" for rest, _ in evidence.under(root) if rest.endswith(ends)}
        here = {key for key in here if "/by-day/" not in key and key.count("/") < 6 + (root == "reports")}
        if missing := here - snapshot.get(what, {}).keys():
            yield f"the snapshot lacks {len(missing)} {what}"


def _opens(data: bytes) -> bool:
    try:
        return ZipFile(BytesIO(data)).testzip() is None
    except (BadZipFile, OSError):
        return False


def _basis_in(evidence: Evidence, folder: str) -> dict[str, int] | None:
    """Return which submission of each unit the working draft in a folder rests on; None where there is none."""
    record = read(evidence.records.get(f"stages/{evidence.place}/{folder}/records/working.json", b""))
    return record["details"]["basis"] if record else None


def _told_of(evidence: Evidence, record: Told) -> dict[str, int]:
    """Return of which submission of each unit a provisional draft tells."""
    key = next((each for each in record["products"] if each.endswith("/nguon-goc.json")), "")
    trace = read(evidence.records.get(key, b"")) or {}
    return {each["code"]: each["submission"] for each in trace.get("units", ())}
