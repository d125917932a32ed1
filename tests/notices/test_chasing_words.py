"""How mail that chases is worded: each tone to each reader, the press's variant, and the page to hand in on."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from soket.notices.ladder import due
from soket.notices.ledger import Intent
from soket.notices.render import Written, write
from soket.plan.ladders import Recipient, Tone
from soket.record.records import ReceivedFile, Ruling
from soket.record.sending import UPLOAD_VARIABLE

from .plans import make_plan
from .test_render import words
from .world import World, moment

READERS = [("reminder", -1, Recipient.UNIT), ("reminder", -1, Recipient.HEAD)] + [
    ("escalation", 1, recipient) for recipient in Recipient
]


def mail(kind: str, at: int, to: str, *, returned: bool = False, press: bool = False, **more: str) -> Written:
    plan = make_plan(1, ladder=[{"at": at, "kind": kind, "to": to, **more}])
    owing = plan.units[1:] if press else plan.units[:1]
    world = World(plan.model_copy(update={"units": owing}))
    day = ("2021-12-02" if press else "2021-11-03") if at < 0 else "2021-11-05"
    if returned:
        world.clock.set("2021-11-01 08:00")
        world.send("unit_00", moment("2021-11-01 08:00"), Ruling.RETURNED)
    world.clock.set(f"{day} 07:30")
    (notice,) = due(world.workspace, world.register)
    return write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize(("kind", "at", "to"), READERS)
def test_each_tone_has_its_words(kind: str, at: int, to: Recipient, tone: Tone, snapshot: SnapshotAssertion) -> None:
    written = mail(kind, at, to.value, tone=tone.value)
    assert f"{written.subject}\n\n{written.text}" == snapshot
    ask = written.text.split("\n\n")[1].rpartition(". ")[2].strip()
    assert ask.casefold() in words(written.html).casefold(), "text and page ask alike"


@pytest.mark.parametrize(("kind", "at", "to"), READERS)
def test_each_tone_is_another(kind: str, at: int, to: Recipient) -> None:
    assert len({mail(kind, at, to.value, tone=tone.value).text for tone in Tone}) == len(Tone)


@pytest.mark.parametrize("tone", Tone)
def test_a_returned_report_is_asked_for_again(tone: Tone, snapshot: SnapshotAssertion) -> None:
    written = mail("reminder", -1, "unit", returned=True, tone=tone.value)
    assert "bị trả lại và đến nay chưa được nộp lại" in written.text
    assert "Tổng không khớp." in written.text
    assert "Tổng không khớp." in written.html
    assert f"{written.subject}\n\n{written.text}" == snapshot


@pytest.mark.parametrize("tone", Tone)
def test_the_press_is_asked_as_the_press(tone: Tone, snapshot: SnapshotAssertion) -> None:
    written = mail("reminder", -1, "unit", press=True, template="press", tone=tone.value)
    assert "quý cơ quan" in written.text  # a station has no Tòa soạn
    assert "quý cơ quan" in written.html
    assert "Tòa soạn" not in written.text
    assert f"{written.subject}\n\n{written.text}" == snapshot


def test_there_is_no_link_while_there_is_no_page() -> None:
    written = mail("reminder", -1, "unit")
    assert "http" not in written.text
    assert "<a " not in written.html


@pytest.mark.parametrize("kind", ["reminder", "escalation"])
def test_the_page_to_hand_in_on_is_each_units_own(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.hatinh.example/{plan}/{campaign}/{unit}")
    written = mail(kind, -1 if kind == "reminder" else 1, "unit")
    link = "https://nop.hatinh.example/nq06/2021/unit_00"
    assert re.search(rf"trang nộp hồ sơ của đơn vị\s+{link}/vao/[\w.-]+\s", written.text)
    assert f'href="{link}/vao/' in written.html


def test_who_is_to_mend_one_file_is_not_asked_for_the_other_again() -> None:
    world = World(make_plan(1))
    world.clock.set("2021-11-01 08:00")
    world.send("unit_00", moment("2021-11-01 08:00"), Ruling.RETURNED)
    files = tuple(
        ReceivedFile(
            inbox_key=name,
            key=name,
            name=name,
            original_name=name,
            etag="0",
            sha256="0",
            size=1,
            arrived_at=world.clock.now(),
        )
        for name in ("bao-cao.docx", "bieu.xlsx")
    )
    world.receipts[0] = world.receipts[0].model_copy(update={"files": files})
    fault = world.verdicts[0].faults[0].model_copy(update={"file": "bieu.xlsx"})
    world.verdicts[0] = world.verdicts[0].model_copy(update={"faults": (fault,)})
    world.clock.set("2021-11-02 07:30")
    (notice,) = due(world.workspace, world.register)
    written = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    for text in (written.text, words(written.html)):
        assert "chỉ cần gửi lại bieu.xlsx; bao-cao.docx giữ nguyên" in text.casefold()
        assert "Còn thiếu" not in text
