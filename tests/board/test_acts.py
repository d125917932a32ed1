"""Acts from the board: rights are shown, the effect is told before, and the DAG of acts does the rest, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from fastapi import FastAPI

from record.builders import postpone
from soket.board.app import create_app
from soket.board.question_routes import beside
from soket.clock import FrozenClock
from soket.notices.ledger import read_intent
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.records import ParsedReport, Submission
from soket.record.refusals import refusals
from soket.record.register import Standing
from soket.record.reviewable import reviewable
from soket.record.stage_details import AppraisalOutcome
from soket.record.workspace import Workspace
from soket.stages.act_table import ACTS
from soket.stages.actions import record_act
from soket.stages.collect import post_answers
from soket.stages.refusing import Actor, may_do
from soket.store.store import MemoryStore

from .airflow import FakeAirflow
from .browser import Browser, hang_up
from .campaigns import a_campaign_in_the_middle
from .forms import form_in

HOME = "/soket/nq06_thu/2021"
UNIT, OTHER, SENT = "dang_uy_03", "so_nganh_07", "huyen_uy_01"
LEAD, STANDING = "ban_tuyen_giao", "thuong_truc"
WHY = {"reason": "Mưa lũ <b>lớn</b>", "granted_by": "Đ/c Phó Bí thư", "document_number": "12-CV/TU"}
EXTEND = {**WHY, "last_day": "2021-11-12"}


@pytest.fixture(scope="module")
def begun() -> Workspace:
    """The campaign in its middle, whose offices have accounts, with reports that can be read and all mail posted."""
    before = a_campaign_in_the_middle()
    offices = tuple(each.model_copy(update={"account": each.code}) for each in before.plan.offices)
    workspace = replace(before, plan=before.plan.model_copy(update={"offices": offices}))
    register = read_register(workspace)
    for unit, number in register.basis().items():
        report = ParsedReport(unit=unit, number=number, kind=Submission.REPORT, sections=(), figures=(), faults=())
        workspace.store.put(workspace.keys.report(unit, number, "parsed.json"), report.to_json())
    post_answers(workspace, register)
    return workspace


@pytest.fixture
def workspace(begun: Workspace) -> Workspace:
    assert isinstance(begun.store, MemoryStore)
    return replace(begun, store=replace(begun.store, objects=dict(begun.store.objects)))


@pytest.fixture
def airflow(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeAirflow:
    monkeypatch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)

    def make(authenticate: Callable[..., Any]) -> FastAPI:
        return create_app(lambda *_: workspace, lambda: ([workspace.plan], []), authenticate)

    return FakeAirflow(make, workspace)


class Official(Browser):
    """An office's browser, which follows no redirection and fills in what a page holds unseen."""

    def __init__(self, airflow: FakeAirflow, account: str = LEAD) -> None:
        super().__init__(airflow.app, follow_redirects=False, cookies={"_token": account})

    def page(self, path: str) -> str:
        return self.get(f"{HOME}/{path}").text

    def fill(self, page: str, step: str, **fields: str) -> Any:
        """Send a page's form with what it holds unseen and more."""
        action, hidden = form_in(page)
        return self.post(action, data={**hidden, **fields, "step": step})

    def preview(self, path: str, **fields: str) -> Any:
        return self.fill(self.page(path), "preview", **fields)


@pytest.fixture
def lead(airflow: FakeAirflow) -> Official:
    return Official(airflow)


def decided(workspace: Workspace) -> list[Any]:
    return [act for act in read_register(workspace).decisions if act.account in (LEAD, STANDING)]


def test_an_extension_from_a_units_page(lead: Official, airflow: FakeAirflow, workspace: Workspace) -> None:
    assert f'href="{HOME}/acts/extension?unit={UNIT}"' in lead.page(f"units/{UNIT}")
    told = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND)
    assert told.status_code == 200
    assert "Hạn mới (hết ngày)" in told.text
    assert "hết ngày 04/11/2021 → hết ngày 12/11/2021" in told.text
    assert "Thư gửi ngay: thời hạn mới" in told.text
    assert "Mưa lũ &lt;b&gt;lớn&lt;/b&gt;" in told.text
    assert airflow.runs == {}
    sent = lead.fill(told.text, "confirm")
    assert sent.status_code == 303
    ((run, form),) = airflow.runs.items()
    assert form == {
        "dag": "nq06_thu.actions",
        "account": LEAD,
        "act": "extension",
        "unit": UNIT,
        "campaign": "2021",
        **EXTEND,
    }
    assert read_register(workspace).units[UNIT].last_day.isoformat() == "2021-11-12"
    assert run in sent.headers["location"]
    told = lead.get(sent.headers["location"])
    shown = told.text
    (act,) = decided(workspace)
    assert "Đã ghi" in shown
    assert act.id in shown
    assert f"/acts/undo?undoes={act.id}" in shown
    assert "refresh" not in told.headers


def test_a_number_is_sent_as_the_dag_of_acts_takes_it(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    register = read_register(workspace)
    unit = next(code for code, entry in register.units.items() if entry.standing is Standing.RETURNED)
    number = register.units[unit].last_number
    filled = {**WHY, "number": str(number), "outcome": "accepted"}
    assert lead.fill(lead.preview(f"acts/review?unit={unit}", **filled).text, "confirm").status_code == 303
    (form,) = airflow.runs.values()
    assert form["number"] == number  # of words where it wants a number, Airflow takes no form
    assert read_register(workspace).units[unit].accepted == number


def test_the_page_waits_for_the_decision_and_tells_a_refusal_or_a_failure(lead: Official, airflow: FakeAirflow) -> None:
    airflow.works = False
    sent = lead.fill(lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text, "confirm")
    waits = sent.headers["location"]
    assert lead.get(waits).headers["refresh"] == "3"
    (run,) = airflow.runs
    airflow.states[run] = "failed"
    assert "Hệ thống gặp lỗi khi ghi" in lead.get(waits).text
    airflow.runs[run]["last_day"] = "2021-11-01"  # what could not be known before it ran
    airflow.record(run)
    answer = lead.get(waits)
    told = answer.text
    assert "Từ chối" in told
    assert "phải từ" in told
    assert "refresh" not in answer.headers


def test_what_would_be_refused_becomes_no_run(lead: Official, airflow: FakeAirflow, workspace: Workspace) -> None:
    for wrong, why in (({"reason": ""}, "Chưa điền: Lý do"), ({"last_day": "2021-11-01"}, "phải từ 05/11/2021")):
        told = lead.preview(f"acts/extension?unit={UNIT}", **{**EXTEND, **wrong})
        assert told.status_code == 422
        assert why in told.text
        assert 'value="12-CV/TU"' in told.text  # what was filled in is not lost
    assert airflow.runs == {}
    assert refusals(workspace) == []


def test_sent_twice_it_is_entered_once_and_changed_anew(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    airflow.works = False  # both come before the first is on record
    told = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text
    first, again = lead.fill(told, "confirm"), lead.fill(told, "confirm")
    assert first.headers["location"] == again.headers["location"]
    assert len(airflow.runs) == 1
    back = lead.fill(lead.fill(told, "edit").text, "preview", **{**EXTEND, "last_day": "2021-11-15"})
    lead.fill(back.text, "confirm")
    assert len(airflow.runs) == 2
    for run in airflow.runs:
        airflow.record(run)
    assert len(decided(workspace)) == 2


def test_of_two_tabs_the_second_is_shown_what_has_changed(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    one = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text
    other = lead.preview(f"acts/exemption?unit={UNIT}", **WHY).text
    assert lead.fill(one, "confirm").status_code == 303
    told = lead.fill(other, "confirm")
    assert told.status_code == 200
    assert "đã thay đổi từ lúc xem" in told.text
    assert len(decided(workspace)) == 1
    assert lead.fill(told.text, "confirm").status_code == 303
    assert len(decided(workspace)) == 2


def test_several_units_at_once_each_with_its_record_and_refusals_by_unit(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    exempt = "so_nganh_18"
    assert workspace.plan.unit(exempt).exempt_reason
    assert f'form="several" name="unit" value="{UNIT}"' in lead.get(HOME).text
    listed = lead.page(f"acts?unit={UNIT}&unit={OTHER}&unit={exempt}")
    assert f'href="{HOME}/acts/extension?units={UNIT}%2C{OTHER}%2C{exempt}"' in listed
    assert "/acts/review" not in listed  # a submission is of one unit
    told = lead.preview(f"acts/extension?unit={UNIT}&unit={OTHER}&unit={exempt}", **EXTEND).text
    assert "Không ghi được cho 1 đơn vị" in told
    assert "Thanh tra tỉnh được miễn báo cáo, không cần gia hạn." in told
    shown = lead.get(lead.fill(told, "confirm").headers["location"]).text
    assert shown.count("Đã ghi") == 2
    assert shown.count("Từ chối") == 1
    assert {act.unit for act in decided(workspace)} == {UNIT, OTHER}
    assert len(airflow.runs) == 1


def test_a_whole_block_is_those_of_it_that_still_owe(lead: Official, workspace: Workspace) -> None:
    page = lead.page("acts?block=dang_uy")
    (address,) = set(re.findall(r"/acts/extension\?([^\"]+)", page))
    (units,) = parse_qs(unescape(address)).values()
    register = read_register(workspace)
    owing = [code for code, entry in register.units.items() if entry.standing.to_chase and code.startswith("dang_uy")]
    assert set(units[0].split(",")) >= set(owing)
    assert not any(register.units[code].standing.settled for code in units[0].split(","))


def test_who_may_not_sees_whose_it_is_and_cannot_send(airflow: FakeAirflow, workspace: Workspace) -> None:
    standing = Official(airflow, STANDING)
    page = standing.page(f"units/{UNIT}")
    assert 'title="Chỉ Ban Tuyên giáo">Miễn báo cáo</span>' in page
    assert f"/acts/exemption?unit={UNIT}" not in page
    assert "/acts/postponement?stage=ubnd_draft" in standing.page("stages")
    form = standing.page(f"acts/exemption?unit={UNIT}")
    assert "Chỉ Ban Tuyên giáo ghi được việc này" in form
    stamp = re.findall(r'name="stamp" value="([^"]+)"', standing.page("acts/postponement?stage=ubnd_draft"))[0]
    forced = standing.post(f"{HOME}/acts/exemption", data={**WHY, "unit": UNIT, "stamp": stamp, "step": "confirm"})
    assert forced.status_code in (200, 422)
    assert airflow.runs == {}
    assert decided(workspace) == []


def test_an_operator_has_a_stage_run_again(airflow: FakeAirflow, workspace: Workspace) -> None:
    operator, stage = Official(airflow, workspace.plan.roles.operator), "ubnd_draft"
    assert f'href="{HOME}/reruns/{stage}"' in operator.page("stages")
    page = operator.page(f"reruns/{stage}")
    assert "Không thư nào được gửi" in page
    assert "đã lưu trữ" not in page
    airflow.runs_on = True
    assert "đang chạy dở" in operator.fill(page, "").text
    airflow.runs_on = False
    sent = operator.fill(page, "")
    assert sent.status_code == 303
    again = operator.fill(page, "")
    assert (again.status_code, "đang được chạy lại" in again.text) == (422, True)
    (asked,) = airflow.reruns
    assert asked == {
        "account": workspace.plan.roles.operator,
        "dag_id": "nq06_thu.ubnd_draft",
        "from_date": f"{workspace.campaign.opens}T00:00:00+07:00",
        "to_date": f"{workspace.campaign.closes}T23:59:59.999999+07:00",
        "reprocess_behavior": "completed",
    }
    waits = sent.headers["location"]
    assert operator.get(waits).headers["refresh"] == "3"
    airflow.rerun_ends = "failed"
    assert "Có bước hỏng" in operator.get(waits).text
    airflow.rerun_ends = "success"
    told = operator.get(waits)
    assert "Đã chạy xong" in told.text
    assert "refresh" not in told.headers
    assert operator.get(f"{HOME}/reruns/unit_reports/sent/1").status_code == 404  # it was of another stage
    assert operator.get(f"{HOME}/reruns/{stage}/sent/7").status_code == 404


def test_only_an_operator_and_only_what_has_begun_runs_again(lead: Official, airflow: FakeAirflow) -> None:
    assert "chạy lại được giai đoạn" in lead.page("reruns/ubnd_draft")
    operator = Official(airflow, airflow.workspace.plan.roles.operator)
    assert "chưa có văn bản nào để làm lại" in operator.page("reruns/vptu_appraisal")
    page = operator.page("reruns/ubnd_draft")
    operator.headers.update({"sec-fetch-site": "cross-site"})
    assert operator.fill(page, "").status_code == 403
    stamp = re.findall(r'name="stamp" value="([^"]+)"', lead.page(f"acts/extension?unit={UNIT}"))[0]
    assert lead.post(f"{HOME}/reruns/ubnd_draft", data={"stamp": stamp}).status_code == 422
    assert lead.get(f"{HOME}/reruns/lunch").status_code == 404
    assert airflow.reruns == []


def test_a_form_from_elsewhere_is_refused(lead: Official, airflow: FakeAirflow) -> None:
    page = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text
    for header in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        lead.headers.update(header)
        answer = lead.fill(page, "confirm")
        assert answer.status_code == 403
        assert "Mẫu không còn dùng được" in answer.text
        for name in header:
            del lead.headers[name]
    assert airflow.runs == {}


def test_a_form_without_a_stamp_or_with_another_accounts_is_refused(lead: Official, airflow: FakeAirflow) -> None:
    page = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text
    form = {"unit": UNIT, **EXTEND, "step": "confirm"}
    assert lead.post(f"{HOME}/acts/extension", data=form).status_code == 403
    assert lead.post(f"{HOME}/acts/extension", data={**form, "stamp": "x.y.z"}).status_code == 403
    assert Official(airflow, "vptu").fill(page, "confirm").status_code == 403
    assert airflow.runs == {}


def test_an_expired_session_is_told_to_sign_in_again(lead: Official) -> None:
    page = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text
    lead.cookies.clear()
    answer = lead.fill(page, "confirm")
    assert answer.status_code == 401
    assert "đăng nhập lại" in answer.text.lower()
    assert f"next={HOME}/acts/extension" in answer.text


def test_what_airflow_does_not_take_is_told_and_can_be_sent_again(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    told = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text
    for status, why in ((403, "không cho tài khoản"), (404, "chưa nạp"), (500, "Chưa gửi được")):
        airflow.answers_with = status
        told = lead.fill(told, "confirm").text
        assert why in told
    airflow.answers_with = 200
    assert lead.fill(told, "confirm").status_code == 303
    assert len(decided(workspace)) == 1


def test_an_act_is_taken_back_from_the_list_of_decisions(lead: Official, workspace: Workspace) -> None:
    lead.get(lead.fill(lead.preview(f"acts/extension?unit={UNIT}", **EXTEND).text, "confirm").headers["location"])
    (act,) = decided(workspace)
    assert f'href="{HOME}/acts/undo?undoes={act.id}"' in lead.page("decisions")
    assert "mở “Chi tiết kỹ thuật” dưới bảng" in lead.page("acts/undo")
    assert "<summary>Chi tiết kỹ thuật" in lead.page("decisions")
    told = lead.preview(f"acts/undo?undoes={act.id}", **WHY, undoes=act.id)
    assert "hết ngày 12/11/2021 → hết ngày 04/11/2021" in told.text
    lead.get(lead.fill(told.text, "confirm").headers["location"])
    assert read_register(workspace).acts.is_undone(act)
    assert f"/acts/undo?undoes={act.id}" not in lead.page("decisions")


@pytest.mark.parametrize("name", ACTS)
def test_every_act_has_a_form_of_its_blanks(lead: Official, workspace: Workspace, name: str) -> None:
    page = Official.page(lead, f"acts/{name}")
    act = ACTS[name]
    assert act.title in page
    nothing = act.offers(workspace, read_register(workspace), {}).nothing
    if "ghi được việc này" in page:
        return
    assert nothing in page
    if not nothing:
        shown = [blank for blank in act.blanks if f'name="{blank.name}"' in page]
        assert [*act.blanks] == [*shown, *(blank for blank in act.blanks if blank.listed)] or [*act.blanks] == shown


def go_up(workspace: Workspace, *asked: str) -> None:
    """Let a report go up with questions, from the stage that appraises."""
    details = AppraisalOutcome(outcome="approved", asked=asked)
    file_stage_record(workspace, "vptu_appraisal", 1, "done", "Trình.", details=details)


def test_what_nothing_could_be_chosen_for_is_not_offered(airflow: FakeAirflow) -> None:
    standing = Official(airflow, STANDING)
    assert not re.search(r"/acts/(opinion|reopening)", standing.page("stages"))
    assert "Chưa tờ trình nào xin ý kiến việc gì." in standing.page("acts/opinion")
    assert "Chưa giai đoạn nào khép lại." in Official(airflow).page("acts/reopening")


def test_a_form_for_an_opinion_tells_the_open_questions_and_chooses_their_stage(
    airflow: FakeAirflow, workspace: Workspace
) -> None:
    standing = Official(airflow, STANDING)
    points = ("Còn thiếu 3 đơn vị. Đề nghị cho ý kiến: ban hành, hay chờ.", "CT02 của Cẩm Xuyên chưa ai xác nhận.")
    go_up(workspace, *points)
    assert f'href="{HOME}/acts/opinion?stage=vptu_appraisal">Ghi vào sổ</a>' in standing.get(HOME).text
    assert standing.page("stages").count("/acts/opinion?stage=") == 1  # of that stage alone
    for address in ("acts/opinion", "acts/opinion?stage=vptu_appraisal"):
        page = standing.page(address)
        assert "Thẩm định dự thảo: tờ trình ngày 05/11/2021 xin ý kiến 02 việc" in page
        assert all(f"<li>{point}</li>" in page for point in points)
        assert re.findall(r'name="stage" value="(\w+)"( checked)?', page) == [("vptu_appraisal", " checked")]
    told = standing.preview("acts/opinion", **WHY, stage="vptu_appraisal")
    standing.get(standing.fill(told.text, "confirm").headers["location"])
    assert "Ghi vào sổ" not in standing.get(HOME).text
    assert "Thẩm định dự thảo (đã ghi ý kiến, ghi thêm)" in standing.page("acts/opinion")
    cells = re.findall(r'data-label="(Nội dung|Lý do)" class="words">([^<]+)', standing.page("decisions"))
    assert [(label, unescape(said.strip())) for label, said in cells[:2]] == [
        ("Nội dung", WHY["reason"]),
        ("Lý do", "–"),
    ]


def test_a_form_for_a_doubtful_figure_names_it_and_says_what_each_word_leads_to(
    lead: Official, workspace: Workspace
) -> None:
    doubtful = next(code for code, entry in read_register(workspace).units.items() if entry.unconfirmed)
    assert f'href="{HOME}/acts/review?unit={doubtful}&amp;number=1">Kết luận</a>' in lead.get(HOME).text
    page = lead.page(f"acts/review?unit={doubtful}&number=1")
    assert "Lần nộp 1: đang được tính, có số chưa được xác nhận" in page
    assert "Doanh thu năm 2021 gấp 6 lần năm 2020 (ô E9)." in page
    assert "Xác nhận số đúng: số tổng trong bảng giữ nguyên, hết đánh dấu (*); lời văn cũng tính số này" in page
    assert "đến khi nộp lại, mọi số của đơn vị ra khỏi số tổng và lời văn, đơn vị thành thiếu báo cáo" in page
    assert "Đề nghị đơn vị nộp bản sửa (việc “Trao đổi”)" in page
    told = lead.preview(f"acts/review?unit={doubtful}", **WHY, number="1", outcome="returned").text
    name = workspace.plan.unit(doubtful).name
    assert f"Tình trạng: {name}: gửi muộn → trả lại." in told
    told = lead.preview(f"acts/review?unit={doubtful}", **WHY, number="1", outcome="accepted").text
    assert "Tình trạng:" not in told


def test_what_the_form_of_a_message_asks_for_is_a_field_of_it(lead: Official) -> None:
    page = lead.page(f"acts/message?unit={SENT}")
    assert "Nội dung" in page
    assert "Lý do" not in page


def test_whoever_writes_a_message_reads_whose_name_it_bears(airflow: FakeAirflow, workspace: Workspace) -> None:
    lead = workspace.plan.office(workspace.plan.roles.lead).name
    told = f"Thư mang tên {lead}, dù nơi nào ghi; lời của nơi khác thì thư viết “Theo ý kiến của …”"
    assert told in Official(airflow, STANDING).page(f"acts/message?unit={SENT}")


def test_only_units_with_something_to_review_are_offered_a_review(lead: Official, workspace: Workspace) -> None:
    offered = {code for code in read_register(workspace).units if "/acts/review?" in lead.page(f"units/{code}")}
    register = read_register(workspace)
    assert offered == {code for code, entry in register.units.items() if reviewable(entry)}
    silent = next(code for code, entry in register.units.items() if not entry.verdicts)
    assert "không có hồ sơ nào chờ kết luận" in lead.page(f"acts/review?unit={silent}")


def test_whoever_may_not_sees_so_wherever_an_act_is_offered(airflow: FakeAirflow, workspace: Workspace) -> None:
    go_up(workspace, "Ban hành hay chờ.")
    lead, drafter, standing = (Official(airflow, each) for each in (LEAD, "bcsd_ubnd", STANDING))
    overview = drafter.get(HOME).text
    assert "Ghi vào sổ: chỉ Thường trực, VPTU" in overview
    assert "Kết luận: chỉ Ban Tuyên giáo, VPTU" in overview
    assert "/acts/opinion" not in overview
    assert "/acts/review" not in overview
    answered = lead.preview(f"acts/extension?unit={UNIT}", **EXTEND)
    lead.get(lead.fill(answered.text, "confirm").headers["location"])
    unit = drafter.page(f"units/{UNIT}")
    assert (
        'title="Chỉ Ban Tuyên giáo, UBND tỉnh, Thường trực, VPTU">Viết cho đơn vị, hoặc ghi ý kiến nội bộ</span>'
        in unit
    )
    for page in (unit, drafter.page("decisions"), drafter.page("stages")):
        offered = set(re.findall(r'href="[^"]*/acts/(\w+)', page))
        assert {each for each in offered if not may_do(workspace.plan, Actor("bcsd_ubnd"), each)} == set()
    assert 'href="/soket/nq06_thu/2021/acts/undo' in lead.page("decisions")
    assert "/acts/opinion" in standing.get(HOME).text


def test_reopening_is_offered_for_what_is_over_and_the_operator_hears_of_it(
    lead: Official, workspace: Workspace
) -> None:
    file_stage_record(workspace, "unit_reports", 1, "done", "Khép lại.")
    postpone(workspace, "unit_reports", date(2021, 11, 12))  # its date is past
    later = replace(workspace, clock=FrozenClock(workspace.now + timedelta(hours=1)))
    page = lead.page("acts/reopening")
    assert re.findall(r'name="stage" value="(\w+)"', page) == ["unit_reports"]
    assert "DAG" not in page
    assert "người vận hành nhận thư, chạy giai đoạn ấy; vòng mới bắt đầu từ lúc đó" in page
    record_act(later, form={"act": "reopening", "stage": "unit_reports", **WHY}, entry="again", actor=Actor(LEAD))
    register = read_register(later)
    posted = [each for each in post_answers(later, register) if each.startswith("alert.")]
    assert len(posted) == 1
    assert post_answers(later, register) == []
    mail = read_intent(later, posted[0]).notice
    assert mail.addressee == workspace.plan.roles.operator
    assert "Đ/c Phó Bí thư mở lại giai đoạn “Báo cáo của các đơn vị”" in mail.context["what"]


def test_a_stage_of_which_no_round_would_come_is_offered_for_no_reopening(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    operator = Official(airflow, workspace.plan.roles.operator)
    file_stage_record(workspace, "ubnd_draft", 1, "opened", "Mở.")
    file_stage_record(workspace, "communications", 1, "done", "Lưu trữ.")
    page = lead.page("stages")
    assert "/acts/reopening?stage=communications" not in page
    assert 'title="Chỉ có một vòng. Cần lập lại văn bản, bổ sung hồ sơ lưu thì dùng “Chạy lại”' in page
    assert "Không giai đoạn nào mở lại được." in lead.page("acts/reopening")
    draft, archive = operator.page("reruns/ubnd_draft"), operator.page("reruns/communications")
    assert "tệp lập từ nay không khớp bảng kê, mã đối chiếu đã lưu" in draft
    assert "mã đối chiếu được lập lại theo kho lúc chạy" in archive
    assert "«Mở lại một giai đoạn»" not in draft + archive  # the one is not closed yet, the other has one round


def test_a_rerun_points_to_a_reopening_where_there_may_be_one(airflow: FakeAirflow, workspace: Workspace) -> None:
    for step in ("opened", "done"):
        file_stage_record(workspace, "ubnd_draft", 1, step, "Vòng 1.")
    page = Official(airflow, workspace.plan.roles.operator).page("reruns/ubnd_draft")
    assert "Cần vòng mới, thư mới thì chọn «Mở lại một giai đoạn»." in page


def test_what_stands_against_an_act_is_read_before_whose_it_is(
    lead: Official, airflow: FakeAirflow, workspace: Workspace
) -> None:
    """Who asks another office for what that one is refused has asked in vain."""
    file_stage_record(workspace, "communications", 1, "done", "Lưu trữ.")
    drafter = Official(airflow, "ban_can_su")
    for official in (lead, drafter):
        assert 'title="Chỉ có một vòng.' in official.page("stages")
        assert "Chỉ có một vòng." in official.page("acts/reopening?stage=communications")
    assert "ghi được việc này. Cần thì đề nghị nơi ấy." in drafter.page("acts/extension")


def test_what_nobody_needs_is_not_offered(lead: Official, workspace: Workspace) -> None:
    page = lead.page("acts")
    assert "/acts/promise" in page
    assert "/acts/retry" not in page  # all that was sent is judged
    assert "Không có hồ sơ nào chưa chấm." in lead.page("acts/retry")


def test_beside_what_is_needed_sometimes_nothing_says_that_it_is_not() -> None:
    assert beside("Lý do") == "không bắt buộc"
    assert beside("Lý do, yêu cầu chỉnh sửa (bắt buộc khi trả lại, khi còn chỗ phải sửa)") == ""
    assert beside("Số văn bản (nếu có)") == ""


def test_what_is_not_there_is_said(lead: Official) -> None:
    for path in ("acts/party", "acts/extension?unit=lunch", "acts/extension/sent/other", "questions/unit_reports"):
        assert lead.get(f"{HOME}/{path}").status_code == 404
    assert lead.post(f"{HOME}/acts/extension", content=b"a=" + b"x" * 300_000).status_code == 413


def test_nothing_is_entered_into_the_past(lead: Official, airflow: FakeAirflow) -> None:
    past = f"{HOME}@2021-11-03"
    assert "/acts" not in lead.get(f"{past}/units/{UNIT}").text
    answer = lead.get(f"{past}/acts/extension?unit={UNIT}")
    assert answer.status_code == 404
    assert "việc chỉ ghi được vào hiện tại" in answer.text
    assert airflow.runs == {}


def test_who_hangs_up_while_a_form_is_sent_is_no_failure(
    board_app: Callable[..., FastAPI], caplog: pytest.LogCaptureFixture
) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    hang_up(board_app(), "POST", "/nq06_thu/2021/acts/extension", form, b"step=preview&unit=", 200)
    assert caplog.records == []
