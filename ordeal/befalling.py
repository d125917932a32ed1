"""What befalls a turn of a campaign without Airflow, trouble by trouble; some say in words what it was."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from demo.patience import persist
from ordeal.behind_our_back import roots_of, to_delete
from ordeal.between import Mischief
from ordeal.bounces import bounce
from ordeal.edge import EdgeStore
from ordeal.edits import Edit
from ordeal.troubles import Befalls, Trouble
from ordeal.turns import LEASE
from soket.plan.model import Duty
from soket.stack import process
from soket.store.store import StoreFailedError

if TYPE_CHECKING:
    from ordeal.campaign import Campaign

_PASSES_IN_A_SECOND = 200  # boundaries, about
_CUT_TO = 40  # bytes of a spoilt record


def killed(campaign: Campaign, befalls: Befalls) -> None:
    """A turn is killed at a boundary."""
    campaign.turn(befalls.at, _die)


def killed_in_mail(campaign: Campaign, befalls: Befalls) -> None:
    """A turn is killed before or after a mail is handed over."""
    mails = EdgeStore(campaign.store, 1 + befalls.at % 12, _die)
    campaign.turns.end(campaign.turns.begin(EdgeStore(campaign.store), mails))


def frozen(campaign: Campaign, befalls: Befalls) -> None:
    """A turn stands still at a boundary, while another does its work and its leases run out; then it goes on.

    While it drafts, reports come in meanwhile, so that the other drafts of more.
    """
    turn = campaign.begin(befalls.at, _stop)
    if campaign.turns.has_stopped(turn):
        if campaign.turns.drafts:
            campaign.send(1.0)
        campaign.turn(ahead=2 * LEASE)
        os.kill(turn, signal.SIGCONT)
    campaign.turns.end(turn)


def fails(campaign: Campaign, befalls: Befalls) -> None:
    """One call of the bucket fails, before it is done or after."""
    campaign.turn(befalls.at, _fail)


def two(campaign: Campaign, _: Befalls) -> None:
    """Two turns run at once."""
    for turn in [campaign.begin() for _ in range(2)]:
        campaign.turns.end(turn)


def mischief(campaign: Campaign, befalls: Befalls) -> None:
    """The bucket or the mail server does mischief for a while, somewhere in a turn."""
    server = campaign.turns.mail if befalls.trouble is Trouble.MAIL else campaign.turns.bucket
    turn = campaign.begin()
    time.sleep(befalls.at / _PASSES_IN_A_SECOND)
    server.does, server.cut_after = befalls.mischief, befalls.at
    until = time.monotonic() + befalls.seconds

    def meanwhile() -> None:
        if time.monotonic() >= until:
            server.does = Mischief.NONE

    campaign.turns.end(turn, meanwhile)
    server.does = Mischief.NONE


def store_killed(campaign: Campaign, befalls: Befalls) -> None:
    """The bucket's server is killed in the middle of a turn; its supervisor starts it anew."""
    turn = campaign.begin()
    time.sleep(befalls.at / _PASSES_IN_A_SECOND)
    process.kill(process.owned(campaign.turns.state.root, "seaweedfs"))
    campaign.turns.end(turn)
    persist(campaign.store.now)


def clock(campaign: Campaign, befalls: Befalls) -> None:
    """The bucket's clock jumps for one turn."""
    campaign.turn(ahead=befalls.jump)


def spoilt(campaign: Campaign, befalls: Befalls) -> None:
    """A verdict is cut short behind our back; what it was is a version of it."""
    keys = campaign.workspace.keys
    verdicts = [each.key for each in campaign.store.list(keys.reports) if keys.is_verdict(each.key)]
    if verdicts:
        key = verdicts[befalls.at % len(verdicts)]
        campaign.store.put(key, campaign.store.get(key)[:_CUT_TO])
        campaign.spoilt.add(key)
    campaign.turn()


def snapshot_gone(campaign: Campaign, _: Befalls) -> None:
    """What was kept of the register is deleted."""
    _delete(campaign, campaign.workspace.keys.register)
    campaign.turn()


def deleted(campaign: Campaign, befalls: Befalls) -> str:
    """Something that is kept is deleted behind our back; say what."""
    keys = campaign.workspace.keys
    there = [each.key for root in roots_of(keys) for each in campaign.store.list(root)]
    kind, key = to_delete(keys, there, befalls.at) or ("nothing was there", "")
    if key:
        _delete(campaign, key)
        campaign.deleted.add(key)
    campaign.turn()
    return str(kind)


def edited(campaign: Campaign, befalls: Befalls) -> str:
    """The plan's file is edited; say what of it. What must be refused is edited back after a turn."""
    before = campaign.turns.plan
    kind, campaign.turns.plan = campaign.file.edit(befalls.at)
    campaign.turn()
    if kind is Edit.CODE:
        campaign.turns.plan = campaign.file.back_to(before)
    return str(kind)


def refused(campaign: Campaign, befalls: Befalls) -> str:
    """From now on the mail server refuses one unit's address for good; say whose."""
    units = [each for each in campaign.turns.plan.units if each.owes is Duty.REPORT]
    unit = units[befalls.at % len(units)]
    campaign.turns.refused.add(unit.contact.email)
    campaign.turn()
    return unit.code


def bounced(campaign: Campaign, befalls: Befalls) -> str:
    """A server reports that it could not deliver a mail that it had taken; say which."""
    notice = bounce(campaign.now_at_work(), befalls.at)
    if notice:
        campaign.bounced.append(notice)
    campaign.turn()
    return " to ".join(notice) if notice else "none was sent"


def _delete(campaign: Campaign, key: str) -> None:
    campaign.store.client.delete_object(Bucket=campaign.store.bucket, Key=key)


def checks_killed(campaign: Campaign, _: Befalls) -> None:
    """Great Expectations comes to no answer in a turn: whatever process of it there is, is killed."""
    campaign.turns.end(campaign.begin(), _kill_checks)


BEFALL: dict[Trouble, Callable[[Campaign, Befalls], str | None]] = {
    Trouble.KILLED: killed,
    Trouble.KILLED_IN_MAIL: killed_in_mail,
    Trouble.FROZEN: frozen,
    Trouble.FAILS: fails,
    Trouble.TWO: two,
    Trouble.BUCKET: mischief,
    Trouble.MAIL: mischief,
    Trouble.STORE_KILLED: store_killed,
    Trouble.CLOCK: clock,
    Trouble.SPOILT: spoilt,
    Trouble.SNAPSHOT_GONE: snapshot_gone,
    Trouble.CHECKS_KILLED: checks_killed,
    Trouble.FULL: mischief,
    Trouble.UPLOADS_CUT: mischief,
    Trouble.DELETED: deleted,
    Trouble.EDITED: edited,
    Trouble.REFUSED: refused,
    Trouble.BOUNCED: bounced,
}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)  # the signal may come to another thread first


def _kill_checks() -> None:
    """Kill what checks, of this ordeal's own; the process that those are forked from is one that never does."""
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            is_fork = each.ppid() != os.getpid()
            if is_fork and "soket.intake.expectations" in each.cmdline():
                each.kill()


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _fail() -> None:
    raise StoreFailedError("as it was drawn")
