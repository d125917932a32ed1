"""What is known of a campaign that was played, and what a check of it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from demo.scenario import Scenario
from soket.notices.ledger import End, Ending
from soket.notices.lines import Entry
from soket.notices.notice import Kind
from soket.record.register import Register
from soket.record.workspace import Workspace


@dataclass(frozen=True)
class Check:
    """One thing that should be so, and whether it is."""

    name: str
    ok: bool
    detail: str = ""


def check(name: str, wrong: Iterable[str]) -> Check:
    """Return the check that nothing is wrong; it names the first few things that are."""
    listed = list(wrong)
    more = f" … và {len(listed) - 5} nữa" if len(listed) > 5 else ""
    return Check(name, not listed, "; ".join(listed[:5]) + more)


@dataclass(frozen=True)
class Evidence:
    """What is known of a campaign that was played to its end."""

    workspace: Workspace
    scenario: Scenario
    register: Register  # as the snapshot helps to read it
    rebuilt: Register  # from the records alone
    ledger: Sequence[Entry]
    ends: Mapping[str, End]  # how each sent notice ended
    mailbox: Counter[str]  # Message-ID → how often
    check_runs: int  # of which there are pages on the board
    failed_runs: Sequence[str] = ()

    @property
    def sent(self) -> list[Entry]:
        """The notices that went out."""
        return [entry for entry in self.ledger if entry.state is Ending.SENT]

    @property
    def mails(self) -> Counter[Kind]:
        """How many mails of each kind went out."""
        return Counter(entry.kind for entry in self.sent)


def checks_page(workspace: Workspace) -> str:
    """Return where the board shows what the plan's rules found."""
    return f"/soket/{workspace.plan.id}/{workspace.campaign.code}/checks/index.html"
