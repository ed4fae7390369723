"""Set-up: what satisfies a lock, and what a person sees when set-up cannot work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nutgraf import bootstrap

ROOT = Path(__file__).resolve().parent.parent


def test_pins_of_this_interpreter_only() -> None:
    lock = (
        "Foo_Bar==1.2 \\\n    --hash=sha256:00\n"
        "old==1 ; python_full_version < '3.0' \\\n    --hash=sha256:00\n"
        "new==2 ; python_full_version >= '3.0' and sys_platform != 'nowhere' \\\n    --hash=sha256:00\n"
    )
    assert list(bootstrap.pins(lock)) == [("foo-bar", "1.2"), ("new", "2")]


def test_test_lock_is_a_superset_of_the_runtime_lock() -> None:
    runtime, test = (
        set(bootstrap.pins((ROOT / name).read_text())) for name in ("requirements.lock", "requirements-test.lock")
    )
    assert runtime <= test


def test_every_pin_has_a_digest() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        lock = (ROOT / name).read_text()
        for block in lock.split("\n\n"):
            for entry in block.replace("\\\n", " ").splitlines():
                if "==" in entry:
                    assert "--hash=sha256:" in entry, entry


def test_environment_that_satisfies_the_lock_is_kept(tmp_path: Path) -> None:
    have = bootstrap.installed()
    (tmp_path / "requirements.lock").write_text(f"pytest=={have['pytest']} \\\n    --hash=sha256:00\n")
    assert bootstrap.environment(tmp_path, "requirements.lock") is None
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_no_network_is_one_line(tmp_path: Path, installer: str) -> None:
    package = tmp_path / "nutgraf"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "bootstrap.py").write_bytes((ROOT / "nutgraf" / "bootstrap.py").read_bytes())
    (tmp_path / "build.py").write_bytes((ROOT / "build.py").read_bytes())
    (tmp_path / "requirements.lock").write_text("no-such-thing-nutgraf==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    closed = "http://127.0.0.1:9/simple"
    env = {**os.environ, "PIP_INDEX_URL": closed, "UV_INDEX_URL": closed, "PIP_RETRIES": "0", "UV_HTTP_RETRIES": "0"}
    elsewhere = [p for p in env["PATH"].split(os.pathsep) if not (Path(p) / "uv").exists()]
    beside = [str(Path(sys.executable).parent)] if installer == "uv" else []
    env["PATH"] = os.pathsep.join(beside + elsewhere)
    ran = subprocess.run(
        [sys.executable, "build.py"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    lines = ran.stderr.strip().splitlines()
    assert ran.returncode == bootstrap.SET_UP_FAILED, ran.stderr
    assert len(lines) == 2 and "setting up .venv" in lines[0], ran.stderr
    assert lines[1].startswith("build.py: the packages of requirements.lock could not be installed")
    assert "Traceback" not in ran.stderr
