"""How a sentence stands to what it speaks of: which of its words may be taken for what its heading asks, and whether
it may be quoted there.

A heading of what was done asks for what the body itself did, in the years of the review; one of failings for what is
amiss and why. A sentence that says otherwise of a thing speaks of it, and is no evidence of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from soket.narrative.said.ahead import ahead_from, begins_ahead, is_norm, is_task, sets_an_aim
from soket.narrative.said.doers import Reporter, held_against, others_doing, others_figures
from soket.narrative.said.doubtful import has_unsure_figure
from soket.narrative.said.inspections import inspected
from soket.narrative.said.other_times import earlier_lack, other_time
from soket.narrative.said.outcomes import WhatCame, is_given_out, is_gone, outcome_of, was_hard
from soket.narrative.said.persons import is_of_crime, is_of_persons, is_voice
from soket.narrative.sentences.pieces import ADDING, BEHIND, OVER_ALL, TURNING, SentencePiece, pieces_of
from soket.narrative.sentences.stops import lies_in


class HeadingKind(Enum):
    """What a heading asks for."""

    DONE = "done"
    LACKS = "lacks"
    SETTING = "setting"  # how things stood: what was in favour, what was hard
    ELSE = "else"


class Held(Enum):
    """Why a sentence is not quoted, in words for who drafts."""

    LACKING = "có việc chưa làm được"
    AHEAD = "có việc dự kiến, kiến nghị"
    OTHERS = "có việc của nơi khác, thời kỳ khác"
    WELL = "có việc đã tốt, đã khắc phục"
    OF_SUCCESS = "nguyên nhân của kết quả"
    PERSONS = "nêu người, vụ việc"
    UNSURE = "có số không rõ, số được đính chính"
    GAINSAID = "trái với biểu của đơn vị"
    PASTED = "chép lời của kế hoạch"
    NO_REQUEST = "không phải kiến nghị"


Span = tuple[int, int]


@dataclass(frozen=True)
class Stance:
    """What of a sentence is no evidence of what its heading asks, why it is not quoted, whether it is all of lacks."""

    void: tuple[Span, ...] = ()
    held: Held | None = None
    lacking: bool = False

    def covers(self, place: int) -> bool:
        """Whether a place of the sentence is in what is no evidence."""
        return lies_in(place, self.void)

    def covers_all(self, text: str) -> bool:
        """Return whether nothing of the sentence is evidence."""
        reached = 0
        for start, end in sorted(self.void):
            if start > reached:
                return False
            reached = max(reached, end)
        return reached >= len(text)


PLAIN = Stance()

_NO_CAUSE = re.compile(
    r"(?P<before>^.*?)\b(?:không phải|chẳng phải)(?! (?:chỉ|riêng))(?: là| do| vì| từ)*(?: nguyên nhân)?\b"
    r"(?P<after>[^;]*?)(?=\bmà\b|[,;]|$)"
)
_LINK = re.compile(rf"^[\W\d]*(?:(?:{TURNING}|{ADDING}|riêng|hiện nay|đến nay),? )*(?:trong \d+ năm,? )?")
_TURN = re.compile(rf"[\W\d]*(?:(?P<always>{OVER_ALL})|{TURNING})\b")
_LESS = re.compile(
    rf"[\W\d]*(?:{TURNING})\b[ ,]*(?:vẫn |còn )*(?:{BEHIND}\b|(?:có )?(?:sự |mức )?chênh lệch\b"
    r"|(?:chưa|không) đồng đều\b)(?!.*\b(?:chưa|không) (?:đạt|bảo đảm|đáp ứng)\b)"
)
_ROSE = re.compile(r"\b(?:tăng|nâng|lên|đạt|từ)\b[^;]*\d")
# Who is fined is not what a sentence is about: "xử phạt 14 nhà hàng xả nước thải …".
_FINED = re.compile(
    r"\b(?:xử phạt|đình chỉ|tước giấy phép)(?: vi phạm hành chính)?(?: đối với)?(?P<whom> \d[\w/.]* [^;]*?)"
    r"(?= (?:xả|vi phạm|kinh doanh|buôn bán|không|chưa|về|với|vì|do|tại|trên|số tiền)\b|[;.]|$)"
)
_STILL = re.compile(r"\b(?:vẫn|đã)\b")
# When something was done is not what was done: "Sau khi Nghị quyết được ban hành, huyện đã …".
_WHEN = re.compile(r"^[\W\d]*(?:ngay )?(?:sau|trước|từ|kể từ) khi\b[^,;]*,")
_RATHER = re.compile(r"\bchứ không phải\b")


def stance_of(text: str, asked: HeadingKind, body: Reporter) -> Stance:
    """Return how a sentence stands; its words are parted by single spaces, its letters are composed ones."""
    low = text.lower()
    if len(low) != len(text):
        return PLAIN
    whole = ((0, len(text)),)
    if is_voice(text):
        return Stance(whole, Held.PERSONS)
    told_of = is_of_persons(text, low, body.matter)
    held = Held.PERSONS if told_of else Held.UNSURE if has_unsure_figure(text, low) else None
    if asked is HeadingKind.ELSE:
        return Stance(held=held)
    if begins_ahead(low) or (asked is HeadingKind.LACKS and is_task(low)) or is_norm(low):
        return Stance(whole, held or Held.AHEAD)
    if asked is HeadingKind.DONE and other_time(low, body.first, body.last, body.part):
        return Stance(whole, held or Held.OTHERS)
    if asked is HeadingKind.LACKS and earlier_lack(low, body.first, body.part):
        return Stance(whole, held or Held.OTHERS)
    found = list(_READ[asked](text, low, body))
    if asked is not HeadingKind.LACKS:
        found += [(span, Held.OTHERS) for span in others_figures(text, body)]
    if asked is HeadingKind.DONE:
        found += [(span, None) for span in inspected(low, body.names)]
    by_the_way = [*(each.span() for each in _WHEN.finditer(low)), *(each.span("whom") for each in _FINED.finditer(low))]
    void = [*(span for span, _ in found), *held_against(low), *by_the_way]
    reasons = [reason for _, reason in found if reason is not None]
    lacking = asked is HeadingKind.DONE and held is None and _is_all_lacking(low)
    return Stance(tuple(void), held or next(iter(reasons), None), lacking)


def _read_done(text: str, low: str, body: Reporter) -> Iterator[tuple[Span, Held | None]]:
    """Yield what is no evidence of a thing done, and why the sentence is not quoted for it."""
    pieces = pieces_of(low)
    outcomes = [outcome_of(each.of(low), of_lacks=False, last=body.last) for each in pieces]
    for at, (piece, outcome) in enumerate(zip(pieces, outcomes, strict=True)):
        said, span = piece.of(low), (piece.start, piece.end)
        if is_of_crime(said, body.matter):
            yield span, Held.PERSONS
        elif others_doing(piece.of(text), said, body):
            yield span, Held.OTHERS
        elif at and _only_compares(said, pieces[at - 1].of(low), outcomes[at - 1]):
            yield span, None
        else:
            after = outcomes[at + 1] if at + 1 < len(pieces) else WhatCame.TOLD
            takes_back = at > 0 and _takes_back(said, pieces[at - 1], low)
            given_out = is_given_out(said)
            yield from _came_of(piece, outcome, after, takes_back=takes_back, given_out=given_out)
        if sets_an_aim(low[piece.start :], body.last):
            yield span, None if at else Held.AHEAD  # what was reached may be told before it
        elif (ahead := ahead_from(said, body.last)) is not None:
            start = piece.start + ahead
            yield (start, piece.end), None if low.startswith("phấn đấu", start) else Held.AHEAD


def _came_of(
    piece: SentencePiece, outcome: WhatCame, after: WhatCame, *, takes_back: bool, given_out: bool
) -> Iterator[tuple[Span, Held | None]]:
    """Yield what is no evidence in a piece of what was done, by what came of that and of what the `after` one tells."""
    span = (piece.start, piece.end)
    if outcome is WhatCame.MENDED:
        yield span, Held.WELL
    elif outcome is WhatCame.LACKING:
        yield span, None if piece.admits and after is not WhatCame.LACKING else Held.LACKING
    elif after is WhatCame.LACKING and (piece.admits or given_out):
        yield span, None
    elif takes_back:
        yield (span[0], span[0]), Held.LACKING


def _only_compares(said: str, before: str, came: WhatCame) -> bool:
    """Whether what rose is only told to be less than others': all of that may be quoted, with its condition."""
    return came is WhatCame.TOLD and _LESS.match(said) is not None and _ROSE.search(before) is not None


def _takes_back(said: str, before: SentencePiece, low: str) -> bool:
    """Whether a piece takes back some of what the one before it told: "…, tuy nhiên chỉ 05 người dự"."""
    turn = _TURN.match(said)
    if turn is None or before.admits:
        return False
    return bool(turn["always"]) or not (_STILL.search(said) or was_hard(low, before.start, before.end))


def _read_lacks(text: str, low: str, body: Reporter) -> Iterator[tuple[Span, Held | None]]:
    """Yield what is no evidence of a failing or of its cause."""
    del text
    pieces = pieces_of(low)
    outcomes = [outcome_of(each.of(low), of_lacks=True) for each in pieces]
    for at, (piece, outcome) in enumerate(zip(pieces, outcomes, strict=True)):
        said, span = piece.of(low), (piece.start, piece.end)
        after = outcomes[at + 1] if at + 1 < len(pieces) else WhatCame.TOLD
        gone = outcome is WhatCame.TOLD and is_gone(said)
        if (outcome is WhatCame.WELL or gone) and not (piece.admits and after is WhatCame.LACKING):
            turned = at + 1 < len(pieces) and _TURN.match(pieces[at + 1].of(low)) and after is not WhatCame.WELL
            yield span, None if turned or after is WhatCame.LACKING else Held.WELL
        elif piece.admits and outcome is WhatCame.LACKING and after is WhatCame.WELL:
            yield span, None
        yield from ((each, Held.LACKING) for each in _no_causes(piece, said))
        if (ahead := ahead_from(said, body.last)) is not None:
            yield (piece.start + ahead, piece.end), Held.AHEAD


def _read_setting(text: str, low: str, body: Reporter) -> Iterator[tuple[Span, Held | None]]:
    """Yield what is no evidence of how things stood with the body itself."""
    for piece in pieces_of(low):
        if others_doing(piece.of(text), piece.of(low), body):
            yield (piece.start, piece.end), Held.OTHERS


_READ = {HeadingKind.DONE: _read_done, HeadingKind.LACKS: _read_lacks, HeadingKind.SETTING: _read_setting}


def _no_causes(piece: SentencePiece, said: str) -> Iterator[Span]:
    """Yield where a piece names what is not the cause."""
    if rather := _RATHER.search(said):  # "do chủ quan chứ không phải do dịch"
        yield piece.start + rather.start(), piece.end
    elif match := _NO_CAUSE.match(said):  # "dịch không phải là nguyên nhân chính"
        denies = "nguyên nhân" in said[match.end("before") : match.end("after")]
        start, end = (0, match.end("after")) if denies else (match.end("before"), match.end("after"))
        yield piece.start + start, piece.start + end


def _is_all_lacking(low: str) -> bool:
    """Whether nothing that a sentence says was done: it begins with a lack, and goes on with lacks."""
    told = [said for each in pieces_of(low) if len((said := _LINK.sub("", each.of(low))).split()) > 2]
    if not told:
        return False
    first, *others = told
    return all(_is_lacking(each, outright=True) for each in (first.split(", ", 1)[0], *others))


def _is_lacking(said: str, *, outright: bool = False) -> bool:
    return outcome_of(said, of_lacks=False, outright=outright) is WhatCame.LACKING
