"""Plans of other flows than the first one's, each checked and played to its end."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from soket.notices.claims import shown
from soket.notices.ledger import states
from soket.notices.notice import Kind
from soket.plan.check import check
from soket.record import products
from soket.stages import NothingToDoError, draft

from .flow import Played, a_stage, by, make_plan, write_plan

COLLECT = a_stage("thu", "collect", "tuyen_giao")
DRAFT = a_stage("soan", "draft", "tuyen_giao", after=["thu"])
APPRAISE = a_stage("duyet", "appraise", after=["soan"], returns_to="soan")
CONFER = a_stage("hop", "confer", after=["duyet"])
PUBLISH = a_stage("bao_chi", "publish", "tuyen_giao", after=["hop"])

DATES = {
    "thu": by("01", "04"),
    "soan": by("05", "09"),
    "sua": by("10", "12"),
    "duyet": by("10", "16"),
    "duyet_lai": by("12", "19"),
    "hop": by("20", "26"),
    "bao_chi": by("01", "30"),
}


def play(folder: Path, *stages: dict[str, Any], dates: dict[str, Any] | None = None, **returns: int) -> Played:
    """Play a campaign of some stages: units report on 3 November, and everybody else goes on day by day."""
    dates = dates or {each["id"]: DATES[each["id"]] for each in stages}
    played = Played(make_plan(folder, stages, dates))
    played.returns.update(returns)
    played.run("2021-11-01 08:00")
    played.report("2021-11-03 10:00")
    for day in range(5, 31):
        played.run(f"2021-11-{day:02} 08:00")
    played.run("2021-12-03 08:00")
    return played


def test_two_drafting_steps(tmp_path: Path) -> None:
    second = a_stage("sua", "draft", after=["soan"])
    played = play(tmp_path, COLLECT, DRAFT, second, APPRAISE | {"after": ["sua"], "returns_to": "sua"}, duyet=1)
    assert played.ends() == ["thu 1", "soan 1", "sua 1", "duyet 1", "sua 2", "duyet 2"]
    assert played.product("sua", 1, products.WORKING_DRAFT) == played.product("soan", 1, products.OFFICIAL_DRAFT)
    with pytest.raises(NothingToDoError):
        draft.open_round(played.desk(), played.plan.stage("soan"))


def test_a_late_report_goes_through_both_drafting_steps(tmp_path: Path) -> None:
    stages = [COLLECT, DRAFT, a_stage("sua", "draft", after=["soan"])]
    played = Played(make_plan(tmp_path, stages, {each["id"]: DATES[each["id"]] for each in stages}))
    played.run("2021-11-01 08:00")
    played.report("2021-11-03 10:00")
    played.run("2021-11-05 08:00")
    played.run("2021-11-10 08:00")
    played.report("2021-11-11 08:00", "h_mot", number=2)
    played.run("2021-11-11 09:00")
    assert played.ends() == ["thu 1", "soan 1", "sua 1", "soan 2", "sua 2"]


def test_two_appraisals_in_a_row(tmp_path: Path) -> None:
    second = a_stage("duyet_lai", "appraise", "tuyen_giao", after=["duyet"], returns_to="soan")
    played = play(tmp_path, COLLECT, DRAFT, APPRAISE, second, duyet=1, duyet_lai=1)
    assert played.ends() == [
        *("thu 1", "soan 1", "duyet 1"),  # returned by the first
        *("soan 2", "duyet 2", "duyet_lai 2"),  # returned by the second
        *("soan 3", "duyet 3", "duyet_lai 3"),
    ]


def test_an_appraisal_that_sends_back_further_up_than_its_own_draft(tmp_path: Path) -> None:
    second = a_stage("sua", "draft", after=["duyet"])
    last = a_stage("duyet_lai", "appraise", "tuyen_giao", after=["sua"], returns_to="soan")
    dates = {"thu": by("01", "04"), "soan": by("05", "09"), "duyet": by("10", "12"), "sua": by("12", "14"),
             "duyet_lai": by("14", "19")}  # fmt: skip
    played = play(tmp_path, COLLECT, DRAFT, APPRAISE, second, last, dates=dates, duyet_lai=1)
    assert played.ends() == [
        *("thu 1", "soan 1", "duyet 1", "sua 1", "duyet_lai 1"),  # returned to the first draft
        *("soan 2", "duyet 2", "sua 2", "duyet_lai 2"),
    ]


def test_no_appraisal_and_no_conference(tmp_path: Path) -> None:
    played = play(tmp_path, COLLECT, DRAFT)
    assert played.ends() == ["thu 1", "soan 1"]


def test_the_press_has_its_note_where_there_is_no_conference(tmp_path: Path) -> None:
    played = play(tmp_path, COLLECT, DRAFT, APPRAISE, PUBLISH | {"after": ["duyet"]})
    assert played.trail.index("duyet 1 done") < played.trail.index("bao_chi 1 press")
    (sent,) = [name for name in states(played.desk()) if name.startswith(f"{Kind.PRESS}.")]
    mail = message_from_bytes(shown(played.desk(), sent) or b"", policy=default)
    assert "Tài liệu báo chí" in mail["Subject"]
    assert "Hội nghị" not in mail["Subject"]
    assert "KHÔNG ĐĂNG" not in mail.get_body(("plain",)).get_content()


def test_no_conference_after_an_appraisal(tmp_path: Path) -> None:
    played = play(tmp_path, COLLECT, DRAFT, APPRAISE)
    assert played.ends() == ["thu 1", "soan 1", "duyet 1"]


def test_a_conference_before_the_report(tmp_path: Path) -> None:
    early = CONFER | {"after": ["thu"]}
    late = DRAFT | {"after": ["hop"]}
    dates = {"thu": by("01", "04"), "hop": by("05", "12"), "soan": by("08", "20"), "duyet": by("20", "26")}
    played = play(tmp_path, COLLECT, early, late, APPRAISE, dates=dates)
    assert played.ends() == ["thu 1", "hop 1", "soan 1", "duyet 1"]
    assert played.trail.index("hop 1 done") < played.trail.index("soan 1 working")


def test_several_collecting_stages(tmp_path: Path) -> None:
    first = COLLECT | {"from": ["huyen"]}
    second = a_stage("thu_so", "collect", "tuyen_giao", **{"from": ["so"]})
    both = DRAFT | {"after": ["thu", "thu_so"]}
    dates = {"thu": by("01", "04"), "thu_so": by("01", "08"), "soan": by("09", "12")}
    played = play(tmp_path, first, second, both, dates=dates)
    assert sorted(played.ends()) == ["soan 1", "thu 1", "thu_so 1"]
    assert [unit.code for unit in played.plan.units_of(played.plan.stage("thu_so"))] == ["so_hai"]


def test_a_campaign_without_one_of_the_stages(tmp_path: Path) -> None:
    """What follows a stage that the campaign does not date follows what that one followed."""
    stages = [COLLECT, DRAFT, APPRAISE, CONFER, PUBLISH]
    dates = {name: DATES[name] for name in ("thu", "soan", "hop")}
    file = write_plan(tmp_path, stages, dates)
    assert [fault.message for fault in check(file) if "không bao giờ mở" not in fault.message] == []


FAULTS: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "a circle": (
        [COLLECT, DRAFT | {"after": ["thu", "duyet"]}, APPRAISE],
        "stages[1].after",
        "theo sau chính nó",
    ),
    "a stage that there is not": (
        [COLLECT, DRAFT | {"after": ["thuu"]}],
        "stages[1].after[0]",
        "không có giai đoạn «thuu»",
    ),
    "a draft of nothing": ([COLLECT, DRAFT | {"after": []}], "stages[1]", "không theo sau giai đoạn nhận báo cáo nào"),
    "an appraisal of nothing": (
        [COLLECT, DRAFT, APPRAISE | {"after": ["thu"], "returns_to": "soan"}],
        "stages[2].after",
        "không theo sau dự thảo nào",
    ),
    "returned to what is not upstream": (
        [COLLECT, DRAFT, APPRAISE | {"returns_to": "thu"}],
        "stages[2].returns_to",
        "không phải dự thảo mà «duyet» theo sau",
    ),
    "a conference that returns": (
        [COLLECT, DRAFT, CONFER | {"after": ["soan"], "returns_to": "soan"}],
        "stages[2].returns_to",
        "chỉ giai đoạn thẩm định",
    ),
    "two duties of a unit": (
        [COLLECT, a_stage("thu_so", "collect", "tuyen_giao")],
        "stages[1]",
        "một đơn vị nợ hai nơi",
    ),
    "a block asked twice": (
        [COLLECT | {"from": ["huyen", "so"]}, a_stage("thu_so", "collect", "tuyen_giao", **{"from": ["so"]})],
        "stages[1].from[0]",
        "khối «so» nộp cho hai giai đoạn",
    ),
    "a block that nobody asks": (
        [COLLECT | {"from": ["huyen"]}],
        "blocks[1].code",
        "không giai đoạn nào nhận báo cáo (collect) của khối «so»",
    ),
    "nothing collects": ([CONFER | {"after": []}], "stages", "không giai đoạn nào nhận báo cáo của các đơn vị"),
    "a name of another DAG": ([COLLECT | {"id": "intake"}], "stages[0].id", "trùng tên một DAG"),
    "two of one title": ([COLLECT, DRAFT | {"title": "Viec thu"}], "stages[1].title", "tên giống nhau khi bỏ dấu"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_flow_that_makes_no_sense_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    stages, path, words = FAULTS[name]
    dates = {each["id"]: DATES.get(each["id"], by("01", "30")) for each in stages}
    found = check(write_plan(tmp_path, stages, dates))
    assert [fault for fault in found if fault.path == path and words in fault.message], "\n".join(map(str, found))


def test_a_stage_that_no_campaign_dates_is_told(tmp_path: Path) -> None:
    found = check(write_plan(tmp_path, [COLLECT, DRAFT], {"thu": DATES["thu"]}))
    assert [fault.path for fault in found if "không bao giờ mở" in fault.message] == ["stages[1]"]


def test_who_must_answer_has_an_account(tmp_path: Path) -> None:
    stages = [COLLECT, DRAFT, APPRAISE, CONFER]
    file = write_plan(tmp_path, stages, {each["id"]: DATES[each["id"]] for each in stages})
    file.write_text(file.read_text(encoding="utf-8").replace("  account: vp\n", ""), encoding="utf-8")
    assert [(fault.path, fault.message) for fault in check(file)] == [
        ("stages[2].owner", "cơ quan «van_phong» thẩm định mà chưa có tài khoản"),
        ("stages[3].owner", "cơ quan «van_phong» chọn hình thức hội nghị mà chưa có tài khoản"),
    ]
