"""Documents whose commands are run: what stands behind `$` in a console block, and under it what it says.

`python -m tests.transcript` runs them in a folder of its own and writes down what they say now.
"""

import io
import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from nutgraf.cli import main

DOCUMENT = Path(__file__).parents[1] / "docs" / "a-day-at-the-desk.md"
DAY = "1936785600"
"""2031-05-17, in seconds: the day on which everything in the document happens."""
_BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
_COMMAND = re.compile(r"(?m)^\$ (.*(?:\n>(?: .*)?$)*)")


def replayed(document: str, folder: Path) -> str:
    """The document with what its commands say when they are run one after the other, from `folder` on."""
    with chdir(folder):
        return _BLOCK.sub(lambda block: f"```console\n{''.join(_said(block[1]))}```", document)


def _said(block: str) -> Iterator[str]:
    for command in _COMMAND.finditer(block):
        yield f"$ {command[1]}\n"
        said = run(re.sub(r"(?m)^> ?", "", command[1]))
        yield said if said.endswith("\n") or not said else f"{said}\n"


def run(command: str) -> str:
    """What a command says: nutgraf's run here, those of the shell in one."""
    verb, *arguments = shlex.split(command)
    if verb == "cd":
        os.chdir(arguments[0])
        return ""
    if verb == "nutgraf":
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            main(arguments)
        return re.sub(r", \d+\.\d s\)", ")", said.getvalue())
    done = subprocess.run(["bash", "-ec", command], capture_output=True, text=True)
    return done.stdout + done.stderr


if __name__ == "__main__":
    os.environ["SOURCE_DATE_EPOCH"] = DAY
    with tempfile.TemporaryDirectory() as scratch:
        DOCUMENT.write_text(replayed(DOCUMENT.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
