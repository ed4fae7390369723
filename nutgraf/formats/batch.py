"""Rows of a corpus in JSON Lines to articles, and annotations to rows."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nutgraf.formats.articles import Pages, read_article
from nutgraf.formats.metadata import iso_day
from nutgraf.formats.saved_page import no_model
from nutgraf.model.annotation import ActorFound, Annotations, FigureFound, MentionKind, Named
from nutgraf.model.article import Article, BlockKind, Story
from nutgraf.model.span import Span

TYPES = {"organisation": "organization"}
"""Kinds of actors that the rows spell in another way."""
UNITS = {"%": "percent"}


def article_of_row(row: Mapping[str, Any], pages: Pages = no_model) -> Article:
    """The article of a row: `id`, `text` or `html`, optionally `date`, `url`, `title`. Raises ValueError."""
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str | int):
        raise ValueError("a row wants an id")
    name = str(row["id"])
    if isinstance(row.get("html"), str):
        article, _ = read_article("page.html", row["html"].encode("utf-8", "surrogatepass"), pages)
        article = replace(article, name=name)
    elif isinstance(row.get("text"), str):
        article = Article(name=name, text=row["text"])
    else:
        raise ValueError("a row wants text or html")
    return replace(
        article,
        published=_day(row.get("date")) or article.published,
        url=_words(row, "url") or article.url,
        title=_words(row, "title") or article.title,
    )


def _words(row: Mapping[str, Any], key: str) -> str | None:
    given = row.get(key)
    if given is not None and not isinstance(given, str):
        raise ValueError(f"{key} wants text, not {given!r}"[:200])
    return given


def _day(given: Any) -> str | None:
    day = iso_day(str(given)) if given else None
    if given and not day:
        raise ValueError(f"date wants a day, YYYY-MM-DD, not {given!r}"[:200])
    return day


def record_of(story: Story, found: Annotations, html: bool) -> dict[str, Any]:
    """The row of one annotated article. Offsets are code points of the text given; of `body` where that was a page."""
    text = story.article.text
    credits = found.credits
    return {
        "id": story.article.name,
        "language": story.language,
        "headline": found.headline,
        "body": text if html else body_of(story),
        "actors": [_actor(a) for a in found.actors],
        "mentions": [m for a in found.actors for m in _mentions(a)],
        "pronouns": [
            {**_at(m.span), "actor": a.name} for a in found.actors for m in a.mentions if m.kind is MentionKind.PRONOUN
        ],
        "attributions": [
            {
                "content": [[s.start, s.end] for s in q.content],
                "source": [[q.speaker.start, q.speaker.end]] if q.speaker else [],
                "cue": [[q.cue.start, q.cue.end]] if q.cue else [],
                "kind": str(q.kind),
                "by": q.by,
                "confidence": round(q.confidence, 3),
            }
            for q in found.quotes
        ],
        "figures": [_figure(f, text) for f in found.figures],
        "dates": [
            {**_at(s), "date": _one(when), "confidence": round(d.confidence, 3)}
            for d in found.dates
            for s, when in d.parts or ((d.span, d.date),)
        ],
        "agencies": _named(credits.agencies),
        "cited": _named(credits.cited),
        "outlets": _named(credits.outlets),
        "authors": _named(credits.authors),
        "dateline_place": credits.dateline_place.of(text) if credits.dateline_place else None,
        "dateline_date": credits.dateline_date.of(text) if credits.dateline_date else None,
        "related": [{"headline": r.headline} for r in found.related],
    }


def body_of(story: Story) -> str:
    """The story's own paragraphs and cross-heads, one to a paragraph."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CREDIT)
    return "\n\n".join(block.span.of(story.article.text) for block in story.of_kind(*kinds))


def _one(edtf: str) -> str:
    """The last day of an interval that is open at its start; any other date as it is."""
    if not edtf.startswith("../"):
        return edtf
    year, month, day = (*edtf[3:].split("-"), "", "")[:3]
    month = month or "12"
    return f"{year}-{month}-{day or monthrange(int(year), int(month))[1]}"


def _at(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _named(entries: tuple[Named, ...]) -> list[dict[str, Any]]:
    return [{"name": e.name, **_at(e.span)} for e in entries]


def _actor(actor: ActorFound) -> dict[str, Any]:
    told = {"name": actor.name, "type": TYPES.get(actor.kind, str(actor.kind)), "variants": list(actor.aliases)}
    return {**told, "role": actor.role, "confidence": round(actor.confidence, 3)}


def _mentions(actor: ActorFound) -> list[dict[str, Any]]:
    kind = TYPES.get(actor.kind, str(actor.kind))
    return [{**_at(m.span), "type": kind} for m in actor.mentions if m.kind is MentionKind.NAME]


def _figure(figure: FigureFound, text: str) -> dict[str, Any]:
    value = figure.value if figure.value is not None else figure.low if figure.low is not None else figure.high
    counts = figure.head.of(text) if figure.head else figure.what
    told = {"value": value, "unit": UNITS.get(figure.unit or "", figure.unit), "counts": counts}
    return {**_at(figure.span), **told, "confidence": round(figure.confidence, 3)}
