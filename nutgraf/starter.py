"""What a new site starts with."""

from collections.abc import Mapping

from nutgraf.formats.brief import write_brief
from nutgraf.formats.vscode import vscode_files
from nutgraf.model.brief import FrontMatter

BUILD = """#!/usr/bin/env python3
import sys, pathlib, nutgraf.cli
sys.exit(nutgraf.cli.main(sys.argv[1:], root=pathlib.Path(__file__).resolve().parent))
"""
SETTINGS = """# yaml-language-server: $schema=.vscode/site.schema.json
# Settings of this site; every key but the title may be left out.
title: {title}
tagline: ""
# url: the address the site is published at, for feeds and the sitemap
language: en
body: full            # full | digest (only the sentences that carry a quotation or a figure)
"""
GUIDE = """# What goes where

- `articles/`: originals, never altered: .txt (pasted), .md, .html (saved pages), .eml, .xml (NewsML-G2, NITF, feeds),
  .json (ninjs). A date at the start of the name (2022-04-20-talks.txt) is the day of publication.
- `briefs/`: what `python3 build.py` makes of each new article. Yours to correct in any text editor.
- `proposals/`: what the machine last proposed. Keep it, do not edit it: your own edits are told from it.
- `actors/`, `sources/`, `topics/`: pages of your own, one Markdown file each.
"""
IGNORED = """public/
.nutgraf/
"""
BY_HAND = """# Take the # from a line to use it; an item is one line.
# topics: [one, another]
# actors:
# - {name: Full Name, kind: person, role: what they are, aka: [Surname]}
# figures:
# - {value: 47, what: the thing counted, by: Full Name, text: "the exact words of the body"}
# quotes:
# - {by: Full Name, cue: said, text: "the exact words, without quote marks"}
# sources:
# - {name: Agency, kind: agency}
"""


def brief_by_hand(headline: str, day: str) -> str:
    """The text of a brief that a person is to fill in; it can be read as it is."""
    head, _, body = write_brief(FrontMatter(headline, day), "The text of the brief.").rpartition("---\n")
    return f"{head}{BY_HAND}---\n{body}"


def starter(name: str) -> Mapping[str, str]:
    """Text by path of a new site's files; `name` becomes its title."""
    title = name.replace("-", " ").replace("_", " ").strip() or "nutgraf"
    return {
        "build.py": BUILD,
        "site.yaml": SETTINGS.format(title=f'"{title}"'),
        ".gitignore": IGNORED,
        "content/README.md": GUIDE,
        "content/articles/.gitkeep": "",
        **dict(vscode_files()),
    }
