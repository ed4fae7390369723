"""Settings of a site's folder for VS Code: schemas, findings as problems, and snippets.

The YAML extension checks site.yaml as one types. It does not look into the front matter of Markdown, so for briefs the
findings come from nutgraf itself: a task runs the preview or the check, and a problem matcher puts what it says under
the words, at every save.
"""

import json
from collections.abc import Iterator
from typing import Any

from nutgraf.formats.reference import schema_files

FOLDER = ".vscode"
PYTHON = {"command": "python3", "windows": {"command": "py"}}
FINDING = {
    "regexp": r"^((?:content|templates)/.+|[^\s:]+\.yaml):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9-]+)\]$",
    "file": 1,
    "line": 2,
    "column": 3,
    "severity": 4,
    "message": 5,
    "code": 6,
}
MATCHER = {
    "owner": "nutgraf",
    "source": "nutgraf",
    "fileLocation": ["relative", "${workspaceFolder}"],
    "pattern": [FINDING],
}
BUILDS = {
    "activeOnStart": True,
    "beginsPattern": r"^\d\d:\d\d:\d\d (?:building|saved) ",
    "endsPattern": r"^\d\d:\d\d:\d\d (?:rebuilt|not rebuilt)",
}
SETTINGS = {
    "yaml.schemas": {f"{FOLDER}/site.schema.json": ["site.yaml"]},
    "files.encoding": "utf8",
    "files.eol": "\n",
    "[markdown]": {
        "editor.wordWrap": "on",
        "editor.tabCompletion": "onlySnippets",
        "editor.insertSpaces": True,
        "files.trimTrailingWhitespace": False,
    },
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    "files.watcherExclude": {"**/.nutgraf/**": True, "**/public/**": True},
    "search.exclude": {"**/.nutgraf": True, "**/public": True, "content/proposals": True},
    "files.readonlyInclude": {"content/articles/**": True, "content/proposals/**": True},
}
TASKS = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "nutgraf: preview",
            "detail": "Preview with live reload; findings are problems at every save",
            "type": "process",
            **PYTHON,
            "args": ["build.py", "serve"],
            "isBackground": True,
            "problemMatcher": {**MATCHER, "background": BUILDS},
        },
        {
            "label": "nutgraf: check",
            "detail": "All findings",
            "type": "process",
            **PYTHON,
            "args": ["build.py", "check"],
            "group": {"kind": "test", "isDefault": True},
            "problemMatcher": MATCHER,
        },
        {
            "label": "nutgraf: build",
            "detail": "Annotate new articles, check, build public/",
            "type": "process",
            **PYTHON,
            "args": ["build.py"],
            "group": {"kind": "build", "isDefault": True},
            "problemMatcher": MATCHER,
        },
    ],
}
SNIPPETS = {
    "new-brief": (
        "A new brief",
        "---\nheadline: ${1:Headline}\ndate: ${2:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}\nstatus: draft\n"
        "topics: [$3]\nactors:\n- {name: ${4:Name}, kind: ${5|person,organisation,place,other|}}\n---\n\n$0",
    ),
    "actor-item": ("Who acts", "- {name: ${1:Name}, kind: ${2|person,organisation,place,other|}, role: ${3:role}}"),
    "figure-item": (
        "A number with what it counts",
        '- {value: ${1:0}, what: ${2:thing counted}, by: ${3:name}, text: "${4:exact words}"}',
    ),
    "quote-item": (
        "Who said what",
        '- {by: ${1:name}, cue: ${2:said}, kind: ${3|direct,mixed,indirect|}, text: "${4:exact words}"}',
    ),
    "source-item": (
        "Whom or what the brief cites",
        '- {name: ${1:name}, kind: ${2|agency,cited,unnamed|}, text: "${3:exact words}"}',
    ),
    "date-item": (
        "What happened when",
        '- {date: ${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}, what: ${2:what happened}, text: "${3:exact words}"}',
    ),
    "name-link": ("A link to an actor", "[[${1:Name}|${2:words}]]"),
}


def vscode_files() -> Iterator[tuple[str, str]]:
    """(path, text) of each file."""
    yield f"{FOLDER}/settings.json", _json(SETTINGS)
    yield f"{FOLDER}/tasks.json", _json(TASKS)
    yield f"{FOLDER}/extensions.json", _json({"recommendations": ["redhat.vscode-yaml"]})
    snippets = {
        name: {"scope": "markdown", "prefix": name, "description": about, "body": body.split("\n")}
        for name, (about, body) in SNIPPETS.items()
    }
    yield f"{FOLDER}/nutgraf.code-snippets", _json(snippets)
    for name, text in schema_files():
        yield f"{FOLDER}/{name}", text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
