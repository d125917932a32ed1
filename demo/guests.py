"""The guests of the conference: each answers its invitation as the script says; whether the record has it all."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from io import BytesIO

import docx
from icalendar import Calendar

from demo.evidence import Check, Evidence
from demo.hand_in import page_of
from demo.hours import at_work
from demo.patience import persist
from demo.scenario import GuestAnswer
from demo.watch import Happening, Sight
from demo.world import World
from soket.documents.registration import attending_in
from soket.notices.invitations import guest_key
from soket.plan.guests import Guest, guests_of
from soket.plan.model import Stage, StageKind
from soket.record.attendance import Attending, Channel
from soket.record.products import CALENDAR, REGISTRATION
from soket.stack.mail import USER
from soket.store.keys import REPLIES_FOLDER

_FILLED = {"Dự hội nghị": "attends", "Họ và tên": "person", "Chức vụ": "post", "Tham luận": "speaks_on"}


class Guests:
    """Whoever was invited, and has made up its mind."""

    def __init__(self) -> None:
        self._answered: set[str] = set()

    def play(self, world: World, sight: Sight) -> list[Happening]:
        """Answer the invitations that arrived, each guest once."""
        told = []
        plan = world.workspace.plan
        for stage in plan.stages_of(StageKind.CONFER):
            if not sight.done(stage) or not at_work(world.workspace):
                continue
            guests = {guest.code: guest for guest in guests_of(plan)}
            for answer in world.scenario.guests:
                if answer.unit in sight.invited - self._answered:
                    self._answered.add(answer.unit)
                    _reply(world, stage, guests[answer.unit], answer)
                    told.append(Happening(world.now, f"{guests[answer.unit].name} trả lời giấy mời: {answer.attends}"))
        return told


def _reply(world: World, stage: Stage, guest: Guest, answer: GuestAnswer) -> None:
    if answer.by == "page":
        filled = {name: getattr(answer, name) for name in ("person", "post", "speaks_on")}
        with page_of(world, answer.unit) as ask:
            ask("POST", f"giay-moi/{stage.id}", data={"attending": str(attending_in(answer.attends)), **filled})
        return
    if answer.by == "mail":
        asked = persist(lambda: world.workspace.store.get(guest_key(world.workspace, stage, 1, guest.code, CALENDAR)))
        persist(lambda: _send(world, guest, _calendar_answer(asked, answer)))
        return
    form = persist(lambda: world.workspace.store.get(guest_key(world.workspace, stage, 1, guest.code, REGISTRATION)))
    key = f"{world.workspace.keys.inbox_folder(guest.code)}{REPLIES_FOLDER}/{REGISTRATION}"
    persist(lambda: world.store_of(guest.code).put(key, filled_form(form, answer)))


def _calendar_answer(asked: bytes, answer: GuestAnswer) -> bytes:
    """Return what a calendar answers to an invitation."""
    calendar = Calendar.from_ical(asked)
    calendar["method"] = "REPLY"
    event = calendar.events[0]
    event["attendee"].params["PARTSTAT"] = "ACCEPTED" if answer.attends == "có" else "DECLINED"
    content: bytes = calendar.to_ical()
    return content


def _send(world: World, guest: Guest, calendar: bytes) -> None:
    mail = EmailMessage()
    organiser = str(Calendar.from_ical(calendar).events[0]["organizer"]).removeprefix("mailto:")
    mail["From"], mail["To"] = guest.contact.email, organiser
    mail["Subject"], mail["Message-ID"] = f"Trả lời: {guest.name}", f"<{guest.code}@tra-loi.example>"
    mail.set_content(f"{guest.name} trả lời giấy mời.")
    mail.add_alternative(calendar, maintype="text", subtype="calendar", params={"method": "REPLY"})
    server = world.place.mail
    with smtplib.SMTP(server.host, server.smtp, timeout=10) as smtp:
        if server.certificate:
            smtp.starttls(context=ssl.create_default_context(cafile=str(server.certificate)))
        smtp.login(USER, server.password)
        smtp.send_message(mail)


def filled_form(form: bytes, answer: GuestAnswer) -> bytes:
    """Return a registration form with the answer in it."""
    document = docx.Document(BytesIO(form))
    for row in document.tables[-1].rows:
        for label, name in _FILLED.items():
            if row.cells[0].text.startswith(label) and (told := getattr(answer, name)):
                row.cells[1].text = told
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def guests_answered(evidence: Evidence) -> Check:
    """Who answered an invitation, by mail, with the form or on its page, stands in the table as it answered."""
    told = {reply.guest: reply for reply in evidence.register.replies if reply.counts}
    wrong = [
        f"{answer.unit}: {found.channel if found else 'không có trả lời'}"
        for answer in evidence.scenario.guests
        if (found := told.get(answer.unit)) is None
        or found.channel is not Channel(answer.by)
        or (found.attending is Attending.ABSENT) != (answer.attends == "vắng")
    ]
    wrong += [f"{reply.source}: {reply.refused}" for reply in evidence.register.replies if reply.refused]
    return Check("Trả lời giấy mời qua thư, phiếu, trang đều vào bảng", not wrong, "; ".join(wrong))
