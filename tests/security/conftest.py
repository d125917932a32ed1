"""The units' page of a campaign under way, as its own tests have it."""

from __future__ import annotations

from page.conftest import office

__all__ = ["office"]
