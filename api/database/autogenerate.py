"""Alembic extensions: CHECK constraints in autogenerate and check, numbered revisions.

Alembic compares no CHECK constraints: a new member of an enumeration would go unnoticed until the
database refuses it.
"""

import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import comparators, renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrateOperation, MigrationScript, ModifyTableOps
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory


class ReplaceCheck(MigrateOperation):
    """A call of `api.database.ddl.replace_check`; undone by exchanging the two conditions."""

    def __init__(self, table: str, name: str, old: str | None, new: str | None) -> None:
        """Replace the old condition, if there was one, with the new, if there is one."""
        self.table, self.name, self.old, self.new = table, name, old, new

    def reverse(self) -> "ReplaceCheck":
        """Return the operation of a downgrade."""
        return ReplaceCheck(self.table, self.name, self.new, self.old)

    def to_diff_tuple(self) -> tuple[str, str, str, str | None, str | None]:
        """Return what `alembic check` prints."""
        return ("replace_check", self.table, self.name, self.old, self.new)


def _read_values(condition: str) -> set[str]:
    """Return the texts that a condition names: all that both databases write alike."""
    return set(re.findall(r"'([^']*)'", condition))


@comparators.dispatch_for("table")
def compare_checks(  # noqa: PLR0913, PLR0917 — as Alembic calls it
    autogen: AutogenContext,
    changes: ModifyTableOps,
    schema: str | None,
    name: str,
    held: sa.Table | None,
    wanted: sa.Table | None,
) -> None:
    """Add operations for CHECK constraints that the database lacks or has with other values."""
    if held is None or wanted is None or autogen.connection is None:
        return
    found = sa.inspect(autogen.connection).get_check_constraints(name, schema)
    old = {str(check["name"]): str(check["sqltext"]) for check in found}
    new = {
        str(check.name): str(check.sqltext)
        for check in wanted.constraints
        if isinstance(check, sa.CheckConstraint)
    }
    for check in sorted(old.keys() | new.keys()):
        before, after = old.get(check), new.get(check)
        if before is None or after is None or _read_values(before) != _read_values(after):
            changes.ops.append(ReplaceCheck(name, check, before, after))


@renderers.dispatch_for(ReplaceCheck)
def render_replacement(autogen: AutogenContext, operation: ReplaceCheck) -> str:
    """Return the source of the call of `replace_check`."""
    autogen.imports.add("from api.database.ddl import replace_check")
    return f"replace_check({operation.table!r}, {operation.name!r}, {operation.new!r})"


def number_revision(
    context: MigrationContext, revision: Iterable[str | None], scripts: list[MigrationScript]
) -> None:
    """Number a new migration after the last one: 0012 after 0011."""
    del revision
    directory: Any = ScriptDirectory.from_config(context.config)  # type: ignore[arg-type]
    head = directory.get_current_head() or "0"
    for script in scripts if head.isdecimal() else ():
        script.rev_id = f"{int(head) + 1:04}"
