"use strict";
// The site reads without this file; it adds filters, copying and the highlighting of a claim's neighbours.
const plain = (words) => words.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const filters = document.getElementById("filters");
if (filters) {
  const rows = [...document.querySelectorAll("table.claims tbody tr")];
  const text = filters.querySelector("input[type=search]");
  const told = document.getElementById("matching");
  const apply = () => {
    const verdicts = new Set([...filters.querySelectorAll("input[name=verdict]:checked")].map((box) => box.value));
    const papers = new Set([...filters.querySelectorAll("input[name=paper]:checked")].map((box) => box.value));
    const words = plain(text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = verdicts.has(row.dataset.verdict) && papers.has(row.dataset.paper)
        && words.every((word) => row.dataset.text.includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    for (const section of document.querySelectorAll("section.paper")) {
      section.hidden = !section.querySelector("tbody tr:not([hidden])");
    }
    told.textContent = `${shown} of ${rows.length} claims`;
  };
  filters.hidden = false;
  text.value = new URLSearchParams(location.search).get("q") ?? "";
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(apply));
  apply();
}
for (const button of document.querySelectorAll("button.copy")) {
  const source = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      // Pages opened from a folder may not reach the clipboard any other way.
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
      getSelection().removeAllRanges();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy LaTeX"; }, 1500);
  });
}
for (const node of document.querySelectorAll("[data-node]")) {
  const ends = [...document.querySelectorAll(".edges path")].filter((path) => path.dataset.ends.split(" ").includes(node.dataset.node));
  const light = (on) => ends.forEach((path) => path.classList.toggle("on", on));
  for (const event of ["mouseenter", "focus"]) node.addEventListener(event, () => light(true));
  for (const event of ["mouseleave", "blur"]) node.addEventListener(event, () => light(false));
}
// What scrolls sideways can be reached and scrolled with the keyboard.
const reachable = () => {
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "scrolls sideways");
    } else {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  }
};
addEventListener("resize", reachable);
addEventListener("load", reachable);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
