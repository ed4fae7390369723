#!/usr/bin/env python3
"""Convert new articles, check the briefs, build public/: `python3 build.py --help` lists the verbs."""

import sys
from pathlib import Path

from nutgraf.bootstrap import run

if __name__ == "__main__":
    sys.exit(run(Path(__file__).resolve().parent, sys.argv[1:]))
