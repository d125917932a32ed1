"""What was read out of submissions: of some that are judged together kept in one object, each object read once.

An earlier edition kept it of each submission apart, and so does who reads one anew because what its verdict names is
lost or spoilt. What a verdict names goes before what stands there alone.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from soket.record.records import ParsedReport, Verdict, batch_id
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import MissingObjectError, Store

T = TypeVar("T")
Wanted = Mapping[tuple[str, int], str | None]
"""Where what was read of a unit's n-th submission lies, as its verdict says."""

TOGETHER = 25  # at most: each is kept in memory until all of them are decided
_READERS = 8

log = logging.getLogger(__name__)


class ParsedTogether(Record):
    """What was read out of some submissions that were judged together, as `keep_parsed` puts it together."""

    submissions: tuple[ParsedReport, ...]


def keep_parsed(store: Store, keys: Keys, reports: Mapping[tuple[str, int], bytes]) -> str:
    """Keep together what was read out of some submissions, each as JSON; return the key that their verdicts name."""
    key = keys.parsed(batch_id(reports))
    store.put(key, b'{"submissions": [' + b",\n".join(reports.values()) + b"]}", "application/json")
    return key


def keep_alone(store: Store, keys: Keys, report: ParsedReport) -> None:
    """Keep what was read anew out of one submission, to be found where what its verdict names is not whole."""
    store.put(place_of(keys, (report.unit, report.number)), report.to_json(), "application/json")


def place_of(keys: Keys, submission: tuple[str, int], named: str | None = None) -> str:
    """Return where what was read out of a submission is looked for first; without what its verdict names, alone."""
    return named or keys.report(*submission, "parsed.json")


def named_by(verdicts: Iterable[Verdict]) -> Wanted:
    """Return what some verdicts name."""
    return {(each.unit, each.number): each.parsed_key for each in verdicts}


def read_parsed(store: Store, keys: Keys, wanted: Wanted) -> dict[tuple[str, int], ParsedReport]:
    """Return what was read out of some submissions; nothing of one where it is lost or spoilt."""
    return parsed_into(lambda report: report, store, keys, wanted)


def parsed_into(
    made: Callable[[ParsedReport], T], store: Store, keys: Keys, wanted: Wanted
) -> dict[tuple[str, int], T]:
    """Return what is `made` of each of some reports, of which no more than a few are in memory at once."""
    named = {each: place_of(keys, each, key) for each, key in wanted.items()}
    found = _made_of(made, store, named)
    alone = {each: place_of(keys, each) for each in named if each not in found}
    return found | _made_of(made, store, {each: key for each, key in alone.items() if key != named[each]})


def _made_of(
    made: Callable[[ParsedReport], T], store: Store, places: Mapping[tuple[str, int], str]
) -> dict[tuple[str, int], T]:
    """Read each place once and return what is made of the reports looked for there."""
    sought: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for submission, key in places.items():
        sought[key].add(submission)

    def read(key: str) -> dict[tuple[str, int], T]:
        reports = (((each.unit, each.number), each) for each in _read(store, key))
        return {submission: made(report) for submission, report in reports if submission in sought[key]}

    with ThreadPoolExecutor(_READERS) as pool:
        return {submission: each for some in pool.map(read, sought) for submission, each in some.items()}


def _read(store: Store, key: str) -> tuple[ParsedReport, ...]:
    """Return what is kept under a key, of one submission or of several; nothing where it is lost or spoilt."""
    try:
        data = store.get(key)
        if key.endswith("/parsed.json"):
            return (ParsedReport.model_validate_json(data),)
        return ParsedTogether.model_validate_json(data).submissions
    except (MissingObjectError, ValueError):
        log.warning("What was read out of submissions cannot be read: %s", key)
        return ()
