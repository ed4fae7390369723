"""Which blocks of a web page are its story.

Two extractors that make different mistakes propose, trafilatura (Barbaresi, ACL 2021) and Readability; a block that one
of them takes, or that is quoted between such blocks, is the story's if the weights in languages/any/pages.yaml, made by
bench/train_pages.py, say so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from math import exp
from typing import Any

from lxml import etree, html

from nutgraf.formats.page_blocks import PageBlock, page_blocks
from nutgraf.formats.page_marks import Marks
from nutgraf.layout import LONGEST_PHRASE, Line, features, look_at, plain

_WORD = re.compile(r"\w+")
_SHORTEST_RUN = 4
"""Words in a row that are no coincidence."""
_TAKEN = 0.55
"""Share of a block's words from which it counts as taken."""
_SHORTEST_COPY, _COPIED = 40, 0.8
"""Runs of words of a block that can be a copy of others, and the share of them that stands in others too."""
_UNDER = 3
"""Blocks under a story among which its sign-off stands."""
_TELLING = frozenset(
    ("subscribe", "follow", "related", "advert", "comment", "caption", "copyright", "legal", "author", "promo")
)


@dataclass(frozen=True, slots=True)
class PageModel:
    """What is known of pages in general."""

    phrases: Mapping[str, str]
    """Phrases of clutter to their groups."""
    words: Mapping[str, str]
    """Words in class names to their groups."""
    weights: Mapping[str, float]
    """How much each feature speaks for the story; `bias` always."""
    is_signoff: Callable[[str], bool] = lambda text: False
    """Whether a line only says whose the story is: "(With information from EFE)"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that an extractor took or that stands quoted among such blocks."""

    index: int
    text: str
    features: frozenset[str]


def story_blocks(root: Any, extracted: str, model: PageModel) -> list[str]:
    """The story's blocks of a page, a sign-off under it included. `extracted` is what trafilatura made of it."""
    found = [e for e in candidates(root, extracted, model) if likelihood(e.features, model.weights) > 0.5]
    return without_copy([each.text for each in found]) + (_signoffs(root, found[-1].index, model) if found else [])


def _signoffs(root: Any, last: int, model: PageModel) -> list[str]:
    """What stands right under the story's last block and says whose it is."""
    below = [block.text for block in page_blocks(root)[last + 1 : last + 1 + _UNDER]]
    return [text for text in below if model.is_signoff(text)]


def without_copy(texts: Sequence[str]) -> list[str]:
    """The blocks but for those that say once more, in one piece, what several others say."""
    runs = [_word_runs(text) for text in texts]
    in_blocks = Counter(run for own in runs for run in own)
    return [text for i, text in enumerate(texts) if not _is_copy(i, runs, in_blocks)]


def _is_copy(i: int, runs: Sequence[frozenset[tuple[str, ...]]], in_blocks: Counter[tuple[str, ...]]) -> bool:
    own = runs[i]
    again = sum(in_blocks[run] > 1 for run in own)
    if len(own) < _SHORTEST_COPY or again < _COPIED * len(own):
        return False
    return all(len(own & other) < len(own) / 2 for at, other in enumerate(runs) if at != i)


def _word_runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(plain(text))
    return frozenset(zip(*(words[start:] for start in range(_SHORTEST_RUN)), strict=False))


def likelihood(found: frozenset[str], weights: Mapping[str, float]) -> float:
    """How likely a block with these features is the story's (logistic regression)."""
    worth = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) for name in found)
    return 1 / (1 + exp(-max(-50.0, min(50.0, worth))))


def candidates(root: Any, extracted: str, model: PageModel) -> list[Candidate]:
    """The blocks of a page that may be the story's, in text order."""
    blocks = page_blocks(root)
    texts = [block.text for block in blocks]
    votes = [taken(texts, extracted), taken(texts, readable(root))]
    voted = [any(each) for each in zip(*votes, strict=True)]
    if True not in voted:
        return []
    first, last = voted.index(True), len(voted) - 1 - voted[::-1].index(True)
    chosen = [i for i in range(first, last + 1) if voted[i] or _is_quoted(blocks[i])]
    lines = [look_at(text, model.phrases) for text in texts]
    around = features(lines, max((_text(h) for h in root.iter("h1")), key=len, default=None))
    marks = Marks(blocks, lines, model.words)
    return [
        Candidate(
            i,
            texts[i],
            frozenset(
                (
                    *around[i],
                    *marks.of(i),
                    *_agreement(votes, i, lines[i].shape),
                    *_wording(lines[i], model.phrases, len(chosen) - 1 - place),
                    *_place(place, len(chosen)),
                )
            ),
        )
        for place, i in enumerate(chosen)
    ]


def _is_quoted(block: PageBlock) -> bool:
    return any(element.tag == "blockquote" for element in block.path)


def _text(element: Any) -> str:
    return str(element.text_content())


def readable(root: Any) -> str:
    """What Readability takes for the page's story, a block a line."""
    from trafilatura.readability_lxml import Document  # a fifth of a second, and only saved pages want it

    try:
        taken = html.fromstring(Document(deepcopy(root)).summary())
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""
    return "\n".join(block.text for block in page_blocks(taken))


def taken(texts: Sequence[str], extracted: str) -> list[bool]:
    """For each text whether it stands in an extract, its words in the extract's order; of copies one does."""
    lines = [_WORD.findall(plain(line)) for line in extracted.split("\n")]
    starts = {0, *accumulate(map(len, lines))}
    words = [_WORD.findall(plain(text)) for text in texts]
    owner = [i for i, own in enumerate(words) for _ in own]
    hits = [0] * len(texts)
    matcher = SequenceMatcher(None, [w for own in words for w in own], [w for line in lines for w in line], True)
    for at, other, size in matcher.get_matching_blocks():
        end = at + size
        whole = (at == 0 or owner[at - 1] != owner[at]) if size else False
        whole = whole and (end == len(owner) or owner[end] != owner[end - 1])
        if size >= _SHORTEST_RUN or (whole and (other in starts or other + size in starts)):
            for i in owner[at:end]:
                hits[i] += 1
    return [bool(own) and hits[i] >= _TAKEN * len(own) for i, own in enumerate(words)]


def _agreement(votes: Sequence[Sequence[bool]], i: int, shape: str) -> Iterator[str]:
    for extractor, vote in zip("tr", votes, strict=True):
        above, below = vote[i - 1] if i else False, vote[i + 1] if i + 1 < len(vote) else False
        yield f"{extractor}:{vote[i]:d}"
        yield f"{extractor}:{vote[i]:d}:{shape}"
        yield f"{extractor} around:{above:d}{vote[i]:d}{below:d}"
    both = "".join(f"{vote[i]:d}" for vote in votes)
    yield f"both:{both}"
    yield f"both:{both}:{shape}"


def _wording(line: Line, phrases: Mapping[str, str], below: int) -> Iterator[str]:
    """Features of clutter's words; `below` is the number of candidates that follow."""
    opens, closes = _edge(line.words, phrases, 1), _edge(line.words, phrases, -1)
    if opens:
        yield f"opens:{opens}"
        yield f"opens:{opens}:{line.shape}"
    if opens in ("related", "follow", "subscribe", "promo", "advert"):
        yield "opens as clutter"
    if closes:
        yield f"closes:{closes}"
    if telling := line.groups & _TELLING:
        yield "telling"
        yield f"telling:{line.shape}"
        yield f"telling groups:{min(len(telling), 3)}"
        yield f"telling, lines below:{min(below, 5)}"
        if below < 5:
            yield "telling at the end"
    if "related" in line.groups and ":" in line.text and len(line.text.partition(":")[0].split()) <= 4:
        yield "rubric"
    if any("caption" in own for own in line.own):
        yield "picture credit"


def _edge(words: Sequence[str], phrases: Mapping[str, str], side: int) -> str | None:
    """Group of the longest phrase that a line begins with (side 1) or ends in (-1)."""
    sizes = range(min(LONGEST_PHRASE, len(words)), 0, -1)
    edges = (" ".join(words[:size] if side > 0 else words[-size:]) for size in sizes)
    return next((phrases[edge] for edge in edges if edge in phrases), None)


def _place(place: int, count: int) -> Iterator[str]:
    yield "first" if place == 0 else "last" if place == count - 1 else "middle"
    yield f"from the top:{min(place, 3)}"
    yield f"from the end:{min(count - 1 - place, 5)}"


def extract(page: str) -> str:
    """What trafilatura makes of a page, a paragraph a line."""
    import trafilatura

    text = trafilatura.extract(page, include_comments=False, favor_precision=True) or ""
    return "\n".join(line.removeprefix("- ").strip() for line in text.splitlines() if line.strip())
