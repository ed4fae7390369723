"""html-validate finds nothing to say about any page kind."""

import shutil
import subprocess
from pathlib import Path

from tests.render.fixture import ROOT, site_views, templates
from tests.tools import missing
from tests.whole_site import render_site


def command() -> list[str]:
    """html-validate on the PATH, or in node_modules; never downloaded."""
    if found := shutil.which("html-validate"):
        return [found]
    npx = shutil.which("npx")
    if (
        npx
        and subprocess.run(
            [npx, "--no-install", "html-validate", "--version"], cwd=ROOT, capture_output=True
        ).returncode
        == 0
    ):
        return [npx, "--no-install", "html-validate"]
    missing("html-validate")


def test_every_page_kind_is_valid(tmp_path: Path) -> None:
    tool = command()
    for artifact in render_site(site_views("https://news.example"), templates()):
        if artifact.path.endswith(".html"):
            path = tmp_path / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(artifact.content)
    run = subprocess.run(
        [*tool, "--config", str(ROOT / ".htmlvalidate.json"), str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
