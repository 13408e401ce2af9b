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
