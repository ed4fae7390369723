"""What annotators find in a document. All spans point into the article's text."""

from dataclasses import dataclass
from enum import StrEnum

from nutgraf.model.span import Span


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


class MentionKind(StrEnum):
    """How a stretch refers to its actor."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that refers to an actor; a name's span leaves out titles, articles and the possessive."""

    span: Span
    kind: MentionKind = MentionKind.NAME


@dataclass(frozen=True, slots=True)
class ActorFound:
    """One actor of the document. `name`, its fullest, is unique in the document and is how others refer to it."""

    name: str
    kind: ActorKind
    role: str | None = None
    """Words of the text that say what the actor is, without the name."""
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A number that counts or measures. Either `value` or `low`/`high` (either of which may be open)."""

    span: Span
    """The number with its unit sign or word: "47,331", "$3.2 million", "7 percent"."""
    anchor: Span
    """The clause that makes sense of the number: what a brief quotes as `text`."""
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    """ISO 4217 code, "%", or a unit in the singular ("kilometre", "percentage point"); None for a bare count."""
    what: str | None = None
    """The thing counted or measured, in the text's words."""
    head: Span | None = None
    """The counted noun itself, one word."""
    approx: str | None = None
    """about | over | under | at least | up to | only-as-said words mapped by the language pack."""
    change: str | None = None
    """rise | fall, where the figure is a change."""
    base: str | None = None
    """What the change is measured from, in the text's words."""
    record: str | None = None
    """record | highest | lowest | first and the like, in the text's words."""
    when: str | None = None
    """EDTF date or interval the figure holds for; None where the text does not say."""
    by: str | None = None
    """Name of the actor, or words of an unnamed source, on whose word it stands."""
    confidence: float = 1.0


class QuoteKind(StrEnum):
    """Whether a statement stands wholly, partly or not at all between quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """Who said what. A statement that its cue interrupts has several pieces of `content`, without quotation marks."""

    content: tuple[Span, ...]
    kind: QuoteKind
    cue: Span | None = None
    """The reporting words: "said", "according to"."""
    speaker: Span | None = None
    """The words next to the statement that name its speaker, pronouns included."""
    by: str | None = None
    """Name of the actor, or the words of an unnamed speaker; None where nobody can be made out."""
    fragments: tuple[Span, ...] = ()
    """Within a mixed statement, what stands between quotation marks."""
    listed: bool = True
    """Whether a brief lists it: said, not only wished or thought, and not within somebody else's quotation."""
    confidence: float = 1.0


class SourceKind(StrEnum):
    """What a source is to the story."""

    AGENCY = "agency"
    CITED = "cited"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class SourceFound:
    """Whom or what the story cites or is credited to."""

    name: str
    kind: SourceKind
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DateFound:
    """A time expression and the day, month, year or interval it means."""

    span: Span
    date: str
    """EDTF (ISO 8601-2): 2022-04-20, 2021-10, 2021-10/2022-02, ../2017-03. Never a finer grain than the text gives."""
    what: str | None = None
    """What happened then, in the text's words; None where it is not plain."""
    parts: tuple[tuple[Span, str], ...] = ()
    """Where one expression holds several dates ("from 2004 to 2009"), each alone with its words."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Named:
    """A name and one place where it stands."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Credits:
    """Who made the story, and where. Names of agencies are canonical ("Agence France-Presse"), others as written."""

    agencies: tuple[Named, ...] = ()
    """Agencies credited with the text or a part of it, one entry a mention."""
    cited: tuple[Named, ...] = ()
    """Agencies only quoted as a source inside the story."""
    bylined: tuple[tuple[str, str], ...] = ()
    """Agencies that the page names as its author: as written there, canonical."""
    outlets: tuple[Named, ...] = ()
    authors: tuple[Named, ...] = ()
    dateline: Span | None = None
    """The whole dateline: "MADRID, 9 Sep. (EUROPA PRESS) -"."""
    dateline_place: Span | None = None
    dateline_date: Span | None = None


@dataclass(frozen=True, slots=True)
class TopicFound:
    """A topic and why it was chosen (words of the text, or the topic's own entry)."""

    label: str
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Related:
    """A teaser of another story that stood among or under this one."""

    headline: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything found in one document; each annotator fills the fields it declares."""

    headline: str | None = None
    standfirst: str | None = None
    credits: Credits = Credits()
    dates: tuple[DateFound, ...] = ()
    actors: tuple[ActorFound, ...] = ()
    figures: tuple[FigureFound, ...] = ()
    quotes: tuple[QuoteFound, ...] = ()
    sources: tuple[SourceFound, ...] = ()
    topics: tuple[TopicFound, ...] = ()
    related: tuple[Related, ...] = ()
