"""How rows of the tables refer to each other, and which of their columns are derived."""

from api import model as m
from api.intake.kinds import MAIN_TABLES, PART_TABLES
from api.intake.rows import Row, table_of

# What is derived when all is written, with what it is until then.
INITIAL: dict[str, Row] = {
    "event": {"contested": False},
    "actor": {"event_count": 0},
    "place": {"country_within": None},
}
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
