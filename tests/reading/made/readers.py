"""Makes the files of readers/ with LibreOffice and poppler: `python tests/reading/made/readers.py` (soffice, pdftoppm).

One report in flat OpenDocument XML, with automatic numbers, tracked changes, a table and a note, is saved in every
format that units send; once more with its text in TCVN3 fonts; and its PDF is turned into a scan. What is struck
through is saved in each format too, and what stands below its line, in margins, as a prompt or in white.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

sys.path.insert(0, str(Path(__file__).parents[2]))
from reading import corpus

FOLDER = Path(__file__).with_name("readers")

HEADINGS = (
    "Công tác lãnh đạo, chỉ đạo, quán triệt",
    "Kết quả đạt được",
    "Tồn tại, hạn chế và nguyên nhân",
    "Kiến nghị, đề xuất",
)
SENTENCE = "Trong 05 năm qua đơn vị đã triển khai đồng bộ các nhiệm vụ, giải pháp của Nghị quyết. "

_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"), ("draw", "drawing"),
    )
)  # fmt: skip


def source(*, legacy: bool = False) -> str:
    """Return the report; `legacy` in .VnTime and, for the title, .VnTimeH."""

    def written(text: str) -> str:
        return "".join(_TCVN3.get(letter, letter) for letter in text) if legacy else text

    def paragraph(text: str, style: str = "Body") -> str:
        return f'<text:p text:style-name="{style}">{written(text)}</text:p>'

    full = paragraph(SENTENCE * 3)
    bodies = (full, full + table(written), full, "")
    numbered = "".join(
        f"<text:list text:style-name='L1' text:continue-numbering='{str(index > 0).lower()}'><text:list-item>"
        f"{paragraph(heading)}</text:list-item></text:list>{body}"
        for index, (heading, body) in enumerate(zip(HEADINGS, bodies, strict=True))
    )
    changed = (
        f"<text:p text:style-name='Body'>{written('Toàn ngành đón ')}<text:change text:change-id='c1'/>"
        f"<text:change-start text:change-id='c2'/>{written('một triệu')}<text:change-end text:change-id='c2'/>"
        f"{written(' lượt khách')}<text:note text:id='n1' text:note-class='footnote'><text:note-citation>1"
        f"</text:note-citation><text:note-body><text:p text:style-name='Body'>{written('Theo số liệu của Sở Du lịch')}"
        f"</text:p></text:note-body></text:note>{written(' trong năm.')}</text:p>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>
<style:font-face style:name="Plain" svg:font-family="'{".VnTime" if legacy else "Times New Roman"}'"/>
<style:font-face style:name="Title" svg:font-family="'{".VnTimeH" if legacy else "Times New Roman"}'"/>
</office:font-face-decls>
<office:automatic-styles>
<style:style style:name="Body" style:family="paragraph">
<style:text-properties style:font-name="Plain" fo:font-size="14pt"/></style:style>
<style:style style:name="Head" style:family="paragraph">
<style:text-properties style:font-name="Title" fo:font-size="14pt"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="I"/></text:list-style>
</office:automatic-styles>
<office:body><office:text>
<text:tracked-changes text:track-changes="true">
<text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:creator>a</dc:creator><dc:date>2021-10-01T08:00:00</dc:date></office:change-info>
<text:p text:style-name="Body">{written("hai nghìn")}</text:p></text:deletion></text:changed-region>
<text:changed-region xml:id="c2" text:id="c2"><text:insertion><office:change-info xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:creator>a</dc:creator><dc:date>2021-10-01T08:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes>
{paragraph("báo cáo" if legacy else "BÁO CÁO", "Head")}
{paragraph("Sơ kết 05 năm thực hiện Nghị quyết")}
{numbered}
{paragraph(SENTENCE * 3)}{changed}
</office:text></office:body></office:document>"""


def table(written: Callable[[str], str]) -> str:
    rows = (("Nội dung", "Kết quả"), ("Hội nghị quán triệt", "12"))
    cells = (
        "".join(
            f"<table:table-cell><text:p text:style-name='Body'>{written(text)}</text:p></table:table-cell>"
            for text in row
        )
        for row in rows
    )
    return (
        "<table:table><table:table-column table:number-columns-repeated='2'/>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        + "</table:table>"
    )


SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="{name}">{rows}</table:table></office:spreadsheet></office:body></office:document>"""


def sheet(*, legacy: bool = False) -> str:
    """Return the indicator table of tests/intake/corpus.py."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            text = "".join(_TCVN3.get(letter, letter) for letter in value) if legacy else value
            return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in corpus.rows())
    return SHEET.format(name="Biểu 01", rows=rows)


def struck_document() -> bytes:
    """Return a document in which a figure is struck through once, another twice, and a third is left."""
    made = docx.Document()
    paragraph = made.add_paragraph("Thu ")
    paragraph.add_run("40 ").font.strike = True
    paragraph.add_run("41 ").font.double_strike = True
    paragraph.add_run("12 tỷ đồng")
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def styled_document() -> bytes:
    """Return a document in which styles hide or strike paragraphs, cells and letters."""
    made = docx.Document()
    for name, kind in (("Hidden", 1), ("Struck", 1), ("Letters", 2)):
        made.styles.add_style(name, WD_STYLE_TYPE(kind))
    made.styles["Hidden"].font.hidden = True
    made.styles["Struck"].font.strike = made.styles["Letters"].font.strike = True
    made.add_paragraph("Thấy")
    made.add_paragraph("Ẩn cả đoạn", style="Hidden")
    paragraph = made.add_paragraph("bỏ", style="Struck")
    paragraph.add_run("giữ").font.strike = False
    row = made.add_table(1, 3).rows[0]
    row.cells[0].paragraphs[0].add_run("24")
    row.cells[0].paragraphs[0].style = "Struck"
    row.cells[0].add_paragraph("412")
    row.cells[1].paragraphs[0].add_run("3", style="Letters")
    row.cells[1].paragraphs[0].add_run("4")
    row.cells[2].paragraphs[0].add_run("5")
    row.cells[2].paragraphs[0].style = "Struck"
    made.add_paragraph("Cuối")
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def struck_workbook() -> bytes:
    """Return the indicator table with a line through part of a figure, through a number, and through a text."""
    made = Workbook()
    page = made.worksheets[0]
    for row in corpus.rows():
        page.append(list(row))
    page["C5"] = CellRichText(TextBlock(InlineFont(strike=True), "40"), TextBlock(InlineFont(), "12"))
    page["E5"] = "9,5"
    page["D5"].font = page["E5"].font = Font(strike=True)
    return corpus.saved(made)


def white_document(behind: str = "") -> bytes:
    """Return a document with white letters beside others, and in a cell of their own; `behind` the cell's, a colour."""
    made = docx.Document()
    paragraph = made.add_paragraph("Thu 8,5")
    cell = made.add_table(1, 2).rows[0].cells[0]
    for white in (paragraph.add_run("00") if not behind else None, cell.paragraphs[0].add_run("2017")):
        if white:
            white.font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run(" tỷ đồng")
    if behind:
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{behind}"/>'))
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def white_workbook() -> bytes:
    """Return a row of figures: part of one in white, one wholly, one in white on blue; the row below has no height."""
    made = Workbook()
    page = made.worksheets[0]
    page.append([CellRichText("8,5", TextBlock(InlineFont(color="FFFFFFFF"), "00")), 5, 6])
    page.append([1, 2, 3])
    page["B1"].font = page["C1"].font = Font(color="FFFFFFFF")
    page["C1"].fill = PatternFill("solid", fgColor="FF1F3864")
    page.row_dimensions[2].height, page.column_dimensions["C"].width = 0.001, 0.001
    data = corpus.saved(made)
    part = corpus.part(data, "xl/worksheets/sheet1.xml").replace(b'"0.001"', b'"0"')
    return corpus.repacked(data, changed={"xl/worksheets/sheet1.xml": part})


def lowered_document() -> bytes:
    """Return a document with words in the margins of its page, and figures below the line: a mark, and a formula's."""
    made = docx.Document()
    section, paragraph = made.sections[0], made.add_paragraph("Có 30")
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "ở trên", "ở dưới"
    for lowered, text in (("1", " cơ sở, khí CO"), ("2", ".")):
        paragraph.add_run(lowered).font.subscript = True
        paragraph.add_run(text)
    result = io.BytesIO()
    made.save(result)
    return result.getvalue()


def prompted_workbook() -> bytes:
    """Return a workbook with a lowered mark behind a figure, and what is said as two cells are chosen."""
    made = Workbook()
    page = made.worksheets[0]
    page.append([CellRichText(TextBlock(InlineFont(), "30"), TextBlock(InlineFont(vertAlign="subscript"), "1")), 5, 6])
    said = {"promptTitle": "Nhập số", "prompt": "Theo triệu đồng", "showInputMessage": True}
    page.add_data_validation(DataValidation(type="decimal", formula1="0", formula2="9", sqref="B1:C1", **said))
    return corpus.saved(made)


def beside_workbook() -> str:
    """Return two sheets with one number each, and what is told beside cells: in margins, on a cell, in a box."""
    box = '<draw:frame svg:width="5cm" svg:height="1cm"><draw:text-box><text:p>trong hộp</text:p></draw:text-box>'
    beside = f"<office:annotation><text:p>ở ô</text:p></office:annotation><text:p>1</text:p>{box}</draw:frame>"
    sheets = (
        f'<table:table table:name="{name}" table:style-name="T"><table:table-row><table:table-cell '
        f'office:value-type="float" office:value="1">{cell}</table:table-cell></table:table-row></table:table>'
        for name, cell in (("A", beside), ("B", "<text:p>1</text:p>"))
    )
    page = '<style:master-page style:name="Default" style:page-layout-name="P"><style:header><text:p>ở trên</text:p>'
    return (
        f'<office:document {_NAMESPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>'
        '<style:page-layout style:name="P"/><style:style style:name="T" style:family="table" '
        f'style:master-page-name="Default"/></office:automatic-styles><office:master-styles>{page}</style:header>'
        "<style:footer><text:p>ở dưới</text:p></style:footer></style:master-page></office:master-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document>"
    )


def convert(file: Path, kind: str, target: Path) -> None:
    """Let LibreOffice save a file as another, in a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, str(file)]
        subprocess.run(command, check=True, timeout=120, capture_output=True)
        (made,) = Path(folder).glob(f"{file.stem}.*")
        target.write_bytes(made.read_bytes())


def scan(pdf: Path, target: Path) -> None:
    """Turn a PDF into pictures of its pages, as a scanner does."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "100", "-gray", "-png", str(pdf), f"{folder}/page"], check=True)
        first, *others = [Image.open(page).convert("1") for page in sorted(Path(folder).glob("*.png"))]
        first.save(target, save_all=True, append_images=others, resolution=100)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, legacy in (("report", False), ("legacy", True)):
            text, cells = Path(folder, f"{name}.fodt"), Path(folder, f"{name}.fods")
            text.write_text(source(legacy=legacy))
            cells.write_text(sheet(legacy=legacy))
            for extension, kind in (("docx", "docx"), ("doc", "doc:MS Word 97"), ("odt", "odt"), ("rtf", "rtf")):
                convert(text, kind, FOLDER / f"{name}.{extension}")
            for extension, kind in (("xls", "xls:MS Excel 97"), ("ods", "ods")):
                convert(cells, kind, FOLDER / f"{name}.{extension}")
        convert(Path(folder, "report.fodt"), "pdf", FOLDER / "report.pdf")
        for name, data, kinds in (
            ("struck.docx", struck_document(), ("doc", "odt", "rtf")),
            ("styled.docx", styled_document(), ("doc", "odt", "rtf")),
            ("lowered.docx", lowered_document(), ("doc", "odt", "rtf")),
            ("white.docx", white_document(), ("doc", "odt", "rtf")),
            ("shaded.docx", white_document("1F3864"), ("doc", "odt", "rtf")),
            ("white.xlsx", white_workbook(), ("xls", "ods")),
            ("struck.xlsx", struck_workbook(), ("xls", "ods")),
            ("prompted.xlsx", prompted_workbook(), ("xls", "ods")),
            ("beside.fods", beside_workbook().encode(), ("xls", "ods", "xlsx")),
        ):
            made = Path(folder, name)
            made.write_bytes(data)
            for kind in kinds:
                convert(made, kind, (FOLDER / name).with_suffix(f".{kind}"))
    scan(FOLDER / "report.pdf", FOLDER / "scan.pdf")


if __name__ == "__main__":
    main()
