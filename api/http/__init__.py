"""GraphQL over HTTP: requests, responses, caching, compression, and the playground's page."""
