"""The day at the desk goes as its document says."""

import shutil
from pathlib import Path

import pytest

from tests.transcript import DAY, DOCUMENT, replayed


@pytest.mark.skipif(not shutil.which("bash"), reason="some of its commands are those of a shell")
def test_every_command_says_what_the_document_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    document = DOCUMENT.read_text(encoding="utf-8")
    assert replayed(document, tmp_path) == document, "python -m tests.transcript"
