"""What is left in a draft of the work on it: notes of drafters, comments, changes not accepted, text gone astray."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from soket.documents.checks.changed import Change, ChangeSort
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.ordered import DraftOutline
from soket.narrative.sentences.prose import sentence_span, words
from soket.plan.model import Plan
from soket.text import flat, fold, nfc

if TYPE_CHECKING:
    from soket.documents.official import OfficialDraft

_SHOWN, _PLACES = 12, 5  # words by which a place is found again; places
_FEWEST_WORDS = 12  # of a paragraph that is prose and no title, note or caption
# What working drafts say to their drafters, and what drafters write to each other; in text without marks.
_ASKED = "de nghi|kiem tra|bo sung|cap nhat|xem lai|ra soat|xac minh|hoi lai|doi chieu|cho so lieu|chua thong nhat"
_NOTES = (
    r"\bban tong hop phuc vu xay dung du thao\b|\bso voi ban tong hop\b|\bso chua ai xac nhan\b|\bnguoi soan thao\b"
    r"|\bcau chua xep duoc chu de\b|\bso lieu khac thuong, noi dung trai nhau\b"
    r"|\bchua co noi dung (?:muc nay|tu bao cao)|\b(?:khong nhan ra|chua dua vao) muc nay\b"
    r"|\[…\]|\[\.\.\.\]|\?\?|\bx{3,}\b|\btodo\b"
    r"|[(\[](?:\w+ ){0,3}(?:bo sung|kiem tra|xem lai|ra soat|cap nhat|xac minh|hoi lai)(?: (?:lai|them|sau|so lieu))*"
    r"[)\]]"
    rf"|\[[^\[\]]*\b(?:{_ASKED})\b[^\[\]]*\]|<<[^<>]*>>|\b(?:ghi chu|luu y) (?:cua|cho) nguoi\b"
    r"|\btiep thu (?:cac |nhung )?y kien (?:tham dinh|gop y)\b"
)
TAKEN_UP = re.compile(
    r"\btiep thu (?:\w+ ){0,3}y kien\b|\b(?:da|duoc) (?:ra soat|chinh sua|chinh ly|bo sung) (?:lai|theo)\b"
)
"""What says that something was done about a draft, rather than doing it; in text without marks."""


def leftovers(plan: Plan, draft: OfficialDraft, outline: DraftOutline) -> Iterator[DraftFinding]:
    """Yield the notes, the comments and the tracked changes that a draft still has, each kind at once, with places."""
    notes = [(at, each) for at, each in enumerate(draft.paragraphs) if is_note(plan, each)]
    if notes:
        shown = [f"“{_opening(each)}” ({outline.place(at)})" for at, each in notes[:_PLACES]]
        more = [f"và {len(notes) - _PLACES} chỗ khác"] if len(notes) > _PLACES else []
        yield DraftFinding(
            DraftCheck.NOTES,
            FindingLevel.LEFT,
            f"còn {len(notes)} chỗ: {'; '.join([*shown, *more])}",
            about="notes",
            paragraph=notes[0][0] + 1,
            places=len(notes),
        )
    if draft.comments or draft.loose_comments:
        yield DraftFinding(
            DraftCheck.NOTES,
            FindingLevel.LEFT,
            "còn " + "; ".join(_say_comments(draft, outline)),
            about="comments",
            paragraph=draft.comments[0] + 1 if draft.comments else None,
            places=len(draft.comments) + draft.loose_comments,
        )
    if draft.tracked:
        yield DraftFinding(
            DraftCheck.NOTES,
            FindingLevel.LEFT,
            f"còn {draft.tracked} chỗ sửa đang theo dõi, chưa chấp nhận hay bỏ; đã đọc như chấp nhận hết",
            about="tracked",
            places=draft.tracked,
        )


def _opening(paragraph: str) -> str:
    """Return the first words of a paragraph, by which whoever has it open finds it: it is to go, whole or not."""
    said = paragraph.split()
    return " ".join(said) if len(said) <= _SHOWN else f"{' '.join(said[:_SHOWN])} …"


def _say_comments(draft: OfficialDraft, outline: DraftOutline) -> Iterator[str]:
    if draft.comments:
        places = Counter(outline.heading(at) or "trước các mục" for at in draft.comments)
        listed = "; ".join(f"{heading}: {count}" for heading, count in places.items())
        yield f"{len(draft.comments)} chú thích bên lề: {listed}"
    if draft.loose_comments:
        yield (
            f"{draft.loose_comments} chú thích không hiện trên trang mà lời vẫn nằm trong tệp: "
            "xóa bằng lệnh Kiểm tra tài liệu (Inspect Document) của Word, hoặc chép lời văn sang tệp mới"
        )


def is_note(plan: Plan, paragraph: str) -> bool:
    """Whether a paragraph speaks to who drafts: "(bổ sung sau)"; or of an office that does: "Văn phòng bổ sung: …"."""
    plain = flat(paragraph)
    offices = "|".join(re.escape(fold(office.name)) for office in plan.offices)
    own = rf"\s*(?:{offices})\s+(?:bo sung|tiep thu|giai trinh|de nghi bo sung)\b"
    return re.search(_NOTES, plain) is not None or re.match(own, plain) is not None


def without_notes(plan: Plan, paragraph: str) -> str:
    """Return a paragraph with its notes blank, each letter where it was: a note in brackets, or the sentence of one."""
    if not is_note(plan, paragraph):
        return paragraph
    text, found = nfc(paragraph), [*re.finditer(_NOTES, flat(paragraph))]
    if not found:  # an office speaks
        return " " * len(text)
    for each in found:
        closed = text.find(")" if text[each.start()] == "(" else "]", each.start())
        bracketed = text[each.start()] in "([" and closed >= 0
        start, end = (each.start(), closed + 1) if bracketed else sentence_span(text, each.start())
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def stray(changes: Sequence[Change], outline: DraftOutline) -> Iterator[DraftFinding]:
    """Yield the prose that people added inside an annex."""
    for change in changes:
        if change.sort is not ChangeSort.ADDED or change.after is None:
            continue
        annex = outline.annex(change.number - 1)
        if annex and len(words(change.after)) >= _FEWEST_WORDS:
            yield DraftFinding(
                DraftCheck.ASTRAY,
                FindingLevel.LOOK,
                f"đoạn thêm là lời văn mà đứng trong {annex}",
                about=change.after,
                quote=change.after,
                paragraph=change.number,
                heading=annex,
                subject=annex,
            )
