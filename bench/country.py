"""One plan for every commune of the country, from the letters to the board, and a small plan that lives beside it.

`python -m bench.country [COMMUNES]` prints one as JSON; nothing else should run meanwhile, a quarter of an hour.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import httpx

from bench import measure
from bench.large import COMMUNES
from bench.plans import CAMPAIGN, reports, write_plan
from bench.processes import held
from demo.mailbox import Mailbox
from soket.plan.loader import load
from soket.plan.model import Plan
from soket.stack.credentials import Credentials
from soket.stack.from_plans import stack_spec
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.seaweedfs import service_client
from soket.stack.state import State
from soket.store.keys import Keys

_BESIDE = 60  # units of the small plan
_ALONE = 5
_PAUSE = 7  # seconds between its drops: not always at the same moment of the poll
_CALM_REQUESTS = 60  # of ten seconds
_LONG = 3600  # seconds
_SMALL = "nho"

Files = Mapping[str, Mapping[str, bytes]]


def main() -> int:
    """Measure it on a fresh stack."""
    communes = int(sys.argv[1]) if len(sys.argv) > 1 else COMMUNES
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        plans = Path(folder) / "plans"
        large, small = write_plan(plans, communes, name="lon"), _small(plans)
        os.environ["SOKET_PLANS"] = str(plans)
        state = State.locate(Path(folder) / "state")
        with measure.stack(stack_spec(), state) as up, _arrivals(state) as came:
            measure.say(f"up after {up:.1f} s")
            print(json.dumps({"communes": communes, "up": up, **_measured(state, large, small, came)}))
    return 0


def _small(folder: Path) -> Plan:
    """Write the small plan; its units have codes of their own, by which their mail is known."""
    write_plan(folder, _BESIDE, name=_SMALL)
    file = folder / f"{_SMALL}.yaml"
    file.write_text(re.sub(r"\bunit_(?=\d{4}\b)", f"{_SMALL}_", file.read_text(encoding="utf-8")), encoding="utf-8")
    return load(file)


def _measured(state: State, large: Plan, small: Plan, came: Mapping[str, float]) -> dict[str, object]:
    found: dict[str, object] = {}
    began = time.monotonic()
    many, few = reports(large), iter(reports(small).items())  # while letters go out
    found["letters"] = _until(came, (f"request.{unit}.round-1" for unit in many), began)
    measure.wait_quiet(state, requests=_CALM_REQUESTS, seconds=_LONG)
    idle = measure.idle_minute(state)
    found["idle"] = {"requests": idle.requests, "cpu": idle.cpu}
    measure.say(f"letters {found['letters']}, idle {found['idle']}")
    found["alone"] = [_lone(state, small, came, *next(few)) for _ in range(_ALONE)]
    measure.say(f"alone {found['alone']}")
    before, began, beside = measure.read(state), time.monotonic(), list[float]()
    # Who drops has computers of their own: on this one that goes on at the lowest claim to the processor.
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (19,)) as pool:
        sent = pool.submit(_drop, state, large, many)
        receipts = [f"receipt.{unit}.n1" for unit in many]
        while not (sent.done() and all(each in came for each in receipts)):
            if time.monotonic() - began > _LONG:
                break
            if (pair := next(few, None)) is not None:
                beside.append(_lone(state, small, came, *pair))
                measure.say(f"beside {beside[-1]:.1f}, {sum(each in came for each in receipts)} verdicts")
            else:
                time.sleep(_PAUSE)
    used = measure.read(state) - before
    found |= {
        "dropping": sent.result() - began,
        "verdicts": _spread(came[each] - began for each in receipts if each in came),
        "beside": beside,
        "cpu": used.cpu,
        "requests": used.requests,
        "memory": {name: round(each.memory) for name, each in held(state).items()},
        "board": _board(state, large),
    }
    return found


def _drop(state: State, plan: Plan, files: Files) -> float:
    """Drop every unit's files, with the console's key: a client for each unit's takes longer than all; return when."""
    keys, client = Keys(plan.id, CAMPAIGN), service_client(state)

    def send(code: str) -> None:
        for name, data in files[code].items():
            client.put_object(Bucket=state.spec.bucket, Key=keys.inbox_folder(code) + name, Body=data)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, files))
    return time.monotonic()


def _lone(state: State, plan: Plan, came: Mapping[str, float], unit: str, files: Mapping[str, bytes]) -> float:
    """Return the seconds from one unit's drop to its verdict mail; then a pause."""
    began = time.monotonic()
    _drop(state, plan, {unit: files})
    last = _until(came, [f"receipt.{unit}.n1"], began)["last"]
    time.sleep(_PAUSE)
    return last


def _until(came: Mapping[str, float], notices: Iterable[str], began: float) -> dict[str, float]:
    """Wait for mails; return how they came, in seconds from a moment on."""
    wanted = list(notices)
    while not all(each in came for each in wanted) and time.monotonic() - began < _LONG:
        time.sleep(0.2)
    return _spread(came[each] - began for each in wanted if each in came)


def _spread(seconds: Iterable[float]) -> dict[str, float]:
    found = sorted(seconds) or [float("nan")]
    return {"mails": len(found), "first": found[0], "median": statistics.median(found), "last": found[-1]}


@contextmanager
def _arrivals(state: State) -> Iterator[Mapping[str, float]]:
    """Give when each notice's mail came, to half a second, while it is watched."""
    box = Mailbox(HOST, state.ports["imap"], USER, Credentials.load(state).mail)
    came: dict[str, float] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.3):
            found = box.look()
            came.update(dict.fromkeys(found, time.monotonic()) | {each: came[each] for each in found if each in came})

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield came
    finally:
        over.set()
        watching.join()


def _board(state: State, plan: Plan) -> dict[str, list[float]]:
    """Return how long the pages of the board take, twice each: as the first looks at it, and the next."""
    account = plan.office(plan.roles.operator).account or ""
    at = f"/soket/{plan.id}/{CAMPAIGN}"
    with httpx.Client(
        base_url=f"http://{HOST}:{state.ports['api']}", timeout=300, trust_env=False, follow_redirects=True
    ) as browser:
        login = {"username": account, "password": Credentials.load(state).accounts[account]}
        token = browser.post("/auth/token", json=login).raise_for_status().json()["access_token"]
        browser.headers["Authorization"] = f"Bearer {token}"
        pages = {"": at, "notices": f"{at}/notices", "stages": f"{at}/stages", "unit": f"{at}/units/unit_0000"}
        return {name: [_timed(browser, page) for _ in range(2)] for name, page in pages.items()}


def _timed(browser: httpx.Client, page: str) -> float:
    began = time.monotonic()
    browser.get(page).raise_for_status()
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
