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

  // A quote comes after what is typed, without leaving the page; by its address where the portal must speak for itself.
  async function quote(link) {
    let asked = null;
    try {
      const response = await fetch(link.href);
      if (response.ok) asked = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("form[data-quoted]");
    } catch (error) { /* the browser says so */ }
    if (!asked) {
      location.assign(link.href);
      return;
    }
    const typed = text.value.trimEnd();
    text.value = typed ? `${typed}\n\n${asked.dataset.quoted}` : asked.dataset.quoted;
    form.elements.reply_to.value = asked.elements.reply_to.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.dispatchEvent(new Event("change", { bubbles: true })); // soon saved: it took no typing
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollTop = text.scrollHeight;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.post-tools a[href$="#reply"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    quote(link);
  });

  // After "@" and a letter: people whose names begin so. The arrows choose, Enter or Tab takes, Escape closes.
  const text = form.querySelector("textarea"), list = document.createElement("ul");
  const MENTION = /(?:^|[^\w@./+-])@([^\s@]{1,30})$/u;
  let people = [], chosen = -1, timer, request;
  list.id = `${text.id}_people`;
  list.className = "suggested";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.peopleLabel);
  text.after(list);
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);

  const typed = () => MENTION.exec(text.value.slice(0, text.selectionStart))?.[1];

  function close() {
    [people, chosen, list.hidden] = [[], -1, true];
    text.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = (index + people.length) % people.length;
    Array.from(list.children).forEach((line, place) => line.setAttribute("aria-selected", place === chosen));
    text.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const end = text.selectionStart, start = end - typed().length;
    text.setRangeText(`${people[index].handle} `, start, end, "end");
    close();
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show(found) {
    people = found;
    list.replaceChildren(...found.map((person, index) => {
      const line = document.createElement("li"), name = document.createElement("bdi");
      line.id = `${list.id}_${index}`;
      line.setAttribute("role", "option");
      name.textContent = person.name;
      line.append(name, ` @${person.handle}`);
      line.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
      return line;
    }));
    list.hidden = !found.length;
    if (found.length) choose(0);
    else close();
  }

  async function suggest() {
    const beginning = typed();
    request?.abort();
    if (!beginning) return close();
    request = new AbortController();
    const address = new URL(form.dataset.people, location.href);
    address.searchParams.set("q", beginning);
    try {
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      if (response.ok && !response.redirected && typed() === beginning) show((await response.json()).people);
    } catch (error) { /* a name can be typed as well */ }
  }

  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 200); });
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const keys = {
      ArrowDown: () => choose(chosen + 1), ArrowUp: () => choose(chosen - 1),
      Enter: () => take(chosen), Tab: () => take(chosen), Escape: close,
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
