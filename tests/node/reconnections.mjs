// Follows changes and writes records while connections are lost: `node reconnections.mjs URL TOKEN`. Each client
// goes on after the last change that it received. Writes until a line comes in, then prints, when each client has
// received the last change, what each received.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { GraphQLClient } from "graphql-request";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";

const [url, token] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };
const FOLLOW = `subscription Changes($after: String) { changes(after: $after) { id } }`;
const WRITE = `mutation Write($records: [RecordInput!]!) {
  writeRecords(records: $records) { userErrors { message } }
}`;
const START = "revision:0";
const received = {};
const written = {};
const pause = () => sleep(20);
let stopped = false;

function take(name, { data, error, errors }) {
  if (error ?? errors) throw error ?? new Error(JSON.stringify(errors));
  received[name].push(data.changes);
}

const lastOf = (name) => received[name].at(-1);
const cursorOf = (name) => lastOf(name)?.id ?? START;

// Followers that connect again by themselves send the variables anew, which are the last change's by then; the
// browsers' EventSource sends the event's id.
function follow(name, client) {
  received[name] = [];
  const variables = {
    get after() {
      return cursorOf(name);
    },
  };
  const fail = (error) => {
    console.error(name, error);
    process.exit(1);
  };
  client.subscribe(
    { query: FOLLOW, variables },
    { next: (result) => take(name, result), error: fail, complete: () => fail("completed") },
  );
}

// Other followers are told that the subscription ended, and begin another after the last change.
async function followAgain(name, subscribe) {
  received[name] = [];
  for (;;) {
    const ended = Promise.withResolvers();
    const sink = {
      next: (result) => (result.error ? ended.resolve() : take(name, result)),
      error: ended.resolve,
      complete: ended.resolve,
    };
    const subscription = subscribe({ after: cursorOf(name) }, sink);
    await ended.promise;
    subscription.unsubscribe();
    await pause();
  }
}

function followEvents(name) {
  received[name] = [];
  const query = new URLSearchParams({ query: FOLLOW, variables: JSON.stringify({ after: START }) });
  new EventSource(`${url}?${query}`).addEventListener("next", ({ data }) => take(name, JSON.parse(data)));
}

// Writes one record after another. A client that got no answer sends the same again, with the same key.
async function write(name, send) {
  for (written[name] = 0; !stopped; written[name] += 1) {
    const key = `${name}-${written[name]}`;
    const names = [{ language: "en", text: key }];
    const variables = { records: [{ place: { key, names } }] };
    let payload;
    while (!payload) payload = await pause().then(() => send(variables, key)).catch(() => undefined);
    if (payload.userErrors.length) throw new Error(JSON.stringify(payload));
  }
}

const ws = (retryAttempts) =>
  createWs({
    url: url.replace("http", "ws"),
    connectionParams: headers,
    retryAttempts,
    retryWait: pause,
    shouldRetry: () => true, // by default not where a connection is cut without a close frame
  });
const socket = ws(Infinity);
const sse = createSse({ url, headers, retryAttempts: Infinity, retry: pause });
const keyed = (key) => ({ ...headers, "idempotency-key": key });
const iterate = async (client, variables) => {
  for await (const { data } of client.iterate({ query: WRITE, variables })) return data.writeRecords;
};
const cache = new InMemoryCache();
const apollo = new ApolloClient({ link: new HttpLink({ uri: url }), cache });
const apolloWs = new ApolloClient({ link: new GraphQLWsLink(ws(0)), cache });
const single = ws(0);
const forwardSubscription = (request) => ({
  subscribe: (sink) => ({ unsubscribe: single.subscribe(request, sink) }),
});
const urqlWs = new Client({ url, exchanges: [subscriptionExchange({ forwardSubscription })] });
const urql = new Client({ url, exchanges: [fetchExchange] });
const requests = new GraphQLClient(url);

follow("graphql-ws", ws(Infinity));
follow("graphql-sse", createSse({ url, retryAttempts: Infinity, retry: pause }));
followEvents("eventsource");
followAgain("apollo", (variables, sink) =>
  apolloWs.subscribe({ query: gql(FOLLOW), variables, fetchPolicy: "no-cache" }).subscribe(sink),
);
followAgain("urql", (variables, sink) => urqlWs.subscription(FOLLOW, variables).subscribe(sink.next));
const writers = [
  write("graphql-ws", (variables) => iterate(socket, variables)),
  write("graphql-sse", (variables) => iterate(sse, variables)),
  write("apollo", async (variables, key) => {
    const context = { headers: keyed(key) };
    const { data } = await apollo.mutate({ mutation: gql(WRITE), variables, context });
    return data.writeRecords;
  }),
  write("urql", async (variables, key) => {
    const { data, error } = await urql.mutation(WRITE, variables, { fetchOptions: { headers: keyed(key) } });
    if (error) throw error;
    return data.writeRecords;
  }),
  write("graphql-request", async (variables, key) => {
    return (await requests.request(WRITE, variables, keyed(key))).writeRecords;
  }),
  write("fetch", async (variables, key) => {
    const body = JSON.stringify({ query: WRITE, variables });
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...keyed(key) },
    });
    return (await response.json()).data.writeRecords;
  }),
];

await once(process.stdin, "data");
stopped = true;
await Promise.all(writers);
const { changes } = await requests.request("{ changes(last: 1) { nodes { id } } }");
const newest = changes.nodes[0].id;
const isBehind = (name) => cursorOf(name) !== newest;
for (let left = 30_000; Object.keys(received).some(isBehind); left -= 20) {
  if (left < 0) throw new Error(`behind: ${Object.keys(received).filter(isBehind)}`);
  await pause();
}
const ids = Object.entries(received).map(([name, changes]) => [name, changes.map(({ id }) => id)]);
console.log(JSON.stringify({ received: Object.fromEntries(ids), written }));
process.exit(0);
