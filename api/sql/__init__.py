"""A plan in, one SELECT out, whose only value is the answer's JSON; building it cannot fail."""
