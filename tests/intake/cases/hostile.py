"""Files that mean harm, or might as well. None of them costs more than two seconds or 300 MB: see test_limits.py."""

from __future__ import annotations

from collections.abc import Callable

from intake.cases import RETURNED, A, Case, W
from reading import corpus, hostile
from reading.reader_files import made

RELATIONS = hostile.RELATIONS


def _word(name: str, code: str, make: Callable[[], bytes], extension: str = "docx") -> Case:
    """A hostile document beside a good table."""
    return Case(name, lambda: {f"báo cáo.{extension}": make(), corpus.TABLE: corpus.table()}, RETURNED, (code,))


def _table(name: str, code: str, make: Callable[[], bytes], extension: str = "xlsx") -> Case:
    """A hostile table beside a good document."""
    return Case(name, lambda: {corpus.REPORT: corpus.report(), f"số liệu.{extension}": make()}, RETURNED, (code,))


def _beside(name: str, code: str, file: str, make: Callable[[], bytes]) -> Case:
    """A hostile file beside a good report."""
    good = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
    return Case(name, lambda: good | {file: make()}, RETURNED, (code,))


CASES = [
    # What a file is.
    _word("empty", "TEP-01", lambda: b""),
    _beside("program by name", "TEP-02", "a.exe", lambda: b"MZ"),
    _word("program by content", "TEP-03", lambda: b"MZ" + bytes(500)),
    _word("workbook called document", "TEP-03", corpus.table),
    _word("new document called old", "TEP-03", corpus.report, "doc"),
    _word("workbook called odt", "TEP-03", lambda: made("report.ods"), "odt"),
    _word("web page called rtf", "TEP-03", lambda: b"<html>Report", "rtf"),
    _beside("program called pdf", "TEP-03", "quét.pdf", lambda: b"MZ" + bytes(500)),
    _beside("program called picture", "TEP-03", "ảnh.png", lambda: b"MZ" + bytes(500)),
    # Broken off.
    _word("docx broken off", "TEP-05", lambda: corpus.report()[:-200]),
    _word("doc broken off", "TEP-05", lambda: made("report.doc")[:3_000], "doc"),
    _word("odt broken off", "TEP-05", lambda: made("report.odt")[:-500], "odt"),
    _word("rtf broken off", "TEP-05", lambda: made("report.rtf")[:-500], "rtf"),
    _beside("pdf broken off", "TEP-05", "quét.pdf", lambda: made("scan.pdf")[:-3_000]),
    _word("doc in sectors of no size", "TEP-05", hostile.sectors_of_no_size, "doc"),
    _beside("picture broken off", "TEP-05", "ảnh.png", lambda: hostile.png(20, 20)[:-8]),
    _table("xls broken off", "TEP-05", lambda: made("report.xls")[:2_000], "xls"),
    # Locked.
    _word("docx locked", "TEP-06", lambda: corpus.ole("EncryptedPackage", "EncryptionInfo")),
    _word("doc locked", "TEP-06", hostile.locked_doc, "doc"),
    _word("odt locked", "TEP-06", hostile.locked_odt, "odt"),
    _table("xls locked", "TEP-06", hostile.locked_xls, "xls"),
    _beside("pdf locked", "TEP-06", "quét.pdf", lambda: hostile.one_page(b"", trailer=b"/Encrypt 5 0 R")),
    # Programs inside.
    _word("docm", "TEP-43", corpus.report, "docm"),
    _word("docx with macro", "TEP-07", lambda: corpus.repacked(corpus.report(), added={"word/vbaProject.bin": b"x"})),
    _word("doc with macro", "TEP-07", lambda: corpus.ole("WordDocument", "Macros"), "doc"),
    _word("odt with macro", "TEP-07", hostile.open_macro, "odt"),
    _word(
        "odt with script of an event",
        "TEP-07",
        lambda: hostile.open_text(b'<text:a xlink:href="vnd.sun.star.script:a.py$b?language=Python"/>'),
        "odt",
    ),
    _table("xls with macro sheet", "TEP-07", hostile.macro_xls, "xls"),
    _beside(
        "pdf with script",
        "TEP-24",
        "quét.pdf",
        lambda: hostile.one_page(b"", catalog=b"/OpenAction<</S/JavaScript/JS(x)>>"),
    ),
    _beside(
        "pdf with hidden name",
        "TEP-24",
        "quét.pdf",
        lambda: hostile.one_page(b"", catalog=b"/OpenAction<</S/J#61vaScript>>"),
    ),
    _beside("pdf with packed script", "TEP-24", "quét.pdf", hostile.packed_script),
    _beside(
        "pdf with packed script and a wrong sum",
        "TEP-24",
        "quét.pdf",
        lambda: hostile.wrong_sums(hostile.packed_script()),
    ),
    _beside(
        "pdf that starts a program",
        "TEP-24",
        "quét.pdf",
        lambda: hostile.one_page(b"", catalog=b"/OpenAction<</S/Launch>>"),
    ),
    _beside(
        "pdf with a file",
        "TEP-24",
        "quét.pdf",
        lambda: hostile.one_page(b"", catalog=b"/Names<</EmbeddedFiles 5 0 R>>"),
    ),
    # Bombs.
    _word("zip bomb", "TEP-08", lambda: corpus.inflated(corpus.report())),
    _word("heavy xml", "TEP-08", hostile.heavy_xml),
    _word(
        "many parts", "TEP-08", lambda: corpus.repacked(corpus.report(), added={f"x/{n}.txt": b"" for n in range(2100)})
    ),
    _word("overlapping parts", "TEP-08", lambda: corpus.overlapping(corpus.report())),
    _word("part outside", "TEP-08", lambda: corpus.repacked(corpus.report(), added={"../../evil.xml": b"<x/>"})),
    _word("many tags", "TEP-08", hostile.many_tags),
    _word("nested zips", "TEP-12", hostile.zip_of_zips),
    _word("rtf nested", "TEP-08", lambda: hostile.rich_text("{" * 5_000 + "}" * 5_000), "rtf"),
    _beside("picture of a square kilometre", "TEP-08", "ảnh.png", lambda: hostile.png(1_000_000, 1_000_000)),
    _beside("pdf bomb", "TEP-08", "quét.pdf", hostile.pdf_bomb),
    _beside(
        "pdf bomb with a wrong sum",
        "TEP-08",
        "quét.pdf",
        lambda: hostile.wrong_sums(hostile.one_page(b"q Q " * 13_000_000)),
    ),
    _beside("pdf of many pages", "TEP-28", "quét.pdf", hostile.endless_pages),
    # Declarations.
    _word("dtd", "TEP-09", lambda: corpus.repacked(corpus.report(), changed={"docProps/core.xml": hostile.DTD})),
    _word(
        "dtd in utf-16",
        "TEP-09",
        lambda: corpus.repacked(corpus.report(), added={"word/x.xml": hostile.DTD.decode().encode("utf-16")}),
    ),
    _word("odt with dtd", "TEP-09", lambda: hostile.open_text(**{"x.xml": hostile.DTD}), "odt"),
    # Loading from elsewhere.
    _word(
        "remote template",
        "TEP-10",
        lambda: corpus.with_relation(corpus.report(), RELATIONS, "attachedTemplate", "https://x.vn/a.dotm"),
    ),
    _word(
        "remote object",
        "TEP-10",
        lambda: corpus.with_relation(corpus.report(), RELATIONS, "oleObject", "\\\\x.vn\\a\\b.docx"),
    ),
    _word("dde field", "TEP-10", lambda: hostile.field("DDEAUTO c:\\\\cmd.exe")),
    _word("rtf with remote template", "TEP-10", lambda: hostile.rich_text(r"{\*\template https://x.vn/a.dot}"), "rtf"),
    _word("rtf with dde field", "TEP-10", lambda: hostile.rich_text(r"{\field{\*\fldinst DDEAUTO a b}}"), "rtf"),
    _word(
        "odt with remote section",
        "TEP-10",
        lambda: hostile.open_text(
            b'<text:section text:name="a"><text:section-source xlink:href="https://x.vn/a.odt"/></text:section>'
        ),
        "odt",
    ),
    # Objects inside.
    _word("program inside", "TEP-12", lambda: hostile.embedded("a.exe", b"MZ")),
    _word("ActiveX", "TEP-12", lambda: corpus.repacked(corpus.report(), added={"word/activeX/activeX1.xml": b"<x/>"})),
    _word("file inside", "TEP-12", lambda: hostile.embedded("oleObject1.bin", corpus.ole("\x01Ole10Native"))),
    _word("doc with file inside", "TEP-12", lambda: corpus.ole("WordDocument", "\x01Ole10Native"), "doc"),
    _word("rtf with object", "TEP-12", lambda: hostile.rich_text(r"{\object\objemb{\*\objdata 0105}}"), "rtf"),
    _word("odt with file inside", "TEP-12", lambda: hostile.open_text(**{"Object 1": b"MZ"}), "odt"),
    # Sheets.
    _table("sparse xlsx", "TEP-13", corpus.sparse_workbook),
    _table("a place with too many digits", "TEP-05", hostile.far_away),
    _table("sparse xls", "TEP-13", hostile.sparse_xls, "xls"),
    _table("sparse ods", "TEP-13", hostile.sparse_ods, "ods"),
    _table("repeated ods", "TEP-29", hostile.repeated_ods, "ods"),
    _table("crowded xlsx", "TEP-29", hostile.crowded_sheet),
    _table("formulas that were never computed", "BS-01", hostile.computed_sheet),
    _table("wide xlsx", "BS-01", hostile.wide_sheet),
    # Readers that are led astray.
    _word("deep xml", "TEP-08", hostile.deep_word),
    _word("part in ebcdic", "TEP-08", hostile.in_ebcdic),
    _word("part that says it is in ebcdic", "TEP-08", hostile.says_ebcdic),
    _beside("pdf whose pages hold themselves", "TEP-15", "quét.pdf", hostile.circular_pages),
    _word("endless text", "TEP-32", hostile.endless_text),
    Case(
        "circles",
        lambda: {corpus.REPORT: hostile.styles_in_a_circle(), corpus.TABLE: corpus.table()},
        RETURNED,
        ("HS-07",),
    ),
    Case(
        "endless pieces",
        lambda: {"báo cáo.doc": hostile.endless_pieces(), corpus.TABLE: corpus.table()},
        A,
    ),
    # Names.
    Case("names", lambda: {"../../báo cáo\u202excod.docx": corpus.report(), "số\\liệu/.xlsx.xlsx": corpus.table()}, A),
    Case(
        "links to another workbook",
        lambda: {
            corpus.REPORT: corpus.report(),
            corpus.TABLE: corpus.with_relation(
                corpus.table(), "xl/_rels/workbook.xml.rels", "externalLinkPath", "khac.xlsx"
            ),
        },
        W,
        ("TEP-11",),
    ),
]
