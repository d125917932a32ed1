"""Who may do an act, and refusing it: to who may not, and where it was not filled in as it has to be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import get_args

from soket.plan.model import Part, Plan, Stage
from soket.record.refusals import RefusedAct, id_of_refusal
from soket.record.workspace import Workspace


class ActRefusedError(ValueError):
    """What was entered makes no decision; the message says why and what to do, in Vietnamese."""


class IncompleteAnswerError(ActRefusedError):
    """An answer to a question lacks something: the question is asked again."""


class NoRightError(ActRefusedError):
    """Whoever entered it may not do this."""


@dataclass(frozen=True)
class Actor:
    """Who does an act, by an office's account or link, or at the server's own console, with the operator's rights."""

    account: str
    console: bool = False
    office: str = ""  # whose link it was

    def parts(self, plan: Plan) -> frozenset[Part]:
        """Return the parts that the actor plays in a plan."""
        if self.office:
            return frozenset(part for part in get_args(Part) if self.office in plan.playing(part))
        return frozenset({"operator"}) if self.console else plan.parts_of(self.account)

    def __str__(self) -> str:
        way = "dòng lệnh" if self.console else "đường dẫn riêng" if self.office else ""
        return f"{self.account} ({way})" if way else self.account


def may_do(plan: Plan, actor: Actor, act: str, stage: Stage | None = None) -> bool:
    """Tell whether somebody may do an act, of a stage where it is of one."""
    if actor.parts(plan) & set(plan.may.of(act)):
        return True
    by_account = not (actor.console or actor.office)
    return by_account and actor.account in [each.account for each in plan.offices_of(act, stage)]


def check_right(plan: Plan, actor: Actor, act: str, words: str, stage: Stage | None = None) -> None:
    """Raise NoRightError where somebody may not do an act, of a stage where it is of one; `words` name it to people."""
    if may_do(plan, actor, act, stage):
        return
    may = plan.offices_of(act, stage)
    whose = ", ".join(f"{office.name} (tài khoản {office.account})" for office in may)
    known = actor.console or actor.office or any(office.account == actor.account for office in plan.offices)
    stranger = "" if known else " không thuộc kế hoạch này,"
    raise NoRightError(
        f"Tài khoản «{actor}»{stranger} không được làm việc «{words}». "
        f"Được làm: {whose or 'chưa nơi nào có tài khoản'}. Cần thì đề nghị nơi ấy ghi."
    )


@contextmanager
def kept_when_refused(workspace: Workspace, actor: Actor, act: str, entry: str) -> Iterator[None]:
    """Keep what is refused inside a `with`, once for each entry, and go on refusing it."""
    try:
        yield
    except ActRefusedError as refusal:
        _file(workspace, actor, act, entry, refusal)
        raise


def _file(workspace: Workspace, actor: Actor, act: str, entry: str, error: ActRefusedError) -> None:
    refusal = RefusedAct(
        id=id_of_refusal(entry),
        at=workspace.now,
        account=str(actor),
        act=act[:60].encode(errors="replace").decode(),
        why=str(error)[:1000],
        no_right=isinstance(error, NoRightError),
    )
    new = workspace.store.create(workspace.keys.refusal(refusal.id), refusal.to_json())
    if new and refusal.no_right:
        from soket.notices.alerts import no_right_notice
        from soket.notices.outbox import post

        # Whose right it was not, the operator is told of.
        post(workspace, no_right_notice(workspace, refusal), suppressed=workspace.silent)
