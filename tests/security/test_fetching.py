"""Whatever a file refers to, nobody here fetches it: a socket that such files name is asked nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from reading import corpus, hostile
from soket.reading.formats.marked_files import edited
from soket.reading.pool import ReaderPool

pytestmark = pytest.mark.integration

RELATIONS, BOOK = "word/_rels/document.xml.rels", "xl/_rels/workbook.xml.rels"
MATHS = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "%s"><x/>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "%s">]><x>&a;</x>'


class Listener:
    """A server of this machine that counts who comes."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.asked: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(1)
                self.asked.append(caller.recv(200))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/a"


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.server.close()


def files(address: str) -> Iterator[tuple[str, bytes]]:
    """Yield files of every format that name an address in the ways that programs load by themselves."""
    report, book, at = corpus.report(), corpus.workbook(), address.encode()
    for kind in ("attachedTemplate", "image", "oleObject", "subDocument", "frame", "hyperlink", "aFChunk", "settings"):
        yield "docx", corpus.with_relation(report, RELATIONS, kind, address)
    for part in (MATHS % at, ENTITY % at):
        yield "docx", corpus.repacked(report, changed={"docProps/core.xml": part})
        yield "xlsx", corpus.repacked(book, added={"xl/a.xml": part})
        yield "odt", hostile.open_text(None, **{"a.xml": part})
    for word in ("INCLUDEPICTURE", "INCLUDETEXT", "LINK Word.Document.8", "HYPERLINK", "RD"):
        yield "docx", hostile.field(f'{word} "{address}"')
    for kind in ("externalLinkPath", "oleObject", "image", "connections"):
        yield "xlsx", corpus.with_relation(book, BOOK, kind, address)
    yield "xlsx", hostile.sheet(f'<row><c><f>_xlfn.WEBSERVICE("{address}")</f></c></row>')
    yield "odt", hostile.open_text(hostile.linked_picture(address))
    yield (
        "odt",
        hostile.open_text(f'<text:section><text:section-source xlink:href="{address}"/></text:section>'.encode()),
    )
    yield "rtf", hostile.rich_text(rf"{{\*\template {address}}}")
    yield "rtf", hostile.rich_text(rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}"}}}}')
    head = f'<html><head><link rel=stylesheet href="{address}"></head>'
    page = f'{head}<body><img src="{address}"><p>Báo cáo</p></body></html>'
    yield "doc", page.encode()
    yield "xls", page.replace("<p>Báo cáo</p>", "<table><tr><td>1</td></tr></table>").encode()
    for catalog in (
        b"/OpenAction<</S/URI/URI(%s)>>",
        b"/OpenAction<</S/Launch/F(%s)>>",
        b"/AA<</O<</S/URI/URI(%s)>>>>",
    ):
        yield "pdf", hostile.one_page(b"BT /F 12 Tf (x) Tj ET", catalog=catalog % at)
    yield "csv", f'a;=WEBSERVICE("{address}")\n1;2\n'.encode()


def test_the_listener_would_hear_somebody(listener: Listener) -> None:
    with socket.create_connection(listener.server.getsockname()) as caller:
        caller.sendall(b"GET /a")
    with socket.create_connection(listener.server.getsockname()) as caller:
        caller.sendall(b"x")
        assert caller.recv(1) == b""  # the first is counted before the second is taken
    assert listener.asked[0] == b"GET /a"


def test_no_reader_fetches_what_a_file_refers_to(listener: Listener) -> None:
    with ReaderPool(2) as pool:
        answers = [(extension, pool.read(extension, data)) for extension, data in files(listener.address)]
    stopped = [extension for extension, content in answers if content.findings]
    assert len(stopped) > 15
    assert {extension for extension, _ in answers} - set(stopped) <= {"csv"}
    assert listener.asked == []


def test_nor_who_writes_remarks_into_it(listener: Listener) -> None:
    linked = corpus.with_relation(corpus.report(), RELATIONS, "image", listener.address)
    assert edited("docx", linked, None) == linked
    assert listener.asked == []
