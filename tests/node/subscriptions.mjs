// Follows changes as clients do: `node subscriptions.mjs URL COUNT` subscribes by each client from the
// beginning, prints a line when all have had COUNT changes, and another when all have had one more.
import { ApolloClient, InMemoryCache, gql } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { Client, subscriptionExchange } from "@urql/core";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";

const [url, count] = process.argv.slice(2);
const query = `subscription Changes($after: String) { changes(after: $after) { id action } }`;
const variables = { after: "revision:0" };
const ws = () => createWs({ url: url.replace("http", "ws"), retryAttempts: 0 });
const received = {};
const waiting = [];

// Resolves when each client has had so many changes.
const all = (size) => new Promise((resolve) => waiting.push({ size, resolve }));

function take(name, { data, error, errors }) {
  if (error ?? errors) throw error ?? new Error(JSON.stringify(errors));
  received[name].push(`${data.changes.id} ${data.changes.action}`);
  for (const { size, resolve } of waiting)
    if (Object.values(received).every((changes) => changes.length >= size)) resolve();
}

function sinkOf(name) {
  received[name] = [];
  const fail = (error) => {
    console.error(name, error);
    process.exit(1);
  };
  return { next: (result) => take(name, result), error: fail, complete: () => fail("completed") };
}

ws().subscribe({ query, variables }, sinkOf("graphql-ws"));
createSse({ url }).subscribe({ query, variables }, sinkOf("graphql-sse"));
new ApolloClient({ link: new GraphQLWsLink(ws()), cache: new InMemoryCache() })
  .subscribe({ query: gql(query), variables })
  .subscribe(sinkOf("apollo"));
received.urql = [];
const socket = ws();
const forwardSubscription = (request) => ({
  subscribe: (sink) => ({ unsubscribe: socket.subscribe(request, sink) }),
});
const urql = new Client({ url, exchanges: [subscriptionExchange({ forwardSubscription })] });
urql.subscription(query, variables).subscribe((result) => take("urql", result));

await all(Number(count));
console.log("all");
await all(Number(count) + 1);
console.log(JSON.stringify(received));
process.exit(0);
