// Asks a running server what clients ask: `node clients.mjs URL` prints each client's answers.
import { createHash } from "node:crypto";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { Client, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";
import { GraphQLClient } from "graphql-request";

const [url] = process.argv.slice(2);
const TEXT = `query Actors($first: Int!, $after: String) {
  actors(first: $first, after: $after) {
    edges { node { id name(lang: "en") } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const FIRST = { first: 3 };
const namesOf = (data) => data.actors.edges.map(({ node }) => node.name);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

async function askApollo(link) {
  const cache = new InMemoryCache({
    typePolicies: { Query: { fields: { actors: relayStylePagination() } } },
  });
  const client = new ApolloClient({ link, cache });
  const query = client.watchQuery({ query: gql(TEXT), variables: FIRST });
  const subscription = query.subscribe(() => {});
  const { data } = await client.query({ query: gql(TEXT), variables: FIRST });
  const after = data.actors.pageInfo.endCursor;
  const more = await query.fetchMore({ variables: { ...FIRST, after } });
  subscription.unsubscribe();
  return [...namesOf(data), ...namesOf(more.data)];
}

async function askUrql(exchanges, preferGetMethod) {
  const client = new Client({ url, exchanges, preferGetMethod });
  const first = await client.query(TEXT, FIRST).toPromise();
  if (first.error) throw first.error;
  const after = first.data.actors.pageInfo.endCursor;
  const more = await client.query(TEXT, { ...FIRST, after }).toPromise();
  return [...namesOf(first.data), ...namesOf(more.data)];
}

async function askRequest(method) {
  const client = new GraphQLClient(url, { method });
  const first = await client.request(TEXT, FIRST);
  const more = await client.request(TEXT, { ...FIRST, after: first.actors.pageInfo.endCursor });
  const refused = await client.request("{ nothing }").catch((error) => error.response);
  if (refused.errors[0].extensions.code !== "GRAPHQL_VALIDATION_FAILED") throw refused;
  return [...namesOf(first), ...namesOf(more)];
}

const http = new HttpLink({ uri: url });
const persisted = (useGETForHashedQueries) =>
  new PersistedQueryLink({ sha256, useGETForHashedQueries }).concat(http);
const answers = {
  apollo: await askApollo(http),
  "apollo, persisted": await askApollo(persisted(false)),
  "apollo, persisted, by GET": await askApollo(persisted(true)),
  urql: await askUrql([fetchExchange], false),
  "urql, by GET": await askUrql([fetchExchange], "force"),
  "urql, persisted": await askUrql([persistedExchange({}), fetchExchange], false),
  "graphql-request": await askRequest("POST"),
  "graphql-request, by GET": await askRequest("GET"),
};
console.log(JSON.stringify(answers));
