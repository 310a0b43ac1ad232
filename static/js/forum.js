// Makes writing in the forum quicker; it all works without. The preview appears without leaving the page.
(() => {
  "use strict";
  const form = document.querySelector("form[data-post]");
  if (!form) return;

  // Send the form's text fields to its own address and return the answer; null where the portal must speak for itself.
  async function ask(more) {
    const data = new FormData(form);
    Object.entries(more).forEach(([name, value]) => data.set(name, value));
    try {
      const response = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: data });
      return response.ok && !response.redirected ? response : null;
    } catch (error) {
      return null;
    }
  }

  async function preview(button) {
    const response = await ask({ preview: "quiet" });
    const part = response && new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#preview");
    if (!part) { // signed out, too often, or no connection: the page says so
      button.dataset.plain = "";
      form.requestSubmit(button);
      return;
    }
    document.querySelector("#preview")?.remove();
    form.before(document.adoptNode(part));
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name !== "preview" || "plain" in button.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // what is typed is still not sent
    preview(button);
  }, { capture: true });
})();
