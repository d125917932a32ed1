"""What the driver sees of a campaign, each thing once."""

from __future__ import annotations

from collections import Counter

from conftest import Desk, moment
from demo.watch import Sight
from soket.faults import Fault
from soket.notices.notice import Kind
from soket.plan.model import Campaign, Plan, Severity
from soket.record.decisions import Exemption
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.records import Ruling, Submission, Verdict
from soket.record.workspace import Workspace


def file_verdict(workspace: Workspace, unit: str, number: int, ruling: Ruling) -> None:
    fault = Fault(code="TC-CT01", severity=Severity.CRITICAL, message="Sai.")
    verdict = Verdict(
        unit=unit,
        number=number,
        kind=Submission.REPORT,
        ruling=ruling,
        late=False,
        judged_at=workspace.now,
        faults=(fault,) if ruling is Ruling.RETURNED else (),
    )
    workspace.store.create(workspace.keys.report(unit, number, "verdict.json"), verdict.to_json())


def test_everything_is_told_once(plan: Plan, campaign: Campaign) -> None:
    workspace = Desk(plan, campaign)("2021-10-25 09:00")
    sight = Sight()
    assert not sight.look(workspace), "an empty bucket"
    file_verdict(workspace, "h_can_loc", 1, Ruling.RETURNED)
    act = Exemption(
        id="e", decided_at=moment("2021-10-25 08:00"), account="a", granted_by="b", reason="Sáp nhập", unit="h_vu_quang"
    )
    file_decision(workspace, act)
    file_stage_record(workspace, "unit_reports", 1, "opened", "\n**Mở vòng 1.**\nvà nữa")
    read_register(workspace)
    told = [each.told for each in sight.look(workspace, ["receipt.h_x.1", "receipt.h_y.1", "digest.a.b"])]
    assert told == [
        "Huyện ủy Can Lộc: trả lại (TC-CT01)",
        "Quyết định: Sáp nhập",
        f"{plan.stage('unit_reports').title}: **Mở vòng 1.**",
        "Thư đến: xác nhận tiếp nhận 2, tổng hợp tình hình 1",
    ]
    assert sight.mails == Counter({Kind.RECEIPT: 2, Kind.DIGEST: 1})
    assert not sight.look(workspace)


def test_a_unit_stands_where_its_latest_verdict_leaves_it(plan: Plan, campaign: Campaign) -> None:
    workspace = Desk(plan, campaign)("2021-10-25 09:00")
    sight = Sight()
    for number, ruling in enumerate((Ruling.RETURNED, Ruling.ACCEPTED), start=1):
        file_verdict(workspace, "h_can_loc", number, ruling)
        read_register(workspace)
        sight.look(workspace)
        assert sight.standing({"h_can_loc"}) == Counter([ruling])
        assert not sight.standing({"bao_ha_tinh"})
