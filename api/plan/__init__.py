"""An operation in, a plan out: what the answer is made of, with no SQL and no database."""
