"""Invitations that later ones took the place of: which papers they were, of when, and how the conference was to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.plan.model import Stage, StageKind
from soket.record.decisions import ConferenceFormat
from soket.record.products import AGENDA, INVITATION, REGISTRATION
from soket.record.register import Register
from soket.record.words import FORMATS, PRODUCTS
from soket.text import format_date

_SENT = (INVITATION, AGENDA, REGISTRATION)


@dataclass(frozen=True)
class ReplacedInvitation:
    """The papers of one round that went out and count no more."""

    round: int
    issued: date
    decision: ConferenceFormat | None

    @property
    def in_words(self) -> str:
        """The papers by name, with their day and what they called for."""
        names = ", ".join(PRODUCTS[name].phrase for name in _SENT)
        number = f" số {self.decision.document_number}" if self.decision and self.decision.document_number else ""
        called = ""
        if self.decision:
            called = f" (mời họp ngày {format_date(self.decision.day)}, {FORMATS[self.decision.format].phrase})"
        return f"{names} gửi ngày {format_date(self.issued)}{number}{called}"


def replaced_invitations(register: Register, stage: Stage, round_number: int) -> list[ReplacedInvitation]:
    """Return the rounds before one whose invitations went out, the first first."""
    entry, found = register.of(stage), list[ReplacedInvitation]()
    if stage.kind is not StageKind.CONFER:
        return found
    for number in range(1, round_number):
        opened, done = entry.record("opened", number), entry.record("done", number)
        if done is None:
            continue
        decision = register.conference_format(stage, by=done.at)
        if decision and opened and decision.decided_at < opened.at:
            decision = None  # of a round before
        found.append(ReplacedInvitation(number, done.at.date(), decision))
    return found


def say_replaced(found: list[ReplacedInvitation]) -> str:
    """Return the sentence by which a letter takes back what went out before; "" where nothing did."""
    if not found:
        return ""
    told = "; ".join(each.in_words for each in found)
    return f"Văn bản này thay cho: {told}. Các tài liệu ấy hết giá trị, đề nghị không dùng."
