"""What a .docx says in ways of its own."""

from __future__ import annotations

import pytest

from reading import hostile
from reading.hostile import W
from reading.word_bodies import paragraph, run, said
from soket.reading.formats.numerals import Counters, NumberedLevel, numeral
from soket.reading.process.child import read


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<w:del w:id="1"><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins w:id="2">{new}</w:ins>', "mới"),
        ('<w:moveFrom w:id="1">{old}</w:moveFrom><w:moveTo w:id="2">{new}</w:moveTo>', "mới"),
        ("<w:hyperlink>{new}</w:hyperlink><w:sdt><w:sdtContent>{old}</w:sdtContent></w:sdt>", "mớicũ"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>", "a b c-d"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>{new}", "mới"),
        ("<w:r><w:t>xuống</w:t><w:softHyphen/><w:t>dòng</w:t></w:r>", "xuốngdòng"),
    ],
)
def test_runs(body: str, expected: str) -> None:
    assert said(paragraph(body.format(old=run("cũ"), new=run("mới")))) == (expected,)


def test_a_deleted_paragraph_mark_joins_two() -> None:
    first = paragraph(run("Kết quả "), '<w:rPr><w:del w:id="1"/></w:rPr>')
    assert said(first + paragraph(run("đạt được"))) == ("Kết quả đạt được",)


def test_a_deleted_row_is_gone() -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{deleted}</w:trPr><w:tc>{paragraph(run(text))}</w:tc></w:tr>"
        for text, deleted in (("giữ", ""), ("bỏ", '<w:del w:id="1"/>'))
    )
    assert said(f"<w:tbl>{rows}</w:tbl>") == ("giữ",)


def test_a_frame_of_one_column_around_a_table_is_none() -> None:
    def table(*rows: str) -> str:
        cells = ("".join(f"<w:tc>{cell}{paragraph('')}</w:tc>" for cell in row.split("|")) for row in rows)
        return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"

    inner = table("|".join(paragraph(run(text)) for text in "ab"), "|".join(paragraph(run(text)) for text in "cd"))
    framed = read("docx", hostile.word(table(paragraph(run("Biểu 1")), inner))).tables
    assert [(each.first, each.after, len(each.rows)) for each in framed] == [(1, 5, 2)]
    beside = read("docx", hostile.word(table(f"{inner}|{paragraph(run('e'))}"))).tables
    assert [(each.first, each.after, len(each.rows)) for each in beside] == [(0, 5, 1)]


@pytest.mark.parametrize(("chosen", "seen"), [('<w:result w:val="1"/>', "triệu đồng"), ("", "tỷ đồng")])
def test_a_drop_down_of_a_form_shows_what_is_chosen(chosen: str, seen: str) -> None:
    entries = '<w:listEntry w:val="tỷ đồng"/><w:listEntry w:val="triệu đồng"/>'
    field = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData></w:fldChar>'
    asked = "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
    assert said(paragraph(f"<w:r>{field}</w:r>{asked}")) == (seen,)


def test_text_boxes_follow_their_paragraph_and_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('trong khung'))}</w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent {namespace}>{choices}</mc:AlternateContent>"
    assert said(paragraph(run("ngoài") + f"<w:r>{both}</w:r>")) == ("ngoài", "trong khung")


def test_a_table_of_contents_is_no_second_set_of_headings() -> None:
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="M1"><w:name w:val="toc 1"/></w:style></w:styles>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"<w:sdt>{gallery}<w:sdtContent>{paragraph(run('I. Mục 1'))}</w:sdtContent></w:sdt>"
    body += paragraph(run("II. Mục 2"), '<w:pStyle w:val="M1"/>') + paragraph(run("I. Mục"))
    assert said(body, styles=styles) == ("I. Mục",)


def numbered(text: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


LISTS = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_numbers_are_those_that_word_shows() -> None:
    depths = (0, 1, 2, 2, 3, 4, 1, 2, 0, 1)
    body = "".join(numbered(text, depth) for text, depth in zip("abcdefghik", depths, strict=True))
    body += numbered("l", 0, 2) + numbered("m", 0, 9)
    assert said(body, numbering=LISTS) == (
        "I. a", "1. b", "1.1 c", "1.2 d", "a) e", "- f", "2. g", "2.1 h", "II. i", "1. k", "V. l", "m",
    )  # fmt: skip


def test_numbers_come_from_styles_too() -> None:
    numbers = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:styles {W}><w:style w:styleId="H1">{numbers}</w:style>'
        '<w:style w:styleId="H1b"><w:basedOn w:val="H1"/></w:style></w:styles>'
    )
    plain = paragraph(run("c"), '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = paragraph(run("a"), '<w:pStyle w:val="H1"/>') + paragraph(run("b"), '<w:pStyle w:val="H1b"/>') + plain
    assert said(body, styles=styles, numbering=LISTS) == ("I. a", "II. b", "c")


def test_fonts_of_old_are_known_run_by_run_and_by_style() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="N">'
        '<w:rPr><w:rFonts w:ascii=".VnTime"/>'
        '</w:rPr></w:style><w:style w:type="character" w:styleId="C">'
        '<w:rPr><w:rFonts w:hAnsi=".VnTimeH"/></w:rPr></w:style></w:styles>'
    )
    capitals = '<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>b¸o c¸o</w:t></w:r>'
    body = paragraph(capitals + run(" cña ") + run("Sở © ", "Arial") + run("a", "VNI-Times") + run("ù", "VNI-Times"))
    assert said(body, styles=styles) == ("BÁO CÁO của Sở © á",)


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (4, "I", "IV"),
        (1994, "i", "mcmxciv"),
        (1, "a", "a"),
        (28, "A", "BB"),
        (7, "01", "07"),
        (7, "1", "7"),
        (0, "I", "0"),
    ],
)
def test_numerals(number: int, style: str, written: str) -> None:
    assert numeral(number, style) == written


def test_a_level_that_is_not_described_has_no_number() -> None:
    counters = Counters({0: NumberedLevel("I", "%1.", 3), 1: NumberedLevel("")})
    assert [counters.next(depth) for depth in (0, 1, 5, 0)] == ["III.", "", "", "IV."]


def symbol(char: str, font: str = "Symbol") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (run("48") + symbol("F02C") + run("6"), "48,6"),
        (run("48") + symbol("002C") + run("6"), "48,6"),
        (run("4") + symbol("F0AE") + run("6"), "4•6"),
        (run("4") + symbol("F02C", "Wingdings") + run("6"), "4•6"),
        (run("4") + symbol("zz") + run("6"), "4•6"),
        (symbol("F0B7") + run("Một"), "Một"),
    ],
)
def test_symbols_are_what_they_look_like_and_none_is_lost_within_figures(content: str, seen: str) -> None:
    assert said(paragraph(content)) == (seen,)


def formula(inside: str) -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    return f'<m:oMath xmlns:m="{space}">{inside}</m:oMath>'


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (f"<m:f><m:num>{letters('1')}</m:num><m:den>{letters('2')}</m:den></m:f>", "5 1/2"),
        (f"<m:sSup><m:e>{letters('1')}</m:e><m:sup>{letters('6')}</m:sup></m:sSup>", "51⁶"),
        (f"<m:sSub><m:e>{letters('1')}</m:e><m:sub>{letters('6')}</m:sub></m:sSub>", "51_6"),
        (f"<m:rad><m:deg/><m:e>{letters('16')}</m:e></m:rad>", "5√16"),
        (letters("12"), "512"),
    ],
)
def test_what_stands_above_and_below_in_a_formula_is_no_digit_of_it(inside: str, seen: str) -> None:
    assert said(paragraph(run("5") + formula(inside))) == (seen,)


def test_what_stands_over_a_word_to_say_how_it_is_read_is_no_part_of_it() -> None:
    over = f"<w:r><w:ruby><w:rt>{run('1')}</w:rt><w:rubyBase>{run('468')}</w:rubyBase></w:ruby></w:r>"
    assert said(paragraph(over)) == ("468",)


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (r"{\mf{\mfPr{\mtype bar}}{\mnum{\mr 1}}{\mden{\mr 2}}}", "5 1/2"),
        (r"{\msSup{\me{\mr 1}}{\msup{\mr 6}}}", "51⁶"),
        (r"{\mr\mscr0 12}", "512"),
    ],
)
def test_so_in_rich_text(inside: str, seen: str) -> None:
    body = r"5{\mmath{\*\moMath" + inside + r"}}\par"
    assert read("rtf", hostile.rich_text(body)).paragraphs == (seen,)
