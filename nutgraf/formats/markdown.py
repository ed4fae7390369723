"""The body of a brief: CommonMark without HTML, plus `[[Name]]` and `[[Name|words]]`."""

import re

from nutgraf.model.brief import Body


def parse_body(markdown: str, line: int = 1) -> Body:
    """The body as written and as read. `line` is the line of the file on which it starts."""
    paragraphs = plain_paragraphs(markdown)
    if paragraphs is not None:
        return Body(markdown, "\n\n".join(" ".join(lines) for lines in paragraphs), line)
    from nutgraf.formats.commonmark import parsed_body  # slow to load, and of no use to most bodies

    return parsed_body(markdown, line)


def plain_paragraphs(markdown: str) -> list[list[str]] | None:
    """The paragraphs, by lines, of a body that has nothing else and no marks; None for any other."""
    if not _PLAIN_BODY.match(markdown):
        return None
    found = ([line for line in paragraph.split("\n") if line] for paragraph in markdown.strip("\n").split("\n\n"))
    return [lines for lines in found if lines]


def escape_markdown(text: str) -> str:
    """One paragraph of plain text as Markdown whose words are that text again (line breaks become single spaces)."""
    text = re.sub(r"\s*[\r\n]\s*", " ", text.replace("\0", "\ufffd")).strip()
    text = _INLINE_MARKS.sub(r"\\\g<0>", text)
    text = re.sub(r"(?<=\])\(", r"\\(", text)
    text = _BLOCK_START.sub(lambda m: m[0][:-1] + "\\" + m[0][-1], text, count=1)
    return re.sub(r"(?<=[ \t])#(?=#*$)", r"\\#", text)


_INLINE_MARKS = re.compile(
    r"""[\\`*]                            # always marks
      | (?<![^\W_])_ | _(?![^\W_])        # emphasis, unless inside a word
      | \[(?=\[) | ^\[                    # a name link; a reference definition
      | <(?=[A-Za-z])                     # an autolink
      | &(?=\#?\w+;)                      # an entity
      """,
    re.X,
)
_BLOCK_START = re.compile(
    r"""^(?: \#(?=\#{0,5}(?:[ \t]|$)) | >  # heading, quotation
      | [-+](?=[ \t]|$) | -(?=[-\ \t]*$)   # list item, rule
      | ~(?=~~)                            # fence
      | \d{1,9}[.)](?=[ \t]|$) )           # numbered item""",
    re.X,
)


_PLAIN_LINE = (
    r"""(?![-+=~#>:|]|\d{1,9}[.)](?:\s|\Z))[^\s\\`*_\[\]<&~\0](?:[^\n\r\t\\`*_\[\]<&\0]*[^\s\\`*_\[\]<&\0])?"""
)
_PLAIN_BODY = re.compile(rf"\n*{_PLAIN_LINE}(?:\n+{_PLAIN_LINE})*+\n*\Z")
"""Lines without marks and without space at either end: paragraphs divided by empty lines, and nothing else."""
