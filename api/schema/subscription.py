"""The root fields of subscriptions."""

import strawberry

from api import model as m
from api.model import kinds
from api.schema.changes import Change
from api.schema.entities import described
from api.schema.fields import change_stream


@described(strawberry.type)
class Subscription:
    """The root fields of subscriptions, over WebSocket or as server-sent events."""

    changes: Change = change_stream(
        m.Change.kind,
        kinds.RecordKind,
        "The changes after a place, in the order of `Query.changes`, and then each new one as soon "
        "as it is written; without a place, from now on.",
    )
