"""The record formats: each kind's Pydantic model, and the codecs that map its fields to columns."""
