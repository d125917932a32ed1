"""A sample of every paper of a plan, made of the plan alone: what an office sees its templates by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from soket.clock import VIETNAM, FrozenClock
from soket.documents.appraisal import render_answers, render_appraisal, render_transmittal
from soket.documents.archive import KeptGroup, Manifest, ManifestFile, render_manifest
from soket.documents.archive_lines import Kept
from soket.documents.commending import render_commendations
from soket.documents.comparison import compare
from soket.documents.discussion import PromptGroup
from soket.documents.dossier import Dossier
from soket.documents.draft import write_draft
from soket.documents.excerpt import ShortSection
from soket.documents.figures import Summary, summarise
from soket.documents.guest_papers import render_attendance, render_delegates, render_seating
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import (
    render_agenda,
    render_conclusion,
    render_invitation,
    render_organisation,
    render_prompts,
    render_registration,
    render_script,
    render_speeches,
    render_summary,
)
from soket.documents.nominations import render_nomination_form, render_nomination_slip
from soket.documents.official import OfficialDraft
from soket.documents.points import AnsweredPoint
from soket.documents.press import render_press_note
from soket.documents.request import render_coverage_request, render_document_request, render_outline, render_request
from soket.documents.slip import render_slip
from soket.documents.urging import render_urging_letter
from soket.documents.weekly import render_weekly_report
from soket.faults import Fault
from soket.plan.model import Campaign, Plan, Severity, Stage, StageKind
from soket.record.commending import NomineeList
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.record.nominees import Nominee, Origin
from soket.record.records import ParsedReport, Receipt, SectionText, Submission
from soket.record.register import derive
from soket.record.resting import Late
from soket.record.stage_details import AppraisalPoint
from soket.record.stale import LaterReport

_REASON = "Ví dụ."
_LATE = 7  # units: more than a letter names above its text


def samples(plan: Plan) -> dict[str, Callable[[], bytes]]:
    """Return what makes a sample of each paper that a plan has stages for, by the name of its template."""
    campaign = max(plan.campaigns, key=lambda each: len(each.stages))  # each may leave some out
    plan = plan.in_campaign(campaign)
    first = {kind: found[0] for kind in StageKind if (found := plan.stages_of(kind))}
    made = _Samples(plan, campaign)
    collect, appraise = first.get(StageKind.COLLECT), first.get(StageKind.APPRAISE)
    confer, publish = first.get(StageKind.CONFER), first.get(StageKind.PUBLISH)
    papers: dict[str, Callable[[], bytes]] = {
        "draft_report": lambda: write_draft(made.summary, since=_REASON).word,
        "urging_letter": lambda: render_urging_letter(plan, plan.roles.lead, made.late, made.at),
        "weekly_report": lambda: render_weekly_report(plan, made.week, made.at),
    }
    if collect:
        papers |= made.asked(collect)
    if appraise:
        papers |= made.appraised(appraise)
    if confer:
        papers |= made.conferred(confer)
    if publish:
        papers |= {
            "coverage_request": lambda: render_coverage_request(plan, campaign, publish),
            "press_note": lambda: render_press_note(made.summary, made.decision if confer else None),
            "archive_manifest": lambda: render_manifest(plan, campaign, publish, made.manifest, [made.kept], [_REASON]),
        }
    return papers


class _Samples:
    """What the samples of a campaign are made of."""

    def __init__(self, plan: Plan, campaign: Campaign) -> None:
        self.plan, self.campaign = plan, campaign
        self.at = datetime.combine(campaign.closes, time(9), VIETNAM)
        self.decision = ConferenceFormat(
            **self._decided("dinh-dang"), format="online", day=campaign.closes, place="Phòng họp"
        )
        self.manifest = Manifest(files=(ManifestFile(key="stages/vi-du.docx", size=1, sha256="0" * 64),))
        self.kept = KeptGroup("Ví dụ", [Kept("Ví dụ", "Ví dụ", "stages/vi-du.docx", "01/01", "1-BC")])

    def _decided(self, name: str) -> dict[str, Any]:
        return {"id": name, "decided_at": self.at, "account": "vi_du", "granted_by": "Ví dụ", "reason": _REASON}

    @property
    def summary(self) -> Summary:
        """What came of a campaign that one unit has reported to."""
        plan, campaign = self.plan, self.campaign
        register = derive(
            plan,
            campaign,
            FrozenClock(self.at),
            inbox=(),
            receipts=(),
            verdicts=(),
            decisions=(),
            stage_records=(),
        )
        texts = tuple(SectionText(section=each.code, heading=each.title, text="Ví dụ.") for each in plan.outline)
        report = ParsedReport(
            unit=plan.units[0].code, number=1, kind=Submission.REPORT, sections=texts, figures=(), faults=()
        )
        return summarise(plan, campaign, register, [report])

    @property
    def late(self) -> list[Mapping[str, str]]:
        """Units as a letter that urges them names them."""
        return [
            {
                "name": unit.name,
                "owed": f"báo cáo {self.plan.review_word}",
                "standing": "chưa gửi",
                "last_day": "01/01",
                "days": "quá hạn 02 ngày làm việc",
            }
            for unit in (list(self.plan.units) * _LATE)[:_LATE]
        ]

    @property
    def week(self) -> dict[str, Any]:
        """The facts of a week."""
        counts = {"owing": 4, "sent": 2, "pending": 0, "in_hand": 0, "returned": 1, "not_sent": 1, "over": False}
        counts |= {"late": 2, "sent_late": 1, "overdue": 1}
        block = {"name": self.plan.blocks[0].name, **counts}
        granted = {"name": self.plan.units[0].name, "last_day": "01/01", "document_number": "", "reason": _REASON}
        title = self.plan.stages[0].title
        coming = {
            "title": title,
            "owner": "Ví dụ",
            "called": False,
            "last_day": "01/01",
            "days": "còn 01 ngày",
            "waits": None,
        }
        return {
            "date": "01/01",
            "last_week": "01/01",
            "total": block,
            "total_before": block,
            "blocks": [block],
            "blocks_before": [block],
            "to_chase": [{**each, "late": True} for each in self.late],
            "missed": [],
            "extensions": [granted],
            "next": [coming],
            "undecided": [_REASON],
            "roots": [{"day": "01/01", "count": 1, "root": "0" * 64}],
        }

    def asked(self, stage: Stage) -> dict[str, Callable[[], bytes]]:
        """Return the papers of a stage that collects."""
        plan, campaign = self.plan, self.campaign
        fault = Fault(code="B-1", severity=Severity.CRITICAL, message=_REASON, advice=_REASON)
        receipt = Receipt(unit=plan.units[0].code, number=1, received_at=self.at, deadline=self.at, files=())
        return {
            "request_letter": lambda: render_request(plan, campaign, stage),
            "report_outline": lambda: render_outline(plan, campaign, stage),
            "document_request": lambda: render_document_request(plan, campaign, stage),
            "nomination_form": lambda: render_nomination_form(plan, campaign, stage),
            "nomination_slip": lambda: render_nomination_slip(plan, plan.units[0], "vi-du.docx", [fault], self.at),
            "return_slip": lambda: render_slip(plan, campaign, plan.units[0], receipt, [fault]),
        }

    def appraised(self, stage: Stage) -> dict[str, Callable[[], bytes]]:
        """Return the papers of a stage that appraises."""
        approval = Appraisal(**self._decided("tham-dinh"), round=1, outcome="approved")
        points = (
            AnsweredPoint(AppraisalPoint(id="Y1.1", text=_REASON), "Sửa lời: Cũ. → Mới.", settled=True),
            AnsweredPoint(AppraisalPoint(id="Y1.2", text=_REASON), "", settled=False),
        )
        found = compare(self.summary, official=OfficialDraft((), ()))
        dossier = Dossier(stage, 2, found, points, earlier=1, amended=(LaterReport(self.plan.units[0], Late.CAME),))
        return {
            "appraisal_report": lambda: render_appraisal(dossier, made_at=self.at, decision=approval),
            "appraisal_answers": lambda: render_answers(dossier, made_at=self.at),
            "transmittal": lambda: render_transmittal(dossier, self.campaign, approval),
        }

    def conferred(self, stage: Stage) -> dict[str, Callable[[], bytes]]:
        """Return the papers of a conference."""
        meeting = Meeting(self.plan, self.campaign, stage, self.decision, assigned={self.plan.units[0].code: _REASON})
        unit = self.plan.units[0]
        listed = NomineeList(
            as_of=self.at,
            counts=(_REASON,),
            thresholds=(),
            proposals=tuple(
                Nominee(id="BD-1", unit=unit.code, name=unit.name, source=source, merit=_REASON, evidence=_REASON)
                for source in Origin
            ),
        )
        return {
            "conference_invitation": lambda: render_invitation(meeting, meeting.guests[-1]),
            "conference_agenda": lambda: render_agenda(meeting),
            "conference_organisation": lambda: render_organisation(meeting),
            "conference_script": lambda: render_script(meeting),
            "conference_registration": lambda: render_registration(meeting, meeting.guests[-1]),
            "conference_summary": lambda: render_summary(meeting, [ShortSection("I. Ví dụ", (_REASON,), 1, 2)]),
            "conference_prompts": lambda: render_prompts(meeting, [PromptGroup("Ví dụ", (_REASON,))], "1/2 đơn vị"),
            "conference_speeches": lambda: render_speeches(meeting),
            "conference_conclusion": lambda: render_conclusion(meeting),
            "conference_delegates": lambda: render_delegates(meeting, self.at),
            "conference_seating": lambda: render_seating(meeting, self.at),
            "conference_attendance": lambda: render_attendance(meeting, self.at),
            "conference_commendations": lambda: render_commendations(self.plan, stage, listed, self.decision.day),
        }
