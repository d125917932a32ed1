"""Which addresses of the plan do not take mail: those of which the last that any server said is that it came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from soket.notices.facts import Facts
from soket.notices.ledger import NoticeState, states
from soket.notices.reports.outcome import Outcome, Reported, read_reported
from soket.notices.reports.reasons import say_advice, say_reason
from soket.plan.model import Contact, Plan
from soket.record.workspace import Workspace
from soket.text import format_moment


@dataclass(frozen=True)
class Unreached:
    """A contact whose mail comes back; over once its address in the plan is another, or takes mail again."""

    code: str  # the unit or office
    owner: str
    contact: Contact
    notice: str  # the last mail that came back
    report: Reported

    @property
    def facts(self) -> Facts:
        """What a mail says of it."""
        who = ", ".join(part for part in (self.contact.name, self.contact.title) if part)
        return {
            "name": self.owner,
            "who": who,
            "phone": self.contact.phone,
            "address": self.contact.email,
            "reason": say_reason(self.report),
            "at": format_moment(self.report.at),
            "advice": say_advice(self.report),
            "notice": self.notice,
        }


def unreached(workspace: Workspace, known: Iterable[NoticeState] | None = None) -> list[Unreached]:
    """Return the contacts of the plan that mail does not reach, in the plan's order.

    Reads nothing but what was said of those whose mail came back.
    """
    listed = list(states(workspace).values() if known is None else known)
    troubled = {_about(state) for state in listed if any(said[0] is Outcome.BOUNCED for said in state.said)}
    if not troubled:
        return []
    last: dict[str, tuple[str, Reported]] = {}
    for state in listed:
        if _about(state) in troubled:
            for said in state.said:
                if said[0] is Outcome.DELAYED or (report := read_reported(workspace, state.id, *said)) is None:
                    continue
                before = last.get(report.address.casefold())
                if before is None or _order(before[1]) < _order(report):
                    last[report.address.casefold()] = state.id, report
    return [
        Unreached(code, owner, contact, *found)
        for code, owner, contact in _contacts(workspace.plan)
        if (found := last.get(contact.email.casefold())) and found[1].outcome is Outcome.BOUNCED
    ]


def unreached_facts(workspace: Workspace) -> list[Facts]:
    """Return what a mail says of the contacts that mail does not reach."""
    return [each.facts for each in unreached(workspace)]


def _about(state: NoticeState) -> str:
    return state.id.split(".")[1]


def _order(report: Reported) -> tuple[object, ...]:
    return report.at, report.outcome is Outcome.BOUNCED


def _contacts(plan: Plan) -> Iterator[tuple[str, str, Contact]]:
    """Yield every address of the plan once for each unit or office, with whose it is."""
    for unit in plan.units:
        yield from ((unit.code, unit.name, each) for each in _reached(unit.contact, unit.head))
    for office in plan.offices:
        yield from ((office.code, office.name, each) for each in _reached(office.contact))


def _reached(*people: Contact) -> Iterable[Contact]:
    """Return people and who stands in for them, each address once."""
    everybody = [each for person in people for each in (person, *(deputy.as_contact for deputy in person.deputies))]
    return {each.email: each for each in everybody}.values()
