"""The dead-man check: notices that the monitor, or the bucket, fell silent, and tells the operator by mail directly.

It also tells what others noticed of the house: a component that had to be started anew, a plan that became faulty. It
needs neither Airflow nor the outbox, which may be what is dead. What it remembers lies in a small file of its own,
so that one silence makes one mail, whether it looks once a minute or is started by cron.
"""

from __future__ import annotations

import fcntl
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime

from soket.notices.alerts import silence_notice, unreachable_notice
from soket.notices.ledger import Intent
from soket.notices.notice import Notice, ascii_address
from soket.notices.render import write_message
from soket.notices.senders import MailServerError, Sender
from soket.record.heartbeat import silence
from soket.record.workspace import Workspace
from soket.store.record import Record

log = logging.getLogger(__name__)

GRACE = timedelta(minutes=15)  # real time: a run may start late, take long, or be just behind a restart


class Seen(Record):
    """A silence that was noticed."""

    since: AwareDatetime  # real time at which it was first seen
    told: bool = False


@dataclass(frozen=True)
class Trouble:
    """Something that is known to be wrong, and is told to the operators of some plans, once it has lasted."""

    name: str
    what: str
    write: Callable[[Workspace], Notice]
    plans: Sequence[Workspace]
    grace: timedelta = timedelta(0)


@dataclass(frozen=True)
class Sight:
    """What one look found."""

    campaign: str  # plan/campaign, or the name of a trouble
    message: str | None  # what is wrong, None while all is well
    told: bool = False  # the operator has been mailed, now or before


def look(
    workspaces: Iterable[Workspace],
    sender: Sender | None,
    memory: Path,
    now: datetime,
    grace: timedelta = GRACE,
    troubles: Iterable[Trouble] = (),
) -> list[Sight]:
    """Look at each campaign once; mail the operator, once, of a silence that outlasts the grace (None: no mail).

    Of each trouble, too, there is one mail until it is over, to everyone whose address its plans give. Who looks while
    another does waits for it, so that what that one is about to tell is not told again.
    """
    with _alone(memory):
        return _look(workspaces, sender, memory, now, grace, troubles)


@contextmanager
def _alone(memory: Path) -> Iterator[None]:
    memory.parent.mkdir(parents=True, exist_ok=True)
    with memory.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _look(
    workspaces: Iterable[Workspace],
    sender: Sender | None,
    memory: Path,
    now: datetime,
    grace: timedelta,
    troubles: Iterable[Trouble],
) -> list[Sight]:
    before = _remembered(memory)
    after: dict[str, Seen] = {}
    sights = []
    for workspace in workspaces:
        name = f"{workspace.plan.id}/{workspace.campaign.code}"
        trouble = _trouble(workspace, before.get(name, Seen(since=now)).since)
        if trouble is None:
            sights.append(Sight(name, None))
            continue
        seen = before.get(name, Seen(since=now))
        if not seen.told and now - seen.since >= grace and sender is not None:
            seen = seen.model_copy(update={"told": _mail(workspace, sender, trouble, now)})
        after[name] = seen
        sights.append(Sight(name, str(trouble.context["what"]), seen.told))
    for known in troubles:
        told = []
        for operator, workspace in {_operator(each): each for each in known.plans}.items():
            name = f"{known.name} {operator}"
            seen = before.get(name, Seen(since=now))
            if not seen.told and now - seen.since >= known.grace and sender is not None:
                seen = seen.model_copy(update={"told": _mail(workspace, sender, known.write(workspace), now)})
            after[name] = seen
            told.append(seen.told)
        sights.append(Sight(known.name, known.what, bool(told) and all(told)))
    memory.write_text(json.dumps({name: seen.model_dump(mode="json") for name, seen in after.items()}))
    return sights


def _trouble(workspace: Workspace, since: datetime) -> Notice | None:
    if not workspace.campaign.start <= workspace.now < workspace.campaign.end:
        return None
    try:
        found = silence(workspace)
    except Exception as error:
        log.exception("the bucket of %s does not answer", workspace.plan.id)
        what = type(error.__cause__ or error).__name__  # the store tells every failure alike; its cause says which
        return unreachable_notice(workspace, what, workspace.clock.campaign_time(since))
    return silence_notice(workspace, found) if found else None


def _operator(workspace: Workspace) -> str:
    return ascii_address(workspace.plan.office(workspace.plan.roles.operator).contact.email)


def _mail(workspace: Workspace, sender: Sender, notice: Notice, now: datetime) -> bool:
    """Hand an alert to the mail server; return whether it took it, so that the next look tries again where not."""
    message = write_message(workspace, Intent(notice=notice, posted_at=workspace.now), now, seal=b"watch")
    try:
        with sender as session:
            refused = session.send(message, _operator(workspace), [ascii_address(each) for each in notice.addresses])
    except MailServerError as error:
        log.warning("no alert sent: %s", error)
        return False
    for address, why in refused.items():
        log.warning("alert refused for %s: %s", address, why)
    return not refused


def _remembered(memory: Path) -> dict[str, Seen]:
    try:
        known = json.loads(memory.read_text())
        return {name: Seen.model_validate(seen) for name, seen in known.items()}
    except FileNotFoundError:
        return {}
    except ValueError:  # cut off in the middle of a write: a silence is then told of again rather than never
        return {}
