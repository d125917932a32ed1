"""What must be true of a campaign after whatever befell it, reckoned from what was sent and what lies in the bucket.

Nothing here asks the register or the ledger of soket: it looks at keys, at the JSON under them and at the mailbox.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import md5

from ordeal.found import Evidence, read
from ordeal.rules_of_mail import every_mail_arrived_once, every_verdict_is_answered, who_is_not_reached_is_on_record
from ordeal.rules_of_papers import drafts_are_current, products_are_current, products_are_whole
from ordeal.rules_of_plans import plan_is_followed, readers_are_as_the_plan_says

# Written by `store.create`: whatever befalls, there is one version of each.
_ONCE = ("receipts", "decisions")
_ONCE_NAMES = ("verdict.json", "intent.json", "sent.json")


@dataclass(frozen=True)
class Loss:
    """One thing that is not as it must be."""

    rule: str
    what: str


def losses(evidence: Evidence) -> list[Loss]:
    """Return everything that is not as it must be."""
    return [Loss(rule.__name__, what) for rule in RULES for what in rule(evidence)]


def every_record_can_be_read(evidence: Evidence) -> Iterator[str]:
    """What is written under a record's name is JSON."""
    return (key for key, data in evidence.records.items() if read(data) is None)


def each_sending_received_and_judged_once(evidence: Evidence) -> Iterator[str]:
    """Of each sending there is one receipt with just its files, and a verdict as it must be."""
    verdicts = evidence.verdicts
    received: defaultdict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for (unit, number), receipt in evidence.receipts.items():
        received[unit, frozenset(file["sha256"] for file in receipt["files"])].append(number)
        if (unit, number) not in verdicts:
            yield f"{unit} n{number}: received, not judged"
    for sending in evidence.sendings:
        numbers = received.get((sending.unit, sending.digests), [])
        if len(numbers) != 1:
            yield f"{sending.unit}, its sending {sending.number}: received {len(numbers)} times"
        for verdict in (verdicts[sending.unit, number] for number in numbers if (sending.unit, number) in verdicts):
            if (verdict.get("ruling") == "returned") != sending.returned:
                yield f"{sending.unit}, its sending {sending.number}: {verdict.get('ruling')}"


def nothing_was_made_up(evidence: Evidence) -> Iterator[str]:
    """What was received was sent by its unit, numbers run from 1 without a gap, and what is judged was received."""
    sent: defaultdict[str, set[str]] = defaultdict(set)
    for sending in evidence.sendings:
        sent[sending.unit] |= sending.digests
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for (unit, number), receipt in evidence.receipts.items():
        numbers[unit].append(number)
        if strange := {file["sha256"] for file in receipt["files"]} - sent[unit]:
            yield f"{unit} n{number}: {len(strange)} files that it did not send so"
    for unit, found in numbers.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"{unit}: received as {sorted(found)}"
    for unit, number in evidence.verdicts.keys() - evidence.receipts.keys():
        yield f"{unit} n{number}: judged, not received"


def copies_are_whole(evidence: Evidence) -> Iterator[str]:
    """Of each file that was received there is a copy, and it is what the unit sent.

    Of one that was deleted behind our back it is made again, unless the unit has put another in its place since.
    """
    sums = {_md5(data): len(data) for sending in evidence.sendings for data in sending.files.values()}
    for (unit, number), receipt in evidence.receipts.items():
        for file in receipt["files"]:
            kept, original = evidence.listing.get(file["key"]), evidence.listing.get(file["inbox_key"])
            if (
                kept is None
                and file["key"] in evidence.done.deleted
                and (not original or original.etag != file["etag"])
            ):
                continue
            if kept is None or sums.get(kept.etag) != kept.size or kept.etag != file["etag"]:
                yield f"{unit} n{number}: {file['name']}"


def papers_are_there(evidence: Evidence) -> Iterator[str]:
    """Whatever a verdict or a stage's record names lies in the bucket, and is not empty.

    What was read, and was deleted behind our back, is read again by whoever makes a paper of it, and not before.
    """
    for (unit, number), verdict in evidence.verdicts.items():
        names = [
            verdict.get("parsed_key"),
            verdict.get("slip_key"),
            *(each["key"] for each in verdict.get("marked", ())),
        ]
        if verdict.get("parsed_key") in evidence.done.deleted:
            del names[0]
        yield from (f"{unit} n{number}: {key}" for key in names if key and not _is_whole(evidence, key))
        kept = (read(evidence.records.get(verdict.get("parsed_key") or "", b"")) or {}).get("submissions", ())
        is_read = (unit, number) in {(each["unit"], each["number"]) for each in kept}
        if not is_read and verdict.get("parsed_key") not in evidence.done.deleted:
            yield f"{unit} n{number}: not in what was read together"
        if verdict.get("ruling") == "returned" and not verdict.get("slip_key"):
            yield f"{unit} n{number}: returned without a slip"
    for rest, record in evidence.under("stages"):
        if "/records/" in rest:
            yield from (f"{rest}: {key}" for key in record.get("products", ()) if not _is_whole(evidence, key))


def register_is_bucket(evidence: Evidence) -> Iterator[str]:
    """The register says of each unit what its last sending calls for, and says it without its snapshot, too."""
    for part in evidence.shown.keys() | evidence.rebuilt.keys():
        if part != "as_of" and evidence.shown.get(part) != evidence.rebuilt.get(part):
            yield f"{part} is another when it is made anew"
    units = evidence.shown.get("units", {})
    last = {sending.unit: sending for sending in sorted(evidence.sendings, key=lambda each: each.number)}
    for unit, sending in last.items():
        of_last = [
            number
            for (owner, number), receipt in evidence.receipts.items()
            if owner == unit and frozenset(file["sha256"] for file in receipt["files"]) == sending.digests
        ]
        accepted = units.get(unit, {}).get("accepted")
        if accepted != (None if sending.returned else max(of_last, default=None)):
            yield f"{unit}: accepted is {accepted}, received as {of_last}"


def written_once(evidence: Evidence) -> Iterator[str]:
    """No record that is written once was written again."""
    for key, count in evidence.versions.items():
        root, _, rest = key.partition("/")
        once = root in _ONCE or rest.rpartition("/")[2] in _ONCE_NAMES
        left_out = key in evidence.done.spoilt or key in evidence.done.deleted or "/by-day/" in key
        if once and not left_out and rest.startswith(evidence.place + "/") and count != 1:
            yield f"{key}: {count} versions"


def great_expectations_was_asked_in_the_end(evidence: Evidence) -> Iterator[str]:
    """What was judged without it was put to it later, and it found the same."""
    for rest, run in evidence.under("checks"):
        if rest.startswith("unasked/"):
            yield f"{rest}: not asked"
        if rest.startswith("runs/") and (unlike := (run.get("again") or {}).get("unlike")):
            yield f"{rest}: {', '.join(unlike)}"


RULES: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    every_record_can_be_read,
    each_sending_received_and_judged_once,
    nothing_was_made_up,
    copies_are_whole,
    papers_are_there,
    register_is_bucket,
    written_once,
    every_verdict_is_answered,
    every_mail_arrived_once,
    who_is_not_reached_is_on_record,
    plan_is_followed,
    readers_are_as_the_plan_says,
    products_are_whole,
    drafts_are_current,
    products_are_current,
    great_expectations_was_asked_in_the_end,
)


def _is_whole(evidence: Evidence, key: str) -> bool:
    return key in evidence.listing and evidence.listing[key].size > 0


def _md5(data: bytes) -> str:
    return md5(data, usedforsecurity=False).hexdigest()  # what S3 calls an ETag
