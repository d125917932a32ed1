"""What the screen shows is read: marks above the line are no digits, hidden words are none, Unicode stays as typed."""

from __future__ import annotations

import json
import struct

import pytest

from reading import hostile
from reading.hostile import W
from reading.reader_files import in_tcvn3, in_vni, made
from reading.word_bodies import paragraph, run, said
from soket.reading.findings import Content
from soket.reading.formats.old_word_pages import ROW, ends_in
from soket.reading.formats.old_word_styles import look_of, looks, styles_in
from soket.reading.process.child import read

RAISED, HIDDEN = '<w:vertAlign w:val="superscript"/>', "<w:vanish/>"


def shown(extension: str, data: bytes) -> tuple[str, ...]:
    content = read(extension, data)
    assert [finding.code for finding in content.findings if finding.code != "TEP-33"] == []
    return content.paragraphs


def looking(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("mark", "properties", "expected"),
    [
        ("1", RAISED, "Có 30¹ cơ sở"),
        ("(2)", RAISED, "Có 30⁽²⁾ cơ sở"),
        ("1", '<w:position w:val="6"/>', "Có 30¹ cơ sở"),
        ("1", '<w:position w:val="0"/>', "Có 301 cơ sở"),
        ("1", '<w:vertAlign w:val="subscript"/>', "Có 30¹ cơ sở"),
        ("1", '<w:position w:val="-6"/>', "Có 30¹ cơ sở"),
        ("nghìn", RAISED, "Có 30nghìn cơ sở"),
        ("1", HIDDEN, "Có 30 cơ sở"),
        ("1", '<w:vanish w:val="0"/>', "Có 301 cơ sở"),
    ],
)
def test_word(mark: str, properties: str, expected: str) -> None:
    assert said(paragraph(run("Có 30") + looking(mark, properties) + run(" cơ sở"))) == (expected,)


def test_what_a_style_hides_is_hidden_but_for_what_a_run_shows() -> None:
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Note"><w:rPr>{HIDDEN}</w:rPr></w:style></w:styles>'
    styled = '<w:pStyle w:val="Note"/>'
    body = paragraph(run("ghi riêng") + looking("thấy", '<w:vanish w:val="0"/>'), styled)
    assert said(body, styles=styles) == ("thấy",)
    row = f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(run('ẩn'))}</w:tc></w:tr></w:tbl>"
    assert said(row + paragraph(run("thấy"))) == ("thấy",)


def test_rich_text() -> None:
    body = rb"\pard 30{\super 1} c\'f3 {\v an }thay {\up6 2}{\nosupersub 3}\par"
    drawn = rb"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 20}}{\shptxt trong khung\par}}{\shprslt{\pict 00}}}"
    drawing = hostile.rich_text((body + drawn).decode("latin-1"))
    assert shown("rtf", drawing) == ("30¹ có thay ²3", "trong khung")
    assert shown("doc", drawing) == ("30¹ có thay ²3", "trong khung")


def test_open_text() -> None:
    spans = hostile.open_text(b"<text:p>30<text:span text:style-name='Up'>1</text:span> thay<text:span "
                             b"text:style-name='Off'> an</text:span></text:p>")  # fmt: skip
    styles = (
        b"<style:style style:name='Up' style:family='text'><style:text-properties style:text-position='super 58%'/>"
        b"</style:style><style:style style:name='Off' style:family='text'><style:text-properties text:display='none'/>"
        b"</style:style></office:automatic-styles>"
    )
    content = hostile.corpus.part(spans, "content.xml").replace(b"</office:automatic-styles>", styles, 1)
    assert shown("odt", hostile.corpus.repacked(spans, changed={"content.xml": content}))[0] == "30¹ thay"


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (b"<text:hidden-text text:is-hidden='true'>1</text:hidden-text>", ("468",)),
        (b"<text:hidden-text>1</text:hidden-text>", ("4681",)),
        (b"<text:hidden-paragraph text:is-hidden='true'/>", ()),
        (b"<text:hidden-paragraph text:is-hidden='false'/>", ("468",)),
    ],
)
def test_hidden_fields_of_open_text(inside: bytes, seen: tuple[str, ...]) -> None:
    assert shown("odt", hostile.open_text(b"<text:p>468" + inside + b"</text:p>"))[: len(seen)] == seen
    assert "468" in shown("odt", hostile.open_text(b"<text:p>468</text:p><text:p>" + inside + b"</text:p>"))[0]


PAGE = """<html><head><meta charset="utf-8"><title>tên</title><style>p {}</style></head><body>
<h1>BÁO CÁO</h1><p>Có 30<sup>1</sup> cơ sở<span style="display:none">ẩn</span></p><ol type="I"><li>Một<li>Hai</ol>
<table><tr><td rowspan=2>a<td>b</tr><tr><td>c</tr></table>cuối<br>hết</body></html>"""
READ = ("BÁO CÁO", "Có 30¹ cơ sở", "I. Một", "II. Hai", "a", "b", "c", "cuối", "hết")


def test_pages_of_the_web() -> None:
    assert shown("doc", PAGE.encode()) == READ
    assert shown("doc", PAGE.replace("utf-8", "utf-16").encode("utf-16")) == READ
    packed = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; '
        f"charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--x--\n"
    )
    assert shown("doc", packed.encode()) == READ
    (table,) = read("doc", PAGE.encode()).tables
    assert [[cell[0] for cell in row] for row in table.rows] == [[0, 1], [1]]
    assert table.merged == ((0, 0, 1, 0),)


LOOKS = """<style><!-- p.old, .xl66
    {mso-style-parent:style0; text-decoration:line-through;} /* .no {display:none} */
td .deep {display:none} .an {display : none}--></style>"""


@pytest.mark.parametrize(
    ("cells", "seen"),
    [
        ("<td><s>3</s>4<td>5", ("4", "5")),
        ("<td><strike>3</strike>4<td>5", ("4", "5")),
        ("<td><span style='color:red; text-decoration: underline line-through'>3</span>4<td>5", ("4", "5")),
        ("<td><font class=xl66>3</font>4<td>5", ("4", "5")),
        ("<td class='a old'>3<td>5", (None, "5")),
        ("<td style='visibility:hidden'>3<td>5", (None, "5")),
        ("<td style='display:none'>3<td>5", ("5",)),
        ("<td class=an>3<td>5", ("5",)),
        ("<td class=no>3<td class=deep>5", ("3", "5")),
        ("<td>30<span style='position:relative;top:-2pt;mso-text-raise:2.0pt'>1</span><td>5", ("30¹", "5")),
        ("<td>30<sub>1</sub><td>CO<sub>2</sub>", ("30¹", "CO2")),
        (
            "<td><select><option>tỷ<option selected>triệu</select><td><input value=5><input type=hidden value=6>",
            ("triệu", "5"),
        ),
        ("<td><select><option>tỷ<option>triệu</select><td><textarea>5</textarea>", ("tỷ", "5")),
        ("<td>30<span style='mso-text-raise:-2.0pt'>1</span><td>5", ("30¹", "5")),
    ],
)
def test_what_a_page_strikes_or_hides_is_not_read_and_columns_stay(cells: str, seen: tuple[str | None, ...]) -> None:
    page = f"<html><head>{LOOKS}</head><table><tr>{cells}<tr class=an><td>9<td>9</table></html>"
    assert read("xls", page.encode()).sheets[0].cells[0] == seen


@pytest.mark.parametrize("active", ["<script>x()</script>", "<object data=a>", "<iframe src=//x.vn>"])
def test_pages_that_act_are_asked_for_in_another_form(active: str) -> None:
    assert [finding.code for finding in read("doc", PAGE.replace("cuối", active).encode()).findings] == ["TEP-34"]


SAID = "Có đường bờ biển dài, các cơ sở đã được tu bổ; Hồ Văn Mười và Tổng hợp báo cáo."


@pytest.mark.parametrize(("font", "coded"), [(".VnTime", in_tcvn3), ("VNI-Times", in_vni)])
def test_old_fonts_over_letters_of_unicode_change_nothing(font: str, coded: object) -> None:
    assert callable(coded)
    assert said(paragraph(run(SAID, font)) + paragraph(run("cá có", font))) == (SAID, "cá có")
    old = read("docx", hostile.word(paragraph(run(coded(SAID), font)) + paragraph(run(coded("Hà Nội"), font))))
    assert old.paragraphs == (SAID, "Hà Nội")
    mixed = read("docx", hostile.word(paragraph(run(coded(SAID), font)) + paragraph(run(SAID, font))))
    assert mixed.paragraphs == (SAID, SAID)


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_tables_lie_alike_in_every_format(extension: str) -> None:
    content = read(extension, made(f"report.{extension}"))
    told = [
        [[content.paragraphs[first:after] for _, first, after in row] for row in each.rows] for each in content.tables
    ]
    assert told == [[[("Nội dung",), ("Kết quả",)], [("Hội nghị quán triệt",), ("12",)]]]


def cells_of_word(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr>{each}</w:tcPr><w:p/></w:tc>" for each in cells) + "</w:tr>"


def test_merged_cells_of_word_lie_where_they_are_seen() -> None:
    above, below, span = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        cells_of_word(above, "", span),
        cells_of_word(below, span + above, ""),
        cells_of_word(below, span + below, ""),
    ]
    (table,) = read("docx", hostile.word(f"<w:tbl>{''.join(rows)}</w:tbl>")).tables
    assert set(table.merged) == {(0, 0, 2, 0), (0, 2, 0, 3), (1, 1, 2, 2)}
    assert Content.from_data(json.loads(json.dumps(Content(tables=(table,)).to_data()))).tables == (table,)


def test_merged_cells_of_open_text_lie_where_they_are_seen() -> None:
    spans = b"table:number-columns-spanned='2' table:number-rows-spanned='3'"
    row = b"<table:table-row><table:table-cell/><table:table-cell " + spans + b"/></table:table-row>"
    table, *_ = read("odt", hostile.open_text(b"<table:table>" + row + b"</table:table>")).tables
    assert table.merged == ((0, 1, 2, 2),)


def test_a_cell_of_rich_text_may_have_paragraphs_and_what_follows_a_table_is_none_of_it() -> None:
    rows = r"\trowd\intbl a\par b\cell c\cell\row\trowd\intbl d\cell\cell\row\pard e\par f\par"
    content = read("rtf", hostile.rich_text(rows))
    assert content.paragraphs == ("a", "b", "c", "d", "e", "f")
    (table,) = content.tables
    assert (table.first, table.after, table.rows) == (0, 4, (((0, 0, 2), (1, 2, 3)), ((0, 3, 4), (1, 4, 4))))


def test_rows_of_wide_tables_of_doc_are_told_of_beside_the_page() -> None:
    said = struct.pack("<HHBHB", 9, 0x2416, 1, 0x2417, 1) + bytes(3)
    page = bytearray(512)
    page[-1] = 1
    struct.pack_into("<II", page, 0, 0, 40)
    page[8] = 100  # where the paragraph's own instructions lie, in pairs of bytes
    page[200] = 5
    struct.pack_into("<HHI", page, 201, 0, 0x6646, 4)
    assert list(ends_in(bytes(page), bytes(4) + said)) == [(40, ROW)]
    assert list(ends_in(bytes(page), b"")) == []


def style(base: int, said: bytes, kind: int = 2) -> bytes:
    body = struct.pack("<HHHHH", 0, kind | base << 4, 1, 0, 0) + struct.pack("<H", 1) + "A\0".encode("utf-16-le")
    whole = body + struct.pack("<H", len(said)) + said
    return struct.pack("<H", len(whole)) + whole + bytes(len(said) % 2)


def styles(*each: bytes) -> bytes:
    return struct.pack("<HHH", 4, len(each), 10) + b"".join(each)


HIDE, STRIKE, RAISE = b"\x3c\x08", b"\x37\x08", b"\x48\x2a\x01"
STYLED = b"\x30\x4a"


def test_letters_of_a_style_look_as_it_says_and_as_those_say_that_it_rests_on() -> None:
    table = styles(
        style(0xFFF, STRIKE + b"\1"), style(0, RAISE), style(1, STRIKE + b"\0"), style(3, b""), style(0, b"", 3)
    )
    known = styles_in(table)
    assert [bool(known[number].unseen) for number in range(4)] == [True, True, False, False]
    assert [known[number].raised for number in range(4)] == [False, True, True, False]
    assert set(known) == {0, 1, 2, 3}
    for at in range(len(table)):
        styles_in(table[:at])  # a broken table tells less


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        (STYLED + b"\0\0", True),
        (STYLED + b"\0\0" + HIDE + b"\0", False),
        (STYLED + b"\0\0" + HIDE + b"\x80", True),
        (STYLED + b"\0\0" + HIDE + b"\x81", False),
        (HIDE + b"\x81", True),
        (HIDE + b"\x80", False),
        (b"\x00\x08\1" + STYLED + b"\1\0", True),  # deleted, whatever its style is
        (STYLED + b"\1\0", False),
        (STYLED + b"\x09\0" + HIDE + b"\1", True),
    ],
)
def test_a_run_looks_as_it_says_itself_before_its_style(said: bytes, hidden: bool) -> None:
    known = styles_in(styles(style(0xFFF, HIDE + b"\1"), style(0xFFF, b"")))
    assert bool(look_of(said, known).unseen) is hidden


def test_a_paragraph_looks_as_its_style_says_but_for_what_its_runs_say() -> None:
    hidden = struct.pack("<H", 3) + b"\x07\0\0" + b"\0"  # what it says of paragraphs comes first
    body = style(0xFFF, b"", 1)[2:-2] + hidden + struct.pack("<H", 3) + HIDE + b"\1"
    known = styles_in(styles(style(0xFFF, b"", 1), struct.pack("<H", len(body)) + body + bytes(len(body) % 2)))
    assert [bool(known[number].unseen) for number in (0, 1)] == [False, True]
    runs = [(0, b""), (20, HIDE + b"\0"), (25, b"")]
    seen = list(looks(runs, [(0, 0), (10, 1), (30, 0), (40, -1)], known))
    assert [(at, bool(look.unseen)) for at, look in seen] == [
        (0, False), (10, True), (20, False), (25, True), (30, False), (40, False),
    ]  # fmt: skip
