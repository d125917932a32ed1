"""How the papers of a whole campaign come out as pages, where LibreOffice is there to print them."""

from __future__ import annotations

import pypdfium2
import pytest

from record.story import Story, archived
from soket.reading import programs
from soket.record.products import INVENTORY
from stages.pages import lost, misplaced, papers_of, printed

_LIST = 5  # pages of what is in the archive, at most


@pytest.mark.skipif(programs.office() is None, reason="no LibreOffice")
def test_no_signature_stands_alone_no_page_is_left_half_empty_and_no_row_is_lost(after: Story) -> None:
    papers = papers_of(after(archived))
    assert len(papers) > 8
    pages = printed(papers)
    assert [wrong for name, pdf in pages.items() for wrong in misplaced(name, pdf)] == []
    assert [wrong for name, pdf in pages.items() for wrong in lost(name, papers[name], pdf)] == []
    other = next(name for name in pages if name != INVENTORY)
    assert list(lost(INVENTORY, papers[INVENTORY], pages[other])), "what is on no page is told"
    assert len(pypdfium2.PdfDocument(pages[INVENTORY])) <= _LIST
