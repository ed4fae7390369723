"""site.yaml to its value."""

from collections.abc import Iterator

from nutgraf.formats.front_matter import Node, diagnostic, read_yaml, split_lines, undecodable
from nutgraf.formats.schema import validate
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.model.findings import KINDS
from nutgraf.model.nearest import asked


def parse_config(text: str, path: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The settings; the defaults, and findings, where the file cannot be read."""
    if problem := undecodable(text, path):
        return Config(), (problem,)
    node, problems = read_yaml(text.removeprefix("\ufeff"), path)
    if node is None:
        return Config(), problems
    lines = split_lines(text)
    config, problems = validate(Config, Node(node.value or {}, node.positions, node.keys), path, lines)
    if config is None:
        return Config(), problems
    return config, tuple(_levels(config, node, path, lines))


def _levels(config: Config, node: Node, path: str, lines: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Levels set for findings that there are not, or that no setting can change."""
    for code in config.findings:
        at, kind = node.keys[("findings", code)], KINDS.get(code)
        settable = [name for name, k in KINDS.items() if k.settable]
        if kind is None:
            help_ = asked(code, settable, "docs/findings.md has them all")
            yield diagnostic("unknown-key", f"there is no finding {code}", path, lines, at, help_, len(code))
        elif not kind.settable:
            message = f"{code} stays an error: what cannot be read cannot be published"
            yield diagnostic("wrong-value", message, path, lines, at, "take the line out", len(code))
