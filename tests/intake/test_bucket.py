"""One turn of intake on the real bucket: names with marks, copies by version, a batch side by side."""

from __future__ import annotations

from uuid import uuid4

import pytest

from intake import corpus
from soket.campaign.reading import read_register
from soket.campaign.register import Standing
from soket.campaign.workspace import Workspace
from soket.clock import FrozenClock
from soket.intake import batch
from soket.plan.model import Plan
from soket.stack.state import State
from soket.store.connect import StoreSettings, open_store
from store.test_store import _s3
