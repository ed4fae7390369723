"""Names: speakers, links and actors that a brief names without having them, or has without naming them."""

from collections.abc import Iterator

from nutgraf.model.brief import Brief
from nutgraf.model.diagnostic import Diagnostic, Position
from nutgraf.model.nearest import asked
from nutgraf.site.anchors import tidy
from nutgraf.site.check.finding import finding, in_body
from nutgraf.site.library import all_names, page_of
from nutgraf.site.mentions import explicit_target
from nutgraf.site.reading import Reading
from nutgraf.site.text import even_text, fold, whole_words


def findings(reading: Reading) -> Iterator[Diagnostic]:
    """All of them."""
    yield from _speakers(reading)
    yield from _doubtful(reading)
    yield from _unmentioned(reading)
    yield from _explicit(reading)


def _known(brief: Brief) -> list[str]:
    return [n for a in brief.front.actors for n in (a.name, *a.aka)] + [s.name for s in brief.front.sources]


def _speakers(reading: Reading) -> Iterator[Diagnostic]:
    for note in reading.notes:
        by = getattr(note.item, "by", None)
        if by and fold(by) not in reading.cast.doubtful and reading.who(by).slug is None:
            close = asked(by, _known(reading.brief))
            message = f"{by} is no actor and no source of this brief"
            key = (note.list, note.index, "by")
            wanted = None if close else ("actor", by)
            yield finding(
                "unknown-speaker", reading.brief, key, message, close or "add the name to actors, or to sources", wanted
            )


def _unmentioned(reading: Reading) -> Iterator[Diagnostic]:
    brief = reading.brief
    named = {mention.slug for mention in reading.mentions}
    if named.issuperset(reading.cast.slugs):
        return
    named |= {reading.who(by).slug or "" for n in reading.notes if (by := getattr(n.item, "by", None))}
    head = even_text(f"{brief.front.headline}\n\n{brief.front.standfirst or ''}").words
    named |= {slug for name, slug in reading.cast.spellings.items() if any(whole_words(head, tidy(name)))}
    for index, (actor, slug) in enumerate(zip(brief.front.actors, reading.cast.slugs, strict=True)):
        if slug not in named:
            message = f"{actor.name} is mentioned neither in the body nor in the headline"
            help_ = "add an aka that is, or take the actor out"
            yield finding("actor-never-mentioned", brief, ("actors", index, "name"), message, help_)


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
    """Links by name of the body that lead nowhere."""
    brief = reading.brief
    searched = 0
    for link in brief.body.links:
        words = f"[[{link.target}"
        offset = brief.body.markdown.find(words, searched)
        searched = max(searched, offset + 1)
        if explicit_target(link.target, reading.cast, reading.names) is None:
            close = asked(link.target, [n for a in brief.front.actors for n in (a.name, *a.aka)])
            before = brief.body.markdown[: max(offset, 0)]
            at = Position(brief.body.line + before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1)
            message = f"{link.target} is no actor of this brief"
            wanted = None if close else ("actor", link.target)
            yield in_body(
                "unknown-name-link", brief, at, len(words), message, close or "add the name to actors", wanted
            )
