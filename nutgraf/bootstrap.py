"""Set-up of a checkout: an environment that satisfies the hash-locked requirements. Standard library only.

The interpreter that runs is kept when it already has every pinned version; otherwise `.venv` beside build.py is
made or brought up to date, and the command is run again in it.
"""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
"""A superset of the runtime lock, with the same versions."""
SET_UP_FAILED = 3
PIP_WHEEL = re.compile(r'href="([^"]*/pip-(\d+(?:\.\d+)+)-py3-none-any\.whl[^"]*)"')
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)\s*(?:;\s*([^\\]*?))?\s*\\?$", re.MULTILINE)
CLAUSE = re.compile(r"(\w+)\s*(==|!=|<=|>=|<|>)\s*'([^']*)'")


class SetUpError(Exception):
    """The environment cannot be made; the message is one line for the person at the terminal."""


def run(root: Path, arguments: list[str]) -> int:
    """Run nutgraf on the site at `root` in an environment that satisfies its lock; the exit code."""
    if "--no-bootstrap" in arguments:
        arguments = [a for a in arguments if a != "--no-bootstrap"]
    else:
        try:
            python = environment(root, RUNTIME_LOCK if arguments[:1] != ["test"] else TEST_LOCK)
        except SetUpError as problem:
            print(f"build.py: {problem}", file=sys.stderr)
            return SET_UP_FAILED
        if python is not None:
            return again(python, root, arguments)
    sys.path.insert(0, str(root))
    try:
        from nutgraf.cli import main
    except ModuleNotFoundError as missing:
        print(f"build.py: the package {missing.name} is not installed; run without --no-bootstrap", file=sys.stderr)
        return SET_UP_FAILED
    return main(arguments, root=root)


def environment(root: Path, lock_name: str) -> Path | None:
    """The interpreter to run in; None when the one that runs already will do."""
    lock = root / lock_name
    home = root / ".venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    inside = Path(sys.prefix).resolve() == home.resolve()
    if python.exists() and digest(lock) in stamped(home):
        return None if inside else python
    if not inside and satisfied(lock.read_text(encoding="utf-8")):
        return None
    print(f"build.py: setting up .venv from {lock_name} (once, a minute or two) …", file=sys.stderr, flush=True)
    install(root, home, python, lock)
    return python


def again(python: Path, root: Path, arguments: list[str]) -> int:
    """The same command in the other interpreter."""
    command = [str(python), str(root / "build.py"), "--no-bootstrap", *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


def digest(lock: Path) -> str:
    """SHA-256 of a lock, hexadecimal."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def stamped(home: Path) -> list[str]:
    """Digests of the locks that an environment was last made from."""
    stamp = home / "nutgraf.stamp"
    return stamp.read_text(encoding="ascii").split() if stamp.exists() else []


def satisfied(lock_text: str) -> bool:
    """Whether the running interpreter has every version the lock pins for it."""
    here = installed()
    return all(here.get(name) == version for name, version in pins(lock_text))


def pins(lock_text: str) -> Iterator[tuple[str, str]]:
    """(normalised name, version) of each pin that applies to this interpreter."""
    for name, version, marker in PIN.findall(lock_text):
        if applies(marker):
            yield normal(name), version


def applies(marker: str) -> bool:
    """Whether an environment marker (PEP 508, comparisons joined by `and`/`or`) holds here."""
    facts = {
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "python_full_version": platform.python_version(),
        "sys_platform": sys.platform,
        "platform_system": platform.system(),
        "platform_machine": platform.machine(),
        "os_name": os.name,
        "implementation_name": sys.implementation.name,
        "platform_python_implementation": platform.python_implementation(),
    }
    return not marker or any(
        all(holds(facts.get(key, ""), operator, wanted) for key, operator, wanted in CLAUSE.findall(part))
        for part in marker.split(" or ")
    )


def holds(fact: str, operator: str, wanted: str) -> bool:
    """One comparison; versions compare as numbers."""
    if operator in ("==", "!="):
        return (fact == wanted) == (operator == "==")
    left, right = ([int(n) for n in re.findall(r"\d+", v)] for v in (fact, wanted))
    return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[operator]


def installed() -> dict[str, str]:
    """Versions of the distributions on the path, read off the names of their folders (fast)."""
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        if folder and Path(folder).is_dir():
            for entry in os.scandir(folder):
                if entry.name.endswith(".dist-info"):
                    name, _, version = entry.name.removesuffix(".dist-info").partition("-")
                    found[normal(name)] = version
    return found


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def install(root: Path, home: Path, python: Path, lock: Path) -> None:
    """Make `home` satisfy the lock; the installer's own output goes to .nutgraf/setup.log."""
    import venv

    (home / "nutgraf.stamp").unlink(missing_ok=True)
    log = root / ".nutgraf" / "setup.log"
    log.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, log.open("w", encoding="utf-8") as output:
        if not python.exists():
            venv.create(home, with_pip=False, clear=home.exists(), symlinks=os.name != "nt")
        command = [*installer(python, Path(scratch)), "--require-hashes", "-r", str(lock)]
        if subprocess.call(command, stdout=output, stderr=subprocess.STDOUT):
            reason = last_error(log.read_text(encoding="utf-8"))
            raise SetUpError(f"the packages of {lock.name} could not be installed: {reason} (see .nutgraf/setup.log)")
    made = [digest(lock)] + ([digest(root / RUNTIME_LOCK)] if lock.name == TEST_LOCK else [])
    (home / "nutgraf.stamp").write_text("\n".join(made), encoding="ascii")


def installer(python: Path, scratch: Path) -> list[str]:
    """The command that installs into that environment: uv, this interpreter's pip, or a pip that is only run."""
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--python", str(python)]
    common = ["install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(python), *common]
    return [str(python), str((bundled_pip() or downloaded_pip(scratch)) / "pip"), *common]


def bundled_pip() -> Path | None:
    """The wheel of pip that comes with ensurepip, where Python has it."""
    spec = importlib.util.find_spec("ensurepip")
    folders = [Path(spec.origin).parent / "_bundled"] if spec and spec.origin else []
    return next(
        (wheel for folder in [*folders, Path("/usr/share/python-wheels")] for wheel in folder.glob("pip-*.whl")), None
    )


def downloaded_pip(scratch: Path) -> Path:
    """The newest wheel of pip from the package index (PEP 503), checked against the digest that the index states."""
    import urllib.error
    import urllib.parse
    import urllib.request

    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        page = urllib.request.urlopen(index, timeout=30).read().decode()
        links = sorted(PIP_WHEEL.findall(page), key=lambda link: [int(n) for n in link[1].split(".")])
        if not links:
            raise SetUpError("this Python has no pip, and the package index offers none; install uv or python3-venv")
        address, _, fragment = urllib.parse.urljoin(index, links[-1][0]).partition("#sha256=")
        content = urllib.request.urlopen(address, timeout=60).read()
    except (urllib.error.URLError, TimeoutError) as problem:
        raise SetUpError(
            f"this Python has no pip, and none can be fetched ({problem}); install uv or python3-venv"
        ) from None
    if fragment and hashlib.sha256(content).hexdigest() != fragment:
        raise SetUpError("the wheel of pip that the package index sent has another digest than it states")
    wheel = scratch / Path(urllib.parse.urlparse(address).path).name
    wheel.write_bytes(content)
    return wheel


def last_error(log: str) -> str:
    """The line of an installer's output that says why it failed, cut to one readable length."""
    if re.search(
        r"NewConnectionError|Name or service|name resolution|dns error|Connection refused|Network is unreach", log
    ):
        return "the package index cannot be reached; is there a network?"
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"(?i)(error|×|╰)", line)] or lines[-1:] or ["no reason given"]
    return told[-1][:160]
