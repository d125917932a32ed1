"""How the papers of a whole campaign come out as pages, where LibreOffice is there to print them."""

from __future__ import annotations

import pytest

from record.story import Story, archived
from soket.reading import programs
from stages.pages import misplaced, papers_of, printed


@pytest.mark.skipif(programs.office() is None, reason="no LibreOffice")
def test_no_signature_stands_alone_and_no_page_is_left_half_empty(after: Story) -> None:
    papers = papers_of(after(archived))
    assert len(papers) > 8
    assert [wrong for name, pdf in printed(papers).items() for wrong in misplaced(name, pdf)] == []
