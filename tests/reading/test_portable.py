"""What a .pdf shows, page after page: lines that go on, heads and feet that do not, marks above the line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reading import hostile
from soket.reading.process.child import read

FULL = "Nam 2019 toan huyen da don tren bon tram nghin luot khach, doanh thu tang qua tung nam va"
END = "gap doi so voi nam dau."
TALL, WIDE = (595, 842), (842, 595)


def written(lines: Sequence[str], *, first: int = 800) -> bytes:
    down = [f"1 0 0 1 40 {first - 16 * row} Tm ({line}) Tj" for row, line in enumerate(lines)]
    return f"BT /F 11 Tf {' '.join(down)} ET".encode()


def pages(*contents: bytes, size: Sequence[tuple[int, int]] = ()) -> bytes:
    """A PDF of pages with these contents."""
    sizes = list(size) or [TALL] * len(contents)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, (content, (width, height)) in enumerate(zip(contents, sizes, strict=True)):
        box = f"/MediaBox[0 0 {width} {height}]/Contents {5 + 2 * at} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Resources<</Font<</F 3 0 R>>>>>>".encode())
        objects.append(hostile.stream(content))
    return hostile.pdf(*objects)


def shown(data: bytes) -> tuple[str, ...]:
    content = read("pdf", data)
    assert content.findings == ()
    return content.paragraphs


def test_a_wide_page_beside_does_not_break_lines_that_go_on() -> None:
    tall = written([FULL, f"{FULL} b", END, f"c {FULL}", "het nam."])
    wide = written([f"{FULL} {FULL}"[:150], "nam sau."], first=560)
    expected = (f"{FULL} {FULL} b {END}", f"c {FULL} het nam.", f"{FULL} {FULL}"[:150] + " nam sau.")
    assert shown(pages(tall, wide, size=[TALL, WIDE])) == expected


@pytest.mark.parametrize("foot", ["Bao cao cua huyen, trang {}", "{}", "Trang {}/3", "- {} -"])
def test_heads_and_feet_break_no_paragraph(foot: str) -> None:
    lines = [f"{FULL} {letter}" for letter in "abcd"]
    made = [written(["HUYEN UY", *lines[at : at + 2], foot.format(at + 1)]) for at in (0, 2)]
    last = written(["HUYEN UY", FULL, END, foot.format(3)])
    assert shown(pages(*made, last)) == (" ".join([*lines, FULL, END]),)


def test_small_digits_above_the_line_are_marks() -> None:
    raised = (
        "BT /F 12 Tf 1 0 0 1 40 800 Tm (Nam 2019 co 30) Tj /F 7 Tf 5 Ts (12) Tj 0 Ts /F 12 Tf ( co so, 151,4) Tj "
        "/F 7 Tf 5 Ts (1) Tj 0 Ts /F 12 Tf ( ty dong va 6.350 luot khach trong nam cua toan huyen) Tj ET"
    )
    assert shown(pages(raised.encode())) == (
        "Nam 2019 co 30¹² co so, 151,4¹ ty dong va 6.350 luot khach trong nam cua toan huyen",
    )


def test_headings_in_capitals_go_on_and_parts_begin() -> None:
    heading = ["PHUONG HUONG, NHIEM VU, GIAI PHAP TRONG TAM TRONG THOI", "GIAN TOI"]
    assert shown(pages(written([f"{FULL}", "het.", *heading, END]))) == (f"{FULL} het.", " ".join(heading), END)


def note(content: bytes, entries: bytes = b"") -> bytes:
    return hostile.pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        hostile.stream(content, b"/Type/EmbeddedFile/Subtype/application#2fjson" + entries),
    )


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (note(b'{"pageType": "document", "rotation": 0}'), []),
        (note(b'{"a": "' + b"a" * 9_000 + b'"}'), ["TEP-24"]),
        (note(b"MZ program"), ["TEP-24"]),
        (note(b"{}", b"/X/JavaScript"), ["TEP-24"]),
        (b"\x01\x02 of a signer\n" + pages(written([FULL])), []),
        (bytes(2_000) + pages(written([FULL])), ["TEP-03"]),
        (b"MZ\n" + pages(written([FULL])), ["TEP-03"]),
    ],
)
def test_what_scanners_and_signers_add(data: bytes, codes: list[str]) -> None:
    assert [each.code for each in read("pdf", data).findings if each.code in ("TEP-03", "TEP-24")] == codes
