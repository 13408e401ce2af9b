// GraphiQL on the endpoint whose page this is, opening on the example queries.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./main.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";

const files = import.meta.glob("../../tests/cases/playground/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});
const defaultTabs = Object.keys(files)
  .sort()
  .map((name) => ({ query: files[name] }));

// The pane Headers has the API key: {"Authorization": "Bearer mithaq_…"}.
async function fetcher(parameters, { headers } = {}) {
  const response = await fetch(window.location.pathname, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      accept: "application/graphql-response+json",
    },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

// A question in the page's address, as programs send it by GET, is opened beside the examples.
const asked = new URLSearchParams(window.location.search);
const opened = asked.get("query")
  ? [{ query: asked.get("query"), variables: asked.get("variables") }]
  : [];

createRoot(document.getElementById("playground")).render(
  createElement(GraphiQL, {
    fetcher,
    defaultTabs: [...opened, ...defaultTabs],
    initialQuery: opened[0]?.query,
    initialVariables: opened[0]?.variables ?? undefined,
    defaultEditorToolsVisibility: false,
  }),
);
