"""Guests of the played conference answer once, from a calendar, with the form, on the page; the record takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from board.browser import Browser
from conftest import REPOSITORY, Desk
from demo import guests
from demo.guests import Guests
from demo.place import MailServer
from demo.scenario import load
from demo.watch import Sight
from intake.turns import InlineReaders, PlainValidator
from soket.documents.calendar_entry import invitation_ics
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import render_registration
from soket.intake.replies import take_replies
from soket.notices.invitations import calendar_uid, guest_key
from soket.notices.reports.filing import read_reports
from soket.notices.reports.sources import FolderSource
from soket.page.app import create_app
from soket.record.attendance import Attending, Channel
from soket.record.decisions import ConferenceFormat
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.products import CALENDAR, REGISTRATION
from soket.record.sending import UPLOAD_VARIABLE
from soket.store.keys import MAIL_REPORTS


@dataclass
class Sent:
    """A mail server that keeps what it is handed, where the campaign reads."""

    desk: Desk
    numbers: list[int] = field(default_factory=list)
    tls: int = 0

    def __call__(self, *_: object, **__: object) -> Sent:
        return self

    def __enter__(self) -> Sent:
        return self

    def __exit__(self, *_: object) -> None:
        """Keep the connection."""

    def starttls(self, **_: object) -> None:
        """Speak as before."""
        self.tls += 1

    def login(self, *_: object) -> None:
        """Let everybody in."""

    def send_message(self, mail: object) -> None:
        self.numbers.append(len(self.numbers))
        self.desk.store.put(f"{MAIL_REPORTS}{len(self.numbers)}.eml", bytes(mail))  # type: ignore[call-overload]


def invite(desk: Desk, guests: set[str]) -> None:
    """Let the conference be called, and those guests have their papers."""
    workspace, stage = desk("2021-11-22 09:00"), desk.plan.stage("conference")
    told = {"decided_at": desk.now, "account": "vptu", "granted_by": "A", "reason": "", "stage": stage.id}
    chosen = {"id": "conference-format-1", "format": "online", "day": "2021-11-29", "place": "Hội trường"}
    decision = ConferenceFormat.model_validate({**told, **chosen, "starts": "07:30:00"})
    file_decision(workspace, decision)
    meeting = Meeting(desk.plan, desk.campaign, stage, decision)
    for guest in meeting.guests:
        if guest.code in guests:
            uid = calendar_uid(workspace, stage, guest.code)
            form = render_registration(meeting, guest)
            desk.store.put(guest_key(workspace, stage, 1, guest.code, REGISTRATION), form)
            entry = invitation_ics(meeting, uid, "soket@hatinh.example", guest)
            desk.store.put(guest_key(workspace, stage, 1, guest.code, CALENDAR), entry)
    for step in ("opened", "papers", "done"):
        file_stage_record(workspace, stage.id, 1, step, "")


@pytest.mark.parametrize("certificate", [None, Path("certificate.pem")], ids=["plain", "tls"])
def test_each_guest_answers_once_and_the_record_takes_it(
    workspace: Desk, monkeypatch: pytest.MonkeyPatch, certificate: Path | None
) -> None:
    desk = workspace
    scenario = load(REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml")
    invite(desk, {each.unit for each in scenario.guests})
    sent = Sent(desk)
    monkeypatch.setattr(guests.smtplib, "SMTP", sent)
    monkeypatch.setattr(guests.ssl, "create_default_context", lambda **_: None)
    monkeypatch.setattr("soket.documents.registration.ReaderPool", lambda _: InlineReaders())
    here = desk("2021-11-23 09:00")
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    monkeypatch.setenv(UPLOAD_VARIABLE, "http://testserver/{plan}/{campaign}/{unit}")
    page = create_app(lambda *_: desk(), lambda: ([desk.plan], []))
    monkeypatch.setattr(
        "demo.hand_in.httpx.Client",
        lambda base_url, headers, **_: Browser(page, base_url=base_url, headers=headers, follow_redirects=False),
    )
    world = SimpleNamespace(
        workspace=here,
        scenario=scenario,
        now=here.now,
        place=SimpleNamespace(mail=MailServer("127.0.0.1", 25, 143, "", "", certificate)),
        store_of=lambda _: desk.store,
    )
    sight = Sight()
    sight.look(here)
    player = Guests()
    assert player.play(world, sight) == [], "nobody answers what has not come"  # type: ignore[arg-type]
    sight.look(here, [f"invitation.{each.unit}.conference-format-1.2021-11-29" for each in scenario.guests])
    assert len(player.play(world, sight)) == len(scenario.guests)  # type: ignore[arg-type]
    assert player.play(world, sight) == []  # type: ignore[arg-type]
    take_replies(here, read_register(here))
    read_reports(here, [FolderSource(desk.store)])
    assert sent.tls == (len(sent.numbers) if certificate else 0)
    told = {reply.guest: reply for reply in read_register(here).replies}
    assert not [reply for reply in told.values() if reply.refused]
    assert {each.unit for each in scenario.guests} == set(told)
    for each in scenario.guests:
        assert told[each.unit].channel is Channel(each.by)
        assert (told[each.unit].attending is Attending.ABSENT) == (each.attends == "vắng")
