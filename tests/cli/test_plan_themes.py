"""`soket plan themes` tells what of the reports at hand a lexicon covers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import Desk
from documents.conftest import text_of
from record.builders import first
from record.story import Story, consolidated
from record.verbs import ubnd_draft
from soket.cli import session
from soket.cli.main import app
from soket.plan.model import Plan
from soket.record.products import WORKING_DRAFT
from soket.record.records import ParsedReport, SectionText, Submission
from soket.record.workspace import Workspace
from stages.flow import several_units

RUN = CliRunner()
SAID = (
    "Nâng cấp tuyến đường ven biển dài 12 km.\nPhố ẩm thực đêm mở cửa hằng tối.\nPhố ẩm thực đêm đông khách.\n"
    "Một việc không ai nói tới bao giờ."
)


@pytest.fixture
def at(workspace: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a campaign with one accepted report."""
    unit = first(plan)
    parsed = ParsedReport(
        unit=unit,
        number=1,
        kind=Submission.REPORT,
        sections=(SectionText(section="ket_qua", heading="III", text=SAID),),
        figures=(),
        faults=(),
    )
    at = workspace("2021-11-01 09:00")
    monkeypatch.setattr(session, "workspace", lambda *_: at)
    monkeypatch.setattr("soket.intake.reread.accepted_reports", lambda *_: [parsed])
    return at


def test_coverage_and_phrases(at: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    told = RUN.invoke(app, ["plan", "themes", "nq06_du_lich"])
    assert told.exit_code == 0, told.output
    assert "1 báo cáo, 4 câu, xếp được 25,0% số câu." in told.output
    assert "III. Kết quả đạt được: 4 câu, xếp được 1 (25,0%)" in told.output
    assert "Gợi ý: «phố ẩm thực đêm» (1 báo cáo, 2 câu)" in told.output
    assert "Chưa xếp" in told.output
    data = json.loads(RUN.invoke(app, ["plan", "themes", "nq06_du_lich", "--json"]).stdout)
    (results,) = [each for each in data["sections"] if each["sentences"]]
    assert (results["section"], results["unclassified"]) == ("ket_qua", 3)
    assert {"code": "K2", "reports": 1, "sentences": 1} in results["themes"]


def test_a_faulty_lexicon_is_told(at: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nq06_du_lich.yaml").write_text("id: nq06_du_lich\n", encoding="utf-8")
    monkeypatch.setenv("SOKET_THEMES", str(tmp_path))
    told = RUN.invoke(app, ["plan", "themes", "nq06_du_lich"])
    assert told.exit_code == 1
    assert "nq06_du_lich.yaml:1" in told.output


def test_a_lexicon_mended_by_hand_is_in_the_draft_that_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = several_units().model_copy(update={"themes": "mau"})
    (lexicon := tmp_path / "mau.yaml").write_text(
        f"id: mau\ntitle: Mẫu\nsections:\n  {plan.outline[0].code}:\n"
        "    - {code: A1, name: Việc đã làm, keywords: [cụm từ không ai dùng]}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("SOKET_THEMES", str(tmp_path))
    desk = Story(plan, plan.campaigns[0])(consolidated)
    monkeypatch.setattr(session, "workspace", lambda *_: desk())
    key = desk().keys.stage(ubnd_draft.stage, 1, WORKING_DRAFT)
    first_draft, mails = desk.store.get(key), len(list(desk.store.list("notices/")))
    ubnd_draft.consolidate(desk(rerun=True))
    assert desk.store.get(key) == first_draft

    told = RUN.invoke(app, ["plan", "themes", plan.id])
    assert "xếp được 0 (0,0%)" in told.output
    proposed = re.findall(r"Gợi ý: «(.+?)»", told.output)[0]
    lexicon.write_text(lexicon.read_text(encoding="utf-8").replace("cụm từ không ai dùng", proposed), "utf-8")
    assert "xếp được 100,0% số câu" in RUN.invoke(app, ["plan", "themes", plan.id]).output
    ubnd_draft.consolidate(desk(rerun=True))
    assert "Việc đã làm" in text_of(desk.store.get(key))
    assert "Việc đã làm" not in text_of(first_draft)
    assert len(list(desk.store.list("notices/"))) == mails, "who makes a draft again sends no mail"
