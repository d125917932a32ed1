"""Whom a conference is held with, in order of protocol, and what is known of who comes for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soket.plan.model import Contact, Duty, Office, Plan, Stage
from soket.text import fold

_OFFICES = "Cơ quan lãnh đạo, tham mưu"
# How a post begins: what a directory gives for a name may be no more than that.
_POSTS = re.compile(
    r"(quyen |pho )?(bi thu|chu tich|giam doc|tong giam doc|truong|vien truong|hieu truong|cuc truong|chi cuc truong|"
    r"chanh|chu nhiem|tong bien tap|thu truong|lanh dao|nguoi dung dau|bo truong|tham muu truong|chi huy truong|"
    r"chinh uy|vu truong|tong cuc truong|dai dien)\b"
)

MAIN_POINT = "Điểm cầu chính"


@dataclass(frozen=True)
class Guest:
    """An office or unit that is invited."""

    code: str
    name: str
    group: str  # the block's code; "" of offices
    heading: str  # under which it is listed
    contact: Contact  # whom the invitation goes to
    copies: tuple[Contact, ...]
    person: str  # whoever is known by name; else ""
    post: str  # as far as it is known
    holds_review: bool = False  # it holds a review of its own
    press: bool = False

    @property
    def addressed(self) -> str:
        """How an invitation addresses who comes: by name where there is one, else by post, else by body."""
        if self.person:
            return f"đồng chí {self.person}" + (f", {self.post}" if self.post else "")
        return f"đồng chí {self.post}" if self.post else f"đại diện lãnh đạo {self.name}"


def attending_offices(plan: Plan) -> list[Office]:
    """Return the offices with a part in the review itself; who only runs the system has none."""
    roles = plan.roles
    review = {roles.lead, roles.receiver, roles.standing}.union(*((each.owner, each.receiver) for each in plan.stages))
    return [office for office in plan.offices if office.code != roles.operator or office.code in review]


def guests_of(plan: Plan) -> tuple[Guest, ...]:
    """Return everybody who is invited, in order of protocol: as the plan says, then whoever decides, then as listed."""
    ranks = {code: rank for rank, code in enumerate(plan.conference.protocol)}
    last = len(ranks)

    def rank(guest: Guest) -> tuple[int, int]:
        told = ranks.get(guest.code, ranks.get(guest.group, last))
        return told, 0 if guest.code == plan.roles.standing else 2 if guest.press else 1

    return tuple(sorted((*_offices(plan), *_units(plan)), key=rank))


def name_of_guest(plan: Plan, code: str) -> str:
    """Return a guest's name; a code that is no guest's in quotes."""
    return next((each.name for each in guests_of(plan) if each.code == code), f"«{code}»")


def hosts_of(plan: Plan, stage: Stage) -> dict[str, str]:
    """Return the offices that preside over a conference or organise it, and which: nobody asks them who comes."""
    if plan.roles.standing == stage.owner:
        return {stage.owner: "chủ trì, tổ chức"}
    return {plan.roles.standing: "chủ trì", stage.owner: "tổ chức"}


def point_of(plan: Plan, guest: Guest) -> str:
    """Return where a guest of an online conference attends: its own point, or "" for the main one."""
    own = plan.conference.own_points
    return f"Điểm cầu {guest.name}" if guest.group and not guest.press and (own is None or guest.group in own) else ""


def speakers_of(plan: Plan) -> dict[str, str]:
    """Return who is to speak and on what, as the plan says: those named, and those who hold a review of their own."""
    planned = {each.unit: each.topic for each in plan.conference.speeches}
    own = {
        guest.code: f"Kết quả, kinh nghiệm tự tổ chức {plan.review_word}"
        for guest in guests_of(plan)
        if guest.holds_review
    }
    return {**planned, **{code: topic for code, topic in own.items() if code not in planned}}


def known_as(head: Contact, body: str) -> tuple[str, str]:
    """Return the name and the post of a head: a directory may give the post alone, where the name is to stand."""
    if head.title:
        return head.name, _as_its_body(head.title, body)
    return ("", _as_its_body(head.name, body)) if _POSTS.match(fold(head.name)) else (head.name, "")


def _as_its_body(post: str, body: str) -> str:
    """Return a post with the body's name in it as the body writes it: «Trưởng Ban Tổ chức», not «Trưởng ban»."""
    start = len(post) - len(body)
    return post[:start] + body if start > 0 and post.casefold().endswith(body.casefold()) else post


def _offices(plan: Plan) -> Iterator[Guest]:
    for office in attending_offices(plan):
        yield Guest(office.code, office.name, "", _OFFICES, office.contact, (), "", "")


def _units(plan: Plan) -> Iterator[Guest]:
    order = {block.code: number for number, block in enumerate(plan.blocks)}
    for unit in sorted((each for each in plan.units if not each.beside), key=lambda each: order[each.block]):
        person, post = known_as(unit.head, unit.name)
        copies = (unit.contact,) if unit.contact.email != unit.head.email else ()
        own, press = unit.owes is Duty.OWN_REVIEW, unit.owes is Duty.COVERAGE_PLAN
        heading = plan.block(unit.block).name
        yield Guest(unit.code, unit.name, unit.block, heading, unit.head, copies, person, post, own, press)
