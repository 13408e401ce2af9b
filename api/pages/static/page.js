// Marks all words of a quote that the address names, or that the pointer or the focus is on.
"use strict";
const marks = [...document.querySelectorAll("mark[data-quotes]")];
const facts = [...document.querySelectorAll(".facts ol > li")]; // in the order of their numbers
const numbers = (mark) => mark.dataset.quotes.split(" ").map(Number);

function choose(chosen) {
  const number = facts.indexOf(chosen) + 1;
  for (const mark of marks) mark.classList.toggle("chosen", numbers(mark).includes(number));
  for (const fact of facts) fact.classList.toggle("chosen", fact === chosen);
}

const named = () => choose(facts.find(({ id }) => id === location.hash.slice(1).replace("quote", "facts")));
window.addEventListener("hashchange", named);
named();

for (const fact of facts) {
  fact.addEventListener("mouseenter", () => choose(fact));
  fact.addEventListener("mouseleave", named);
  fact.addEventListener("focusin", () => choose(fact));
}

// A click on marked words opens the facts of the shortest quote that they are in.
for (const mark of marks) {
  mark.addEventListener("click", () => {
    const length = ({ id }) => id.replace("facts-", "").split("-").reduce((start, end) => end - start);
    const [shortest] = numbers(mark).map((number) => facts[number - 1]).sort((a, b) => length(a) - length(b));
    location.hash = shortest.id;
  });
}

// Copies a fact's words with their source and address, or shows them where that is not allowed.
for (const fact of facts) {
  const { source, marks: [open, close], cite, copied } = fact.closest(".facts").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite";
  button.textContent = cite;
  button.addEventListener("click", async () => {
    const words = fact.querySelector("q").textContent;
    const address = new URL(fact.querySelector("a").getAttribute("href"), location.href);
    const citation = `${open}${words}${close} — ${source}${address}`;
    const told = document.createElement("p");
    told.className = "source";
    told.setAttribute("role", "status");
    button.after(told);
    try {
      await navigator.clipboard.writeText(citation);
      told.textContent = copied;
    } catch {
      told.textContent = citation;
      getSelection().selectAllChildren(told);
    }
  });
  fact.append(button);
}

// Suggests records while one types: in the site's search, which leads to their pages, and in fields
// that ask for a record, which are sent with its id.
const find = document.querySelector("form.find");
const PAUSE = 200; // milliseconds without a key until a question is sent

function suggest(input, choose) {
  const list = document.createElement("datalist");
  const found = new Map();
  let waiting, asked = new AbortController();
  list.id = `${input.id}-suggestions`;
  input.setAttribute("list", list.id);
  input.setAttribute("autocomplete", "off");
  input.after(list);

  async function ask(text) {
    const address = new URL(find.action);
    address.searchParams.set("text", `${text}*`);
    address.searchParams.set("lang", document.documentElement.lang);
    if (input.dataset.kind) address.searchParams.set("kinds", input.dataset.kind);
    asked.abort();
    asked = new AbortController();
    const headers = { accept: "application/json" };
    const response = await fetch(address, { headers, signal: asked.signal });
    if (!response.ok) return;
    const { data } = await response.json();
    found.clear();
    for (const { node } of data.search.nodes.slice(0, 8)) {
      const name = node.name ?? node.title ?? node.label ?? node.heading;
      if (name) found.set(name, node.id);
    }
    list.replaceChildren(...[...found.keys()].map((name) => new Option(name, name)));
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (found.has(input.value)) choose?.(found.get(input.value));
    else if (input.value.trim().length > 1) {
      waiting = setTimeout(() => ask(input.value.trim()).catch(() => {}), PAUSE);
    }
  });
  return found;
}

suggest(find.querySelector("input[type=search]"), (id) => {
  const [kind, ...key] = id.split(":");
  const page = new URL(find.action);
  page.pathname = page.pathname.replace(/search$/, `${kind}/${encodeURIComponent(key.join(":"))}`);
  page.search = new URLSearchParams(new FormData(find));
  page.searchParams.delete("text");
  location.assign(page);
});
const suggested = {}; // by the name of the field: for each of its inputs, ids by name
for (const input of document.querySelectorAll("input[data-kind]")) {
  (suggested[input.name] ??= []).push(suggest(input));
}

// Forms send the ids of suggested records, and keep empty fields out of the address.
for (const form of document.querySelectorAll("form.filter, form.find")) {
  form.addEventListener("formdata", ({ formData }) => {
    const filled = [...formData].filter(([, value]) => value !== "");
    for (const name of [...formData.keys()]) formData.delete(name);
    for (const [name, value] of filled) {
      const found = suggested[name]?.find((ids) => ids.has(value));
      formData.append(name, found ? found.get(value) : value);
    }
  });
}

// Browsers tell what is wrong with a date in their own language, not in the page's.
for (const input of document.querySelectorAll("input[pattern]")) {
  input.addEventListener("invalid", () => input.setCustomValidity(input.title));
  input.addEventListener("input", () => input.setCustomValidity(""));
}
