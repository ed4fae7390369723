"""Every kind of finding there is, by code, and how much each matters. `docs/findings.md` has a section on each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from nutgraf.model.config import Config, Levels
from nutgraf.model.diagnostic import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Kind:
    """How much findings of one code matter where site.yaml says nothing of them."""

    preview: Severity
    release: Severity
    settable: bool = True
    """False where the file cannot be read: no setting can make up what it says."""


_UNREADABLE = Kind(Severity.ERROR, Severity.ERROR, settable=False)
_WRONG = Kind(Severity.WARNING, Severity.ERROR)
"""What is published would be false or lead nowhere: seen in the preview, stops a release."""
_DOUBTFUL = Kind(Severity.WARNING, Severity.WARNING)
_TOLD = Kind(Severity.INFO, Severity.INFO)

KINDS: Mapping[str, Kind] = {
    # a file that cannot be read
    "not-utf8": _UNREADABLE,
    "control-character": _UNREADABLE,
    "no-front-matter": _UNREADABLE,
    "open-front-matter": _UNREADABLE,
    "yaml-colon": _UNREADABLE,
    "yaml-tab": _UNREADABLE,
    "yaml-quotation": _UNREADABLE,
    "yaml-bracket": _UNREADABLE,
    "yaml-indent": _UNREADABLE,
    "yaml-start": _UNREADABLE,
    "yaml-syntax": _UNREADABLE,
    "yaml-alias": _UNREADABLE,
    "yaml-tag": _UNREADABLE,
    "yaml-key": _UNREADABLE,
    "yaml-two-documents": _UNREADABLE,
    "yaml-too-deep": _UNREADABLE,
    "yaml-too-large": _UNREADABLE,
    "duplicate-key": _UNREADABLE,
    "unknown-key": _UNREADABLE,
    "missing-key": _UNREADABLE,
    "wrong-type": _UNREADABLE,
    "wrong-value": _UNREADABLE,
    "broken-proposal": _UNREADABLE,
    # a file that says something else than was meant
    "comment-in-value": _DOUBTFUL,
    "keys-in-body": _DOUBTFUL,
    # words
    "lost-anchor": _WRONG,
    "ambiguous-anchor": _WRONG,
    "altered-quotation": _WRONG,
    "missing-article": _DOUBTFUL,
    "changed-article": _DOUBTFUL,
    # names
    "unknown-speaker": _WRONG,
    "unknown-name-link": _WRONG,
    "actor-never-mentioned": _DOUBTFUL,
    "alias-of-two": _WRONG,
    "slug-collision": _WRONG,
    "unlikely-topic": _DOUBTFUL,
    # values
    "invalid-date": _WRONG,
    "date-after-brief": _TOLD,
    "date-before-brief": _TOLD,
    "date-in-future": _DOUBTFUL,
    "range-upside-down": _WRONG,
    "no-value": _WRONG,
    "share-over-hundred": _DOUBTFUL,
    "unknown-unit": _DOUBTFUL,
    # links and images
    "broken-link": _WRONG,
    "image-without-alt": _DOUBTFUL,
    # the site as a whole
    "draft-withheld": _TOLD,
    "future-withheld": _TOLD,
    "unusual-layout": _TOLD,
    "article-without-brief": _TOLD,
    "proposal-without-brief": _TOLD,
    "template-error": _UNREADABLE,
    "template-override": _DOUBTFUL,
    # annotating
    "unknown-article": _UNREADABLE,
    "article-format": _UNREADABLE,
    "article-empty": _UNREADABLE,
    "article-encoding": _DOUBTFUL,
    "article-mail": _UNREADABLE,
    "article-xml": _UNREADABLE,
    "article-json": _UNREADABLE,
    "not-annotated": _UNREADABLE,
    "no-date": _DOUBTFUL,
    "plain-brief": _TOLD,
    "not-merged": _DOUBTFUL,
    "merge-conflict": _DOUBTFUL,
}


def report(code: str, message: str, location: Location, help_: str = "") -> Diagnostic:
    """A finding with the severity its kind has in a release."""
    return Diagnostic(code, KINDS[code].release, message, location, help_)


def levelled(found: Iterable[Diagnostic], config: Config, preview: bool = False) -> tuple[Diagnostic, ...]:
    """The findings with the severities of the site, for a preview or a release; those that are off left out."""
    told = ((d, _level(d, config, preview)) for d in found)
    return tuple(replace(d, severity=Severity(level)) for d, level in told if level != "off")


def _level(d: Diagnostic, config: Config, preview: bool) -> str:
    kind = KINDS[d.code]
    if not kind.settable:
        return d.severity
    own = config.findings.get(d.code)
    if isinstance(own, Levels):
        own = own.preview if preview else own.release
    return own or (kind.preview if preview else kind.release)
