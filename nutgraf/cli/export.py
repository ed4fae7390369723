"""Verb `export`: the briefs for other programs."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from nutgraf import store
from nutgraf.cli.common import GOOD, USAGE, Verbs, common_flags, open_site, say, show_problems, today, worst

NAMES = ("export",)
FORMATS = ("csv", "ftm", "ninjs", "sqlite", "web-annotation")
FOLDER = "export"
FORMAT_PAGE = "brief-format.md"


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("export", parents=[common_flags()], help="the briefs for other programs")
    about = "schema: JSON Schemas of all files; vscode: settings for VS Code; reference: tables of docs/brief-format.md"
    verb.add_argument("format", choices=sorted((*FORMATS, *OF_THE_MODEL)), help=about)
    verb.add_argument("-o", "--output", type=Path, metavar="DIR", help=f"folder of the files ({FOLDER}/)")
    verb.add_argument("--drafts", action="store_true", help="drafts too")
    verb.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """Write the files of one format."""
    from nutgraf.builder.content import read_content
    from nutgraf.exports import FORMATS as MAKERS
    from nutgraf.formats.words import parse_words
    from nutgraf.site.link import link

    if options.format in OF_THE_MODEL:
        return export_model(options)
    if not open_site(options.root):
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


def export_model(options: argparse.Namespace) -> int:
    """Write what rests on the model alone; no site is needed."""
    folder, files = OF_THE_MODEL[options.format](options)
    for name, text in files:
        store.write_file(folder / name, text.encode())
    say(options, f"{options.format}: {', '.join(name for name, _ in files)} in {folder}/")
    return GOOD


ModelFiles = tuple[Path, list[tuple[str, str]]]
"""A folder, and (name, text) of the files for it."""


def schema(options: argparse.Namespace) -> ModelFiles:
    """JSON Schemas of briefs, of the editor's pages and of site.yaml."""
    from nutgraf.formats.reference import schema_files

    return options.output or options.root / FOLDER, list(schema_files())


def vscode(options: argparse.Namespace) -> ModelFiles:
    """Settings of the site's folder for VS Code, schemas included."""
    from nutgraf.formats.vscode import vscode_files

    return options.output or options.root, list(vscode_files())


def reference(options: argparse.Namespace) -> ModelFiles:
    """The document of the format, its tables made anew."""
    from nutgraf.formats.reference import fill_tables

    folder = options.output or options.root / "docs"
    text = store.read_text(folder, FORMAT_PAGE)
    return folder, [(FORMAT_PAGE, fill_tables(text))] if text else []


OF_THE_MODEL: Mapping[str, Callable[[argparse.Namespace], ModelFiles]] = {
    "reference": reference,
    "schema": schema,
    "vscode": vscode,
}
