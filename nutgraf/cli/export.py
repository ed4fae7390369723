"""Verb `export`: the briefs for other programs."""

import argparse
from pathlib import Path

from nutgraf import store
from nutgraf.cli.common import GOOD, USAGE, Verbs, common_flags, has_site, say, show_problems, today, worst

NAMES = ("export",)
FORMATS = ("csv", "ftm", "ninjs", "sqlite", "web-annotation")
FOLDER = "export"


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("export", parents=[common_flags()], help="the briefs for other programs")
    verb.add_argument("format", choices=FORMATS)
    verb.add_argument("-o", "--output", type=Path, metavar="DIR", help=f"folder of the files ({FOLDER}/)")
    verb.add_argument("--drafts", action="store_true", help="drafts too")
    verb.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """Write the files of one format."""
    from nutgraf.builder.content import read_content
    from nutgraf.exports import FORMATS as MAKERS
    from nutgraf.formats.words import parse_words
    from nutgraf.site.link import link

    if not has_site(options.root):
        return USAGE
    content = read_content(options.root, options.config)
    show_problems(content.diagnostics)
    words, _ = parse_words(store.read_templates(options.root), content.config.language)
    site = link(content.library, content.config, today(), options.drafts, words)
    folder = options.output or options.root / FOLDER
    count = 0
    for artifact in MAKERS[options.format].make(site):
        store.write_file(folder / artifact.path, artifact.content)
        count += 1
    say(options, f"{options.format}: {count} {'file' if count == 1 else 'files'} in {folder}/")
    return worst(content.diagnostics) or GOOD
