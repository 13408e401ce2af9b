"""`python -m api.cli` is `mithaq`."""

from api.cli import main

main()
