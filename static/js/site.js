// Makes pages quicker; no page needs it. Filters apply themselves, long answers are counted, typed text is guarded.
(() => {
  "use strict";
  const words = document.body.dataset;
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // A polite voice for screen readers.
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  // Long answers: count characters as the server does, and let a pasted text be too long rather than cut it.
  function count(input) {
    const limit = Number(input.getAttribute("maxlength"));
    input.removeAttribute("maxlength");
    const line = document.createElement("p");
    line.className = "counter";
    line.id = `${input.id}_counter`;
    input.after(line);
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
    let waiting;
    const show = () => {
      const left = limit - Array.from(input.value).length;
      line.textContent = left < 0 ? `${words.over} ${-left}` : `${words.left} ${left}`;
      line.classList.toggle("counter--over", left < 0);
      clearTimeout(waiting);
      if (left < limit / 10 && document.activeElement === input) {
        waiting = setTimeout(() => { voice.textContent = line.textContent; }, 1500);
      }
    };
    input.addEventListener("input", show);
    show();
  }
  all("form[method=post] :is(textarea, input[type=text])[maxlength]")
    .filter((input) => input.id && Number(input.getAttribute("maxlength")) >= 100)
    .forEach(count);

  // Typed text is not lost by a wrong click: the browser asks first.
  all("form.form").forEach((form) => {
    let changed = "unsaved" in form.dataset || Boolean(document.querySelector(".error-summary"));
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("saved", () => { changed = false; });
    form.addEventListener("submit", () => { changed = false; });
    addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  });

  const fragment = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;

  // A draft is saved quietly: a while after the last key, when a field or the page is left, and not too often.
  const TYPED = 3_000, LEFT = 500, APART = 10_000, HIDDEN_APART = 2_000, PATIENCE = 120_000; // milliseconds
  const OWN = ["csrfmiddlewaretoken", "key", "revision", "overrides", "remove_file"];

  function saveQuietly(form) {
    const lines = all("[data-saved]", form);
    let timer, busy, over, leaving, said, last = 0, pause = APART;
    const typed = () => Array.from(new FormData(form)).filter(([, value]) => typeof value === "string");
    const answers = () => JSON.stringify(typed().filter(([name]) => !OWN.includes(name)));
    let saved = "unsaved" in form.dataset ? "" : answers();

    function say(parts, state) {
      lines.forEach((line) => line.replaceChildren(...parts.map((part) => part.cloneNode(true))));
      if (state !== said) voice.textContent = lines[0].textContent; // once, not every ten seconds
      said = state;
    }

    function later(wait) {
      clearTimeout(timer);
      if (!over) timer = setTimeout(save, Math.max(wait, last + APART - Date.now()));
    }

    // Whoever has signed in again, in another tab, has another token.
    function renewToken() {
      const token = /(?:^|; )csrftoken=(\w+)/.exec(document.cookie);
      if (token) form.elements.csrfmiddlewaretoken.value = token[1];
    }

    async function send(now, keepalive) {
      renewToken();
      const data = new FormData();
      typed().forEach(([name, value]) => { if (name !== "remove_file") data.append(name, value); });
      data.set("action", "autosave");
      last = Date.now();
      try {
        const headers = { Accept: "application/json" };
        const response = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers, keepalive });
        if (!response.ok) throw new Error(response.status);
        take(await response.json(), now);
      } catch (error) {
        say([document.createTextNode(form.dataset.autosave)], "failed");
        later(pause);
        pause = Math.min(2 * pause, PATIENCE);
      }
    }

    function take(answer, now) {
      say(Array.from(fragment(answer.saved)), answer.signed_out ? "signed out" : answer.goes_on ? "saved" : "stopped");
      if (answer.signed_out) {
        later(pause);
        return;
      }
      over = !answer.goes_on;
      if (over) return;
      [saved, pause] = [now, APART];
      form.elements.revision.value = answer.revision;
      form.dispatchEvent(new Event("kept"));
      if (form.getAttribute("action") !== answer.address) {
        form.setAttribute("action", answer.address);
        history.replaceState(null, "", answer.address);
      }
      const waits = all("input[type=file], [name=remove_file]", form).some((input) => input.files?.length || input.checked);
      if (answers() !== saved) later(TYPED);
      else if (answer.complete && !waits) form.dispatchEvent(new Event("saved"));
    }

    function save(keepalive = false) {
      const now = answers();
      if (busy || over || now === saved) return;
      clearTimeout(timer);
      busy = send(now, keepalive).finally(() => { busy = null; });
    }

    form.addEventListener("input", () => later(TYPED));
    form.addEventListener("change", () => later(LEFT));
    // Gone to another window, perhaps for good. Not when the page is left: the next one may be this draft again.
    addEventListener("pagehide", () => { leaving = true; });
    addEventListener("pageshow", () => { leaving = false; });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && !leaving && Date.now() > last + HIDDEN_APART) save(true);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      renewToken();
      over = true;
      if (!busy) return;
      event.preventDefault(); // one after the other, or the page would find its own save newer than itself
      busy.then(() => { busy = null; form.requestSubmit(event.submitter); });
    });
  }
  all("form[data-autosave]").forEach(saveQuietly);

  // Beside the title: what is here already and looks like it.
  all("[data-similar]").forEach((box) => {
    const form = box.closest("form");
    const part = (name) => ({ countries: "country", key: "submission" })[name] || (/^sources-\d-url$/.test(name) ? "url" : name);
    const asks = (name) => ["title", "country", "scope", "region", "url", "submission"].includes(part(name));
    let timer, request, asked = "";
    async function ask() {
      const query = new URLSearchParams();
      new FormData(form).forEach((value, name) => { if (asks(name) && value) query.append(part(name), value); });
      if (String(query) === asked) return;
      asked = String(query);
      request?.abort();
      request = new AbortController();
      try {
        const response = await fetch(`${box.dataset.similar}?${asked}`, { signal: request.signal });
        if (response.ok) box.replaceChildren(...fragment(await response.text()));
      } catch (error) { /* only a hint: sending looks again */ }
    }
    form.addEventListener("input", (event) => {
      if (!asks(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 800);
    });
  });

  // Start reading where something is asked or wrong; let each link of the errors lead into its field.
  document.querySelector(".error-summary, [data-read-first]")?.focus();
  const errors = document.querySelector(".error-summary");
  if (errors) {
    errors.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(link.hash.slice(1));
      if (!target) return;
      const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
      if (!control) return;
      event.preventDefault();
      control.focus({ preventScroll: true });
      (control.closest(".field") || control).scrollIntoView({ block: "center" });
    });
  }

  // The menu folds up with Escape, and when the reader goes elsewhere.
  all("details.menu").forEach((menu) => {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // Filters: <form data-apply="results facets"> fetches its own address and puts the parts with those ids in place;
  // so do links with data-apply-link, and those inside data-apply-links. A view may answer the header X-Fragment with
  // the parts alone. The focus stays where it is, the address and the back button keep working; others are told by the
  // event "applied"; if anything fails the browser goes there by itself.
  const form = document.querySelector("form[data-apply]");
  if (!form) return;
  const parts = form.dataset.apply.split(" ");
  let timer, request, shown = location.search;
  form.classList.add("applies");

  function address() {
    const query = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (value !== "") query.append(name, value); });
    const text = query.toString();
    return form.action.split("?")[0] + (text ? `?${text}` : "");
  }

  // Put the parts in place. The focus goes to what has the same id, or the same name and value.
  function put(page) {
    const focus = document.activeElement, { id, name, value } = focus;
    parts.forEach((part) => {
      const old = document.getElementById(part), fresh = page.getElementById(part);
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    });
    if (document.contains(focus)) return;
    const again = (id && document.getElementById(id)) ||
      all("[name]", form).find((input) => input.name === name && input.value === value);
    (again || document.querySelector("[data-announce]"))?.focus({ preventScroll: true });
  }

  // What stands in the form beside the parts says what the address says.
  function agree() {
    const asked = new URLSearchParams(location.search);
    all("[name]", form).forEach((input) => {
      if (["checkbox", "radio"].includes(input.type)) input.checked = asked.getAll(input.name).includes(input.value);
      else if (input.type !== "hidden") input.value = asked.get(input.name) || "";
    });
  }

  async function apply(url, { back = false, link = false } = {}) {
    clearTimeout(timer);
    request?.abort();
    request = new AbortController();
    parts.forEach((id) => document.getElementById(id)?.setAttribute("aria-busy", "true"));
    voice.textContent = form.dataset.updating || words.updating;
    try {
      const headers = { Accept: "text/html", "X-Fragment": "parts" };
      const response = await fetch(url, { signal: request.signal, headers });
      if (!response.ok) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      put(page);
      if (!back) history.pushState(null, "", url);
      shown = location.search;
      if (back || link) agree();
      document.title = page.title;
      voice.textContent = document.querySelector("[data-announce]")?.textContent.replace(/\s+/g, " ").trim() || "";
      document.dispatchEvent(new Event("applied"));
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    }
  }

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => apply(address()), 400);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply(address());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-apply-link], [data-apply-links] a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin + link.pathname !== form.action.split("?")[0]) return;
    event.preventDefault();
    apply(link.href.replace(/\?$/, ""), { link: true });
  });
  addEventListener("popstate", () => {
    if (location.search !== shown) apply(location.pathname + location.search, { back: true });
  });
})();
