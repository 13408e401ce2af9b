"""Every connection of the schema is walked both ways, in every order that it has."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from graphql import get_named_type, is_interface_type, is_object_type

from api import model as m
from api.answer import Answerer
from api.intake.rows import table_of
from api.model.kinds import EventKind, RecordKind
from api.request import GraphQLRequest
from api.settings import Settings
from tests.oracle import DOCUMENT
from tests.transactions import read

DIRECTIONS = ("ASC", "DESC")


@dataclass(frozen=True)
class Connection:
    """A connection of a type, with the arguments that it is walked with besides its pages."""

    type: str
    name: str
    arguments: str = ""
    both_ways: bool = True

    def ask(self, id_: str, page: str, fields: str) -> str:
        """Write the question for one of its pages."""
        field = f"field: {self.name}({page} {self.arguments}) {{ {fields} }}"
        if self.type == "Query":
            return f"{{ {field} }}"
        if self.type == "Revision":
            return f"{{ node: revision(number: 1) {{ {field} }} }}"
        return f'{{ node(id: "{id_}") {{ ... on {self.type} {{ {field} }} }} }}'


def list_connections() -> Iterator[Connection]:
    """List the connections of every type, once for each order."""
    for type_ in DOCUMENT.type_map.values():
        if is_object_type(type_) or is_interface_type(type_):
            for name, field in type_.fields.items():
                if {"first", "after"} <= field.args.keys():
                    for way in list_ways(field):
                        yield Connection(type_.name, name, way, "last" in field.args)


def list_ways(field: Any) -> Iterator[str]:
    """List the arguments that a connection needs, with each of its orders and none."""
    yield 'text: "*a*"' if "text" in field.args else ""
    if "orderBy" in field.args:
        order = get_named_type(field.args["orderBy"].type)
        for name in get_named_type(order.fields["field"].type).values:
            for way in DIRECTIONS:
                yield f"orderBy: [{{field: {name}, direction: {way}}}]"


async def ask(answerer: Answerer, document: str, **variables: Any) -> Any:
    answer = await answerer.answer(GraphQLRequest(document, None, variables))
    assert answer.code is None, answer.json
    return json.loads(answer.json)["data"]


@pytest.fixture(scope="module")
def records(seeded: Settings) -> list[str]:
    """The ids of all records."""
    record = table_of(m.Record)
    query = sa.select(record.c.kind, record.c.key)
    rows = read(seeded, lambda run: run.execute(query).all())
    return [f"{kind.lower()}:{key}" for kind, key in rows]


async def find_longest(answerer: Answerer, records: list[str], connection: Connection) -> str:
    """Find the record whose connection holds most."""
    if connection.type in ("Query", "Revision"):
        return ""
    interfaces: dict[str, Any] = {"Event": EventKind, "Node": RecordKind}
    kinds = [*interfaces.get(connection.type, [connection.type.upper()])]
    wanted = [id_ for id_ in records if id_.partition(":")[0].upper() in kinds]
    ids = json.dumps(wanted)
    field = f"field: {connection.name} {{ totalCount }}"
    nodes = f"{{ nodes(ids: {ids}) {{ id ... on {connection.type} {{ {field} }} }} }}"
    counts: dict[str, int] = {
        node["id"]: node["field"]["totalCount"] for node in (await ask(answerer, nodes))["nodes"]
    }
    assert any(counts.values()), f"{connection} is empty for every record: give one in the example"
    return max(counts, key=counts.__getitem__)


async def walk(
    answerer: Answerer, connection: Connection, id_: str, size: int, *, backward: bool = False
) -> list[str]:
    """Walk a connection by pages of a size, and list the cursors in its order."""
    count, start, more = (
        ("last", "before", "hasPreviousPage") if backward else ("first", "after", "hasNextPage")
    )
    fields = f"totalCount edges {{ cursor }} pageInfo {{ {more} }}"
    asked = connection.ask(id_, f"{count}: $size {start}: $cursor", fields)
    document = f"query ($size: Int, $cursor: String) {asked}"
    cursors: list[str] = []
    cursor, going = None, True
    while going:
        data = await ask(answerer, document, size=size, cursor=cursor)
        given = (data.get("node") or data)["field"]
        found = [edge["cursor"] for edge in given["edges"]]
        cursors = found + cursors if backward else cursors + found
        going = given["pageInfo"][more]
        cursor = cursors[0 if backward else -1] if cursors else None
    assert len(cursors) == given["totalCount"]
    return cursors


@pytest.mark.parametrize("connection", [*list_connections()], ids=str)
async def test_every_connection_is_walked_both_ways(
    answerer: Answerer, records: list[str], connection: Connection
) -> None:
    id_ = await find_longest(answerer, records, connection)
    whole = await walk(answerer, connection, id_, 500)
    size = 1 if len(whole) < 10 else 7
    assert await walk(answerer, connection, id_, size) == whole
    if connection.both_ways:
        assert await walk(answerer, connection, id_, size, backward=True) == whole
