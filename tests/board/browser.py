"""A browser for tests."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # starlette would rather have httpx2; Airflow holds httpx, and both do here.
    warnings.filterwarnings("ignore", message="Using `httpx` with")
    from starlette.testclient import TestClient

Browser = TestClient
