// The schema against every rule of graphql-eslint, Relay's included; each exception has its reason.
import graphql from "@graphql-eslint/eslint-plugin";

// Connections, their parts and plain values are no records: nothing to be found by an id.
const VALUES = [
  "ActorName", "Attribution", "CalendarDate", "Country", "EventCode", "EventLink", "Figure", "FuzzyDate", "Group", "GroupKey",
  "Highlight", "Identifier", "LocalizedText", "Membership", "Milestone", "Obligation", "PageInfo", "Participation", "PlaceName", "Quote",
  "Release", "Revision", "SearchHit",
  "DeletePayload", "ImportPayload", "MergePayload", "UserError",
];

const rules = {
  ...graphql.configs["flat/schema-all"].rules,
  ...graphql.configs["flat/schema-relay"].rules,
  // Fields stand in the order in which one wants to read them.
  "@graphql-eslint/alphabetize": "off",
  // A list of connections always exists, if only as an empty one.
  "@graphql-eslint/require-nullable-result-in-root": "off",
  // Mutations are wanted. Their arguments are named for what they are, and a payload is of one revision.
  "@graphql-eslint/no-root-type": "off",
  "@graphql-eslint/input-name": "off",
  "@graphql-eslint/require-field-of-type-query-in-mutation-result": "off",
  // The directive @oneOf is GraphQL's own.
  "@graphql-eslint/require-description": [
    "error",
    { types: true, rootField: true, DirectiveDefinition: false },
  ],
  // Hits have a best and a rest: a search is walked forwards only.
  "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
  // Connections offer `nodes` beside `edges`, what is always short is a plain list, and a page may
  // be of what is no record: participations, links, hits.
  "@graphql-eslint/relay-edge-types": [
    "error",
    { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
  ],
  "@graphql-eslint/strict-id-in-types": [
    "error",
    { exceptions: { types: VALUES, suffixes: ["Connection", "Edge"] } },
  ],
};

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "../../schema.graphql" } },
    },
    plugins: { "@graphql-eslint": graphql },
    rules,
  },
];
