"""What was hard for a body, among what is told of how things stood with it."""

from __future__ import annotations

import re

from soket.narrative.said.outcomes import WhatCame, outcome_of
from soket.narrative.sentences.pieces import pieces_of

_HARD = re.compile(
    r"\b(?:làm|bị|chịu) (?:\w+ )?ảnh hưởng\b|\bảnh hưởng (?:lớn|nặng|xấu|nghiêm trọng|tiêu cực)|\bkhó khăn\b"
    r"|\bthiệt hại\b|\bbất lợi\b"
    r"|\bthách thức\b|\bđiểm yếu\b|\bhạn chế\b|\bkhắc nghiệt\b|\btàn phá\b"
    r"|\btiềm ẩn\b(?!(?: nhiều)? (?:lợi thế|tiềm năng|giá trị|cơ hội))|\bphức tạp\b|\bcạnh tranh (?:gay gắt|của|với)\b"
)
_FAVOURS = re.compile(r"\b(?:tiềm năng|lợi thế|thế mạnh|thuận lợi|nổi (?:tiếng|bật)|cơ hội|phong phú|hấp dẫn|đẹp)\b")
_YIELDS = re.compile(r"[\W\d]*(?:tuy|mặc dù|dù)\b.*?\b(?P<turn>nhưng|song)\b")


def was_hard(low: str, start: int, end: int) -> bool:
    """Whether a stretch of a text in small letters tells of something hard."""
    return _HARD.search(low, start, end) is not None


def hard_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a sentence tells what was hard for a body: no evidence of what was in its favour.

    Where the rest says of nothing that it is in favour, all of it: "có 137 km bờ biển, tiềm ẩn phức tạp về an ninh".
    """
    low = text.lower()
    told = {(each.start, each.end): each.of(low) for each in pieces_of(low)}
    hard = tuple(
        at for at, said in told.items() if _HARD.search(said) or outcome_of(said, of_lacks=False) is WhatCame.LACKING
    )
    yields = _YIELDS.match(low)  # "tuy có nhiều tiềm năng nhưng …": what is granted is not what it says
    granted = yields.end() if yields and any(end > yields.start("turn") for _, end in hard) else 0
    favours = any(_FAVOURS.search(said) for at, said in told.items() if at not in hard and at[0] >= granted)
    return hard if favours or not hard else ((0, len(low)),)
