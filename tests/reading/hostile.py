"""Files that mean harm, or might as well: each small to make, and dear to whoever reads it trustingly."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import olefile

from reading import corpus
from reading.reader_files import made

DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
RELATIONS = "word/_rels/document.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: bytes) -> bytes:
    """A .docx with this body."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    return corpus.repacked(corpus.report(), changed={"word/document.xml": document}, added=parts)


def field(instruction: str) -> bytes:
    return word(f"<w:p><w:r><w:instrText>{instruction}</w:instrText></w:r></w:p>")


def deep_word() -> bytes:
    return word("<w:tbl>" * 20_000 + "</w:tbl>" * 20_000)


def many_tags() -> bytes:
    return word("<w:p/>" * 700_000)


def endless_text() -> bytes:
    return word("<w:p><w:r><w:t>" + "dài vô tận " * 200_000 + "</w:t></w:r></w:p>")


def styles_in_a_circle() -> bytes:
    """Styles based on one another, a note that refers to itself, a list that says nothing of its levels."""
    based = "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba"))
    styles = f"<w:styles {W}>{based}</w:styles>"
    note = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    notes = f'<w:footnotes {W}><w:footnote w:id="7"><w:p>{note}<w:r><w:t>x</w:t></w:r></w:p></w:footnote></w:footnotes>'
    lists = f'<w:numbering {W}><w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
    numbered = '<w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="88"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    data = word(f"<w:p>{numbered}{note}<w:r><w:t>x</w:t></w:r></w:p>")
    changed = {"word/styles.xml": styles.encode(), "word/numbering.xml": lists.encode()}
    return corpus.repacked(data, changed=changed, added={"word/footnotes.xml": notes.encode()})


def sheet(rows: str) -> bytes:
    """A .xlsx with these rows."""
    data = corpus.workbook()
    content = corpus.part(data, SHEET)
    head, _, rest = content.partition(b"<sheetData>")
    return corpus.repacked(
        data, changed={SHEET: head + b"<sheetData>" + rows.encode() + rest[rest.index(b"</sheetData>") :]}
    )


def far_away() -> bytes:
    """Found by `make fuzz`: a place that overflows, for which a library asked for 458 GB."""
    return sheet(f'<row r="1"><c r="A1"><v>1</v></c><c r="B{"6" * 52}"><v>1</v></c></row>')


def crowded_sheet() -> bytes:
    return sheet("".join(f"<row>{'<c><v>1</v></c>' * 100}</row>" for _ in range(700)))


def computed_sheet() -> bytes:
    """As many formulas as the guard lets through."""
    return sheet("".join(f"<row>{'<c><f>1+1</f></c>' * 100}</row>" for _ in range(590)))


def wide_sheet() -> bytes:
    """As wide as the guard lets through."""
    return sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2900"><c r="GR2900"><v>1</v></c></row>')


def embedded(name: str, data: bytes) -> bytes:
    return corpus.repacked(corpus.report(), added={f"word/embeddings/{name}": data})


def heavy_xml() -> bytes:
    parts = {f"customXml/item9{index}.xml": b"<a>" + b" " * 3_900_000 + b"</a>" for index in range(14)}
    return corpus.repacked(corpus.document("x"), added=parts)


def zip_of_zips() -> bytes:
    data = corpus.report()
    for _ in range(5):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("a.zip", data)
        data = outer.getvalue()
    return corpus.repacked(corpus.report(), added={"word/media/a.zip": data})


def patched_stream(name: str, stream: str, change: Callable[[bytearray], None]) -> bytes:
    """A file of made/readers with a stream changed in place."""
    file = io.BytesIO(made(name))
    with olefile.OleFileIO(file, write_mode=True) as ole:
        content = bytearray(ole.openstream(stream).read())
        change(content)
        ole.write_stream(stream, bytes(content))
    return file.getvalue()


def locked_doc() -> bytes:
    def lock(content: bytearray) -> None:
        content[0x0B] |= 0x01

    return patched_stream("report.doc", "WordDocument", lock)


def sectors_of_no_size() -> bytes:
    """An old document whose header says that its sectors are of two to the power of 65,535 bytes."""
    data = made("report.doc")
    return data[:30] + b"\xff\xff" + data[32:]


def word_95() -> bytes:
    def age(content: bytearray) -> None:
        content[0:4] = struct.pack("<HH", 0xA5DC, 0x65)

    return patched_stream("report.doc", "WordDocument", age)


def endless_pieces() -> bytes:
    """Pieces that say they hold four thousand million letters, at the same place."""

    def stretch(content: bytearray) -> None:
        struct.pack_into("<I", content, 0x4C, 0xFFFFFFF0)

    return patched_stream("report.doc", "WordDocument", stretch)


def with_record(kind: int, change: Callable[[bytearray, int], None]) -> bytes:
    """The .xls with its first record of a kind changed."""

    def patch(content: bytearray) -> None:
        at = 0
        while struct.unpack_from("<H", content, at)[0] != kind:
            at += 4 + struct.unpack_from("<H", content, at + 2)[0]
        change(content, at)

    return patched_stream("report.xls", "Workbook", patch)


def sparse_xls() -> bytes:
    return with_record(0x00FD, lambda content, at: struct.pack_into("<HH", content, at + 4, 65_535, 255))


def locked_xls() -> bytes:
    return with_record(0x0042, lambda content, at: struct.pack_into("<H", content, at, 0x002F))


def macro_xls() -> bytes:
    return with_record(0x0085, lambda content, at: struct.pack_into("<B", content, at + 9, 1))


def with_old_field(instruction: str) -> bytes:
    """The .doc with a field in the place of its first letters, in whichever letters it has."""

    def put(content: bytearray) -> None:
        for coding in ("utf-16-le", "latin-1"):
            if (at := content.find("Trong".encode(coding))) >= 0 or (at := content.find("BÁO".encode(coding))) >= 0:
                field = f"\x13 {instruction}".encode(coding)
                content[at : at + len(field)] = field
                return
        raise AssertionError("no letters")

    return patched_stream("report.doc", "WordDocument", put)


def with_supbook(path: bytes) -> bytes:
    """The .xls with a first record of the kind that names another workbook, by its name as it is written there."""

    def put(content: bytearray) -> None:
        head = 4 + struct.unpack_from("<H", content, 2)[0]
        size = struct.unpack_from("<H", content, head + 2)[0]
        room, at = 4 + size, head
        while room - 4 < len(path) + 4:
            room += 4 + struct.unpack_from("<H", content, at + room + 2 - (at - head))[0]
        body = struct.pack("<HH", 1, len(path) - 1) + path
        content[head : head + room] = struct.pack("<HH", 0x01AE, room - 4) + body.ljust(room - 4, b"\0")

    return patched_stream("report.xls", "Workbook", put)


def linked_picture(address: str) -> bytes:
    return f'<text:p><draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>'.encode()


def open_text(content: bytes | None = None, **added: bytes) -> bytes:
    """The .odt with its body replaced, or with parts added."""
    data = corpus.repacked(made("report.odt"), added=added)
    if content is None:
        return data
    whole = corpus.part(data, "content.xml")
    start = whole.index(b"<office:text")
    start = whole.index(b">", start) + 1
    return corpus.repacked(data, changed={"content.xml": whole[:start] + content + whole[start:]})


def locked_odt() -> bytes:
    manifest = corpus.part(made("report.odt"), "META-INF/manifest.xml")
    locked = manifest.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")
    return corpus.repacked(made("report.odt"), changed={"META-INF/manifest.xml": locked})


def open_macro() -> bytes:
    return corpus.repacked(made("report.odt"), added={"Basic/Standard/Module1.xml": b"<a/>"})


def open_sheet(rows: bytes) -> bytes:
    whole = corpus.part(made("report.ods"), "content.xml").replace(b"</table:table>", rows + b"</table:table>", 1)
    return corpus.repacked(made("report.ods"), changed={"content.xml": whole})


def sparse_ods() -> bytes:
    return open_sheet(
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row><table:table-row>'
        b'<table:table-cell table:number-columns-repeated="16000"/><table:table-cell office:value-type="float" '
        b'office:value="1"/></table:table-row>'
    )


def repeated_ods() -> bytes:
    return open_sheet(
        b'<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="500" '
        b'office:value-type="float" office:value="1"/></table:table-row>'
    )


def rich_text(body: str) -> bytes:
    return (r"{\rtf1\ansi " + body + "}").encode("latin-1")


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of them its catalog."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return written + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def one_page(content: bytes, *, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        trailer=trailer,
    )


def pdf_that_opens(action: bytes) -> bytes:
    """A PDF that does something as it is opened, by the number of what it does."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", action)


def packed_script() -> bytes:
    """JavaScript in an object that is packed away in a stream."""
    objects = b"9 0 <</S/JavaScript/JS(app.alert(1))>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        stream(objects, b"/Type/ObjStm/N 1/First 4"),
    )


def pdf_bomb() -> bytes:
    """A page whose content unpacks to a thousand times its size."""
    return one_page(b"q Q " * 40_000_000)


def wrong_sums(data: bytes) -> bytes:
    """The same PDF, each of its packed streams with a wrong checksum, which programs that show it do not mind."""
    return re.sub(rb".{4}\nendstream", b"\0\0\0\0\nendstream", data, flags=re.DOTALL)


def busy_pdf() -> bytes:
    return one_page(b"0 0 m 9 9 l S " * 1_000_000 + b"BT /F 12 Tf (x) Tj ET")


def wordy_pdf() -> bytes:
    return one_page(b"BT /F 12 Tf " + b"(xxxxxxxxxxxxxxxxxxxxxxxxxx) Tj " * 1_000_000 + b"ET")


def endless_pages() -> bytes:
    kids = b" ".join([b"3 0 R"] * 400)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 400>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def circular_pages() -> bytes:
    """Pages that hold themselves."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 9>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>",
    )


def circular_picture() -> bytes:
    """A drawing that draws itself, twice over."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R/Y 5 0 R>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
        stream(b"/X Do /Y Do", form),
        stream(b"/Y Do /X Do", form),
        stream(b"/X Do"),
    )


def deep_pages(depth: int) -> bytes:
    """Pages that lie in pages, so many of them."""
    tree = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (max(number - 1, 2), number + 1)
        for number in range(2, depth + 2)
    ]
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *tree, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth + 1))


def deep_pictures(depth: int) -> bytes:
    """Drawings that draw another, so many of them."""
    forms = [
        stream(
            b"/X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1),
        )
        for number in range(5, depth + 5)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do"),
        *forms,
        stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
    )


def deep_arrays(depth: int) -> bytes:
    """A page whose content and whose dictionary hold arrays in arrays."""
    nested = b"[" * depth + b"]" * depth
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/X %s/Resources<<>>>>" % nested,
        stream(b"%s TJ BT (x) Tj ET" % nested),
    )


def nested_tables(depth: int) -> bytes:
    """A .docx of tables in tables, with a word in each."""
    return word("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>bảng</w:t></w:r></w:p>" * depth + "</w:tc></w:tr></w:tbl>" * depth)


def in_ebcdic() -> bytes:
    """A part in a coding in which no declaration is seen."""
    part = '<?xml version="1.0" encoding="cp037"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("cp037")
    return corpus.repacked(corpus.report(), changed={"docProps/core.xml": part})


def says_ebcdic() -> bytes:
    """A part in ASCII that says it is in EBCDIC."""
    part = b'<?xml version="1.0" encoding="cp037"?><x/>'
    return corpus.repacked(corpus.report(), changed={RELATIONS: part})
