"""An example of every mail, made from a plan's own units and dates: for previews, and for tests that read them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from soket.notices import compose
from soket.notices.digests import digest_notice, weekly_notice
from soket.notices.examples.acts import (
    appraisal,
    conference,
    exemption,
    extension,
    mute,
    postponement,
    review,
    undo,
)
from soket.notices.examples.found import report_name
from soket.notices.examples.invitations import invitation, reply, withdrawn_invitation
from soket.notices.examples.messages import access, locked, message, withdrawn
from soket.notices.examples.papers import issued, provisional
from soket.notices.examples.scene import NoSuchStageError, register_of, stage_at, step_record, workspace_at
from soket.notices.examples.trouble import (
    fail_mails,
    faulty_plan,
    overdue,
    silent_monitor,
    unreachable_bucket,
    unreceived,
    with_an_unreadable,
)
from soket.notices.ladder import due
from soket.notices.letters import with_letters
from soket.notices.notice import Kind, Notice
from soket.notices.oddities import oddities_notice
from soket.notices.outbox import post_all
from soket.plan.model import Plan, Recipient, StageKind
from soket.record.decisions import Decision
from soket.record.products import COVERAGE_REQUEST, OUTLINE, REQUEST_LETTER, form_name
from soket.record.records import Ruling, Submission
from soket.record.workspace import Workspace

Example = tuple[Workspace, Notice]


def examples(plan: Plan) -> dict[str, Example]:
    """Return an example of every mail that a plan can send, by name: its kind or, for a variant, `kind-variant`."""
    made: dict[str, Example | None] = {}
    for name, make in _MAKERS.items():
        with suppress(NoSuchStageError):  # no such stage, no such mail
            made[name] = make(plan)
    return {name: example for name, example in made.items() if example is not None}


def names() -> list[str]:
    """Return the names of all examples."""
    return list(_MAKERS)


def _request(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.COLLECT, opening=True)
    files = (REQUEST_LETTER, OUTLINE, *(form_name(form.code) for form in plan.forms))
    register = register_of(workspace, records=[step_record(workspace, StageKind.COLLECT, "opened", files)])
    return _first(workspace, compose.request_notices(workspace, register, stage_at(plan, StageKind.COLLECT)))


def _coverage_request(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.PUBLISH, opening=True)
    opened = step_record(workspace, StageKind.PUBLISH, "opened", (COVERAGE_REQUEST,))
    register, stage = register_of(workspace, records=[opened]), stage_at(plan, StageKind.PUBLISH)
    return _first(workspace, compose.coverage_request_notices(workspace, register, stage))


def _new_date(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.COLLECT, days=-1)
    register = register_of(workspace, decisions=[extension(workspace)])
    return _first(workspace, compose.new_date_notices(workspace, register))


def _stage_date(plan: Plan) -> Example | None:
    workspace, stage = workspace_at(plan, StageKind.DRAFT, days=-1), stage_at(plan, StageKind.DRAFT)
    register = register_of(workspace, decisions=[postponement(workspace, stage)])
    return _first(workspace, compose.moved_stage_notices(workspace, register))


def _verdict(ruling: Ruling, kind: Submission = Submission.REPORT) -> Callable[[Plan], Example | None]:
    def make(plan: Plan) -> Example | None:
        workspace = workspace_at(plan, StageKind.COLLECT, days=-2)
        return _first(workspace, compose.verdict_notices(workspace, register_of(workspace, [ruling], kind=kind)))

    return make


def _review(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.COLLECT, days=-2)
    register = register_of(workspace, [Ruling.REFERRED], decisions=[review(workspace)])
    return _first(workspace, compose.verdict_notices(workspace, register)[1:])


def _chase(
    kind: Kind, recipient: Recipient, days: int, ruling: Ruling | None = None
) -> Callable[[Plan], Example | None]:
    """Return a maker of the first reminder or escalation to a reader, so many days from the last day."""

    def make(plan: Plan) -> Example | None:
        workspace = workspace_at(plan, StageKind.COLLECT, days=days)
        found = with_letters(workspace, due(workspace, register_of(workspace, [ruling])))
        of_kind = [notice for notice in found if notice.kind is kind]
        if recipient.superior:  # whoever decides or, where no ladder goes that far, another office above
            above = [notice for notice in of_kind if not notice.context["to_head"]]
            decides = [notice for notice in above if notice.addressee == plan.roles.standing]
            return _first(workspace, decides or above)
        return _first(workspace, [notice for notice in of_kind if notice.step.startswith(recipient.value)])

    return make


def _taken_back(act: Callable[[Workspace], Decision]) -> Callable[[Plan], Example | None]:
    def make(plan: Plan) -> Example | None:
        workspace = workspace_at(plan, StageKind.COLLECT, days=-1)
        granted = act(workspace)
        register = register_of(workspace, decisions=[granted, undo(workspace, granted)])
        return _first(workspace, compose.new_date_notices(workspace, register))

    return make


def _digest(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.COLLECT, days=4)
    fail_mails(workspace)
    register = register_of(
        workspace,
        [None, Ruling.ACCEPTED, Ruling.RETURNED, Ruling.ACCEPTED_WITH_WARNINGS, Ruling.ACCEPTED, Ruling.REFERRED],
        decisions=[extension(workspace), mute(workspace)],
    )
    post_all(workspace, with_letters(workspace, due(workspace, register)))
    return _first(workspace, [digest_notice(workspace, register)])


def _weekly(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.COLLECT, days=2)
    register = register_of(workspace, [None, Ruling.ACCEPTED, Ruling.RETURNED, Ruling.ACCEPTED_WITH_WARNINGS])
    return _first(workspace, [weekly_notice(workspace, register)])


def _oddities(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.COLLECT, days=-3)
    fail_mails(workspace)
    strays = ["bao-cao.docx", f"{plan.units[0].code}-cu/{report_name(plan)}"]
    register = register_of(workspace, strays=strays, sent_at=workspace.now, fails=True)
    return _first(workspace, [oddities_notice(workspace, with_an_unreadable(workspace, register), [faulty_plan()])])


def _draft(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.DRAFT, opening=True)
    record = step_record(
        workspace, StageKind.DRAFT, "working", ("du-thao-lam-viec.docx", *["so-lieu.xlsx"] * bool(plan.forms))
    )
    register = register_of(workspace, [Ruling.ACCEPTED, None, Ruling.ACCEPTED], records=[record])
    return workspace, compose.draft_notice(workspace, register, stage_at(plan, StageKind.DRAFT), record)


def _appraisal(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.APPRAISE, opening=True)
    official = step_record(workspace, StageKind.DRAFT, "official", ("du-thao.docx",))
    record = step_record(workspace, StageKind.APPRAISE, "dossier", ("bao-cao-tham-dinh.docx",))
    register = register_of(workspace, [Ruling.ACCEPTED], records=[official, record])
    return workspace, compose.appraisal_notice(workspace, register, stage_at(plan, StageKind.APPRAISE), record)


def _appraisal_returned(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.APPRAISE, days=-3)
    record = step_record(workspace, StageKind.APPRAISE, "dossier", ("bao-cao-tham-dinh.docx",))
    decision = appraisal(workspace, "returned")
    register = register_of(workspace, [Ruling.ACCEPTED], decisions=[decision], records=[record])
    stage = plan.stage(record.stage)
    return workspace, compose.appraisal_returned_notice(workspace, register, stage, decision, None)


def _appraised(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.APPRAISE, days=-1)
    record = step_record(workspace, StageKind.APPRAISE, "done", ("cong-van-trinh.docx", "du-thao.docx"))
    register = register_of(workspace, [Ruling.ACCEPTED], decisions=[appraisal(workspace, "approved")], records=[record])
    return workspace, compose.appraised_notice(workspace, register, stage_at(plan, StageKind.APPRAISE), record)


def _press(plan: Plan) -> Example | None:
    workspace = workspace_at(plan, StageKind.CONFER, opening=True)
    record = step_record(workspace, StageKind.PUBLISH, "press", ("thong-tin-bao-chi.docx",))
    register = register_of(workspace, decisions=[conference(workspace, "online")], records=[record])
    return _first(workspace, compose.press_notices(workspace, register, stage_at(plan, StageKind.PUBLISH)))


_MAKERS: dict[str, Callable[[Plan], Example | None]] = {
    "request": _request,
    "request-coverage": _coverage_request,
    "new_date": _new_date,
    "new_date-withdrawn": _taken_back(extension),
    "new_date-owing": _taken_back(exemption),
    "new_date-stage": _stage_date,
    "receipt": _verdict(Ruling.ACCEPTED),
    "receipt-warnings": _verdict(Ruling.ACCEPTED_WITH_WARNINGS),
    "receipt-referred": _verdict(Ruling.REFERRED),
    "receipt-announced": _verdict(Ruling.ACCEPTED, Submission.OWN_REVIEW_PLAN),
    "receipt-nil": _verdict(Ruling.ACCEPTED, Submission.NIL_RETURN),
    "return": _verdict(Ruling.RETURNED),
    "return-review": _review,
    "locked": locked,
    "withdrawn": withdrawn,
    "message": partial(message, how="asked"),
    **{f"message-{how}": partial(message, how=how) for how in ("from_unit", "refused")},
    **{name: partial(access, name=name) for name in ("access", "access-key", "code")},
    "unreceived": unreceived,
    "reminder": _chase(Kind.REMINDER, Recipient.UNIT, -1),
    "reminder-returned": _chase(Kind.REMINDER, Recipient.UNIT, -1, Ruling.RETURNED),
    "escalation": _chase(Kind.ESCALATION, Recipient.HEAD, 5),
    "escalation-superior": _chase(Kind.ESCALATION, Recipient.STANDING_BOARD, 5),
    "digest": _digest,
    "digest-weekly": _weekly,
    "oddities": _oddities,
    "provisional": provisional,
    "draft": _draft,
    "appraisal": _appraisal,
    "appraisal_returned": _appraisal_returned,
    "appraised": _appraised,
    "issued": partial(issued, how="asked"),
    **{f"issued-{how}": partial(issued, how=how) for how in ("taken", "refused")},
    "invitation": partial(invitation, form="online"),
    "invitation-postponed": partial(invitation, form="postponed"),
    "invitation_withdrawn": withdrawn_invitation,
    "invitation_reminder": partial(reply, how="unanswered"),
    "reply": partial(reply, how="taken"),
    "reply-refused": partial(reply, how="refused"),
    "reply-speech": partial(reply, how="taken", to_host=True),
    "press": _press,
    "alert-silence": silent_monitor,
    "alert-bucket": unreachable_bucket,
    "alert-overdue": overdue,
}


def _first(workspace: Workspace, notices: Sequence[Notice | None]) -> Example | None:
    return (workspace, notices[0]) if notices and notices[0] is not None else None
