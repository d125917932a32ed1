"""Packages that Word opens without a word, in shapes of other programs than Word for the desk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from reading import corpus, hostile
from reading.hostile import W
from reading.word_bodies import paragraph, run, said
from soket.reading.process.child import read

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def renamed(data: bytes, name: Callable[[str], str], change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return a package with its parts under other names, and what refers to them changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for each in source.namelist():
            content = source.read(each)
            target.writestr(name(each), change(content) if each.endswith((".rels", "Types].xml")) else content)
    return result.getvalue()


def read_whole(data: bytes) -> tuple[str, ...]:
    content = read("docx", data)
    assert content.findings == ()
    return content.paragraphs


REPORT = read("docx", corpus.report()).paragraphs


@pytest.mark.parametrize(
    "data",
    [
        renamed(
            corpus.report(),
            lambda name: name.replace("document.xml", "document2.xml").replace("styles.xml", "styles2.xml"),
            lambda said: said.replace(b"document.xml", b"document2.xml").replace(b"styles.xml", b"styles2.xml"),
        ),
        renamed(corpus.report(), lambda name: name.replace("/", "\\")),
        renamed(corpus.report(), lambda name: name.replace("word/document", "Word/Document")),
        renamed(corpus.report(), str, lambda said: said.replace(b'Target="word/', b'Target="/word/')),
        renamed(corpus.report(), str, lambda said: said.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")),
    ],
    ids=["word online", "backslashes", "other case", "absolute", "strict"],
)
def test_parts_are_found_by_what_refers_to_them(data: bytes) -> None:
    assert read_whole(data) == REPORT


@pytest.mark.parametrize("subset", ["", ' [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]'])
def test_the_type_of_a_drawing_is_no_harm(subset: str) -> None:
    svg = f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"{subset}><svg/>'.encode()
    assert read_whole(corpus.repacked(corpus.report(), added={"word/media/a.svg": svg})) == REPORT
    harm = b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg/>'
    found = read("docx", corpus.repacked(corpus.report(), added={"word/media/a.svg": harm})).findings
    assert [each.code for each in found] == ["TEP-09"]
    called = renamed(corpus.repacked(corpus.report(), added={"word/media/a.xml": svg}), str)
    assert [each.code for each in read("docx", called).findings] == ["TEP-09"]


def test_a_picture_stored_twice_is_no_harm_and_a_document_is() -> None:
    def twice(name: str, *contents: bytes) -> bytes:
        result = io.BytesIO(corpus.report())
        with (
            zipfile.ZipFile(result, "a") as package,
            pytest.warns(UserWarning, match="Duplicate")
            if len({name} & set(package.namelist()) or contents[1:])
            else pytest.MonkeyPatch.context(),
        ):
            for content in contents:
                package.writestr(name, content)
        return result.getvalue()

    assert read_whole(twice("word/media/a.png", hostile.png(3, 3), hostile.png(4, 4))) == REPORT
    found = read("docx", twice("word/document.xml", f"<w:document {W}/>".encode())).findings
    assert [each.code for each in found] == ["TEP-08"]


@pytest.mark.parametrize(
    ("instruction", "codes"),
    [
        ('HYPERLINK "https://x.vn/dde/includetext/1"', []),
        ("DDEAUTO c:\\a", ["TEP-10"]),
        ("&#68;DEAUTO c:\\a", ["TEP-10"]),
        ('HYPERLINK "a</w:instrText><w:fldChar w:fldCharType = "begin"/><w:instrText>DDE b c', ["TEP-10"]),
    ],
)
def test_fields(instruction: str, codes: list[str]) -> None:
    assert [each.code for each in read("docx", hostile.field(instruction)).findings if each.code == "TEP-10"] == codes


def with_chunk(name: str, chunk: bytes, target: str = "") -> bytes:
    relation = f'<Relationship Id="c1" Type="{RELATION}/aFChunk" Target="{target or name}"/></Relationships>'
    body = paragraph(run("Trước")) + f'<w:altChunk xmlns:r="{RELATION}" r:id="c1"/>' + paragraph(run("Sau"))
    made = hostile.word(body)
    related = corpus.part(made, hostile.RELATIONS).replace(b"</Relationships>", relation.encode())
    return corpus.repacked(made, changed={hostile.RELATIONS: related}, added={f"word/{name}": chunk})


@pytest.mark.parametrize(
    ("name", "chunk"),
    [
        ("a.html", "<!DOCTYPE html><html><body><p>Giữa</p></body></html>".encode()),
        ("a.xhtml", '<?xml version="1.0" encoding="utf-8"?><html><body><p>Giữa</p></body></html>'.encode()),
        ("a.docx", hostile.word(paragraph(run("Giữa")))),
        ("a.rtf", rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Gi\u7919?a\par}"),
        ("a.txt", "Giữa".encode()),
    ],
)
def test_documents_put_into_a_document_are_read_in_their_place(name: str, chunk: bytes) -> None:
    assert read_whole(with_chunk(name, chunk)) == ("Trước", "Giữa", "Sau")
    assert read_whole(with_chunk(name, chunk, f"/word/{name}")) == ("Trước", "Giữa", "Sau")


def test_documents_put_into_a_document_are_guarded() -> None:
    nested = hostile.word(paragraph(run("a")))
    for _ in range(4):
        nested = with_chunk("a.docx", nested)
    assert [each.code for each in read("docx", nested).findings] == ["TEP-08"]
    harm = with_chunk("a.docx", hostile.field("DDEAUTO a b"))
    assert [each.code for each in read("docx", harm).findings] == ["TEP-10"]
    assert [each.code for each in read("docx", with_chunk("a.html", b"<html><script>")).findings] == ["TEP-34"]


def test_lists_linked_to_a_style_are_counted() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Own"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Own"/></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    body = paragraph(run("Một"), listed) + paragraph(run("Hai"), listed)
    assert said(body, numbering=numbering) == ("I. Một", "II. Hai")
