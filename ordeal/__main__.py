"""Live through campaigns that everything goes wrong in, and say what was lost: `python -m ordeal --seeds 1-5`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.plans import write_plan
from demo.mailbox import Mailbox
from ordeal.campaign import Campaign
from ordeal.report import Lived, write_json, write_report
from ordeal.troubles import by_lot
from ordeal.turns import Turns
from soket.intake.check_process import load_ahead
from soket.stack.airflow import environment
from soket.stack.credentials import Credentials
from soket.stack.launch import detach, down, prepare
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.spec import StackSpec
from soket.stack.state import REPOSITORY, State
from soket.store.connect import ENVIRONMENT_VARIABLE, StoreSettings

_SETTLE = "1"
_REPORT = REPOSITORY / "docs" / "faults.md"


def seeds_of(text: str) -> list[int]:
    """Read "1-5,9" as numbers."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def without_airflow(seeds: list[int], folder: Path, turns: int) -> Iterator[Lived]:
    """Live through each seed's campaign with the bucket and the mail server alone."""
    state = State.locate(folder / "stack")
    with state.locked() as lock:
        prepare(state, StackSpec())
        detach(state, lock, services=("seaweedfs", "mail"))
    try:
        os.environ.update(environment(state))
        os.environ["SOKET_SETTLE_SECONDS"] = _SETTLE
        connection = json.loads(os.environ[ENVIRONMENT_VARIABLE])
        settings = StoreSettings.of(connection["login"], connection["password"], connection["extra"])
        mailbox = Mailbox(HOST, state.ports["imap"], USER, Credentials.load(state).mail)
        load_ahead({})
        for seed in seeds:
            plan = write_plan(folder / "plans", name=f"thu_{seed}")
            yield _live(Campaign(seed, Turns(plan, state, settings), mailbox, by_lot(seed, turns)))
    finally:
        down(state)


def _live(campaign: Campaign) -> Lived:
    began = time.monotonic()
    lost = campaign.live()
    lived = Lived(campaign.seed, round(time.monotonic() - began, 1), [str(each) for each in campaign.troubles], lost)
    print(f"seed {lived.seed}: {lived.seconds} s; {', '.join(lived.befell)}", flush=True)
    for each in lost:
        print(f"    LOST {each.rule}: {each.what}", flush=True)
    return lived


def main() -> int:
    """Live through the seeds that were asked for; return 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m ordeal")
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1-5"))
    parser.add_argument("--turns", type=int, default=6, help="that something befalls")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--report", action="store_true", help="write docs/faults.md")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and the stack is taken down
    with tempfile.TemporaryDirectory(prefix="soket-ordeal-") as folder:
        lived = []
        for each in without_airflow(arguments.seeds, Path(folder), arguments.turns):
            lived.append(each)
            if arguments.json:
                write_json(arguments.json, lived)
    if arguments.report:
        write_report(_REPORT, lived)
    lost = sum(bool(each.losses) for each in lived)
    print(f"{len(lived)} campaigns, {lost} with a loss")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
