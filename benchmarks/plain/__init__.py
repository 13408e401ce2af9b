"""Plain Strawberry: resolvers, DataLoaders and async SQLAlchemy, as its documentation has them.

It serves the part of Mithaq's schema that the benchmark asks for, from the same tables.
"""
