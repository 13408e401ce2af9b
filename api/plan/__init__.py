"""Planning: a GraphQL operation in, a plan out, with no SQL and no database."""
