"""Bringing articles in, and briefs by hand: what is written, what is left, what is told."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.cli import main

PAGE = """<!doctype html><html lang="en"><head><title>Port of Vell shut</title>
<meta property="article:published_time" content="2031-05-14T08:00:00Z"></head>
<body><article><h1>Port of Vell shut</h1><p>The port of Vell was shut on Wednesday, the harbour master said, after a
strike of dock workers who had held out for nine days without a new contract.</p></article></body></html>"""
ITEM = """<item><title>{title}</title><link>https://port.example/{title}</link><pubDate>{date}</pubDate>
<description>The port of Vell told the story of {title}.</description></item>"""
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Port</title>'
    + ITEM.format(title="Boats", date="Wed, 14 May 2031 08:00:00 +0000")
    + ITEM.format(title="Trams", date="Thu, 15 May 2031 08:00:00 +0000")
    + "</channel></rss>"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/content/articles").mkdir(parents=True)
    (tmp_path / "site/site.yaml").write_text("title: Port\n")
    return tmp_path / "site"


@pytest.fixture
def server() -> Iterator[str]:
    """A server of this machine: a page, a feed, and an error for everything else."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = {"/story": ("text/html", PAGE), "/feed": ("application/rss+xml", FEED)}.get(self.path)
            self.send_response(200 if told else 404)
            self.send_header("Content-Type", told[0] if told else "text/plain")
            self.end_headers()
            self.wfile.write(told[1].encode() if told else b"")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def run(site: Path, *arguments: str) -> int:
    return main([*arguments], root=site)


def names(site: Path) -> list[str]:
    return sorted(p.name for p in (site / "content/articles").iterdir())


def test_files_folders_and_patterns(site: Path, tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    wire.mkdir()
    (wire / "2031-05-14 Strike ends.txt").write_text("Strike ends\n\nThe strike is over.\n")
    (wire / "note.txt").write_text("Trams\n\nTrams run again.\n")
    (wire / "picture.png").write_bytes(b"no")
    assert run(site, "import", str(wire)) == 0
    assert names(site) == ["2031-05-14-strike-ends.txt", "note.txt"]
    assert run(site, "import", str(wire / "*.md")) == 1


def test_a_page_and_a_feed_from_the_web(site: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "import", f"{server}/story", f"{server}/feed") == 0
    assert names(site) == ["2031-05-14-boats.xml", "2031-05-14-port-of-vell-shut.html", "2031-05-15-trams.xml"]
    assert (site / "content/articles/2031-05-14-port-of-vell-shut.html").read_text() == PAGE
    capsys.readouterr()
    assert run(site, "import", f"{server}/feed") == 0
    assert capsys.readouterr().out.count("there already") == 2
    assert run(site, "import", f"{server}/gone", "http://127.0.0.1:1/") == 1
    told = capsys.readouterr().err
    assert "the server says 404" in told and "cannot be reached" in told and "Traceback" not in told


def test_another_version_is_never_written_over_unasked(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "2031-05-14-a.txt"
    story.write_text("First version.\n")
    run(site, "import", str(story))
    story.write_text("Second version.\n")
    assert run(site, "import", str(story)) == 0
    assert "left alone: content/articles/2031-05-14-a.txt" in capsys.readouterr().out
    assert (site / "content/articles/2031-05-14-a.txt").read_text() == "First version.\n"
    run(site, "import", str(story), "--replace")
    assert (site / "content/articles/2031-05-14-a.txt").read_text() == "Second version.\n"


def test_a_brief_by_hand_can_be_read_as_it_is(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "new", "--brief", "Trams run: again", "--date", "2031-05-14") == 0
    file = site / "content/briefs/2031-05-14-trams-run-again.md"
    assert 'headline: "Trams run: again"\n' in file.read_text()
    assert run(site, "check", "-q") == 0
    assert run(site, "new", "--brief", "Trams run: again", "--date", "2031-05-14") == 2
    text = file.read_text().replace("# actors", "actors").replace("# - {name: Full", "- {name: Full")
    file.write_text(text.replace("The text of the brief.", "Full Name spoke."))
    capsys.readouterr()
    assert run(site, "check") == 0
    assert "Full Name" not in capsys.readouterr().out
