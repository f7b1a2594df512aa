"""Runs `gen`, the tool that made this project, in the version that pyproject.toml names.

That version is installed into .backend/tool the first time, which takes Node 20.19 or later with
npm. Nothing else in this project needs them.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parent
TOOL = ROOT / ".backend" / "tool"
GEN = TOOL / "node_modules" / "create-backend" / "bin" / "gen.js"
INSTALLED = TOOL / "version"
# What people type before `gen`, for the commands that it prints.
RUNNER = {"CREATE_BACKEND_RUNNER": "uv run python -m"}


def main() -> int:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version: str = settings["tool"]["create-backend"]["version"]
    if not INSTALLED.exists() or INSTALLED.read_text(encoding="utf-8") != version:
        install(version)
    try:
        return run("node", str(GEN), *sys.argv[1:])
    except KeyboardInterrupt:
        return 130


def install(version: str) -> None:
    """Of a path, the packed version that is kept there; of a number, that of the npm registry."""
    package = str(ROOT / version) if "/" in version else f"create-backend@{version}"
    shutil.rmtree(TOOL, ignore_errors=True)
    TOOL.mkdir(parents=True)
    (TOOL / "package.json").write_text('{ "private": true }\n', encoding="utf-8")
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if run("npm", "install", "--prefix", str(TOOL), *flags, package, output=sys.stderr) != 0:
        hint = "" if "/" in version else ", which takes the npm registry once: try again online"
        sys.exit(f"gen: create-backend {version} could not be installed{hint}")
    INSTALLED.write_text(version, encoding="utf-8")


def run(program: str, *args: str, output: TextIO | None = None) -> int:
    path = shutil.which(program)
    if path is None:
        sys.exit(f"gen needs {program}, of Node 20.19 or later: https://nodejs.org")
    environment = os.environ | RUNNER
    return subprocess.run([path, *args], stdout=output, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
