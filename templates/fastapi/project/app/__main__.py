"""Starts the server: `python -m app`; `--reload` starts it again when a file changes."""

import argparse
import gc
import shlex
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    if _parse(arguments).reload:
        return _watch()
    # What is loaded here stays. To look for garbage in it would cost a tenth of the start, and
    # time in every later collection.
    gc.disable()
    from app.config import InvalidSettings, read_settings  # noqa: PLC0415
    from app.main import create_app  # noqa: PLC0415
    from app.server import serve  # noqa: PLC0415

    try:
        settings = read_settings()
    except InvalidSettings as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    app = create_app(settings)
    gc.freeze()
    gc.enable()
    return serve(app, settings)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m app", description="Starts the server.", allow_abbrev=False
    )
    parser.add_argument("--reload", action="store_true", help="start it again when a file changes")
    return parser.parse_args(arguments)


def _watch() -> int:
    from watchfiles import PythonFilter, run_process  # noqa: PLC0415

    watched = [path for path in ("app", "migrations", ".env") if Path(path).exists()]
    command = shlex.join([sys.executable, "-m", "app"])
    run_process(*watched, target=command, watch_filter=PythonFilter(extra_extensions=(".env",)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
