"""Papers that reports came after are told of, with what that changes in them, until they are made anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from board.browser import Browser
from conftest import Desk
from record import story
from record.builders import exempt, owing, submit
from record.story import Story
from record.verbs import conference, ubnd_draft, vptu_appraisal
from soket.board.access import Viewer
from soket.board.app import create_app
from soket.notices.digests import digest_notice
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.record.keeping import read_register
from soket.record.stale import ARCHIVED, StalePaper, stale_papers
from soket.stages import draft, provisional

from .flow import story_of_several


@pytest.fixture(scope="module")
def after() -> Story:
    """Give a small campaign after a chapter: `after(story.drafted)`."""
    return story_of_several()


def stale(desk: Desk) -> list[StalePaper]:
    return stale_papers(desk(), read_register(desk()))


def stages(desk: Desk) -> list[str]:
    return [each.stage.id for each in stale(desk)]


@pytest.fixture
def late(after: Story) -> Desk:
    """A campaign whose draft is with the appraiser when a report comes late."""
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-10 08:00"))
    vptu_appraisal.prepare_dossier(desk())
    assert stages(desk) == []
    submit(desk("2021-11-10 10:00"), owing(desk.plan)[-1].code)
    return desk


def test_a_late_report_marks_the_draft_and_no_appraisal_which_goes_by_the_reports_of_its_draft(
    late: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = owing(late.plan)[-1].name
    (paper,) = stale(late)
    assert paper.in_words(late.plan) == f"Dự thảo làm việc vòng 1: chưa tính báo cáo của {name}."
    again = paper.advice(late.plan, read_register(late()))
    assert again.endswith(f"mở lại giai đoạn “{paper.stage.title}” trên bảng theo dõi: có vòng mới.")
    monkeypatch.setattr("soket.record.stale.is_archived", lambda *_: True)
    assert paper.advice(late.plan, read_register(late())) == f"{ARCHIVED} {again}"


def test_which_totals_and_sentences_change_is_told_once_it_was_announced(late: Desk) -> None:
    draft.announce_amendments(late("2021-11-10 10:05"))
    (paper,) = stale(late)
    assert any("từ" in line and "(tăng" in line for line in paper.changes)
    assert any(line.startswith("Câu: ") and " → " in line for line in paper.changes)


def test_a_report_sent_again_marks_them_too_and_an_exemption(after: Story) -> None:
    desk = after(story.consolidated)
    unit, other = (each.code for each in owing(desk.plan)[:2])
    submit(desk("2021-11-08 10:00"), unit, 2)
    exempt(desk(), other)
    (paper,) = stale(desk)
    assert (paper.came, paper.gone) == ((unit,), (other,))
    assert "còn tính báo cáo của" in paper.in_words(desk.plan)
    assert "Bản tổng hợp tạm sáng làm việc tới" in paper.advice(desk.plan, read_register(desk()))


def test_what_a_provisional_draft_has_since_is_not_promised(after: Story) -> None:
    desk = after(story.consolidated)
    units = [each.code for each in owing(desk.plan)]
    submit(desk("2021-11-08 10:00"), units[0], 2)
    made = provisional.renew(desk("2021-11-09 07:30"))
    assert "số 1:" in made
    (paper,) = stale(desk)
    advice = paper.advice(desk.plan, read_register(desk()))
    assert advice == "Đã tính đủ trong bản tổng hợp tạm số 1 (09/11/2021)."
    submit(desk("2021-11-09 10:00"), units[1], 2)
    (paper,) = stale(desk)
    assert "sáng làm việc tới" in paper.advice(desk.plan, read_register(desk()))


def test_conference_papers_are_stale_until_they_are_made_again_in_place(after: Story) -> None:
    desk = after(story.called)
    submit(desk("2021-11-23 10:00"), owing(desk.plan)[-1].code)
    assert stages(desk) == ["ubnd_draft", "conference"]
    conference.prepare_papers(desk("2021-11-23 11:00", rerun=True, silent=True))
    assert stages(desk) == ["ubnd_draft"]


def test_what_was_made_before_its_reports_were_kept_goes_by_its_time(after: Story) -> None:
    desk = after(story.called)
    for key in [key for key in desk.store.objects if key.endswith("/lap-tu.json")]:
        del desk.store.objects[key]
    assert stages(desk) == []
    submit(desk("2021-11-23 10:00"), owing(desk.plan)[-1].code)
    assert "conference" in stages(desk)


def test_a_new_round_is_fresh(late: Desk) -> None:
    draft.announce_amendments(late("2021-11-10 10:05"))
    ubnd_draft.open_round(late("2021-11-10 10:06"))
    ubnd_draft.consolidate(late())
    assert stages(late) == []


def test_board_and_digest_tell_of_it(late: Desk) -> None:
    draft.announce_amendments(late("2021-11-10 10:05"))
    words = [each.in_words(late.plan) for each in stale(late)]
    viewer = Viewer("vptu", lambda _: True)
    board = Browser(create_app(lambda *_: late(), lambda: ([late.plan], []), lambda: viewer))
    page = board.get(f"{late.plan.id}/2021/stages").text
    notice = digest_notice(late("2021-11-12 07:30"), read_register(late()))
    assert notice is not None
    mail = write(late(), Intent(notice=notice, posted_at=late().now))
    for text in (page, mail.text, mail.html):
        assert all(each in text for each in words)
        assert "Câu: " in text


@pytest.mark.parametrize("chapter", [story.opened, story.approved, story.archived], ids=lambda each: each.__name__)
def test_while_all_goes_as_it_should_nothing_is_stale(after: Callable[..., Desk], chapter: Callable[..., None]) -> None:
    assert stages(after(chapter)) == []
