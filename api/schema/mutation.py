"""The root fields of mutations, and their payloads."""

from typing import Any

import strawberry

from api import model as m
from api.schema.bindings import Write
from api.schema.changes import Change, Revision
from api.schema.entities import described, entity, make_class
from api.schema.fields import (
    argument,
    ascending,
    bound,
    descending,
    embedded,
    many,
    outcome,
    written,
)
from api.schema.inputs import DossierInput, RecordInput
from api.schema.types import Actor

DRY_RUN = argument(
    "dryRun", bool, "Whether to check and answer only: nothing is written.", default=False
)
IF_REVISION = argument(
    "ifRevision",
    int | None,
    "Refuse with CONFLICT if one of the records was changed after the revision of this number.",
)


@described(strawberry.type)
class UserError:
    """A reason why nothing was written."""

    code: str = outcome(
        "code",
        "INVALID, NOT_FOUND (no such record), TAKEN (a unique value of another record), REFERENCED "
        "(other records refer to it) or CONFLICT (`ifRevision`).",
    )
    message: str = outcome("message", "What is wrong, and what would be right.")
    field: list[str] = outcome(
        "field", "The path of the input: the argument, then names of fields and places in lists."
    )


ERRORS = "Why nothing was written; empty if all is well."


REVISION = "The revision that was written; null if nothing was, or in a dry run."
NEWEST = descending(m.Revision.id)


@entity(m.Revision, order=NEWEST)
class ImportPayload:
    """The result of writing records."""

    created: int = outcome("created", "The number of records that were created.")
    updated: int = outcome("updated", "The number of records that were updated.")
    unchanged: int = outcome("unchanged", "The number of records that were as they are already.")
    changes: list[Change] = many(
        m.Change.revision_id,
        "All changes that were made, also of records that went or were updated with these.",
        order=ascending(m.Change.kind, m.Change.key),
    )
    revision: Revision | None = embedded("", REVISION)
    user_errors: list[UserError] = outcome("userErrors", ERRORS)


@entity(m.Revision, order=NEWEST)
class DeletePayload:
    """The result of deleting records."""

    deleted: list[strawberry.ID] = outcome(
        "deleted", "The ids of the records that were deleted, with those that went with them."
    )
    revision: Revision | None = embedded("", REVISION)
    user_errors: list[UserError] = outcome("userErrors", ERRORS)


@entity(m.Revision, order=NEWEST)
class MergePayload:
    """The result of merging two actors, or of taking that back."""

    actor: Actor | None = written(
        "The actor that was merged into, or that is there again; null if nothing was written.",
        "into",
        "id",
    )
    revision: Revision | None = embedded("", REVISION)
    user_errors: list[UserError] = outcome(
        "userErrors",
        "Why nothing was written; or, with the code CHANGED_SINCE, each record that unmerging left "
        "as it is.",
    )


FIELDS: dict[str, tuple[Any, Any]] = {
    "importDossier": (
        ImportPayload,
        bound(
            Write(),
            "Write an article and every record that it supports, as an import of its dossier does: "
            "records that the dossier held before and no longer holds are deleted.",
            argument("dossier", DossierInput, "The dossier."),
            DRY_RUN,
            IF_REVISION,
        ),
    ),
    "writeRecords": (
        ImportPayload,
        bound(
            Write(),
            "Add records, or replace those that have their keys. The parts of a record become "
            "those that are given; its claims, and what articles add to it, stay.",
            argument("records", list[RecordInput], "The records, in any order."),
            DRY_RUN,
            IF_REVISION,
        ),
    ),
    "deleteRecords": (
        DeletePayload,
        bound(
            Write(),
            "Delete records, with their parts and the claims on them. If others refer to one, "
            "nothing is deleted, unless `cascade` deletes these as well.",
            argument("ids", list[strawberry.ID], "The records' ids."),
            argument("cascade", bool, "Whether to delete what refers to them.", default=False),
            DRY_RUN,
            IF_REVISION,
        ),
    ),
    "mergeActors": (
        MergePayload,
        bound(
            Write(),
            "Merge an actor into another, which gets its names, offices, participations and "
            "claims. The merged actor's id leads to the other from then on.",
            argument("from", strawberry.ID, "The id of the actor to merge."),
            argument("into", strawberry.ID, "The id of the actor that it is merged into."),
        ),
    ),
    "unmergeActors": (
        MergePayload,
        bound(
            Write(),
            "Take back the merging of an actor: all records are as they were, except for those "
            "that were changed since. Later merges that changed the same records are taken back "
            "before it and made again after it, each as a revision.",
            argument("id", strawberry.ID, "The id of the actor that was merged."),
        ),
    ),
}
Mutation = strawberry.type(
    make_class("Mutation", __name__, FIELDS),
    description="The root fields of mutations. Each is all or nothing, and makes one revision; "
    "only `unmergeActors` may make several. They need an API key with the scope `write`.",
)
