"""Commands about the schema, and about operations on it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.errors import OperationFileError, Problem


def schema(
    *,
    dossier: Annotated[
        bool, typer.Option("--dossier", help="Print the JSON Schema of dossiers instead.")
    ] = False,
    profile: Annotated[
        bool, typer.Option("--profile", help="Print the JSON Schema of profiles instead.")
    ] = False,
) -> None:
    """Print the GraphQL schema in SDL."""
    from api.settings import read_settings

    read_settings()
    if dossier or profile:
        import json

        from api.intake.forms.records import DossierRecord
        from api.intake.profile.templates import Profile

        model = Profile if profile else DossierRecord
        typer.echo(json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False))
        return
    from api.schema import SCHEMA

    typer.echo(SCHEMA.as_str())


def documents(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files of operations and fragments, or folders of them: *.graphql."),
    ],
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Validate operations and write them by their hashes, as the file of MITHAQ_DOCUMENTS."""
    import json

    from api.http.persisted import hash_document
    from api.output import replacing
    from api.plan.catalog import build_catalog
    from api.plan.operation_files import build_documents
    from api.schema import SCHEMA
    from api.settings import read_settings

    read_settings()
    texts = build_documents(build_catalog(SCHEMA).schema, dict(read_files(paths)))
    written = json.dumps({hash_document(text): text for text in texts}, indent=2)
    with replacing(output) as append:
        append(f"{written}\n".encode())


def read_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the path and text of each *.graphql file; folders are searched.

    Raises:
        OperationFileError: a path has no *.graphql file, or a file is not UTF-8.
    """
    from api.intake.read.files import list_files

    for path in paths:
        found = list_files(path, (".graphql",))
        if not found:
            raise OperationFileError([Problem(path, 0, "no *.graphql file is here.")])
        for file in found:
            try:
                yield file, file.read_text("utf-8")
            except UnicodeDecodeError as error:
                message = f"the file is not UTF-8: {error.reason}."
                raise OperationFileError([Problem(file, 1, message)]) from None
