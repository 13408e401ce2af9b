"""The events of a subscription: the edges of a page, each with its cursor, as answers."""

# The key of an edge's cursor. JSON escapes line feeds in texts, so it begins an edge and no text.
EVENT = "\n"
START, END = f'{{"{EVENT}":"'.encode(), b"]}}"


def split_events(data: bytes) -> list[tuple[str, bytes]]:
    """Split the data of a subscription's page into its events: for each, the cursor and the data.

    `{"changes":{"edges":[{"<EVENT>":"<cursor>","changes":{…}},…]}}` has events `{"changes":{…}}`.
    """
    events = []
    for item in data.removesuffix(END).split(START)[1:]:
        cursor, _, member = item.removesuffix(b",").partition(b'",')
        events.append((cursor.decode(), b"{" + member))
    return events
