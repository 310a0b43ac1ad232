/* Words typed into a decision or an edit are not lost by a wrong click: the browser asks first. As in site.js. */
"use strict";
for (const form of document.querySelectorAll(".decide[method=post], .edit > form[method=post]")) {
  const typed = (field) => field.value.trim() !== "";
  const came = form.matches(".decide") && [...form.querySelectorAll("textarea")].some(typed);
  let changed = came || Boolean(document.querySelector(".error-summary, .errornote[role=alert]"));
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
