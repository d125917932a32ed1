from __future__ import annotations

import pytest

from soket.reading.process import child, rehearsal


@pytest.mark.parametrize("extension", rehearsal.files())
def test_what_readers_rehearse_with_is_read_as_a_sound_file(extension: str) -> None:
    content = child.read(extension, rehearsal.files()[extension])
    assert content.findings == ()
    assert any(content.paragraphs) or any(content.sheets)
    assert not content.trouble


def test_readers_rehearse_to_the_end() -> None:
    rehearsal.rehearse()
