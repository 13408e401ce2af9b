"""The version of folding, tokens and the search index."""

# If a database has the search index and folded columns of another version, `migrate` rebuilds them.
# Raise it with each change of the results of `fold` or `locate_words`, or of the index.
VERSION = 5
