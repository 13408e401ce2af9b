"""How fast Mithaq answers, beside a floor of hand-written SQL and beside other GraphQL servers."""
