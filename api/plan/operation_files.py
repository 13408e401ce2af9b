"""Reads files of operations and fragments into one valid document per operation."""

from collections.abc import Mapping
from pathlib import Path

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoUnusedFragmentsRule,
    OperationDefinitionNode,
    Source,
    concat_ast,
    parse,
    print_ast,
    separate_operations,
    specified_rules,
    validate,
)

from api.errors import OperationFileError, Problem

# A fragment that is unused in these files may belong to another client.
RULES = [rule for rule in specified_rules if rule is not NoUnusedFragmentsRule]


def build_documents(schema: GraphQLSchema, files: Mapping[Path, str]) -> list[str]:
    """Return each operation of some files as a document with the fragments that it uses.

    Fragments may be in any of the files.

    Raises:
        OperationFileError: files have errors; each is named with its file and line.
    """
    problems: list[Problem] = []
    parsed = [_parse(path, text, problems) for path, text in files.items()]
    if problems:
        raise OperationFileError(problems)
    whole = concat_ast([document for document in parsed if document is not None])
    problems += [_problem(error) for error in validate(schema, whole, RULES, max_errors=100)]
    problems += [
        _problem(GraphQLError("The operation has no name: give it one.", item))
        for item in whole.definitions
        if isinstance(item, OperationDefinitionNode) and item.name is None
    ]
    if problems:
        raise OperationFileError(problems)
    return [print_ast(document) for document in separate_operations(whole).values()]


def _parse(path: Path, text: str, problems: list[Problem]) -> DocumentNode | None:
    try:
        return parse(Source(text, str(path)))
    except GraphQLSyntaxError as error:
        problems.append(_problem(error))
        return None


def _problem(error: GraphQLError) -> Problem:
    node = error.nodes[0] if error.nodes else None
    source = error.source or (node.loc.source if node and node.loc else None)
    line = error.locations[0].line if error.locations else 0
    return Problem(source.name if source else "", line, error.message)
