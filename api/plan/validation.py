"""Parses and validates documents."""

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Node,
    Token,
    TokenKind,
    ValidationContext,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import OverlappingFieldsCanBeMergedRule
from graphql.validation.validate import ValidationAbortedError as Aborted

from api.plan.document_errors import DocumentErrors, document_error, list_errors
from api.settings import Limits

# The limit on comparisons of fields with the same key: enough for hundreds of such fields.
MAX_COMPARISONS = 50_000
# Equal errors are listed once, so this many are looked for per error that is listed.
ERRORS_PER_LISTED = 5
# In longer documents (characters), names are not suggested: comparing long names takes time.
MAX_LENGTH_WITH_SUGGESTIONS = 20_000
# The parser's message when it stops at the limit of tokens.
ABORTED, NESTED = "Parsing aborted.", "nested too deeply"
REPEATED = (
    "The document repeats fields or fragments too often to compare them all: select each field "
    "once."
)


class OverlappingFields(OverlappingFieldsCanBeMergedRule):
    """The rule OverlappingFieldsCanBeMerged, with a limit on the number of comparisons."""

    def __init__(self, context: ValidationContext) -> None:
        """Start with a count of zero comparisons."""
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = MAX_COMPARISONS


RULES = [
    OverlappingFields if rule is OverlappingFieldsCanBeMergedRule else rule
    for rule in specified_rules
]


def parse_document(text: str, limits: Limits) -> DocumentNode:
    """Parse a document.

    Raises:
        DocumentErrors: the syntax is wrong, or there are more tokens than the limit.
    """
    try:
        return parse(text, max_tokens=limits.max_tokens)
    except GraphQLSyntaxError as error:
        if not error.message.endswith(ABORTED):
            raise DocumentErrors("GRAPHQL_PARSE_FAILED", [error]) from None
        aborted = error
    code, message = (
        "TOO_MANY_TOKENS",
        f"The document has more than {limits.max_tokens:,} tokens: send less.",
    )
    if NESTED in aborted.message:
        code, message = (
            "TOO_DEEP",
            "The document is nested too deeply to be parsed: nest fewer levels.",
        )
    where = GraphQLError(message, source=aborted.source, positions=aborted.positions)
    raise DocumentErrors(code, [where])


def validate_document(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
    """Validate a document.

    Raises:
        DocumentErrors: the document is not valid; equal errors are listed once.
    """
    most = ERRORS_PER_LISTED * limits.max_errors
    long = document.loc is not None and document.loc.end > MAX_LENGTH_WITH_SUGGESTIONS
    found = validate(schema, document, RULES, most, hide_suggestions=long)
    if not found:
        return
    errors = [error for error in found if not isinstance(error, Aborted)]
    if not errors:
        raise document_error("DOCUMENT_TOO_COMPLEX", REPEATED)
    raise DocumentErrors("GRAPHQL_VALIDATION_FAILED", list_errors(errors, limits.max_errors))


def drop_tokens(document: DocumentNode) -> None:
    """Drop a document's tokens, half of its memory, but keep their positions."""
    waiting: list[Node] = [document]
    while waiting:
        node = waiting.pop()
        if node.loc is not None:
            node.loc.start_token = node.loc.end_token = NO_TOKEN
        for key in node.keys:
            below = getattr(node, key)
            if isinstance(below, Node):
                waiting.append(below)
            elif isinstance(below, tuple):
                waiting += below


NO_TOKEN = Token(TokenKind.SOF, 0, 0, 0, 0)
