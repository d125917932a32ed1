"""Text written before Unicode, as TCVN3 (ABC) or VNI fonts show it: found by fonts or by letters, and converted."""

from __future__ import annotations

from soket.reading.legacy.by_fonts import Run, converted, run_of
from soket.reading.legacy.codings import Coding, font_coding, in_capitals
from soket.reading.legacy.detect import convert_bytes, convert_content

__all__ = ["Coding", "Run", "convert_bytes", "convert_content", "converted", "font_coding", "in_capitals", "run_of"]
