"""What units' drops cost a stack: until their verdict mails are there, and in all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench import measure
from bench.plans import CAMPAIGN
from soket.stack.credentials import folder_credentials
from soket.stack.seaweedfs import key_client
from soket.stack.state import State
from soket.store.keys import Keys

SETTLE_SECONDS = 3


@dataclass(frozen=True)
class Cost:
    """What so many units at once cost: seconds from the first drop to each verdict mail, and what was used."""

    units: int
    dropping: float
    first: float
    median: float
    last: float
    mails: int
    cpu: float
    requests: int


def drop(state: State, plan: str, files: Mapping[str, Mapping[str, bytes]], *, within: float = 300) -> Cost:
    """Drop every unit's files at once, each with the unit's own key; wait for as many mails."""
    keys = Keys(plan, CAMPAIGN)
    clients = {code: key_client(state, folder_credentials(state, f"{plan}/{CAMPAIGN}/{code}")) for code in files}
    bucket = state.spec.bucket

    def send(code: str) -> None:
        for name, data in files[code].items():
            clients[code].put_object(Bucket=bucket, Key=keys.inbox_folder(code) + name, Body=data)

    arrivals = measure.Arrivals(state)
    before = measure.read(state)
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, files))
    dropped = time.monotonic()
    arrivals.wait(len(files), within)
    time.sleep(SETTLE_SECONDS)
    used = measure.read(state) - before
    arrivals.close()
    after = [moment - began for moment in arrivals.moments] or [float("nan")]
    return Cost(
        units=len(files),
        dropping=dropped - began,
        first=after[0],
        median=statistics.median(after),
        last=after[-1],
        mails=len(arrivals.moments),
        cpu=used.cpu,
        requests=used.requests - sum(map(len, files.values())),
    )
