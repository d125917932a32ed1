"""`soket plan themes` tells what of the reports at hand a lexicon covers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import Desk
from record.builders import first
from soket.cli import session
from soket.cli.main import app
from soket.plan.model import Plan
from soket.record.records import ParsedReport, SectionText, Submission
from soket.record.workspace import Workspace

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
