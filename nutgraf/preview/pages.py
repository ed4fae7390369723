"""Built pages as the preview sends them: with its script, and with a security policy that lets that script run."""

import re
from collections.abc import Awaitable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from livereload.handlers import StaticFileHandler
from tornado.web import HTTPError, RequestHandler

OWN = "/_preview/"
CLIENT = Path(__file__).parent
NO_SITE = (
    b"<!doctype html><title>No site yet</title><p>There is no site yet. It follows when what is told is mended.</p>"
)
"""What is sent as long as no build has been good."""
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_POLICY = re.compile(rb"""(<meta\s[^>]*http-equiv=["']Content-Security-Policy["'][^>]*?content=")([^"]*)""", re.I)
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.I)
_TYPES = {"client.js": "text/javascript", "client.css": "text/css", "worklist.css": "text/css"}
_STATIC = re.compile(rb"""(\b(?:href|src)="(?:\.{0,2}/)*(static/[^"?#]+|[\w-]+\.css))\"""")
_NEEDED = (b"script-src", b"style-src", b"connect-src")


def with_script(page: bytes, build: str) -> bytes:
    """The page with the preview's script, wherever its head ends or whether it has one. `build` names the build."""
    started = build.partition("-")[0]
    script = f'<script src="{OWN}client.js?v={started}" data-build="{build}" defer></script>'.encode()
    page = _POLICY.sub(lambda m: m[1] + allowing(m[2]), page, count=1)
    head = _HEAD.search(page)
    return page[: head.end()] + script + page[head.end() :] if head else page + script


def allowing(policy: bytes) -> bytes:
    """A security policy under which a script, a style sheet and a socket of the site's own address may be used."""
    rules = {rule.split()[0].lower(): rule.split()[1:] for rule in policy.split(b";") if rule.split()}
    for name in _NEEDED:
        sources = rules.get(name, rules.get(b"default-src"))
        if sources is not None and b"'self'" not in sources:
            rules[name] = [source for source in sources if source != b"'none'"] + [b"'self'"]
    return b"; ".join(b" ".join([name, *sources]) for name, sources in rules.items())


def with_versions(page: bytes, root: Path) -> bytes:
    """The page with the age of each static file in its address, so that the browser asks only for what is new."""

    def versioned(found: re.Match[bytes]) -> bytes:
        try:
            return found[1] + b"?v=%d" % (root / unquote(found[2].decode())).stat().st_mtime_ns + b'"'
        except (OSError, ValueError):
            return found[0]

    return _STATIC.sub(versioned, page)


class Pages(StaticFileHandler):  # type: ignore[misc]
    """Serves the built files; a page with the preview's script, an unknown address with the site's 404 page."""

    build: Any
    """Gives the name of the last build."""
    base: Any
    """Gives the address the site is published at: what the 404 page's links begin with."""
    local = True
    """Whether only this machine may ask: another name for it would be another site's trick to read drafts."""

    def prepare(self) -> None:
        """Refuse requests under a foreign name."""
        if self.local and re.sub(r":\d+$", "", self.request.host) not in LOCAL:
            raise HTTPError(403, "the preview answers to localhost only")

    async def get(self, path: str, include_body: bool = True) -> None:
        """A page with its addition, any other file as it is."""
        root = Path(self.root).resolve()
        file = Path(root, self.parse_url_path(path)).resolve()
        if not file.is_relative_to(root):
            raise HTTPError(404)
        if file.is_dir() and path and not path.endswith("/"):
            self.redirect(f"/{path}/")
            return
        page = file / "index.html" if file.is_dir() else file
        if page.is_file() and page.suffix != ".html":
            serve: Awaitable[None] = super().get(path, include_body)
            await serve
            return
        self._transforms: list[Any] = []  # livereload's, which adds its inline script
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        html = self._known(page) or self._unknown(root / "404.html")
        self.write(with_versions(with_script(html, type(self).build()), root))

    def compute_etag(self) -> None:
        """None: what is served is made when it is asked for."""

    def _known(self, page: Path) -> bytes:
        return page.read_bytes() if page.is_file() else b""

    def _unknown(self, page: Path) -> bytes:
        self.set_status(404)
        base = type(self).base().rstrip("/").encode()
        html = self._known(page) or NO_SITE
        return html.replace(b'"' + base + b"/", b'"/') if base else html


class Client(RequestHandler):
    """The preview's own script and style sheets."""

    def get(self, name: str) -> None:
        """One of them."""
        if name not in _TYPES:
            raise HTTPError(404)
        self.set_header("Content-Type", f"{_TYPES[name]}; charset=utf-8")
        self.set_header("Cache-Control", "max-age=86400" if self.get_argument("v", "") else "no-cache")
        self.write((CLIENT / name).read_bytes())
