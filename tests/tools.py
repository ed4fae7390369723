"""Tools that some tests need and not every machine has."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

CHROMIUM_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def missing(what: str) -> NoReturn:
    """Skip with one line, or fail where NUTGRAF_REQUIRE_TOOLS=1 says that everything must be there."""
    if os.environ.get("NUTGRAF_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{what} is missing and NUTGRAF_REQUIRE_TOOLS=1")
    pytest.skip(f"{what} is missing")


def chromium() -> str | None:
    """Path of the system's Chromium; None where there is none."""
    places = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
    return next((place for place in places if Path(place).exists()), None)
