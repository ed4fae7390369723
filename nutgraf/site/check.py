"""Findings of meaning: what a brief says that does not hold."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from nutgraf.model.brief import Brief, Figure, ItemKey, Page, Proposal, Quote
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity
from nutgraf.model.library import Library
from nutgraf.site import edtf
from nutgraf.site.anchors import Fate, near_for, nearest, stands_in, tidy
from nutgraf.site.library import Names, all_names, names_of, page_of, slug_of
from nutgraf.site.mentions import explicit_target
from nutgraf.site.reading import Placed, Reading, pieces, read
from nutgraf.site.text import even_text, fold, whole_words
from nutgraf.site.units import complaint

DEFAULTS: Mapping[str, Severity] = {
    "lost-anchor": Severity.ERROR,
    "ambiguous-anchor": Severity.ERROR,
    "altered-quotation": Severity.ERROR,
    "missing-article": Severity.WARNING,
    "changed-article": Severity.WARNING,
    "unknown-speaker": Severity.ERROR,
    "unknown-link": Severity.WARNING,
    "actor-never-mentioned": Severity.WARNING,
    "alias-of-two": Severity.ERROR,
    "slug-collision": Severity.ERROR,
    "invalid-date": Severity.ERROR,
    "range-upside-down": Severity.ERROR,
    "no-value": Severity.ERROR,
    "share-over-hundred": Severity.WARNING,
    "unknown-unit": Severity.WARNING,
    "draft-withheld": Severity.INFO,
    "future-withheld": Severity.INFO,
    "date-in-future": Severity.WARNING,
    "proposal-without-brief": Severity.INFO,
}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SCALAR = re.compile(r'\{[^{}]*\}|"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^,}\]\s](?:[^,}\]]*[^,}\]\s])?')
"""A value as a brief writes it within one line."""
_SHARE = re.compile(r"\b(share|proportion|part|of the (vote|population|total))\b", re.I)


def check(
    library: Library, config: Config, today: str, proposals: Mapping[str, Proposal] | None = None
) -> tuple[Diagnostic, ...]:
    """Every finding, in order of path and place; severities as site.yaml sets them."""
    names = names_of(library.pages)
    found = [*_collisions(library, names)]
    for brief in library.briefs:
        reading = read(brief, names)
        found += [*_withheld(brief, today), *_anchors(reading), *_names(reading), *_explicit(reading), *_values(brief)]
        found += [*_original(reading, library)]
    made = {brief.slug for brief in library.briefs}
    for slug, proposal in sorted((proposals or {}).items()):
        if slug not in made:
            location = Location(f"content/proposals/{slug}.json")
            message = f"the brief of {proposal.article} is gone; it is not made again by itself"
            help_ = f"remove this file too, or bring the brief back: annotate {proposal.article}"
            found.append(Diagnostic("proposal-without-brief", Severity.INFO, message, location, help_))
    levelled = (_levelled(d, config) for d in found)
    return tuple(sorted((d for d in levelled if d), key=_order))


def _levelled(d: Diagnostic, config: Config) -> Diagnostic | None:
    level = config.findings.get(d.code, DEFAULTS[d.code])
    if level == "off":
        return None
    return Diagnostic(d.code, Severity(level), d.message, d.location, d.help)


def _order(d: Diagnostic) -> tuple[str, Position, str, str]:
    return d.location.path, d.location.position or Position(0, 0), d.code, d.message


def finding(code: str, holder: Brief | Page, key: ItemKey, message: str, help_: str = "") -> Diagnostic:
    """A finding at a node of a file's front matter."""
    at = next((holder.positions[key[:n]] for n in range(len(key), -1, -1) if key[:n] in holder.positions), None)
    line = holder.lines[at.line - 1] if at and at.line <= len(holder.lines) else ""
    width = len(match[0]) if at and (match := _SCALAR.match(line, at.column - 1)) else 1
    return Diagnostic(code, DEFAULTS[code], message, Location(holder.path, at, line, max(width, 1)), help_)


def _withheld(brief: Brief, today: str) -> Iterator[Diagnostic]:
    if brief.front.status == "draft":
        yield finding(
            "draft-withheld", brief, ("status",), "a draft, not published", "set status: published when it is ready"
        )
    elif brief.front.date > today and _ISO_DAY.fullmatch(brief.front.date):
        yield finding("future-withheld", brief, ("date",), f"withheld until {brief.front.date}")
    told: list[tuple[ItemKey, str, str]] = [(("reviewed",), brief.front.reviewed or "", "reviewed")]
    told += [(("corrections", i, "date"), c.date, "corrected") for i, c in enumerate(brief.front.corrections)]
    for key, day, done in told:
        if _ISO_DAY.fullmatch(day) and day > today:
            yield finding("date-in-future", brief, key, f"{done} on {day}, which is yet to come")


def _anchors(reading: Reading) -> Iterator[Diagnostic]:
    for note in reading.notes:
        if note.anchor and note.anchor.fate is not Fate.FOUND:
            yield _misplaced(reading, note)


def _misplaced(reading: Reading, note: Placed) -> Diagnostic:
    assert note.anchor
    anchor, plain = note.anchor, reading.brief.body.plain
    key = (note.list, note.index, "near" if anchor.by_near else "text")
    if anchor.fate is Fate.LOST:
        close = nearest(plain, anchor.words)
        where = "the body" if anchor.by_near or not note.item.near else "the words of near"
        help_ = f"nearest: {close}" if close else "correct the words, or take the item out"
        return finding("lost-anchor", reading.brief, key, f"these words are not in {where}: {anchor.words}", help_)
    longer = []
    for place in whole_words(reading.text.words, tidy(anchor.words)):
        words = near_for(reading.text, place)
        longer += [words] if words else []
    message = f"these words stand {len(anchor.spans)} times in the body: {anchor.words}"
    return finding(
        "ambiguous-anchor", reading.brief, key, message, "add near: " + " | ".join(f'"{w}"' for w in longer[:4])
    )


def _names(reading: Reading) -> Iterator[Diagnostic]:
    brief = reading.brief
    known = [n for a in brief.front.actors for n in (a.name, *a.aka)] + [s.name for s in brief.front.sources]
    for note in reading.notes:
        by = getattr(note.item, "by", None)
        if by and fold(by) not in reading.cast.doubtful and reading.who(by).slug is None:
            close = difflib.get_close_matches(by, known, 1, 0.5)
            help_ = f"did you mean {close[0]}?" if close else "add the name to actors, or to sources"
            yield finding(
                "unknown-speaker",
                brief,
                (note.list, note.index, "by"),
                f"{by} is no actor and no source of this brief",
                help_,
            )
    yield from _doubtful(reading)
    mentioned = {mention.slug for mention in reading.mentions}
    spoken = {reading.who(by).slug for n in reading.notes if (by := getattr(n.item, "by", None))}
    head = even_text(f"{brief.front.headline}\n\n{brief.front.standfirst or ''}").words
    named = {slug for name, slug in reading.cast.spellings.items() if any(whole_words(head, tidy(name)))}
    for index, (actor, slug) in enumerate(zip(brief.front.actors, reading.cast.slugs, strict=True)):
        if slug not in mentioned | spoken | named:
            message = f"{actor.name} is mentioned neither in the body nor in the headline"
            yield finding(
                "actor-never-mentioned",
                brief,
                ("actors", index, "name"),
                message,
                "add an aka that is, or take the actor out",
            )


def _doubtful(reading: Reading) -> Iterator[Diagnostic]:
    """Names that two actors of the brief share, at the last of them."""
    front, cast = reading.brief.front, reading.cast
    for key, slugs in cast.doubtful.items():
        if key in cast.meant:
            continue
        index = max(i for i, slug in enumerate(cast.slugs) if slug in slugs)
        own = all_names(front.actors[index], page_of(cast.slugs[index], reading.names.actors))
        shown = next(name for name in own if fold(name) == key)
        message = f"{shown} is the name of two actors here: {', '.join(slugs)}"
        yield finding("alias-of-two", reading.brief, ("actors", index), message, "take it from the aka of one")


def _explicit(reading: Reading) -> Iterator[Diagnostic]:
    """Links of the body that lead nowhere."""
    for link in reading.brief.body.links:
        if explicit_target(link.target, reading.cast, reading.names) is None:
            known = [name for actor in reading.brief.front.actors for name in (actor.name, *actor.aka)]
            close = difflib.get_close_matches(link.target, known, 1, 0.5)
            help_ = f"did you mean {close[0]}?" if close else "add the name to actors"
            yield _in_body(reading.brief, f"[[{link.target}", f"{link.target} is no actor of this brief", help_)


def _in_body(brief: Brief, words: str, message: str, help_: str) -> Diagnostic:
    """A finding at the first place of some words of the body's Markdown."""
    offset = max(brief.body.markdown.find(words), 0)
    before = brief.body.markdown[:offset]
    at = Position(brief.body.line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1)
    line = brief.lines[at.line - 1] if at.line <= len(brief.lines) else ""
    location = Location(brief.path, at, line, len(words))
    return Diagnostic("unknown-link", DEFAULTS["unknown-link"], message, location, help_)


def _values(brief: Brief) -> Iterator[Diagnostic]:
    front = brief.front
    dated: list[tuple[ItemKey, str]] = [(("date",), front.date)]
    dated += [(("reviewed",), front.reviewed)] if front.reviewed else []
    dated += [(("corrections", i, "date"), item.date) for i, item in enumerate(front.corrections)]
    dated += [(("dates", i, "date"), item.date) for i, item in enumerate(front.dates)]
    dated += [(("figures", i, "when"), item.when) for i, item in enumerate(front.figures) if item.when]
    for key, text in dated:
        period = edtf.parse(text)
        day_wanted = key in (("date",), ("reviewed",))
        if period is None or (day_wanted and not _ISO_DAY.fullmatch(text)):
            help_ = (
                "a day: 2022-04-20" if day_wanted else "EDTF: 2022-04-20, 2022-04, 2022, 2021-10/2022-02, ../2017-03"
            )
            yield finding("invalid-date", brief, key, f"{text} is no date that can be read", help_)
        elif period.upside_down:
            yield finding("range-upside-down", brief, key, f"{text} ends before it begins", "turn the two dates round")
    for index, figure in enumerate(front.figures):
        yield from _figure(brief, index, figure)


def _figure(brief: Brief, index: int, figure: Figure) -> Iterator[Diagnostic]:
    if figure.value is None and figure.low is None and figure.high is None:
        yield finding("no-value", brief, ("figures", index), "the figure has no value", "give value, or low and high")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        message = f"low {figure.low} is more than high {figure.high}"
        yield finding("range-upside-down", brief, ("figures", index, "low"), message, "turn the two round")
    if figure.unit == "%" and (figure.value or 0) > 100 and _SHARE.search(figure.what or ""):
        yield finding("share-over-hundred", brief, ("figures", index, "value"), f"a share of {figure.value} %")
    wrong = complaint(figure.unit) if figure.unit else None
    if wrong:
        yield finding("unknown-unit", brief, ("figures", index, "unit"), *wrong)


def _original(reading: Reading, library: Library) -> Iterator[Diagnostic]:
    name = reading.brief.front.article
    if not name:
        return
    if name not in library.articles:
        yield finding("missing-article", reading.brief, ("article",), f"there is no content/articles/{name}")
        return
    if name in library.changed_articles:
        message = f"{name} has changed since it was annotated"
        yield finding("changed-article", reading.brief, ("article",), message, f"annotate {name} merges what is new")
    text = even_text(library.articles[name])
    for note in reading.of("quotes"):
        assert isinstance(note.item, Quote)
        if note.item.kind != "indirect" and not stands_in(text, pieces(note.item)):
            words = " … ".join(pieces(note.item))
            close = nearest(library.articles[name], words)
            help_ = f"the article has: {close}" if close else "the article has nothing like it"
            key = ("quotes", note.index, "text")
            yield finding("altered-quotation", reading.brief, key, f"not in {name} letter by letter: {words}", help_)


def _collisions(library: Library, names: Names) -> Iterator[Diagnostic]:
    """Two labels that would share one address."""
    used: dict[tuple[str, str], dict[str, tuple[Brief, ItemKey]]] = defaultdict(dict)
    for brief in library.briefs:
        for i, actor in enumerate(brief.front.actors):
            used["actor", slug_of(actor.name, names.actors)].setdefault(
                fold(actor.name), (brief, ("actors", i, "name"))
            )
        for i, source in enumerate(brief.front.sources):
            used["source", slug_of(source.name, names.sources)].setdefault(
                fold(source.name), (brief, ("sources", i, "name"))
            )
        for i, topic in enumerate(brief.front.topics):
            used["topic", slug_of(topic, names.topics)].setdefault(fold(topic), (brief, ("topics", i)))
    for (kind, slug), labels in used.items():
        bare = {_bare(label) for label in labels}
        index = {"actor": names.actors, "source": names.sources, "topic": names.topics}[kind]
        if len(bare) > 1 and not any(label in index for label in labels):
            brief, key = list(labels.values())[-1]
            shown = " and ".join(sorted(labels))
            yield finding(
                "slug-collision",
                brief,
                key,
                f"{shown} would both be at {slug}",
                f"make a page in content/{kind}s/ with one as alias",
            )


def _bare(label: str) -> str:
    """A folded label without what may differ between two spellings of one name: spaces, stops, hyphens, quote marks."""
    return "".join(c for c in label if c.isalnum() or c in "&@#%*" or unicodedata.category(c).startswith("S"))
