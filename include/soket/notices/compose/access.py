"""Mail that lets a unit in: its page's link and code, asked for there, and the link that shows a folder's key once."""

from __future__ import annotations

from datetime import datetime

from soket.notices.notice import Kind, Notice
from soket.plan.model import Office, Unit
from soket.record.link_asks import LinkAsk
from soket.record.one_time_codes import CodeAsk, codes_asked_for
from soket.record.register import Register
from soket.record.sending import entry_link
from soket.record.workspace import Workspace
from soket.text import format_moment

_KEY = "key"


def key_notice(holder: Unit | Office, handover: str, link: str, expires: datetime) -> Notice:
    """Return the mail with the link that shows a folder's key; the key is not in it."""
    return Notice(
        kind=Kind.ACCESS,
        addressee=holder.code,
        step=f"k-{handover[:12]}",
        variant=_KEY,
        to=(holder.contact,),
        context={"addressed": holder.name, "link": link, "expires": format_moment(expires)},
    )


def link_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Return the mail of every link that was asked for lately, to the unit's registered contact alone."""
    units = {unit.code: unit for unit in workspace.plan.units}
    asks = (each for each in register.link_asks if each.unit in units)
    made = ((units[each.unit], each, entry_link(workspace, register.units[each.unit])) for each in asks)
    return [link_notice(unit, ask, link) for unit, ask, link in made if link]


def links_untold(workspace: Workspace, register: Register) -> list[Notice]:
    """Return the links that were asked for and not posted; where none was asked for, the ledger is not."""
    return _unposted(workspace, link_notices(workspace, register), Kind.ACCESS)


def code_notices(workspace: Workspace) -> list[Notice]:
    """Return the mail of every code that was asked for and still lives, to the unit's registered contact alone."""
    units = {unit.code: unit for unit in workspace.plan.units}
    return [code_notice(units[ask.unit], ask) for ask in codes_asked_for(workspace) if ask.unit in units]


def codes_untold(workspace: Workspace) -> list[Notice]:
    """Return the codes that were asked for and not posted."""
    return _unposted(workspace, code_notices(workspace), Kind.CODE)


def _unposted(workspace: Workspace, owed: list[Notice], kind: Kind) -> list[Notice]:
    """Return what of a kind the ledger does not have; where nothing is owed, it is not asked."""
    if not owed:
        return []
    prefix = workspace.keys.notices
    told = {each.key.removeprefix(prefix).partition("/")[0] for each in workspace.store.list(f"{prefix}{kind}.")}
    return [each for each in owed if each.id not in told]


def code_notice(unit: Unit, ask: CodeAsk) -> Notice:
    """Return the mail with a code, which is worked out of its mark as the mail goes out, and stands in nothing kept."""
    return Notice(
        kind=Kind.CODE,
        addressee=unit.code,
        step=f"c-{ask.id}",
        to=(unit.contact,),
        context={"addressed": unit.name, "mark": ask.mark},
    )


def link_notice(unit: Unit, ask: LinkAsk, link: str) -> Notice:
    """Return the mail with the link that opens a unit's page."""
    return Notice(
        kind=Kind.ACCESS,
        addressee=unit.code,
        step=f"l-{ask.hour}-{ask.number}",
        to=(unit.contact,),
        context={"addressed": unit.name, "link": link},
    )
