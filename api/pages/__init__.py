"""Pages for people: each is a GraphQL query and a template that shows its answer as HTML."""
