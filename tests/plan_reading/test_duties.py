"""What plans on paper oblige to: expectations written from the texts, by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from plan_reading.sources import paper
from soket.plan.dates import Deadline
from soket.plan_reading.duties import obligations_in
from soket.plan_reading.facts import facts_of
from soket.plan_reading.paper import paper_of
from soket.plan_reading.review_step import ReviewStep
from soket.plan_reading.steps import Steps, steps_of
from soket.plan_reading.works import Work
from soket.reading.findings import Content, Table


@dataclass(frozen=True)
class Expected:
    """A stage that a text asks for."""

    kind: str
    owner: str | None
    receiver: str | None
    deadline: Deadline | None
    where: str
    who: frozenset[str] = field(default_factory=frozenset)  # codes of groups, names of bodies, that owe it


def before(year: int, month: int, day: int) -> Deadline:
    return Deadline(before=date(year, month, day))


def by(year: int, month: int, day: int) -> Deadline:
    return Deadline(by=date(year, month, day))


def collect(receiver: str, deadline: Deadline, where: str, *who: str) -> Expected:
    return Expected("collect", None, receiver, deadline, where, frozenset(who))


def publish(where: str, *who: str) -> Expected:
    return Expected("publish", None, None, None, where, frozenset(who))


EXPECTED = {
    "nq06": [
        collect("Ủy ban nhân dân tỉnh", before(2021, 11, 5), "Mục II.2, gạch đầu dòng 2; Mục III.4",
                "huyen_thi_thanh_uy", "dang_uy_truc_thuoc", "so_ban_nganh", "mat_tran_doan_the"),
        Expected("draft", "Ban cán sự đảng Ủy ban nhân dân tỉnh", "Văn phòng Tỉnh ủy", before(2021, 11, 10),
                 "Mục III.2"),
        Expected("appraise", "Văn phòng Tỉnh ủy", "Thường trực Tỉnh ủy", before(2021, 11, 20), "Mục III.3"),
        Expected("confer", "Văn phòng Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", by(2021, 11, 30),
                 "Mục II.2, gạch đầu dòng 1; Mục III.3"),
        publish("Mục III.5", "bao_chi"),
    ],
    "nong_thon_moi": [
        collect("Sở Nông nghiệp và Phát triển nông thôn", before(2019, 8, 20), "Mục IV.4", "thanh_vien_ban_chi_dao"),
        collect("Sở Nông nghiệp và Phát triển nông thôn", by(2019, 8, 25), "Mục III.2", "ubnd_huyen"),
        Expected("draft", "Sở Nông nghiệp và Phát triển nông thôn", "Văn phòng UBND tỉnh", before(2019, 9, 6),
                 "Mục IV.1.b"),
        Expected("appraise", "Văn phòng UBND tỉnh", "Chủ tịch UBND tỉnh", by(2019, 9, 13), "Mục IV.2"),
        Expected("confer", "Văn phòng UBND tỉnh", "UBND tỉnh", by(2019, 9, 30), "Mục III.3; Mục IV.2"),
        publish("Mục IV.5", "Báo An Sơn", "Đài Phát thanh và Truyền hình tỉnh"),
    ],
    "bo_kinh_te_bien": [
        collect("Vụ Kế hoạch - Tài chính", before(2025, 6, 15), "Mục 3.1", "don_vi_thuoc_bo"),
        collect("Vụ Kế hoạch - Tài chính", before(2025, 6, 30), "Mục 3.1", "so_dia_phuong"),
        Expected("draft", "Vụ Kế hoạch - Tài chính", "Vụ Pháp chế", by(2025, 7, 20), "Mục 3.2"),
        Expected("appraise", "Vụ Pháp chế", "Văn phòng Bộ", by(2025, 7, 31), "Mục 3.3"),
        Expected("draft", "Văn phòng Bộ", "Lãnh đạo Bộ", before(2025, 8, 15), "Mục 3.4"),
        Expected("confer", None, None, by(2025, 9, 30), "Mục 3.6"),
    ],
    "hop_tac_xa": [
        collect("Liên minh Hợp tác xã tỉnh", before(2025, 9, 15), "Mục III.4", "ubnd_xa"),
        collect("Liên minh Hợp tác xã tỉnh", before(2025, 9, 20), "Mục III.2",
                "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "Sở Công Thương"),
        Expected("draft", "Liên minh Hợp tác xã tỉnh", "Bộ Kế hoạch", before(2025, 10, 30),
                 "Mục III.1, gạch đầu dòng 2"),
        Expected("confer", None, None, by(2025, 11, 7), "Mục III.6"),
        publish("Mục III.7", "Báo và Phát thanh, Truyền hình tỉnh"),
    ],
    "hai_cap": [
        collect("Ban Tuyên giáo và Dân vận Tỉnh ủy", before(2026, 4, 10), "Mục III.1", "ban_dang", "so_ban_nganh"),
        collect("Ban Tuyên giáo và Dân vận Tỉnh ủy", by(2026, 4, 25), "Mục III.2", "dang_uy_xa"),
        Expected("draft", "Tổ Biên tập", "Đảng ủy Ủy ban nhân dân tỉnh", before(2026, 5, 15), "Mục III.3"),
        Expected("appraise", "Văn phòng Tỉnh ủy", None, by(2026, 5, 31), "Mục IV.2"),
        Expected("draft", "Tổ Biên tập", "Ban Thường vụ Tỉnh ủy", before(2026, 6, 5), "Mục III.3"),
        Expected("confer", "Văn phòng Tỉnh ủy", None, by(2026, 6, 20), "Mục III.4; Mục IV.2"),
        publish("Mục IV.3", "bao_chi"),
    ],
}  # fmt: skip

LEADS = {
    "hop_tac_xa": "Liên minh Hợp tác xã tỉnh",
    "nq06": "Ban Tuyên giáo Tỉnh ủy",
    "nong_thon_moi": "Sở Nông nghiệp và Phát triển nông thôn",
    "bo_kinh_te_bien": "Vụ Kế hoạch - Tài chính",
    "hai_cap": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
}


def read(name: str) -> Steps:
    whole = paper(name)
    facts = facts_of(whole)
    duties = obligations_in(whole.body, facts.issued, facts.year)
    return steps_of([each for each in duties if each.passage not in facts.about or each.when])


def seen(step: ReviewStep) -> list[Expected]:
    """Return a step as expectations have it: of those who report, one for each date."""
    owed = [(code, when, passage) for code, (_, when, passage) in step.groups.items()]
    owed += [(body.name, when, passage) for body, when, passage in step.named]
    dates = {(when or step.when).deadline: None for _, when, _ in owed if when or step.when} if owed else {}
    found = []
    for deadline in sorted(dates, key=last_day) if step.kind == "collect" and len(dates) > 1 else [step.deadline]:
        due = [each for each in owed if len(dates) < 2 or (each[1] and each[1].deadline == deadline)]
        passages = [passage for _, _, passage in due] if len(dates) > 1 else step.passages
        found.append(
            Expected(
                step.kind,
                step.owner.name if step.owner else None,
                step.receiver.name if step.receiver else None,
                deadline,
                "; ".join(dict.fromkeys(passage.place for passage in passages)),
                frozenset(name for name, _, _ in due),
            )
        )
    return found


def last_day(deadline: Deadline | None) -> date:
    return deadline.last_day if deadline else date.max


@pytest.mark.parametrize("name", EXPECTED)
def test_the_stages_are_those_of_the_text(name: str) -> None:
    steps = read(name)
    found = [*steps.collects, *steps.works, *filter(None, [steps.confer, steps.publish])]
    assert [each for step in found for each in seen(step)] == EXPECTED[name]


@pytest.mark.parametrize("name", LEADS)
def test_who_guides_and_urges_leads(name: str) -> None:
    lead = read(name).lead
    assert lead is not None
    assert lead.name == LEADS[name]


def test_a_table_of_tasks_is_read_by_its_rows() -> None:
    cells = ["TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian hoàn thành",
             "1", "Dự thảo Báo cáo sơ kết", "Vụ Tổng hợp", "Trước ngày 20/7/2025"]  # fmt: skip
    rows = tuple(tuple((column, start + column, start + column + 1) for column in range(4)) for start in (2, 6))
    table = Table(2, 10, rows)
    whole = paper_of(Content(paragraphs=("KẾ HOẠCH", "Sơ kết Chiến lược", *cells), tables=(table,)))
    (duty,) = obligations_in(whole.body, None, 2025)
    assert Work.DRAFT in duty.works
    assert (duty.who[0].name, duty.when and duty.when.deadline) == ("Vụ Tổng hợp", before(2025, 7, 20))
    assert duty.passage.place == "Bảng phân công, dòng 1"


BESIDE_THE_CONFERENCE = (
    "Văn phòng Tỉnh ủy thẩm định, trình Thường trực Tỉnh ủy trước ngày 10/02/2027; "
    "tham mưu tổ chức hội nghị sơ kết cấp tỉnh trong tháng 02/2027."
)


@pytest.mark.parametrize(
    ("words", "appraised"),
    [
        (BESIDE_THE_CONFERENCE, before(2027, 2, 10)),
        ("Văn phòng Tỉnh ủy thẩm định và trình Thường trực Tỉnh ủy chậm nhất ngày 10/02/2027.", by(2027, 2, 10)),
        ("Sở Tài chính thẩm định, trình Ủy ban nhân dân tỉnh cấp kinh phí trước ngày 10/02/2027.", None),
        ("Văn phòng Tỉnh ủy thẩm định hồ sơ, trình Thường trực Tỉnh ủy trước ngày 10/02/2027.", None),
    ],
)
def test_who_gets_the_draft_appraises_that(words: str, appraised: Deadline | None) -> None:
    drafts = "Đảng ủy Ủy ban nhân dân tỉnh xây dựng dự thảo Báo cáo, gửi Văn phòng Tỉnh ủy trước ngày 29/01/2027."
    whole = paper_of(Content(paragraphs=("KẾ HOẠCH", "Sơ kết Chỉ thị", "I. TỔ CHỨC", f"1. {drafts}", f"2. {words}")))
    steps = steps_of(obligations_in(whole.body, None, 2027))
    found = [each.deadline for each in steps.works if each.kind == "appraise"]
    assert found == ([appraised] if appraised else [])
    assert (steps.confer is not None) == ("hội nghị" in words)
