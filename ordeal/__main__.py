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
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.plans import write_plan
from demo.mailbox import Mailbox
from ordeal import schedule
from ordeal.campaign import Campaign
from ordeal.edits import PlanFile
from ordeal.found import Window
from ordeal.report import Lived, write_json, write_report
from ordeal.stack import OnStack, judge
from ordeal.troubles import by_lot, while_drafting
from ordeal.turns import Turns
from soket.intake.check_process import load_ahead
from soket.plan.loader import ENVIRONMENT_VARIABLE as PLANS
from soket.stack.airflow import environment
from soket.stack.credentials import Credentials
from soket.stack.from_plans import stack_spec
from soket.stack.launch import detach, down, prepare
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.replaying import QUICK
from soket.stack.spec import StackSpec
from soket.stack.state import REPOSITORY, State
from soket.store.connect import ENVIRONMENT_VARIABLE, StoreSettings, open_store

_SETTLE = "1"
_WITHIN = 600.0  # seconds: a mail whose sender was killed waits for its lease
_REPORT = REPOSITORY / "docs" / "faults.md"


def seeds_of(text: str) -> list[int]:
    """Read "1-5,9" as numbers."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def without_airflow(seeds: list[int], folder: Path, turns: int, more: int = 0, drafting: int = 0) -> Iterator[Lived]:
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
            file = PlanFile(folder / "plans" / f"thu_{seed}.yaml")
            befalls = by_lot(seed, turns, more), while_drafting(seed, drafting)
            yield _live(Campaign(seed, Turns(plan, state, settings), file, mailbox, *befalls))
    finally:
        down(state)


def on_airflow(seeds: list[int], folder: Path, blows: int) -> Iterator[Lived]:
    """Live through each seed's campaign on one whole stack, one after the other; judge all of them at the end."""
    state = State.locate(folder / "stack")
    plans = {seed: write_plan(folder / "plans", name=f"thu_{seed}") for seed in seeds}
    os.environ[PLANS] = str(folder / "plans")
    with state.locked() as lock:
        prepare(state, replace(stack_spec(), settings={**stack_spec().settings, "SOKET_MAIL": "send", **QUICK}))
        detach(state, lock)
    try:
        os.environ.update(environment(state))
        store = open_store(StoreSettings.from_environment())
        mailbox = Mailbox(HOST, state.ports["imap"], USER, Credentials.load(state).mail)
        campaigns, crashes, took = [], list[Window](), list[float]()
        for seed in seeds:
            began = time.monotonic()
            campaigns.append(OnStack(seed, plans[seed], schedule.by_lot(seed, blows), store))
            campaigns[-1].live(state, crashes, _WITHIN)
            took.append(round(time.monotonic() - began, 1))
            print(f"seed {seed}: {took[-1]} s, {', '.join(each.blow for each in campaigns[-1].blows)}", flush=True)
        for each, seconds, lost in zip(campaigns, took, judge(campaigns, mailbox, crashes, _WITHIN), strict=True):
            yield _told(Lived(each.seed, seconds, [str(blow.blow) for blow in each.blows], lost))
    finally:
        down(state)


def _live(campaign: Campaign) -> Lived:
    began = time.monotonic()
    lost = campaign.live()
    seconds = round(time.monotonic() - began, 1)
    return _told(Lived(campaign.seed, seconds, campaign.befell, lost))


def _told(lived: Lived) -> Lived:
    print(f"seed {lived.seed}: {lived.seconds} s; {', '.join(lived.befell)}", flush=True)
    for each in lived.losses:
        print(f"    LOST {each.rule}: {each.what}", flush=True)
    return lived


def main() -> int:
    """Live through the seeds that were asked for; return 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m ordeal")
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1-5"))
    parser.add_argument("--turns", type=int, default=6, help="that something befalls")
    parser.add_argument("--more", type=int, default=2, help="turns among them, of the kinds that came later")
    parser.add_argument("--drafting", type=int, default=2, help="turns after them, which draft")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--airflow", action="store_true", help="on a whole stack, of which components are killed")
    parser.add_argument("--report", action="store_true", help="write docs/faults.md")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and the stack is taken down
    with tempfile.TemporaryDirectory(prefix="soket-ordeal-") as folder:
        lived = []
        live = (
            on_airflow
            if arguments.airflow
            else partial(without_airflow, more=arguments.more, drafting=arguments.drafting)
        )
        for each in live(arguments.seeds, Path(folder), arguments.turns):
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
