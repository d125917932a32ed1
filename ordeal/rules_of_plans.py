"""What must be true where the plan's file was edited while its campaign was under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ordeal.found import COUNTS, Evidence, Told

_A_TURN = timedelta(seconds=60)


def plan_is_followed(evidence: Evidence) -> Iterator[str]:
    """What the plan's file says is in the last edition, each edition has its decision, and what is refused is told."""
    editions = sorted(rest for rest, _ in evidence.under("plans") if "/" not in rest)
    decided = {rest for rest, _ in evidence.under("decisions")}
    last = (_editions(evidence) or [{}])[-1]
    for where, said in evidence.done.says.items():
        if (found := _at(last, where)) != said:
            yield f"{'.'.join(where)} is {found}, and not {said}"
    owed = {f"plan_change-{int(each[:4])}-{each[5:]}" for each in editions[1:]}
    yield from (f"no decision tells of {each}" for each in owed - decided)
    yield from (f"{each} is of no edition" for each in decided - owed if each.startswith("plan_change-"))
    refused = [rest for rest, _ in evidence.under("plans") if rest.startswith("refused/")]
    if len(refused) != evidence.done.edits_refused:
        yield f"{len(refused)} edits were refused, and not {evidence.done.edits_refused}"


def readers_are_as_the_plan_says(evidence: Evidence) -> Iterator[str]:
    """Once an address is on record mail goes to it alone, and who owes a report is told of its last date.

    What the first edition says already stands in the requests.
    """
    editions = _editions(evidence)
    for where, address in evidence.done.says.items():
        if where[0] != "units":
            continue
        since = _on_record_since(evidence, where, address)
        for rest, end in evidence.under("notices"):
            notice, _, name = rest.partition("/")
            at = evidence.listing[f"notices/{evidence.place}/{rest}"].at
            reached = name in ("sent.json", "partly.json") and notice.split(".")[1] == where[1]
            old = {each for each in end.get("delivered", ()) if each.startswith("vanthu") and each != address}
            if reached and old and since and at > since:
                yield f"{notice}: went to {', '.join(old)} after {address} was on record"
    for where, day in evidence.done.says.items():
        if where[-2:] == ("unit_reports", "before") and _at(editions[0], where) != day:
            last_day = str(date.fromisoformat(day) - timedelta(days=1))
            told = {rest.split(".")[1] for rest, _ in evidence.under("notices") if f".{last_day}/" in rest}
            accepted = {unit for (unit, _), each in evidence.verdicts.items() if each["ruling"] in COUNTS}
            owing = {each["code"] for each in editions[-1]["units"] if "owes" not in each}
            yield from (f"{unit}: not told of {last_day}" for unit in sorted(owing - accepted - told))


def _editions(evidence: Evidence) -> list[Told]:
    """Return the editions of the plan, by number."""
    return [told for _, told in sorted((rest, told) for rest, told in evidence.under("plans") if "/" not in rest)]


def _on_record_since(evidence: Evidence, where: Sequence[str], said: object) -> datetime | None:
    """Return when who began before an edition was on record that says so had ended; None where none says it."""
    for rest, edition in sorted(evidence.under("plans")):
        if "/" not in rest and _at(edition, where) == said:
            at = evidence.listing[f"plans/{evidence.place}/{rest}"].at
            return max([at + _A_TURN, *(end for begin, end in evidence.crashes if begin <= at <= end)])
    return None


def _at(told: Any, where: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    """Return what stands somewhere in a record; in a list each is named by its code."""
    for name in where:
        if isinstance(told, list):
            told = next((each for each in told if each.get("code") == name), None)
        else:
            told = (told or {}).get(name)
    return told
