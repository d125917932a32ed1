"""Two small files of our own that are read and marked before anybody's, so that readers begin with code that has run.

Much is made when code first runs, and Python makes it quicker in place as it runs again: a fork finds that done, where
it would else do it for each file anew, on pages that it would have to copy first.
"""

from __future__ import annotations

import io
import json
import zipfile

from soket.reading.formats.marked_files import marked, with_marks
from soket.reading.marks import FaultMark, FaultMarks
from soket.reading.process import child

_TIMES, _ROWS = 2, 12

_XML = "http://schemas.openxmlformats.org"
_OFFICE = f"{_XML}/officeDocument/2006/relationships"
_WORD, _CELLS = f"{_XML}/wordprocessingml/2006/main", f"{_XML}/spreadsheetml/2006/main"
_TEXT = "Tổng số đạt 1.234 lượt, tăng 5,6% so với năm trước."


def rehearse() -> None:
    """Read and mark each file as often as it takes."""
    line = FaultMark(1, "Phải sửa", _TEXT, "Sửa lại.", cells=(("Biểu", "B2"),), passages=(_TEXT,))
    marks = FaultMarks("soket/soket/1", "soket", "Các điểm", lines=(line,))
    for _ in range(_TIMES):
        for extension, data in files().items():
            json.dumps(child.read(extension, data).to_data(), ensure_ascii=False)
            marked(extension, with_marks(data, marks))


def files() -> dict[str, bytes]:
    """Return a document and a workbook, by their extensions."""
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>{_TEXT}</w:t></w:r></w:p>'
    held = f"<w:tc>{paragraph}</w:tc>"
    table = f"<w:tbl>{f'<w:tr>{held * 4}</w:tr>' * _ROWS}</w:tbl>"
    style = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    cell = '<c s="1"><v>12.5</v></c>'
    row = f'<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>lượt</t></is></c>{cell * 5}</row>'
    sheet = f'<sheet xmlns:r="{_OFFICE}" name="Biểu" sheetId="1" r:id="r0"/>'
    formats = '<numFmts><numFmt numFmtId="170" formatCode="#,##0.0"/></numFmts>'
    looks = '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    return {
        "docx": _package(
            "wordprocessingml.document",
            document=f'<w:document xmlns:w="{_WORD}"><w:body>{paragraph * _ROWS}{table}</w:body></w:document>',
            styles=f'<w:styles xmlns:w="{_WORD}">{style}</w:styles>',
        ),
        "xlsx": _package(
            "spreadsheetml.sheet",
            workbook=f'<workbook xmlns="{_CELLS}"><sheets>{sheet}</sheets></workbook>',
            worksheet=f'<worksheet xmlns="{_CELLS}"><sheetData>{row * _ROWS}</sheetData></worksheet>',
            styles=f'<styleSheet xmlns="{_CELLS}">{formats}{looks}</styleSheet>',
            sharedStrings=f'<sst xmlns="{_CELLS}"><si><t>{_TEXT}</t></si></sst>',
        ),
    }


def _package(application: str, **parts: str) -> bytes:
    """Return a package of parts, called by their kinds, the first of which is the main one and refers to the others."""
    main, *others = parts
    content_type = f"application/vnd.openxmlformats-officedocument.{application}.main+xml"
    space = f"{_XML}/package/2006"
    relationships = f'<Relationships xmlns="{space}/relationships">{{}}</Relationships>'
    links = "".join(_link(f"r{at}", each, each) for at, each in enumerate(others))
    override = f'<Override PartName="/{main}.xml" ContentType="{content_type}"/>'
    package = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types">{override}</Types>',
        "_rels/.rels": relationships.format(_link("r", "officeDocument", main)),
        f"_rels/{main}.xml.rels": relationships.format(links),
        **{f"{name}.xml": content for name, content in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in package.items():
            written.writestr(name, content)
    return out.getvalue()


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
