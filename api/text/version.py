"""The version of the forms in which texts are compared and searched."""

# Where a database has the search index and folded columns of another version, migrating makes them
# anew. Raise it with each change of what `fold` or `locate_words` return, or the index contains.
VERSION = 5
