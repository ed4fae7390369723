"""What pages and files say as linked data, read by a JSON-LD processor: asked of the triples, not of the text."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from pyld import jsonld

from nutgraf.model.config import Config
from nutgraf.site import urls
from tests.render.fixture import templates
from tests.site.sites import library, story, words
from tests.site.test_views import FILES
from tests.whole_site import build_views, render_site

BASE = "https://example.org"
SCHEMA = "https://schema.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OA = "http://www.w3.org/ns/oa#"
_LINK = {"@type": "@id"}
CONTEXTS: Mapping[str, Any] = {
    "https://schema.org": {"@vocab": SCHEMA, **dict.fromkeys(("url", "sameAs", "isBasedOn"), _LINK)},
    "http://www.w3.org/ns/anno.jsonld": {
        "@vocab": OA,
        "id": "@id",
        "type": "@type",
        "body": {"@id": "oa:hasBody", **_LINK},
        "target": {"@id": "oa:hasTarget", **_LINK},
        "source": {"@id": "oa:hasSource", **_LINK},
        "selector": {"@id": "oa:hasSelector", **_LINK},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "oa": OA,
        "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list", **_LINK},
    },
}
"""The parts of the published contexts that are used here: the tests ask no network."""
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script', re.DOTALL)
Triples = Mapping[str, Mapping[str, list[str]]]
"""Subject to predicate to objects."""


def offline(address: str, _options: object) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": CONTEXTS[address]}}


def triples(text: str, page: str) -> Triples:
    """What a document that stands at an address says."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    said = jsonld.to_rdf(json.loads(text), {"base": BASE + page, "documentLoader": offline})
    for each in said["@default"]:
        found[each["subject"]["value"]][each["predicate"]["value"]].append(each["object"]["value"])
    return found


def schema(node: Mapping[str, list[str]], name: str) -> list[str]:
    return node.get(SCHEMA + name, [])


CORRECTED = story(
    """
topics: [ports]
byline: Ida Marsh
url: https://example.com/original
actors:
- {name: Ada Brandt, kind: person}
quotes:
- {by: Ada Brandt, cue: said, text: "It </script> opens"}
- {by: a passer-by, cue: said, text: "About time"}
corrections:
- {date: 2031-05-20, text: The day was wrong.}
""",
    "“It </script> opens,” Ada Brandt said. “About time,” a passer-by said.",
    "Port & board",
    "2031-05-18",
)
PAGES = {"content/actors/ada-brandt.md": "---\nname: Ada Brandt\naliases: [A. Brandt]\nwikidata: Q42\n---\nA sailor.\n"}


@pytest.fixture(scope="module", params=[BASE, ""], ids=["address", "no address"])
def site(request: pytest.FixtureRequest) -> dict[str, Triples]:
    """The triples of every page that has any, and of every file of annotations, by address."""
    files = {**FILES, **PAGES, "content/briefs/corrected.md": CORRECTED}
    views = build_views(
        library(files), Config(title="The Vell Ledger", url=request.param), "2031-06-01", False, words()
    )
    found: dict[str, Triples] = {}
    for artifact in render_site(views, templates()):
        address, text = urls.url_of(artifact.path), artifact.content.decode()
        if artifact.path.endswith("annotations.json"):
            found[address] = triples(text, address)
        elif script := SCRIPT.search(text):
            found[address] = triples(script[1], address)
    return found


def test_every_brief_and_every_actor_says_what_it_is_under_its_own_address(site: dict[str, Triples]) -> None:
    kinds = {url: said[BASE + url][TYPE] for url, said in site.items() if not url.endswith(".json")}
    assert kinds == {
        "/briefs/opening/": [f"{SCHEMA}NewsArticle"],
        "/briefs/answer/": [f"{SCHEMA}NewsArticle"],
        "/briefs/rain/": [f"{SCHEMA}NewsArticle"],
        "/briefs/corrected/": [f"{SCHEMA}NewsArticle"],
        "/actors/ada-brandt/": [f"{SCHEMA}Person"],
        "/actors/ben-silva/": [f"{SCHEMA}Person"],
        "/actors/port-board/": [f"{SCHEMA}Organization"],
        "/actors/vell/": [f"{SCHEMA}Place"],
    }


def test_an_article_says_when_by_whom_and_about_whom(site: dict[str, Triples]) -> None:
    said = site["/briefs/corrected/"]
    article = said[f"{BASE}/briefs/corrected/"]
    assert schema(article, "headline") == ["Port & board"]
    assert schema(article, "datePublished") == ["2031-05-18"]
    assert schema(article, "url") == [f"{BASE}/briefs/corrected/"]
    assert schema(article, "isBasedOn") == ["https://example.com/original"]
    assert schema(article, "mentions") == [f"{BASE}/actors/ada-brandt/"]
    [correction] = schema(article, "correction")
    assert schema(said[correction], "text") == ["The day was wrong."]
    [agency] = schema(site["/briefs/opening/"][f"{BASE}/briefs/opening/"], "sourceOrganization")
    assert schema(site["/briefs/opening/"][agency], "name") == ["Northwire"]


def test_a_quotation_has_its_own_address_and_leads_to_its_speaker(site: dict[str, Triples]) -> None:
    said = site["/briefs/corrected/"]
    quotes = {schema(said[each], "text")[0]: each for each in schema(said[f"{BASE}/briefs/corrected/"], "hasPart")}
    assert quotes.keys() == {"It </script> opens", "About time"}
    first, second = (said[quotes[words]] for words in ("It </script> opens", "About time"))
    assert first[TYPE] == second[TYPE] == [f"{SCHEMA}Quotation"]
    assert quotes["About time"] == f"{BASE}/briefs/corrected/#quote-about-time"
    [speaker] = schema(first, "creator")
    assert speaker == f"{BASE}/actors/ada-brandt/" and schema(said[speaker], "name") == ["Ada Brandt"]
    [speaker] = schema(second, "creator")
    assert schema(said[speaker], "name") == ["a passer-by"] and said[speaker][TYPE] == [f"{SCHEMA}Thing"]


def test_reported_speech_is_no_quotation(site: dict[str, Triples]) -> None:
    said = site["/briefs/opening/"]
    words = [schema(said[each], "text")[0] for each in schema(said[f"{BASE}/briefs/opening/"], "hasPart")]
    assert words == ["The port is open"]


def test_an_actor_is_the_same_node_on_every_page_and_has_what_the_editor_says_of_it(site: dict[str, Triples]) -> None:
    actor = f"{BASE}/actors/ada-brandt/"
    own = site["/actors/ada-brandt/"][actor]
    assert schema(own, "sameAs") == ["https://www.wikidata.org/entity/Q42"]
    assert "A. Brandt" in schema(own, "alternateName")
    for brief in ("opening", "answer", "corrected"):
        assert schema(site[f"/briefs/{brief}/"][actor], "name") == schema(own, "name") == ["Ada Brandt"]


def test_annotations_tell_which_words_they_are_about_and_who_is_meant(site: dict[str, Triples]) -> None:
    said = site["/briefs/opening/annotations.json"]
    note = said[f"{BASE}/briefs/opening/#figure-40-waiting-ships"]
    assert note[TYPE] == [f"{OA}Annotation"] and note[f"{OA}motivatedBy"] == [f"{OA}describing"]
    [target] = note[f"{OA}hasTarget"]
    assert said[target][f"{OA}hasSource"] == [f"{BASE}/briefs/opening/"]
    [selector] = said[target][f"{OA}hasSelector"]
    assert said[selector][TYPE] == [f"{OA}TextQuoteSelector"]
    assert said[selector][f"{OA}exact"] == ["40 ships were waiting"]
    assert said[selector][f"{OA}prefix"][0].endswith("The Port Board told reporters ")
    meant = [said[body][f"{OA}hasSource"] for body in note[f"{OA}hasBody"] if f"{OA}hasSource" in said[body]]
    assert meant == [[f"{BASE}/actors/port-board/"]]
