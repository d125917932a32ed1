"""Headings as units write them, and what stands under them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from intake.cases import A, Case, W
from intake.plans import GUIDANCE, PURPOSE
from intake.reports import LEADERSHIP, REQUESTS, RESULTS, TEXTS, WEAKNESSES, paragraphs, submission, with_text
from reading import corpus

H = corpus.HEADINGS


def _headed(*headings: str) -> Mapping[str, bytes]:
    return submission(*paragraphs(headings=headings))


def _in_table() -> Mapping[str, bytes]:
    """Each section a row: number, title and text in cells of their own."""
    import io

    import docx

    made = docx.Document()
    table = made.add_table(rows=0, cols=3)
    for heading, text in zip(H, TEXTS, strict=True):
        number, _, title = heading.partition(". ")
        for cell, words in zip(table.add_row().cells, (number, title, text), strict=True):
            cell.text = words
    result = io.BytesIO()
    made.save(result)
    return {corpus.REPORT: result.getvalue(), corpus.TABLE: corpus.table()}


def _renumbered() -> Mapping[str, bytes]:
    """The outline in another order, under other numbers, with a section of the unit's own."""
    order = (3, 1, 0, 2)
    titles = [H[index].partition(". ")[2] for index in order]
    lines = ["BÁO CÁO", "1. Khái quát", "Huyện có 37 km bờ biển và 12 di tích cấp quốc gia."]
    for number, (title, index) in enumerate(zip(titles, order, strict=True), 2):
        lines += [f"{number}. {title}", TEXTS[index]]
    return submission(*lines)


def _nested() -> Mapping[str, bytes]:
    return submission(
        "BÁO CÁO",
        "PHẦN THỨ NHẤT: TÌNH HÌNH VÀ KẾT QUẢ",
        H[0],
        LEADERSHIP,
        H[1],
        "1. Về tuyên truyền, quảng bá",
        RESULTS,
        "1.1. Công tác lãnh đạo các hoạt động lễ hội",
        RESULTS,
        "a) Hạn chế của mùa lễ hội",
        RESULTS,
        "PHẦN THỨ HAI: HẠN CHẾ VÀ KIẾN NGHỊ",
        H[2],
        WEAKNESSES,
        H[3],
        REQUESTS,
    )


def _with_contents(*, dots: str = "", pages: bool = False) -> Mapping[str, bytes]:
    """A report with a table of contents before it."""
    contents = [f"{heading}{dots}{f' {page}' if pages else ''}" for page, heading in enumerate(H, 2)]
    return submission("BÁO CÁO", "MỤC LỤC", *contents, *paragraphs())


CASES = [
    # --- headings ---
    Case("as the outline has them", partial(_headed, *H), A),
    Case("in table rows", _in_table, A),
    Case("re-numbered and re-ordered", _renumbered, A),
    Case("nested under parts", _nested, A),
    Case("table of contents", _with_contents, A),
    Case("table of contents with pages", partial(_with_contents, pages=True), A),
    Case("table of contents with dots", partial(_with_contents, dots=" ........", pages=True), A),
    Case("bold only", partial(_headed, *(heading.partition(". ")[2] for heading in H)), A),
    Case("capitals only", partial(_headed, *(heading.partition(". ")[2].upper() for heading in H)), A),
    Case(
        "in words",
        partial(
            _headed,
            *(f"Phần thứ {n}: {h[h.index('.') + 2 :]}" for n, h in zip(("nhất", "hai", "ba", "tư"), H, strict=True)),
        ),
        A,
    ),
    Case(
        "over two paragraphs",
        lambda: submission(*paragraphs()[:2], "I. CÔNG TÁC LÃNH ĐẠO,", "CHỈ ĐẠO, QUÁN TRIỆT", *paragraphs()[3:]),
        A,
    ),
    Case(
        "number in a paragraph of its own",
        lambda: submission(*paragraphs()[:6], "Phần III", "Tồn tại, hạn chế và nguyên nhân", *paragraphs()[7:]),
        A,
    ),
    Case(
        "two in one paragraph",
        lambda: submission("BÁO CÁO", H[0], LEADERSHIP, f"{H[1]} {RESULTS} {H[2]}", WEAKNESSES, H[3], REQUESTS),
        A,
    ),
    Case(
        "run in with the text", lambda: submission("BÁO CÁO", *(f"{h}. {t}" for h, t in zip(H, TEXTS, strict=True))), A
    ),
    Case(
        "two sections under one heading",
        lambda: submission(
            "BÁO CÁO",
            H[0],
            LEADERSHIP,
            H[1],
            RESULTS,
            "III. Tồn tại, hạn chế và kiến nghị, đề xuất",
            WEAKNESSES,
            REQUESTS,
        ),
        A,
        ("DC-03",),
    ),
    Case(
        "a sentence is no heading",
        lambda: submission(
            *(
                line
                for line in paragraphs({0: [LEADERSHIP, "Kết quả đạt được trong 05 năm qua là rất đáng khích lệ"]})
                if line != H[1]
            )
        ),
        W,
        ("DC-01",),
    ),
    Case("a section is missing", lambda: submission(*paragraphs()[:-4]), W, ("DC-01",)),
    Case(
        "a section under a heading of other words",
        lambda: submission("BÁO CÁO", H[0], LEADERSHIP, H[1], RESULTS, "III. Đôi lời", WEAKNESSES, H[3], REQUESTS),
        A,
    ),
    Case(
        "two sections under headings of other words, and one more",
        lambda: submission(
            *("BÁO CÁO", H[0], LEADERSHIP, H[1], RESULTS, "III. Đôi lời", WEAKNESSES),
            *("IV. Thay lời kết", REQUESTS, "V. Lời cảm ơn", REQUESTS),
        ),
        W,
        ("DC-10", "DC-10"),
    ),
    Case(
        "a section under a mark",
        lambda: submission(
            *("BÁO CÁO", "*", LEADERSHIP, "* Kết quả đạt được", RESULTS),
            *("* Tồn tại, hạn chế", WEAKNESSES, "* Kiến nghị", REQUESTS),
        ),
        W,
        ("DC-10",),
    ),
    Case("no heading at all", lambda: submission("BÁO CÁO", *TEXTS), W, ("DC-02",)),
    # --- what stands under them ---
    Case("too short", lambda: with_text(1, "Du lịch của huyện đã có bước phát triển khá."), W, ("DC-04",)),
    Case("empty", lambda: with_text(2, []), W, ("DC-05",)),
    Case("dots", lambda: with_text(2, "…………………"), W, ("DC-05",)),
    Case("being brought up to date", lambda: with_text(2, "(đang cập nhật)"), W, ("DC-05",)),
    Case("nothing yet", lambda: with_text(1, "Chưa có."), W, ("DC-05",)),
    Case("none is asked for", lambda: with_text(3, "- Không có kiến nghị, đề xuất."), A),
    Case("no more is asked for", lambda: with_text(3, "Huyện ủy không có kiến nghị, đề xuất gì thêm với tỉnh."), A),
    Case("nothing is asked for", lambda: with_text(3, "Không có."), A),
    Case("what is asked for comes later", lambda: with_text(3, "Kiến nghị, đề xuất sẽ bổ sung sau."), W, ("DC-05",)),
    Case("nothing was wrong", lambda: with_text(2, "Không có."), W, ("DC-05",)),
    Case("no shortcomings", lambda: with_text(2, "Đơn vị không có tồn tại, hạn chế."), W, ("DC-05",)),
    Case("will be added", lambda: with_text(1, "Đơn vị đang tổng hợp số liệu, sẽ bổ sung sau."), W, ("DC-05",)),
    Case(
        "a blank left open",
        lambda: with_text(1, [RESULTS, "Tổng thu từ du lịch năm 2019 đạt ……… tỷ đồng."]),
        W,
        ("DC-06",),
    ),
    Case("guidance left in place", lambda: with_text(2, [GUIDANCE, WEAKNESSES]), W, ("DC-07",)),
    Case("guidance and nothing else", lambda: with_text(2, GUIDANCE), W, ("DC-07",)),
    Case("the plan's own words", lambda: with_text(1, PURPOSE), W, ("DC-08",)),
]
