"""What is told from the model: schemas, the document of the format, settings for VS Code."""

import json
import re
from dataclasses import fields
from pathlib import Path

from nutgraf.cli import main
from nutgraf.formats.reference import SCHEMAS, TABLES, fill_tables, schema_files
from nutgraf.formats.vscode import BUILDS, FINDING, vscode_files
from nutgraf.model.findings import KINDS

ROOT = Path(__file__).parents[2]


def test_the_document_of_the_format_is_made_from_the_model() -> None:
    text = (ROOT / "docs/brief-format.md").read_text(encoding="utf-8")
    assert fill_tables(text) == text, "python3 build.py export reference"
    assert set(re.findall(r"<!-- keys of (\w+) -->", text)) >= set(TABLES) - {"Levels"}
    assert not re.search(r"(?m)^\| `\w+` .*\|  \|$", text), "every key says what it is"


def test_the_settings_of_this_site_are_those_of_a_new_one() -> None:
    for path, text in vscode_files():
        assert (ROOT / path).read_text(encoding="utf-8") == text, "python3 build.py export vscode"


def test_schemas_have_every_key_and_take_a_year_for_a_date(tmp_path: Path) -> None:
    assert main(["export", "schema", "-q", "-o", str(tmp_path)], root=tmp_path) == 0
    for name, text in schema_files():
        assert (tmp_path / name).read_text(encoding="utf-8") == text
        schema = json.loads(text)
        assert list(schema["properties"]) == [f.name for f in fields(SCHEMAS[name.partition(".")[0]])]
        assert schema["additionalProperties"] is False
    brief = json.loads((tmp_path / "brief.schema.json").read_text(encoding="utf-8"))
    assert brief["required"] == ["headline", "date"]
    assert brief["$defs"]["Figure"]["properties"]["when"]["anyOf"][0] == {"type": ["string", "number"]}
    site = json.loads((tmp_path / "site.schema.json").read_text(encoding="utf-8"))
    assert set(site["properties"]["findings"]["properties"]) == {code for code, kind in KINDS.items() if kind.settable}


def test_vscode_reads_what_the_check_and_the_preview_say() -> None:
    finding = re.compile(FINDING["regexp"])
    told = "content/briefs/a b.md:4:9: error: status is one of draft, published, not draught [wrong-value]"
    found = finding.match(told)
    assert found and found[1] == "content/briefs/a b.md" and found[6] == "wrong-value"
    assert finding.match("site.yaml:2:1: warning: there is no finding x [unknown-key]")
    assert not finding.match("    4 | status: draught")
    assert re.match(str(BUILDS["beginsPattern"]), "08:15:02 saved content/briefs/a.md")
    assert re.match(str(BUILDS["endsPattern"]), "08:15:02 not rebuilt, the last good site stays (1 error, 12 ms)")
