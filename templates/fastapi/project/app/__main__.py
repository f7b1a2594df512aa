"""Starts the server: `python -m app`; `--reload` starts it again when a file changes."""

import sys

from app.config import InvalidSettings, read_settings
from app.main import create_app
from app.server import serve


def main(arguments: list[str]) -> int:
    if arguments == ["--reload"]:
        return _watch()
    try:
        settings = read_settings()
    except InvalidSettings as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return serve(create_app(settings), settings)


def _watch() -> int:
    from watchfiles import PythonFilter, run_process  # noqa: PLC0415

    run_process("app", target=f"{sys.executable} -m app", watch_filter=PythonFilter())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
