"""How a draft is worded: two ways of setting tone marks in one text, and claims that no report makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.said import sentence_at
from soket.text import flat, fold, nfc

_END = r"(?!\w)"
# hòa, khỏe, thủy; hoà, khoẻ, thuỷ. After q the u is no vowel: quý is written in one way.
_OLD = re.compile(rf"\b\w*(?:[òóỏõọ][ae]|(?<![qQ])[ùúủũụ]y){_END}", re.IGNORECASE)
_NEW = re.compile(rf"\b\w*(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ]){_END}", re.IGNORECASE)
_WORDS_SHOWN = 6
_MOST_CLAIMS = 5

# What a report must have said before a draft may.
_CLAIMS = (
    "cao nhất từ trước đến nay", "lớn nhất từ trước đến nay", "nhiều nhất từ trước đến nay",
    "thấp nhất từ trước đến nay", "lần đầu tiên", "duy nhất", "dẫn đầu cả nước", "đứng đầu cả nước", "nhất cả nước",
    "nhất khu vực", "hàng đầu cả nước", "chưa từng có", "tuyệt đối không", "không còn tình trạng",
    "không để xảy ra bất kỳ", "hoàn thành xuất sắc", "ấn tượng nhất", "tất cả các đơn vị đều",
)  # fmt: skip
_RANKED = r"(?:dung|xep|xep hang) thu \w+ (?:ca nuoc|toan quoc|khu vuc|vung|mien)"
_ALL_OF = r"100 ?% (?:so |cac )?(?:xa|phuong|huyen|thon|dia phuong|co quan|don vi)"
_CLAIM = re.compile(rf"\b(?:{'|'.join([*(re.escape(fold(each)) for each in _CLAIMS), _RANKED, _ALL_OF])})\b")


def marks_checked(paragraphs: Sequence[str]) -> Iterator[DraftFinding]:
    """Yield that a draft sets tone marks in two ways, with the words in the rarer one."""
    text = nfc("\n".join(paragraphs))
    old, new = (Counter(match[0].lower() for match in style.finditer(text)) for style in (_OLD, _NEW))
    if not old or not new:
        return
    rarer, other = sorted((old, new), key=lambda each: (each.total(), sorted(each)))
    shown = ", ".join(word for word, _ in rarer.most_common(_WORDS_SHOWN))
    first = next(
        (at for at, each in enumerate(paragraphs, 1) if any(word in nfc(each).lower() for word in rarer)), None
    )
    yield DraftFinding(
        DraftCheck.SPELLING,
        FindingLevel.LOOK,
        f"hai cách bỏ dấu trong một văn bản: {rarer.total()} chữ như {shown}, {other.total()} chữ theo cách kia",
        about="tone marks",
        paragraph=first,
    )


def claims_checked(paragraphs: Sequence[str], reports: Iterable[str]) -> Iterator[DraftFinding]:
    """Yield sentences that claim what no report does in these words."""
    claimed = [
        (number, match)
        for number, paragraph in enumerate(paragraphs, 1)
        for match in _CLAIM.finditer(flat(nfc(paragraph)))
    ]
    if not claimed:
        return
    open_phrases = {match[0] for _, match in claimed}
    for report in reports:
        folded = flat(report)
        open_phrases -= {phrase for phrase in open_phrases if phrase in folded}
        if not open_phrases:
            return
    for number, match in [each for each in claimed if each[1][0] in open_phrases][:_MOST_CLAIMS]:
        sentence = sentence_at(paragraphs[number - 1], match.start())
        said = nfc(paragraphs[number - 1])[match.start() : match.end()]
        yield DraftFinding(
            DraftCheck.CLAIM,
            FindingLevel.LOOK,
            f"không báo cáo nào nói “{said}”",
            about=sentence,
            quote=sentence,
            paragraph=number,
        )
