"""Mithaq: documents in, a structured database of diplomatic events out, served over GraphQL."""
