"""The command line: verbs, flags, exit codes (0 good, 1 content errors, 2 usage, 130 interrupted)."""

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TextIO, cast

from nutgraf import __version__, report, store
from nutgraf.model.diagnostic import Diagnostic, Severity

GOOD, CONTENT_ERRORS, USAGE, INTERRUPTED = 0, 1, 2, 130
VERBS = ("annotate", "build", "serve", "check", "new", "test")
Problems = Sequence[Diagnostic]


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command; the exit code. `root` is the site's folder, else the nearest at or above the current one."""
    options = parser().parse_args(with_verb(list(sys.argv[1:] if arguments is None else arguments)))
    logging.basicConfig(format="%(message)s", level=logging.DEBUG if options.verbose else logging.WARNING)
    try:
        options.root = root or store.find_root(Path.cwd()) or Path.cwd()
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        print(f"nutgraf: {where}{problem.strerror or problem}", file=sys.stderr)
        return CONTENT_ERRORS


def with_verb(arguments: list[str]) -> list[str]:
    """The arguments with the whole job, `all`, as verb where none is named."""
    if any(a in ("-h", "--help", "--version") for a in arguments[:1]) or any(a in VERBS for a in arguments[:1]):
        return arguments
    unknown = arguments and not arguments[0].startswith("-")
    return arguments if unknown else ["all", *arguments]


def parser() -> argparse.ArgumentParser:
    """Every verb and flag."""
    top = argparse.ArgumentParser(
        prog="nutgraf",
        description="News articles to annotated briefs, briefs to a cross-linked site. "
        "Without a verb: convert new articles, check, build.",
    )
    top.add_argument("--version", action="version", version=f"nutgraf {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-c", "--config", default=store.SETTINGS, help="settings file (site.yaml)")
    common.add_argument("-v", "--verbose", action="store_true", help="say more")
    common.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")
    jobs = argparse.ArgumentParser(add_help=False)
    jobs.add_argument("-j", "--jobs", type=positive, default=1, metavar="N", help="processes that annotate (1)")
    building = argparse.ArgumentParser(add_help=False)
    building.add_argument("-o", "--output", type=Path, help="folder of the built site (public/)")
    building.add_argument("--drafts", action="store_true", help="publish drafts too")
    building.add_argument("--future", action="store_true", help="publish briefs dated after today too")
    building.add_argument("--strict", action="store_true", help="warnings fail too")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    verb = verbs.add_parser("all", parents=[common, jobs, building])
    verb.set_defaults(run=convert_and_build)
    verb = verbs.add_parser("annotate", parents=[common, jobs], help="articles to briefs; merges with what is there")
    verb.add_argument("files", nargs="*", metavar="FILE", help="articles of content/articles/ (all)")
    verb.add_argument("--jsonl", nargs=2, metavar=("IN", "OUT"), help="annotate JSON Lines instead; - for a pipe")
    verb.set_defaults(run=annotate)
    verb = verbs.add_parser("build", parents=[common, building], help="render only; content/ is not written to")
    verb.set_defaults(run=build)
    verb = verbs.add_parser("serve", parents=[common], help="preview with live reload, drafts included")
    verb.add_argument("-p", "--port", type=positive, default=8000)
    verb.add_argument("--host", default="127.0.0.1")
    verb.add_argument("--open", action="store_true", help="open a browser")
    verb.set_defaults(run=serve)
    verb = verbs.add_parser("check", parents=[common], help="all findings; exit 1 on errors")
    verb.add_argument("--format", choices=("text", "json", "github"), default="text")
    verb.add_argument("--strict", action="store_true", help="warnings fail too")
    verb.set_defaults(run=check)
    verb = verbs.add_parser("new", parents=[common], help="make a new site")
    verb.add_argument("name", type=Path, metavar="DIR")
    verb.set_defaults(run=new)
    verb = verbs.add_parser("test", parents=[common], help="the test suite (a checkout of nutgraf only)")
    verb.add_argument("rest", nargs=argparse.REMAINDER, metavar="ARGUMENT", help="for pytest")
    verb.set_defaults(run=test)
    return top


def positive(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("wants a whole number from 1 on")
    return number


# ------------------------------------------------------------------ verbs


def convert_and_build(options: argparse.Namespace) -> int:
    """New articles to briefs, then the site."""
    return max(annotate_articles(options, None), build(options))


def annotate(options: argparse.Namespace) -> int:
    """Articles to briefs, or JSON Lines to JSON Lines."""
    if options.jsonl:
        return annotate_jsonl(options)
    return annotate_articles(options, [article_name(options.root, f) for f in options.files])


def article_name(root: Path, given: str) -> str:
    """An article's name within content/articles/, from that or from a path."""
    path, articles = Path(given), (root / store.ARTICLES).resolve()
    return path.resolve().relative_to(articles).as_posix() if path.resolve().is_relative_to(articles) else given


def annotate_articles(options: argparse.Namespace, files: Sequence[str] | None) -> int:
    """Annotate and say what changed."""
    from nutgraf.builder.content import read_content
    from nutgraf.builder.convert import convert
    from nutgraf.engine import MissingModelError

    if not has_site(options.root):
        return USAGE
    content = read_content(options.root, options.config)

    try:
        done = convert(options.root, content, files, today(), options.jobs)
    except MissingModelError as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    show(done.diagnostics)
    for label, paths in (("new brief", done.made), ("merged", done.merged)):
        for path in paths:
            say(options, f"{label}: {path}")
    if files is not None and done.unchanged:
        say(options, f"{done.unchanged} unchanged")
    return worst(done.diagnostics)


def annotate_jsonl(options: argparse.Namespace) -> int:
    """The batch interface."""
    from nutgraf.builder.batch import annotate_batch
    from nutgraf.engine import MissingModelError
    from nutgraf.formats.settings import parse_config

    config, problems = parse_config(store.read_text(options.root, options.config), options.config)
    show(problems)
    source, target = options.jsonl
    try:
        with opened(source, "r") as rows, opened(target, "w") as out:
            count, failed = annotate_batch(rows, out, config.annotate, options.jobs)
    except MissingModelError as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    print(f"{count} articles annotated" + (f", {failed} with an error record" if failed else ""), file=sys.stderr)
    return CONTENT_ERRORS if failed else GOOD


def opened(name: str, mode: str) -> AbstractContextManager[TextIO]:
    """A file, or standard input or output for "-"."""
    if name == "-":
        return nullcontext(sys.stdin if mode == "r" else sys.stdout)
    return cast(TextIO, Path(name).open(mode, encoding="utf-8"))


def build(options: argparse.Namespace) -> int:
    """Render the site."""
    from nutgraf.builder.content import read_content
    from nutgraf.builder.publish import BuildOptions
    from nutgraf.builder.publish import build as publish

    if not has_site(options.root):
        return USAGE
    start = time.perf_counter()
    content = read_content(options.root, options.config)
    how = BuildOptions(today(), options.output, options.drafts, options.future, options.strict)
    built = publish(options.root, content, how)
    show_problems(built.diagnostics)
    if built.written is None:
        print(f"nutgraf: not built: {report.summary(built.diagnostics)}; the last site is as it was", file=sys.stderr)
        return CONTENT_ERRORS
    w = built.written
    folder = options.output or content.config.output
    changes = f"{len(w.written)} files written, {w.unchanged} unchanged, {len(w.pruned)} removed"
    took = f"{time.perf_counter() - start:.1f} s"
    withheld = [d.location.path for d in built.diagnostics if d.code in how.withholding]
    if withheld:
        say(options, f"withheld: {', '.join(withheld)}")
    say(options, f"{built.pages} pages in {folder}/: {changes} ({report.summary(built.diagnostics)}, {took})")
    return GOOD


def serve(options: argparse.Namespace) -> int:
    """Preview until interrupted."""
    from nutgraf import preview
    from nutgraf.builder.content import read_content
    from nutgraf.builder.publish import BuildOptions
    from nutgraf.builder.publish import build as publish

    if not has_site(options.root):
        return USAGE
    root, output = options.root, options.root / ".nutgraf" / "preview"
    how = BuildOptions(today(), output, drafts=True, future=True, lenient=True)
    problems = [""]

    def rebuild() -> None:
        content = read_content(root, options.config)
        built = publish(root, content, how)
        show_problems(built.diagnostics)
        problems[0] = (
            "" if built.written else report.as_text(d for d in built.diagnostics if d.severity is Severity.ERROR)
        )
        state = (
            f"{len(built.written.written)} files changed" if built.written else "not rebuilt, the last good site stays"
        )
        say(options, f"{time.strftime('%H:%M:%S')} {state} ({report.summary(built.diagnostics)})")

    def take() -> preview.Stamps:
        return store.stamps(root, (*WATCHED, options.config))

    rebuild()
    port = preview.free_port(options.host, options.port)
    say(options, f"preview on http://{options.host}:{port}/ (Ctrl-C ends it)")
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        say(options, f"bound to {options.host}: whoever reaches this machine can read your drafts")
    preview.serve(output, take, rebuild, lambda: problems[0], options.host, port, options.open)
    return GOOD


WATCHED = ("content", "templates", "static")


def check(options: argparse.Namespace) -> int:
    """All findings."""
    from nutgraf.builder.content import read_content
    from nutgraf.builder.publish import BuildOptions, findings

    if not has_site(options.root):
        return USAGE
    told = findings(read_content(options.root, options.config), BuildOptions(today()))
    if options.format == "text":
        print(report.as_text(told, colour(sys.stdout)), end="")
        say(options, report.summary(told))
    else:
        print({"json": report.as_json, "github": report.as_github}[options.format](told), end="")
    return worst(told, options.strict)


def new(options: argparse.Namespace) -> int:
    """A new site, ready to build."""
    from nutgraf.starter import starter

    folder: Path = options.name
    if folder.exists() and any(folder.iterdir()):
        print(f"nutgraf: {folder} is there and not empty; name a new folder", file=sys.stderr)
        return USAGE
    for path, text in starter(folder.resolve().name).items():
        store.write_file(folder / path, text.encode())
    say(options, f"made {folder}/. Put articles into {folder}/{store.ARTICLES}/, then: cd {folder} && python3 build.py")
    return GOOD


def test(options: argparse.Namespace) -> int:
    """The test suite of a checkout."""
    if not (options.root / "tests").is_dir() or not (options.root / "nutgraf").is_dir():
        print("nutgraf: the tests are in a checkout of nutgraf only", file=sys.stderr)
        return USAGE
    import pytest

    os.chdir(options.root)
    return int(pytest.main(options.rest))


# ------------------------------------------------------------------ saying things


def today() -> str:
    """The ISO day; SOURCE_DATE_EPOCH, where set, for builds that must come out the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (date.fromtimestamp(int(epoch)) if epoch else date.today()).isoformat()


def has_site(root: Path) -> bool:
    """Whether there is a site; says what to do where there is none."""
    if (root / "content").is_dir():
        return True
    print(f"nutgraf: {root} holds no site (no content/); make one with: nutgraf new DIR", file=sys.stderr)
    return False


def show(diagnostics: Problems) -> None:
    """Print findings on stderr."""
    print(report.as_text(diagnostics, colour(sys.stderr)), end="", file=sys.stderr)


def show_problems(diagnostics: Problems) -> None:
    """Print what needs mending; what is only told is for `check`."""
    show([d for d in diagnostics if d.severity is not Severity.INFO])


def colour(stream: object) -> bool:
    """Only on a terminal, and never where NO_COLOR is set."""
    return bool(getattr(stream, "isatty", lambda: False)()) and not os.environ.get("NO_COLOR")


def say(options: argparse.Namespace, line: str) -> None:
    """Print a line unless told to be quiet."""
    if not options.quiet:
        print(line, flush=True)


def worst(diagnostics: Problems, strict: bool = False) -> int:
    """The exit code that findings give."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return CONTENT_ERRORS if any(d.severity in fatal for d in diagnostics) else GOOD


if __name__ == "__main__":
    sys.exit(main())
