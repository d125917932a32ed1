"""Live through a compressed year of many plans, and say what grew: `python -m soak --plans 20 --units 60`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import nan
from pathlib import Path
from typing import Any

from bench import measure
from bench.plans import CAMPAIGN, write_plan
from demo.mailbox import Mailbox
from soak import sampler
from soak.campaigns import Campaigns, Soaked
from soak.judgement import judge
from soak.report import leaks, lines, write_report
from soak.script import script, write_script
from soak.year import Year
from soket import clock
from soket.plan.loader import ENVIRONMENT_VARIABLE as PLANS
from soket.plan.model import Duty
from soket.stack.airflow import environment
from soket.stack.credentials import Credentials
from soket.stack.from_plans import stack_spec
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.replaying import QUICK
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.store.keys import Keys

_TICK = 0.5  # seconds
_SETTLING = 20.0  # seconds after the last campaign
_RESERVE = 300.0  # seconds beyond the replay: then it ends with what it has
_LASTING = timedelta(days=47)  # the campaign of the repository's own plan


def main() -> int:
    """Soak; return 1 where something grows that the record does not explain."""
    parser = argparse.ArgumentParser(prog="python -m soak")
    parser.add_argument("--plans", type=int, default=10)
    parser.add_argument("--units", type=int, default=60, help="that report; 0: a dozen or so")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument(
        "--minutes", type=float, default=50, help="that the days take; start, files and end come on top"
    )
    parser.add_argument("--idle", type=float, default=40, help="seconds of each Saturday that the stack is looked at")
    parser.add_argument(
        "--rest", type=float, default=180, help="seconds in which nobody does anything, when all is over"
    )
    parser.add_argument("--json", type=Path, help="write there what each look saw, from the first on")
    parser.add_argument("--report", action="store_true", help="write docs/performance.md")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and the stack is taken down
    year = Year(asked.days, asked.minutes, asked.idle, asked.rest)
    results: dict[str, Any] = {
        "machine": measure.machine(),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "asked": {name: getattr(asked, name) for name in ("plans", "units", "days", "minutes", "idle", "rest")},
        "looks": [],
    }
    with tempfile.TemporaryDirectory(prefix="soket-soak-") as folder:
        soaked = write_all(Path(folder), year, asked.plans, asked.units)
        results["asked"]["units"] = sum(unit.owes is Duty.REPORT for unit in soaked[0].plan.units)
        _say(f"{len(soaked)} plans written; the pace is {year.pace()}")
        soak(State.locate(Path(folder) / "stack"), year, soaked, results, asked.json)
    print("\n".join(lines(results)))
    if asked.report:
        write_report(results)
    return int(bool(leaks(judge(results["looks"]))))


def write_all(folder: Path, year: Year, plans: int, units: int) -> list[Soaked]:
    """Write the plans, each with what its units will send; from then on they are the plans of this process."""
    opens = year.openings(plans, _LASTING)
    written = [
        write_plan(folder / "plans", units, name=f"plan_{number:03}", opens=day) for number, day in enumerate(opens)
    ]
    os.environ[PLANS] = str(folder / "plans")
    return [
        Soaked(plan, write_script(folder / "scripts" / plan.id, script(plan, number)))
        for number, plan in enumerate(written)
    ]


def soak(state: State, year: Year, soaked: list[Soaked], results: dict[str, Any], kept: Path | None) -> None:
    """Raise a stack, live through the days on it, and put what was seen into the results, up to where it came."""
    with measure.stack(_spec(), state, replay=year.pace()) as seconds:
        _say(f"up after {seconds:.0f} s")
        os.environ.update(environment(state))
        mailbox = Mailbox(HOST, state.ports["imap"], USER, Credentials.load(state).mail)
        campaigns = Campaigns(state, clock.from_environment(), mailbox, soaked)
        try:
            live(campaigns, year, results, kept)
        except (KeyboardInterrupt, SystemExit):
            _say("ended from outside")
        finally:
            lived = campaigns.clock.now() - soaked[0].opens
            results["lived"] = min(lived / timedelta(days=1), year.days)
            campaigns.close()
            results |= {
                "finished": sum(each.finished for each in soaked),
                "unsent": sum(each.unsent for each in soaked),
                "mails": {str(kind): count for kind, count in campaigns.mails.items()},
            }


def live(campaigns: Campaigns, year: Year, results: dict[str, Any], kept: Path | None) -> None:
    """Let all act until the last day or the time limit; look at the stack meanwhile, and before and after its rest."""
    began = time.monotonic()
    looks = year.looks()
    while time.monotonic() - began < year.minutes * 60 + _RESERVE:
        now = campaigns.clock.now()
        if now.date() >= year.end and all(each.over for each in campaigns.all):
            break
        if looks and now >= looks[0]:
            looks.pop(0)
            see(campaigns, year, results, began, kept)
        campaigns.step()
        results["hours"] = (time.monotonic() - began) / 3600
        time.sleep(_TICK)
    if all(each.over for each in campaigns.all):
        for seconds in (_SETTLING, year.rest):
            time.sleep(seconds)
            see(campaigns, year, results, began, kept)


def see(campaigns: Campaigns, year: Year, results: dict[str, Any], began: float, kept: Path | None) -> None:
    """Look, and keep what was seen."""
    results["looks"].append(look(campaigns, year, (time.monotonic() - began) / 3600))
    if kept:
        kept.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def look(campaigns: Campaigns, year: Year, hours: float) -> dict[str, float]:
    """Return every figure of a look, with what the record holds by then."""
    now = campaigns.clock.now()
    keys = [Keys(each.plan.id, CAMPAIGN) for each in campaigns.all]
    figures = sampler.look(campaigns.state, keys, year.idle / 2)
    found = {
        "hours": hours,
        "days": sum(each.lived(now) for each in campaigns.all),
        "ended": sum(each.over for each in campaigns.all),
        "open": sum(each.playing is not None for each in campaigns.all),
        "outbox": campaigns.waiting(),
        **figures,
    }
    _say(
        f"{now:%Y-%m-%d %H:%M}: {found['open']} open, {found['ended']} over, {found['submissions']:.0f} submissions; "
        f"memory {found['memory']:.0f} MiB, files {found['files']:.0f}, database {found['database']:.0f} MiB, "
        f"{found['objects']:.0f} objects, {found.get('idle.requests', nan):.0f} requests a minute, "
        f"{found['failed']:.0f} failed"
    )
    return {name: round(value, 4) for name, value in found.items()}


def _spec() -> StackSpec:
    spec = stack_spec()
    return replace(spec, settings={**spec.settings, "SOKET_MAIL": "send", **QUICK})


def _say(text: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
