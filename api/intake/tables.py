"""Which tables a kind of record is kept in, and how their rows refer to each other."""

from typing import Any

from api import model as m
from api.intake.rows import Row, table_of
from api.model.kinds import RecordKind

# By kind, the tables whose one row shares the record's id, in the order that they refer to
# each other; then those whose rows belong to the record, with the column that says so.
EVENT_PARTS = {
    m.Participation: "event_id",
    m.EventCode: "event_id",
    m.EventTopic: "event_id",
}
MAIN: dict[RecordKind, tuple[Any, ...]] = {
    RecordKind.ACTOR: (m.Actor,),
    RecordKind.PLACE: (m.Place,),
    RecordKind.TOPIC: (m.Topic,),
    RecordKind.OFFICE: (m.Office,),
    RecordKind.ARTICLE: (m.Article,),
    RecordKind.MEETING: (m.Event, m.Meeting),
    RecordKind.AGREEMENT: (m.Event, m.Agreement),
    RecordKind.STATEMENT: (m.Event, m.Statement),
    RecordKind.APPEAL: (m.Event, m.Appeal),
    RecordKind.PROVISION: (m.Provision,),
    RecordKind.CLAIM: (m.Claim,),
}
PARTS: dict[RecordKind, dict[Any, str]] = {
    RecordKind.ACTOR: {m.ActorCandidate: "actor_id"},
    RecordKind.MEETING: EVENT_PARTS,
    RecordKind.AGREEMENT: EVENT_PARTS | {m.AgreementAim: "agreement_id"},
    RecordKind.STATEMENT: EVENT_PARTS,
    RecordKind.APPEAL: EVENT_PARTS,
    RecordKind.PROVISION: {m.ProvisionTopic: "provision_id"},
    RecordKind.CLAIM: {m.Attribution: "claim_id"},
}
MAIN_TABLES = {kind: [table_of(model) for model in models] for kind, models in MAIN.items()}
PART_TABLES = {
    kind: {table_of(model): owner for model, owner in parts.items()}
    for kind, parts in PARTS.items()
}
# What is derived when all is written, with what it is until then.
INITIAL: dict[str, Row] = {
    "event": {"contested": False},
    "actor": {"event_count": 0},
    "place": {"country_within": None},
}
# What goes with a record: its offices or provisions, the claims on it or of it.
OWNED = (
    (m.Office, "holder_id"),
    (m.Provision, "agreement_id"),
    (m.Claim, "subject_id"),
    (m.Claim, "article_id"),
)
# Who refers to what, so that it cannot go: a table, the column of the record whose row it is, and
# the column that refers. Rows that go with what they refer to are another record's all the same.
REFERRING = (
    *(
        (table, owner, column.name)
        for owners in (
            *(dict.fromkeys(tables, "id") for tables in MAIN_TABLES.values()),
            *PART_TABLES.values(),
        )
        for table, owner in owners.items()
        for column in table.c
        for key in column.foreign_keys
        if key.ondelete == "RESTRICT"
        and key.column.name == "id"
        and key.column.table.name != "dossier"
    ),
    (table_of(m.Claim), "id", "subject_id"),
    (table_of(m.EventLink), "event_id", "other_id"),
)
# The columns that hold ids, by table; and the one that refers to its own table.
KEYS = {
    table: [column.name for column in table.c if column.foreign_keys and column.name != "id"]
    for table in m.METADATA.tables.values()
}
UNIQUE_IN = {"actor": "wikidata_id", "article": "url", "provision": "ordinal"}
UP = {"place": "part_of_id", "topic": "broader_id"}
