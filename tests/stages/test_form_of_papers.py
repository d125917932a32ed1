"""Every Word paper of a whole campaign is as the edition of its day asks, and light."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from intake.turns import InlineReaders
from record.story import Story, archived
from soket.documents.measuring import edition_for, look_at, measure

READERS: Any = InlineReaders()
_MADE = ("stages/", "notices/", "reports/")
_CHARTS = ("word/media/", "word/charts/", "word/embeddings/")
_MOST = 120 << 10  # bytes, without charts


def test_every_paper_of_the_campaign_keeps_its_form_and_is_light(after: Story) -> None:
    desk = after(archived)
    keys = [found.key for prefix in _MADE for found in desk.store.list(prefix)]
    papers = {key.rpartition("/")[2]: key for key in keys if key.endswith(".docx") and "/files/" not in key}
    wrong = []
    for key in papers.values():
        content = desk.store.get(key)
        paper = look_at(READERS, content)
        edition = edition_for(paper, desk.now.date())
        wrong += [(key, edition.id, each.words) for each in measure(paper, edition)]
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [each for each in package.infolist() if not each.filename.startswith(_CHARTS)]
        assert sum(each.compress_size for each in parts) < _MOST, key
    assert len(papers) > 8
    assert wrong == []
