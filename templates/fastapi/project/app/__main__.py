"""Starts the server: `python -m app`; `--reload` starts it again when a file changes."""

import gc
import sys


def main(arguments: list[str]) -> int:
    if arguments == ["--reload"]:
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


def _watch() -> int:
    from watchfiles import PythonFilter, run_process  # noqa: PLC0415

    run_process("app", target=f"{sys.executable} -m app", watch_filter=PythonFilter())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
