"""The lines of an archive's list: what each paper is, whose it is, of which day; and how many reports count."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

from conftest import Desk
from record import story
from record.builders import first, owing, receive, submit
from record.builders import judge as judged
from record.story import Story
from record.verbs import communications, conference
from soket.documents.archive import KeptGroup, contents, kept_prefixes, manifest
from soket.documents.archive_lines import Kept, report_of
from soket.documents.draft import write_draft
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.nominees import NominationTaken
from soket.record.products import (
    APPRAISAL_ANSWERS,
    ATTENDANCE,
    COMMENDATIONS,
    DELEGATES,
    EVIDENCE,
    FIGURES,
    INVENTORY,
    MARKED_DRAFT,
    SHORT_REPORT,
    SHORT_TRACE_PAGE,
    TRACE_PAGE,
    TRANSMITTAL,
    WORKING_DRAFT,
)
from soket.record.records import Ruling
from soket.record.words import product_names
from soket.stages.resting import summary_now
from soket.stages.traces import traced


def groups_of(desk: Desk) -> Sequence[KeptGroup]:
    here = desk()
    return contents(desk.plan, read_register(here), manifest(here.store, kept_prefixes(here.keys)))


def lines(desk: Desk) -> dict[str, Kept]:
    """Return the lines of the list by the last part of their file."""
    return {line.file.rpartition("/")[2]: line for group in groups_of(desk) for line in group.rows}


def nominate(desk: Desk, *, number: int = 1) -> str:
    """File that a unit's nomination was taken; return the name of its copy."""
    here, unit = desk(), first(desk.plan)
    name = f"{unit}-{number}-Tp_ha_tinh_de_nghi.docx"
    key = here.keys.stage("unit_reports", 1, f"bieu-duong/{name}")
    here.store.put(key, b"nomination")
    taken = NominationTaken(
        unit=unit,
        number=number,
        name="Tp_ha_tinh_de_nghi.docx",
        inbox_key="k",
        etag="e",
        arrived_at=here.now.replace(day=2),
        nominees=(),
        faults=(),
    )
    file_stage_record(here, "unit_reports", 1, f"nomination-{number}", "Đề nghị.", products=(key,), details=taken)
    return name


def test_what_a_unit_sent_is_told_by_what_it_is_and_whose_not_by_its_file(after: Story) -> None:
    desk = after(story.reported)
    unit = desk.plan.unit(first(desk.plan)).name
    once, again = nominate(desk), nominate(desk, number=2)
    told = lines(desk)
    assert (told[once].title, told[once].author) == (f"Đề nghị biểu dương của {unit}", unit)
    assert told[once].date == "02/11/2021", "the day on which it was handed in"
    assert told[again].title == f"Đề nghị biểu dương của {unit}, lần 2"


def test_no_title_is_a_files_name(after: Story) -> None:
    desk = after(story.archived)
    assert [line.title for line in lines(desk).values() if "." in line.title.partition(" (")[0][-5:]] == []


def test_the_author_is_who_made_or_signs_a_paper_not_whose_stage_it_is_of(after: Story) -> None:
    desk = after(story.archived)
    told, office = lines(desk), desk.plan.office
    assert told[COMMENDATIONS].author == office(desk.plan.roles.lead).name
    assert told[SHORT_REPORT].author == office(desk.plan.roles.signer or "").name  # as its head and foot have it
    assert told[DELEGATES].author == office("vptu").name
    assert told[TRANSMITTAL].author == office("vptu").name


def test_what_the_system_made_and_nobody_signs_is_nobodys_word(after: Story) -> None:
    told = lines(after(story.archived))
    made = (WORKING_DRAFT, FIGURES, EVIDENCE, MARKED_DRAFT, APPRAISAL_ANSWERS, TRACE_PAGE, SHORT_TRACE_PAGE)
    assert {told[name].author for name in made if name in told} == {"Hệ thống theo dõi lập"}
    assert {*made} - {*told} <= {APPRAISAL_ANSWERS}
    assert product_names(after(story.archived).plan)[APPRAISAL_ANSWERS].endswith("(do hệ thống lập, chưa ký)")


def test_a_paper_that_was_made_anew_is_of_that_day(after: Story) -> None:
    desk = after(story.called)
    records = read_register(desk()).stages["conference"].records
    keys = [key for record in records for key in record.products if key.endswith(ATTENDANCE)]
    file_stage_record(desk("2021-11-24 10:22"), "conference", 1, "lists-0", "Danh sách.", products=tuple(keys))
    assert lines(desk)[ATTENDANCE].date == "24/11/2021"
    assert lines(desk)[ATTENDANCE].title.endswith(" (bản lập sau cùng)")
    assert lines(desk)[DELEGATES].date == "22/11/2021"
    assert "bản lập" not in lines(desk)[DELEGATES].title


def test_sources_are_of_the_day_on_which_they_were_last_told(after: Story) -> None:
    desk = after(story.consolidated)
    assert lines(desk)[TRACE_PAGE].date == "05/11/2021"
    later = desk("2021-11-07 10:00")
    register, stage = read_register(later), desk.plan.stage("ubnd_draft")
    summary = summary_now(later, register, stage)
    with traced(later, register, stage, 1, summary) as papers:
        papers[WORKING_DRAFT] = write_draft(summary, None).word
    assert lines(desk)[TRACE_PAGE].date == "07/11/2021"


def test_a_report_that_came_after_the_draft_is_told_not_to_be_in_it(after: Story) -> None:
    desk = after(story.approved)
    late = owing(desk.plan)[-1]
    submit(desk("2021-11-16 10:00"), late.code)
    story.called(desk)
    story.archived(desk)
    (reports,) = (each for each in groups_of(desk) if each.name == "Báo cáo của các đơn vị")
    remarked = {each.author for each in reports.rows if "(dự thảo không tính bản này)" in each.title}
    assert remarked == {late.name}


def test_of_reports_it_is_told_how_many_nobody_took_in(after: Story) -> None:
    desk = after(story.archived)
    assert [each.count for each in groups_of(desk) if each.name == "Báo cáo của các đơn vị"] == ["58"]
    returned = owing(desk.plan)[-1].code
    desk.store.put(desk().keys.inbox_folder(returned) + "bao-cao.docx", b"late")
    judged(desk(), receive(desk(), returned), Ruling.RETURNED)
    assert [each.count for each in groups_of(desk) if each.name == "Báo cáo của các đơn vị"] == [
        "59, trong đó 1 không được tiếp nhận"
    ]
    communications.archive(desk("2021-12-03 08:00", rerun=True))
    listed = docx.Document(io.BytesIO(desk.store.get(desk().keys.archive(INVENTORY))))
    assert any(
        "(59, trong đó 1 không được tiếp nhận)" in cell.text
        for table in listed.tables
        for row in table.rows
        for cell in row.cells
    )
    titles = [row.title for each in groups_of(desk) if each.name == "Báo cáo của các đơn vị" for row in each.rows]
    assert [each for each in titles if "trả lại" in each] == ["Báo cáo sơ kết (bị trả lại, không gửi lại)"]


def test_a_report_says_how_many_of_its_files_lie_with_an_earlier_one(after: Story) -> None:
    desk = after(story.archived)
    register = read_register(desk())
    code, entry = next(
        (code, each) for code, each in register.units.items() if each.accepted and each.receipts[-1].files
    )
    (last,) = entry.receipts[-1:]
    earlier = last.files[0].model_copy(update={"key": desk().keys.report(code, 7, "files/bieu.xlsx")})
    carried = last.model_copy(update={"files": (earlier, *last.files)})
    units = register.units | {code: entry.model_copy(update={"receipts": (*entry.receipts[:-1], carried)})}
    there = {file.key for file in carried.files} | {desk().keys.receipt(code, last.number)}
    (line,) = report_of(desk.plan, register.model_copy(update={"units": units}), code, there)
    own = len(last.files)
    assert line.file == f"reports/{code}/{last.number}/ ({own + 1}\u00a0tệp, trong đó 1 ở thư mục lần nộp trước)"


def test_a_list_of_proposals_is_told_anew_where_it_changed_and_only_there(after: Story) -> None:
    desk = after(story.approved)
    for moment in ("2021-11-22 09:00", "2021-11-22 11:00"):
        conference.open_round(desk(moment))
    records = read_register(desk()).stages["conference"].records
    assert len([each for each in records if each.step.startswith("proposals")]) == 1
