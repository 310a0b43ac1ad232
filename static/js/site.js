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
    let changed = Boolean(document.querySelector(".error-summary"));
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  });

  // Errors: start reading there, and let each link lead into its field.
  const errors = document.querySelector(".error-summary");
  if (errors) {
    errors.focus();
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

  // Filters: <form data-apply="results facets"> fetches its own address and puts the parts with those ids in place.
  // The focus stays where it is, the address and the back button keep working; if anything fails the form is sent.
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

  async function apply() {
    const url = address();
    request?.abort();
    request = new AbortController();
    parts.forEach((id) => document.getElementById(id)?.setAttribute("aria-busy", "true"));
    voice.textContent = words.updating;
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const focus = document.activeElement;
      const again = focus?.name && form.contains(focus) ? [focus.name, focus.value] : null;
      parts.forEach((id) => {
        const old = document.getElementById(id), fresh = page.getElementById(id);
        if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      });
      if (again && !document.contains(focus)) {
        all("[name]", form).find((input) => input.name === again[0] && input.value === again[1])?.focus();
      }
      history.pushState(null, "", url);
      shown = location.search;
      document.title = page.title;
      voice.textContent = document.querySelector("[data-announce]")?.textContent.trim() || "";
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    }
  }

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 400);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    apply();
  });
  addEventListener("popstate", () => { if (location.search !== shown) location.reload(); });
})();
