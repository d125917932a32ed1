"""What must be true of mail, which the mailbox has and the ledger tells of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from ordeal.found import Evidence

_ENDINGS = ("sent", "partly", "failed", "suppressed", "withdrawn")


def every_verdict_is_answered(evidence: Evidence) -> Iterator[str]:
    """Each verdict has its mail in the ledger, and each unit its request."""
    owed = {rest.partition("/")[0] for rest, _ in evidence.under("notices") if rest.endswith("/intent.json")}
    for (unit, number), verdict in evidence.verdicts.items():
        kind = "return" if verdict.get("ruling") == "returned" else "receipt"
        if f"{kind}.{unit}.n{number}" not in owed:
            yield f"{kind}.{unit}.n{number}"


def every_mail_arrived_once(evidence: Evidence) -> Iterator[str]:
    """What the ledger owes was sent; it came, and came twice only where something was down between its tries.

    Of a mail whose end was deleted behind our back nobody knows that it went out: it goes out once more.
    """
    tries: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    ends: defaultdict[str, set[str]] = defaultdict(set)
    start = f"notices/{evidence.place}/"
    owed = set()
    names: defaultdict[str, list[str]] = defaultdict(list)
    for key, kept in evidence.listing.items():
        notice, _, name = key.removeprefix(start).partition("/") if key.startswith(start) else ("", "", "")
        names[notice].append(name)
        stem = name.removesuffix(".json")
        if name == "intent.json":
            owed.add(notice)
        elif stem in _ENDINGS:
            ends[notice].add(stem)
        elif claimed := _claimed_by(name):
            tries[notice][claimed] = min(kept.at, tries[notice].get(claimed, kept.at))
    known = {evidence.message_ids[notice]: notice for notice in owed}
    for notice in sorted(owed):
        copies = evidence.mailbox[evidence.message_ids[notice]]
        if not ends[notice] and notice not in evidence.may_wait:
            yield f"{notice}: waits, with {', '.join(sorted(names[notice]))}"
        elif ends[notice] & {"sent", "partly"} and not copies:
            yield f"{notice}: sent, and never came"
        forgotten = any(f"{start}{notice}/{end}.json" in evidence.done.deleted for end in _ENDINGS)
        if copies > 1 + forgotten + _was_down(evidence, tries[notice].values()):
            yield f"{notice}: came {copies} times"
    yield from (f"{message}: nobody owes it" for message in evidence.mailbox if message not in known)


def who_is_not_reached_is_on_record(evidence: Evidence) -> Iterator[str]:
    """A mail fails for just those whom the mail server refuses; what comes back is on record once, and nothing else."""
    for rest, end in evidence.under("notices"):
        notice, _, name = rest.partition("/")
        if name.removesuffix(".json") not in ("sent", "partly", "failed"):
            continue
        if strange := end.get("refused", {}).keys() - set(evidence.done.refused):
            yield f"{notice}: not taken for {', '.join(sorted(strange))}"
        if (name != "sent.json") != bool(end.get("refused")):
            yield f"{notice}: {name}, and refused for {len(end.get('refused', {}))}"
    wanted = Counter(each for each in evidence.done.bounced)
    found = Counter(
        (rest.partition("/")[0], told["address"])
        for rest, told in evidence.under("notices")
        if "/reports/bounced-" in rest
    )
    yield from (f"{notice}: came back from {address}, which nobody wrote down" for notice, address in wanted - found)
    yield from (f"{notice}: did not come back from {address}" for notice, address in found - wanted)
    yield from (f"mail/strays: {rest}" for rest, _ in evidence.under("mail/strays"))


def _claimed_by(name: str) -> str:
    """Return which try of a notice one of its records claims; "" of any other record."""
    if name == "message.eml":
        return "attempts/1"
    stem = name.removesuffix(".json")
    return stem if stem.startswith("attempts/") and not stem.endswith("-failed") else ""


def _was_down(evidence: Evidence, tries: Collection[datetime]) -> bool:
    """Whether something was down between the first and the last of several tries."""
    return len(tries) > 1 and any(begin <= max(tries) and min(tries) <= end for begin, end in evidence.crashes)
