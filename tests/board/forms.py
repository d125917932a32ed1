"""What a browser sends of a page's form: where to, and what the page holds unseen."""

from __future__ import annotations

import re
from html import unescape


def form_in(page: str) -> tuple[str, dict[str, str]]:
    """Return the address of the one form for acts in a page, and its hidden fields."""
    (action,) = re.findall(r'<form class="act" action="([^"]+)"', page)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return action, {name: unescape(value) for name, value in hidden}
