"""The search index: what is indexed, and that only changed parts are made anew."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from nutgraf.builder import search
from nutgraf.builder.finish import Finished, finish
from nutgraf.builder.search import Indexed, divide
from nutgraf.model.config import Config
from nutgraf.render.indexable import as_page, indexable

PAGE = """<!doctype html><html lang="en"><head><title>t</title>
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-14", "keywords": ["ice"],
"mentions": [{"@type": "Person", "name": "Nuño Ávila"}], "sourceOrganization": [{"name": "EFE"}]}</script></head>
<body><nav>Everything else</nav><main><h1>The harbour stays open</h1>
<div class="body" data-search="brief"><p>Nuño Ávila<a class="noteref" href="#n">1</a> said so.</p><p>It did.</p>
<details class="notes"><p>A note</p></details></div></main></body></html>"""


def put(output: Path, pages: Mapping[str, str]) -> None:
    for path, text in pages.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(text)


def test_a_page_offers_its_text_without_its_notes() -> None:
    found = indexable("/briefs/harbour/", PAGE.encode())
    assert found is not None
    assert (found.kind, found.title, found.date) == ("brief", "The harbour stays open", "2031-05-14")
    assert found.text == "Nuño Ávila said so. It did."
    assert found.filters == {"actor": ["Nuño Ávila"], "topic": ["ice"], "source": ["EFE"], "year": ["2031"]}


def test_a_page_that_marks_nothing_is_not_searched() -> None:
    assert indexable("/briefs/", PAGE.replace("data-search", "data-x").encode()) is None


def test_n_with_tilde_is_no_accented_n_and_what_is_told_is_escaped() -> None:
    found = indexable("/briefs/harbour/", PAGE.replace("It did.", "&lt;b&gt;").encode())
    assert found is not None
    assert "Nuƞo Ávila" in as_page(found)
    assert "&lt;b&gt;" in as_page(found)


def test_parts_are_whole_months_and_old_ones_keep_their_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PART", 3)
    months = ["2031-01", "2031-01", "2031-02", "2031-03", "2031-03", "2031-03", "2031-03", "2031-05", ""]
    known = {f"p{i}": month for i, month in enumerate(months)}
    before = divide(known)
    assert {name: list(paths) for name, paths in before.items()} == {
        "names": ["p8"],
        "2031-01": ["p0", "p1", "p2"],
        "2031-03": ["p3", "p4", "p5", "p6"],
        "2031-05": ["p7"],
    }
    after = divide({**known, "p9": "2031-06"})
    assert after == {**before, "2031-05": ["p7", "p9"]}


@pytest.mark.skipif(search.pagefind() is None, reason="Pagefind has no program for this machine")
def test_only_what_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PART", 1)
    output, memory = tmp_path / "public", tmp_path / "memory.json"
    old = PAGE.replace("2031-05-14", "2030-01-01")
    put(output, {"briefs/new/index.html": PAGE, "briefs/old/index.html": old, "briefs/index.html": "<h1>Briefs</h1>"})

    def run(config: Config = Config()) -> Finished:  # noqa: B008
        return finish(output, config, memory)

    assert run() == Finished(Indexed(2, 2), 2)
    assert json.loads((output / "pagefind/parts.json").read_text()) == ["2031-05", "2030-01"]
    assert json.loads((output / "pagefind/filters.json").read_text()) == {
        **{"actor": [["Nuño Ávila", 2]], "kind": [["brief", 2]], "source": [["EFE", 2]], "topic": [["ice", 2]]},
        "year": [["2031", 1], ["2030", 1]],
    }
    assert run() == Finished(Indexed(0, 2), 0)
    memory.write_text("{damaged")
    assert run() == Finished(Indexed(0, 2), 0)
    put(output, {"briefs/new/index.html": PAGE.replace("It did.", "It did not.")})
    assert run() == Finished(Indexed(1, 2), 0)
    put(output, {"briefs/new/index.html": PAGE.replace("harbour", "port")})
    assert run() == Finished(Indexed(1, 2), 1)
    (output / "cards/new.png").unlink()
    assert run() == Finished(Indexed(0, 2), 1)
    (output / "briefs/old/index.html").unlink()
    assert run() == Finished(Indexed(0, 1), 0)
    assert json.loads((output / "pagefind/filters.json").read_text())["year"] == [["2031", 1]]
    assert not (output / "pagefind/2030-01").exists()
    assert not (output / "cards/old.png").exists()
    put(output, {"briefs/new/index.html": PAGE.replace("harbour", "port") + "\n"})
    assert run(Config(title="Another name")) == Finished(Indexed(0, 1), 1)
    (output / "cards/own.png").write_text("somebody's own")
    assert run(Config(search=False, cards=False)) == Finished(None, 0)
    assert [p.name for p in (output / "cards").iterdir()] == ["own.png"]
    assert not (output / "pagefind").exists()
