"""What an archive says that it lacks."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Desk
from record.builders import list_proposal, owing, submit
from record.story import Story, archived, called
from record.verbs import communications
from soket.documents.archive_gaps import count_gaps, gaps, say_brought_later, say_gaps
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.stages.actions import record_act
from soket.stages.refusing import Actor


def test_an_archive_names_what_nobody_gave_and_what_is_issued_on_paper(after: Story) -> None:
    desk = after(archived)
    told = gaps(desk(), read_register(desk()))
    assert told[0].startswith("Báo cáo được tiếp nhận của 2 đơn vị, không chờ nữa: ")
    assert [each.partition(" của ")[0] for each in told[1:]] == [
        "Ý kiến trả lời",
        "Bản đã ban hành (số, ngày, chữ ký)",
        "Thông báo kết luận",
        "Kế hoạch tuyên truyền được tiếp nhận",
    ]


def test_what_nobody_waits_for_any_more_is_not_to_be_brought(after: Story) -> None:
    desk = after(archived)
    told = say_gaps(desk(), read_register(desk()))
    assert told.endswith(" Chưa kể bản chính có số, chữ ký của văn bản, báo cáo: xem đầu bảng kê.")
    none, _, lacking = told.partition(" Chưa kể ")[0].partition(" Chưa có, cần bổ sung: ")
    assert none.startswith("Không có: báo cáo được tiếp nhận của 2 đơn vị, không chờ nữa: ")
    assert "; bản đã ban hành (số, ngày, chữ ký) của " in lacking
    assert "không chờ nữa" not in lacking
    done = read_register(desk()).of(desk.plan.stage("communications")).record("done")
    assert done is not None
    assert none.split("; kế hoạch tuyên truyền")[0] in done.note
    assert f" Chưa có, cần bổ sung: {lacking[:-1]}; kế hoạch tuyên truyền được tiếp nhận" in done.note, "still awaited"


def test_a_returned_report_that_nobody_sent_again_is_not_waited_for_either(after: Story) -> None:
    desk = after(called)
    late = owing(desk.plan)[-1]
    submit(desk("2021-11-26 09:00"), late.code, ruling=Ruling.RETURNED)
    assert "không chờ nữa" not in say_gaps(desk(), read_register(desk())), "the meeting is ahead"
    communications.archive(desk("2021-12-03 07:30"))
    register = read_register(desk())
    reports, *others = gaps(desk(), register)
    assert reports.startswith("Báo cáo được tiếp nhận của 2 đơn vị, không chờ nữa: ")
    assert late.name in reports
    assert not [each for each in others if each.startswith("Báo cáo")]
    given_up = "báo cáo của 2 đơn vị, kế hoạch tuyên truyền của 4 đơn vị"
    lacking = "còn 3 loại cần bổ sung, chưa kể bản chính đã ký"
    assert count_gaps(desk(), register) == f"{lacking}, không chờ nữa {given_up}"
    done = register.of(desk.plan.stage("communications")).record("done")
    assert done is not None
    assert late.name in done.note.partition(" Chưa có, cần bổ sung: ")[0]


def test_what_those_above_have_not_answered_lacks_until_it_is_on_the_record(after: Story) -> None:
    desk = after(archived)
    list_proposal(desk(), "BD-1")
    asked = "Ý kiến trả lời của Thường trực Tỉnh ủy về 02 việc tại tờ trình ngày 15/11/2021"
    proposed = "Quyết định về đề nghị biểu dương 01 trường hợp"
    assert {asked, proposed} <= {*gaps(desk(), read_register(desk()))}
    told = say_brought_later(desk(), read_register(desk()))
    assert told == (
        "Đến sau: ý kiến, quyết định ghi trên bảng theo dõi; bản đã ban hành gửi vào thư mục ban-hanh/; "
        "rồi chạy lại giai đoạn này."
    )
    answers = (
        {"act": "opinion", "stage": "vptu_appraisal"},
        {"act": "commendation", "proposals": "BD-1", "conclusion": "declined"},
    )
    for answer in answers:
        grounds = {"reason": "Đồng ý.", "granted_by": "Thường trực Tỉnh ủy"}
        record_act(desk(), form={**answer, **grounds}, entry=answer["act"], actor=Actor("thuong_truc"))
    assert not {asked, proposed} & {*gaps(desk(), read_register(desk()))}
    assert say_brought_later(desk(), read_register(desk())).startswith("Đến sau: bản đã ban hành gửi vào ")


def test_an_empty_campaign_lacks_everything_and_many_are_not_all_named(workspace: Callable[..., Desk]) -> None:
    here = workspace("2021-12-03 08:00")
    reports, draft, *_ = gaps(here, read_register(here))
    assert reports.endswith(" và 50 đơn vị khác")
    assert draft == "Dự thảo chính thức của bước «Dự thảo báo cáo tổng hợp»"
