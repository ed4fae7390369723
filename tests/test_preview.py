"""The preview, without a browser: what livereload gets wrong by itself, each with its test."""

import asyncio
import json
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import websocket_connect

from nutgraf.builder.publish import BuildOptions
from nutgraf.builder.session import Session
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity
from nutgraf.model.task import Concern, Task
from nutgraf.preview import Outcome, Problems, free_port
from nutgraf.preview.pages import allowing, with_script, with_versions
from nutgraf.preview.problems import editor_link
from nutgraf.preview.server import Changed, Loop, Preview
from nutgraf.report import excerpt
from nutgraf.watcher import Saves

NOTHING: dict[str, Any] = Problems().told(Path("/site"), "", excerpt)
POLICY = b'<meta http-equiv="Content-Security-Policy" content="%s">'


# ------------------------------------------------------------------ watching


class Told:
    """Gathers what a watcher tells, and waits for it."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.anything = False
        self._news = threading.Event()

    def __call__(self, changed: Changed) -> None:
        self.anything |= changed is None
        self.paths |= changed or set()
        self._news.set()

    def wait_for(self, check: Callable[[], bool], tries: int = 200) -> None:
        for _ in range(tries):
            if check():
                return
            self._news.wait(0.05)
            self._news.clear()
        raise AssertionError(f"told of {sorted(self.paths)} only")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("content/briefs/a.md", "content/briefs/b.md", "site.yaml", ".nutgraf/preview/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before", encoding="utf-8")
    return tmp_path


@pytest.fixture
def told(site: Path) -> Any:
    told = Told()
    saves = Saves(site, ("content", "templates", "static", "site.yaml"), told)
    saves.start()
    probe = site / "content/probe.md"
    for number in range(100):  # the threads take a moment to begin
        probe.write_text(str(number), encoding="utf-8")
        (site / "site.yaml").write_text(str(number), encoding="utf-8")
        try:
            told.wait_for(lambda: {"content/probe.md", "site.yaml"} <= told.paths, 4)
            break
        except AssertionError:
            continue
    told.paths.clear()
    yield told
    saves.stop()


def test_every_file_of_a_burst_is_told(site: Path, told: Told) -> None:
    for name in "abc":
        (site / f"content/briefs/{name}.md").write_text("after", encoding="utf-8")
    told.wait_for(lambda: {f"content/briefs/{name}.md" for name in "abc"} <= told.paths)


def test_a_file_with_an_older_time_is_told(site: Path, told: Told) -> None:
    older = site / "older.md"
    older.write_text("an earlier version", encoding="utf-8")
    os.utime(older, (1_000_000_000, 1_000_000_000))
    older.replace(site / "content/briefs/a.md")
    told.wait_for(lambda: "content/briefs/a.md" in told.paths)


def test_a_folder_that_comes_later_is_watched(site: Path, told: Told) -> None:
    (site / "static").mkdir()
    told.wait_for(lambda: told.anything)
    style = site / "static/own.css"
    for number in range(50):
        style.write_text(f"p {{ margin: {number}px }}", encoding="utf-8")
        if "static/own.css" in told.paths:
            break
        threading.Event().wait(0.05)
    told.wait_for(lambda: "static/own.css" in told.paths)


def test_what_the_preview_writes_and_editors_leave_wakes_nobody(site: Path, told: Told) -> None:
    (site / ".nutgraf/preview/index.html").write_text("after", encoding="utf-8")
    (site / "content/briefs/.a.md.swp").write_text("x", encoding="utf-8")
    (site / "content/briefs/a.md~").write_text("x", encoding="utf-8")
    (site / "public").mkdir()
    (site / "content/briefs/b.md").write_text("after", encoding="utf-8")
    told.wait_for(lambda: "content/briefs/b.md" in told.paths)
    others = told.paths - {"site.yaml"}  # of the fixture's last probe one may hear late
    assert not {path for path in others if path.startswith((".nutgraf", "public")) or not path.endswith(".md")}
    assert not told.anything


# ------------------------------------------------------------------ pages


@pytest.mark.parametrize("page", [b"<html><head><title>A</title></head>", b"<p>No head</p>", b"<HEAD>", b""])
def test_the_script_is_in_every_page(page: bytes) -> None:
    assert b'src="/_preview/client.js?v=7" data-build="7-3"' in with_script(page, "7-3")


def test_the_script_is_in_a_page_with_a_long_head() -> None:
    page = b"<head><style>" + b" " * 200_000 + b"</style></head>"
    assert with_script(page, "7").startswith(b'<head><script src="/_preview/client.js')


def test_addresses_of_static_files_change_with_them(tmp_path: Path) -> None:
    style = tmp_path / "static/own style.css"
    style.parent.mkdir()
    style.write_text("p {}", encoding="utf-8")
    page = b'<link href="../../static/own%20style.css"><img src="/static/none.png"><a href="/statics/">'
    first = with_versions(page, tmp_path)
    assert first.startswith(b'<link href="../../static/own%20style.css?v=') and first.endswith(page[45:])
    os.utime(style, (1, 1))
    assert with_versions(page, tmp_path) != first


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (b"default-src 'none'", b"script-src 'self'"),
        (b"default-src 'none'; script-src 'sha256-x'", b"script-src 'sha256-x' 'self'"),
        (b"script-src 'none'; default-src 'self'", b"script-src 'self'"),
        (b"img-src 'self'", b"img-src 'self'"),
    ],
)
def test_the_security_policy_lets_the_script_run(policy: bytes, allowed: bytes) -> None:
    assert allowed in allowing(policy).split(b"; ")
    assert allowing(policy) in with_script(b"<head>" + POLICY % policy, "1")


def test_links_open_the_editor_at_the_place() -> None:
    path = Path("/the site/content/briefs/a.md")
    assert editor_link("vscode://file{path}:{line}:{column}", path, 3, 7) == (
        "vscode://file/the%20site/content/briefs/a.md:3:7"
    )
    assert editor_link("idea://open?file={path}&line={line}", path, 3, 7).endswith("briefs/a.md&line=3")


def test_the_overlay_tells_errors_first_and_no_more_than_can_be_read() -> None:
    at = Location("content/briefs/a.md", Position(2, 1), "headlin: A", 7)
    found = [Diagnostic("lost-anchor", Severity.WARNING, "lost", at)] * 150
    found += [Diagnostic("draft-withheld", Severity.INFO, "a draft", at), Diagnostic("x", Severity.ERROR, "bad", at)]
    told = Problems(found, kept=True).told(Path("/site"), "vscode://file{path}", excerpt)
    assert told["findings"][0]["severity"] == "error" and told["findings"][0]["excerpt"] == [
        "2 | headlin: A",
        "  | ^^^^^^^",
    ]
    assert (len(told["findings"]), told["more"], told["counts"]) == (100, 51, {"error": 1, "warning": 150})
    json.dumps(told)


# ------------------------------------------------------------------ serving


def test_workers_of_a_preview_start_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rebuild runs beside other threads, so its workers are not forked and are sent what they need."""
    monkeypatch.setattr("nutgraf.builder.spread.FEW_FRESH", 4)
    (tmp_path / "content/briefs").mkdir(parents=True)
    for number in range(8):
        text = f"---\nheadline: Ship {number}\ndate: 2031-05-14\nstatus: published\n---\nIt came.\n"
        (tmp_path / f"content/briefs/{number}.md").write_text(text, encoding="utf-8")
    session = Session(tmp_path, BuildOptions("2031-05-20", preview=True), jobs=2)
    with ThreadPoolExecutor(1) as other:
        built = other.submit(session.rebuild).result()
    assert built.written and "briefs/7/index.html" in built.written.written


class Running:
    """A preview on a port of its own, and the pages that are open on it."""

    def __init__(self, output: Path, rebuild: Callable[[Changed], Outcome]) -> None:
        self.loop = Loop(rebuild)
        self.loop.outcome = Outcome((), NOTHING, "https://example.org")
        self.root, self.rebuild = output.parent, rebuild
        handlers = Preview(self.loop, output, True, self)
        handlers.default_filename = "index.html"
        http, self.port = bind_unused_port()
        self.server = HTTPServer(Application(handlers.get_web_handlers(b"")))
        self.server.add_sockets([http])

    def review(self) -> list[Task]:
        versions = ("40", "42", "41")
        at = Position(3, 7)
        return [Task(Concern.CONFLICT, "content/briefs/a.md", at, "value of <this> figure", versions=versions)]

    async def get(self, path: str, host: str = "127.0.0.1") -> Any:
        request = HTTPRequest(f"http://127.0.0.1:{self.port}{path}", headers={"Host": f"{host}:{self.port}"})
        return await AsyncHTTPClient().fetch(request, raise_error=False)

    async def open(self, path: str, build: str | None = None, origin: str = "") -> Any:
        address = f"ws://127.0.0.1:{self.port}/_preview/socket"
        request = HTTPRequest(address, headers={"Origin": origin or f"http://127.0.0.1:{self.port}"})
        page = await websocket_connect(request)
        await page.write_message(json.dumps({"command": "hello"}))
        assert "hello" in str(await page.read_message())
        shown = {"command": "info", "url": f"http://127.0.0.1{path}", "build": build or self.loop.build}
        await page.write_message(json.dumps(shown))
        return page


async def heard(page: Any) -> dict[str, Any]:
    return dict(json.loads(await asyncio.wait_for(page.read_message(), 10)))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "out/briefs/a").mkdir(parents=True)
    (tmp_path / "out/briefs/a/index.html").write_text("<head></head><p>A", encoding="utf-8")
    link = '<head></head><a href="https://example.org/static/site.css">'
    (tmp_path / "out/404.html").write_text(link, encoding="utf-8")
    return tmp_path / "out"


def run(output: Path, rebuild: Callable[[Changed], Outcome], story: Callable[[Running], Awaitable[None]]) -> None:
    async def main() -> None:
        running = Running(output, rebuild)
        try:
            await story(running)
        finally:
            running.server.stop()

    with ThreadPoolExecutor(1) as elsewhere:  # a browser of other tests may keep a loop running in this thread
        elsewhere.submit(asyncio.run, main()).result()


def test_reloads_that_follow_each_other_are_not_dropped_and_other_pages_are_left_alone(output: Path) -> None:
    def rebuild(changed: Changed) -> Outcome:
        return Outcome([f"/{path}/" for path in changed or ()], NOTHING)

    async def story(running: Running) -> None:
        page, other = await running.open("/briefs/a/"), await running.open("/404.html")
        assert not (await heard(page))["page"] and not (await heard(other))["page"]
        for _ in range(3):
            running.loop.take(frozenset({"briefs/a"}))
            assert (await heard(page))["page"]
            assert not (await heard(other))["page"]
        running.loop.take(frozenset())  # a save that changes no page: livereload's "forever" would reload
        assert not (await heard(page))["page"]

    run(output, rebuild, story)


def test_a_build_that_fails_does_not_end_the_preview(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    fails = iter([True, False])

    def rebuild(changed: Changed) -> Outcome:
        if next(fails):
            raise OSError("the disk is full")
        return Outcome(["/briefs/a/"], NOTHING)

    async def story(running: Running) -> None:
        page = await running.open("/briefs/a/")
        await heard(page)
        running.loop.take(frozenset({"a"}))
        assert not (await heard(page))["page"]
        running.loop.take(frozenset({"a"}))
        assert (await heard(page))["page"]

    run(output, rebuild, story)
    assert "the disk is full" in caplog.text and "Traceback" not in caplog.text


def test_what_was_drawn_at_once_is_told_before_all_is_rebuilt(output: Path) -> None:
    go_on = threading.Event()

    def rebuild(changed: Changed) -> Outcome:
        go_on.wait(10)
        return Outcome((), NOTHING)

    async def story(running: Running) -> None:
        running.loop.glance = lambda changed: ["/briefs/a/"]
        page, other = await running.open("/briefs/a/"), await running.open("/404.html")
        assert not (await heard(page))["page"] and not (await heard(other))["page"]
        running.loop.take(frozenset({"a"}))
        assert (await heard(page))["page"] and not (await heard(other))["page"]
        go_on.set()
        assert not (await heard(page))["page"]

    run(output, rebuild, story)


def test_saves_during_a_build_make_one_more_build_off_the_event_loop(output: Path) -> None:
    builds: list[Changed] = []
    go_on = threading.Event()

    def rebuild(changed: Changed) -> Outcome:
        builds.append(changed)
        go_on.wait(10)
        return Outcome(["/briefs/a/"], NOTHING)

    async def story(running: Running) -> None:
        page = await running.open("/briefs/a/")
        await heard(page)
        running.loop.take(frozenset({"a"}))
        while not builds:
            await asyncio.sleep(0.01)
        for path in "bcd":
            running.loop.take(frozenset(path))
        assert (await running.get("/briefs/a/")).code == 200, "pages are served while a build runs"
        go_on.set()
        await heard(page)
        await heard(page)

    run(output, rebuild, story)
    assert builds == [frozenset("a"), frozenset("bcd")]


def test_styles_are_named_and_a_stale_page_is_told_when_it_connects(output: Path) -> None:
    async def story(running: Running) -> None:
        page = await running.open("/briefs/a/")
        build = (await heard(page))["build"]
        running.loop.take(frozenset({"static/site.css"}))
        told = await heard(page)
        assert (told["page"], told["static"]) == (False, ["/static/site.css"])
        late = await running.open("/briefs/a/", build)
        assert (await heard(late))["static"] == ["/static/site.css"]
        restarted = await running.open("/briefs/a/", "other-3")
        assert (await heard(restarted))["page"]

    run(output, lambda changed: Outcome(["/static/site.css"], NOTHING), story)


def test_pages_of_unknown_addresses_and_hosts(output: Path) -> None:
    async def story(running: Running) -> None:
        found = await running.get("/briefs/a/")
        assert found.code == 200 and b"client.js" in found.body
        assert (await running.get("/_preview/client.js")).code == 200
        missing = await running.get("/nowhere/at/all/")
        assert missing.code == 404 and b'href="/static/site.css"' in missing.body
        (output / "404.html").unlink()
        assert b"There is no site yet" in (await running.get("/nowhere/")).body
        assert (await running.get("/../../etc/passwd")).code in (403, 404)
        assert (await running.get("/briefs/a/", host="elsewhere.example")).code == 403
        page = await running.open("/nowhere/at/all/")
        await heard(page)
        (output / "nowhere/at/all").mkdir(parents=True)
        (output / "nowhere/at/all/index.html").write_text("now", encoding="utf-8")
        running.loop.take(frozenset({"x"}))
        assert (await heard(page))["page"]

    run(output, lambda changed: Outcome(["/nowhere/at/all/"], NOTHING), story)


def test_the_worklist_is_a_page_that_follows(output: Path) -> None:
    async def story(running: Running) -> None:
        running.loop.outcome = Outcome((), NOTHING, editor="vscode://file{path}:{line}")
        html = (await running.get("/_review/")).body.decode()
        assert "value of &lt;this&gt; figure" in html and "<dt>you have</dt><dd>42</dd>" in html
        assert f"vscode://file{output.parent.as_posix()}/content/briefs/a.md:3" in html
        assert 'href="/briefs/a/"' in html and "client.js" in html
        page = await running.open("/_review/")
        await heard(page)
        running.loop.take(frozenset({"x"}))
        assert (await heard(page))["page"]

    run(output, lambda changed: Outcome(["/briefs/a/"], NOTHING), story)


def test_other_sites_are_told_nothing(output: Path) -> None:
    async def story(running: Running) -> None:
        with pytest.raises(HTTPClientError, match="403"):
            await running.open("/briefs/a/", origin="https://elsewhere.example")

    run(output, lambda changed: Outcome((), NOTHING), story)


def test_a_taken_port_moves_on() -> None:
    taken, port = bind_unused_port()
    assert port < free_port("127.0.0.1", port) <= port + 19
    taken.close()
