// What scrolls is reached by the keyboard, what nobody sees is not, and each code block has a name of its own.
function reach() {
  document.querySelectorAll("pre > code, .wide, .md-typeset__scrollwrap").forEach((part) => {
    part.tabIndex = 0;
  });
  document.querySelectorAll("input[aria-hidden=true]").forEach((part) => {
    part.tabIndex = -1;
  });
  document.querySelectorAll("nav.md-code__nav:not([aria-label])").forEach((part) => {
    part.setAttribute("aria-label", `code block ${document.querySelectorAll("nav.md-code__nav[aria-label]").length + 1}`);
  });
}
document.addEventListener("DOMContentLoaded", () => {
  reach();
  new MutationObserver(reach).observe(document.body, { childList: true, subtree: true });
});
