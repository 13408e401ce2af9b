// Marks all words of a quote that the address names, or that the pointer or the focus is on.
"use strict";
const marks = [...document.querySelectorAll("mark[data-quotes]")];
const within = (mark, place) => mark.dataset.quotes.split(" ").includes(place);

function choose(place) {
  for (const mark of marks) mark.classList.toggle("chosen", within(mark, place));
  for (const fact of document.querySelectorAll(".facts ol > li")) {
    fact.classList.toggle("chosen", fact.id === `facts-${place}`);
  }
}

const named = () => choose(location.hash.replace(/^#(quote|facts)-/, ""));
window.addEventListener("hashchange", named);
named();

for (const fact of document.querySelectorAll(".facts ol > li")) {
  const place = fact.id.replace("facts-", "");
  fact.addEventListener("mouseenter", () => choose(place));
  fact.addEventListener("mouseleave", named);
  fact.addEventListener("focusin", () => choose(place));
}

// A click on marked words opens the facts of the shortest quote that they are in.
for (const mark of marks) {
  mark.addEventListener("click", () => {
    const length = (place) => place.split("-").reduce((start, end) => end - start);
    const [shortest] = mark.dataset.quotes.split(" ").sort((a, b) => length(a) - length(b));
    location.hash = `facts-${shortest}`;
  });
}

// Copies a fact's words with their source and address, or shows them where that is not allowed.
for (const fact of document.querySelectorAll(".facts ol > li")) {
  const { source, cite, copied } = fact.closest(".facts").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite";
  button.textContent = cite;
  button.addEventListener("click", async () => {
    const words = fact.querySelector(".words").textContent;
    const address = new URL(fact.querySelector("a.ref").getAttribute("href"), location.href);
    const citation = `“${words}” — ${source}, ${address}`;
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
  fact.querySelector("div").append(button);
}
