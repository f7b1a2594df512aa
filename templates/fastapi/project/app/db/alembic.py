"""Alembic, with migrations that each stand alone: they run in the order of their names."""

from collections.abc import Callable, Iterable
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from app.about import ROOT

# Any number that nothing else locks.
_LOCK = 0x6D696772

Steps = Callable[[Any, MigrationContext], Iterable[Any]]


def run_migrations(connection: Connection, *, is_up: bool) -> None:
    """Runs all pending migrations, or takes back the newest, in the transaction of `prepare`."""
    config = Config(ROOT / "alembic.ini")
    scripts = ScriptDirectory.from_config(config)
    known = scripts.revision_map

    def steps(applied: Iterable[str], _context: MigrationContext) -> list[MigrationStep]:
        names = {script.revision for script in scripts.walk_revisions()}
        if is_up:
            found = [scripts.get_revision(name) for name in sorted(names.difference(applied))]
            return [MigrationStep.upgrade_from_script(known, script) for script in found]
        newest = max(applied, default=None)
        found = [scripts.get_revision(newest)] if newest else []
        return [MigrationStep.downgrade_from_script(known, script) for script in found]

    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection)
        try:
            environment.run_migrations()
        except CommandError as error:
            raise RuntimeError(str(error)) from error


def prepare(connection: Connection) -> None:
    """Waits for other processes that migrate, and makes the table of what has run.

    Alembic's own has 32 characters for a name, and it has no lock.
    """
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(
        text("create table if not exists alembic_version (version_num text primary key)")
    )


def in_order(context: MigrationContext) -> None:
    """Lets the steps that Alembic finds follow each other by name, backwards on the way down."""
    find: Steps = context.opts["fn"]

    def ordered(applied: Any, current: MigrationContext) -> list[Any]:
        steps = list(find(applied, current))
        is_down = any(step.is_downgrade for step in steps)
        return sorted(steps, key=lambda step: str(step.revision.revision), reverse=is_down)

    context._migrations_fn = ordered
