"""site.yaml to its value."""

from nutgraf.formats.front_matter import Node, read_yaml, split_lines, undecodable
from nutgraf.formats.schema import validate
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic


def parse_config(text: str, path: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The settings; the defaults, and findings, where the file cannot be read."""
    if problem := undecodable(text, path):
        return Config(), (problem,)
    node, problems = read_yaml(text.removeprefix("\ufeff"), path)
    if node is None:
        return Config(), problems
    config, problems = validate(Config, Node(node.value or {}, node.positions, node.keys), path, split_lines(text))
    return config or Config(), problems
