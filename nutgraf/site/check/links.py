"""Links and images that a person set into a body."""

from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from nutgraf.model.brief import Brief, Reference
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.site import urls
from nutgraf.site.check.finding import Holder, in_body
from nutgraf.site.check.vocabulary import Vocabulary
from nutgraf.site.library import Names
from nutgraf.site.reading import LISTS, read

_NOTES = tuple(f"{name.rstrip('s')}-" for name in LISTS)
"""How the fragments of a brief's notes begin; any other may be a template's."""
_CHAPTERED = (urls.ARCHIVE, urls.A_Z, urls.FIGURES, urls.QUOTES, urls.TIMELINE, urls.CHANGES)
"""Lists that are cut into chapters where they grow long."""


def images(holder: Holder) -> Iterator[Diagnostic]:
    """Images that say nothing to those who cannot see them."""
    for one in holder.body.references:
        if one.kind == "image" and not one.words.strip():
            help_ = "say between the brackets what it shows: ![A ship at the pier](…)"
            yield in_body(
                "image-without-alt", holder, one.position, one.width, "the image has no text for it", help_, None
            )


def broken(holder: Holder, vocabulary: Vocabulary, briefs: Mapping[str, Brief], names: Names) -> Iterator[Diagnostic]:
    """Links within the site that lead nowhere, and images that are not there."""
    for one in holder.body.references:
        reason, wanted = _fault(one, holder, vocabulary, briefs, names)
        if reason:
            help_ = "within the site, an address begins with / or ../ and ends with /"
            yield in_body("broken-link", holder, one.position, one.width, reason, help_, wanted)


def _own_url(holder: Holder) -> str:
    if isinstance(holder, Brief):
        return urls.brief(holder.slug)
    return {"actor": urls.actor, "source": urls.source, "topic": urls.topic}[holder.kind](holder.slug)


def _fault(
    one: Reference, holder: Holder, vocabulary: Vocabulary, briefs: Mapping[str, Brief], names: Names
) -> tuple[str, tuple[str, str] | None]:
    parts = urlsplit(one.target)
    if parts.scheme or parts.netloc:
        return "", None
    own = _own_url(holder)
    address = _whole(own, unquote(parts.path)) if parts.path else own
    if address not in vocabulary.addresses and not address.startswith(_CHAPTERED):
        return f"{one.target} leads to no page of this site", ("address", address)
    brief = briefs.get(address.removeprefix(urls.BRIEFS).rstrip("/")) if address.startswith(urls.BRIEFS) else None
    if brief is None:
        return "", None
    if brief.front.status == "draft" and not (isinstance(holder, Brief) and holder.front.status == "draft"):
        return f"{address} is a draft, and not published", None
    fragment = unquote(parts.fragment)
    known = [note.fragment for note in read(brief, names).notes] if fragment.startswith(_NOTES) else [fragment]
    if not any(fragment == name or fragment.startswith(urls.reference(name)) for name in known):
        return f"{address} has no {fragment}", None
    return "", None


def _whole(own: str, path: str) -> str:
    whole = normpath(join(own, path))
    return whole + "/" if path.endswith(("/", "/.", "/..")) and whole != "/" else whole
