/* The panel of a country: opens under its row of the table when the row or its place on the map is chosen; in one column
   below the map, if it was chosen there. The address says which is open (`/map/?theme=spectrum#KE`), so that links lead to
   it and Back goes through them. Addresses come from the data attributes of the totals. Without this script rows and
   shapes lead to other pages. */
(function () {
  "use strict";

  const canvas = document.getElementById("map");
  if (!canvas) return;
  const leads = () => document.getElementById("map-totals").dataset;
  const side = () => document.getElementById("map-side");
  const rowOf = (code) => side().querySelector(`tr[data-code="${code}"]`);
  const linkOf = (code) => rowOf(code)?.querySelector("a");
  const oneColumn = window.matchMedia("(width < 60rem)"); // as in map.css
  const codes = JSON.parse(document.getElementById("map-names").textContent);
  let shown = null; // the code, its panel, what opened it, and how far the page was scrolled then
  let wanted = ""; // the code that the address names
  let request;

  async function fetchPanel(code) {
    request?.abort();
    request = new AbortController();
    const headers = { "X-Fragment": "panel" };
    const options = { signal: request.signal, headers, credentials: "omit" };
    const answer = await fetch(leads().panel.replace("ZZ", code), options);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return document.adoptNode(page.querySelector(".map-panel"));
  }

  const tell = (code) => document.dispatchEvent(new CustomEvent("panel", { detail: code }));

  /* The code that the address names; undefined where it leads to something else on the page. */
  function named() {
    const hash = location.hash.slice(1);
    return hash === "" || Object.hasOwn(codes, hash) ? hash : undefined;
  }

  function name(code, how) {
    wanted = code;
    if (named() !== code) history[how](null, "", location.pathname + location.search + (code && `#${code}`));
  }

  /* Under its row; above the table where it has none, which then says that there is nothing. */
  function place(code, panel, opener) {
    if (oneColumn.matches && !opener?.closest("#map-side")) {
      document.getElementById("map-help").before(panel);
      return;
    }
    const row = rowOf(code);
    if (!row) {
      side().prepend(panel);
      return;
    }
    const below = document.createElement("tr");
    below.className = "map-panel-row";
    const cell = below.insertCell();
    cell.colSpan = 2;
    cell.append(panel);
    row.after(below);
    linkOf(code).setAttribute("aria-expanded", "true");
  }

  function remove() {
    const { code, panel } = shown;
    (panel.closest("tr") || panel).remove();
    linkOf(code)?.setAttribute("aria-expanded", "false");
    shown = null;
    tell("");
  }

  async function open(code, opener, { quietly = false, scrolled = window.scrollY } = {}) {
    wanted = code;
    try {
      const panel = await fetchPanel(code);
      if (shown) remove();
      place(code, panel, opener);
      shown = { code, panel, opener, scrolled };
      tell(code);
      name(code, "pushState");
      if (quietly) return;
      const title = panel.querySelector("h2");
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name !== "AbortError" && !quietly) window.location.assign(leads().country.replace("ZZ", code));
    }
  }

  function close() {
    const { code, opener, scrolled } = shown;
    request?.abort();
    remove();
    name("", "pushState");
    const row = opener || !oneColumn.matches ? linkOf(code) : null;
    const back = [opener, row, document.querySelector("[data-announce]")].find((one) => one?.isConnected);
    back?.focus({ preventScroll: true });
    if (back === opener) window.scrollTo({ top: scrolled, behavior: "instant" });
    else back?.scrollIntoView({ block: "nearest" });
  }

  /* Show what the address names. */
  function follow() {
    const code = named();
    if (code === undefined || code === wanted) return;
    if (code) open(code, null);
    else if (shown) close();
    else request.abort();
    wanted = code;
  }

  function toggle(code, opener) {
    if (shown?.code === code) close();
    else open(code, opener);
  }

  function prepare() {
    side().querySelectorAll("tr[data-code] a").forEach((link) => link.setAttribute("aria-expanded", "false"));
  }

  document.addEventListener("country", (event) => {
    event.preventDefault();
    toggle(event.detail.code, event.detail.opener);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".map-panel [data-close]")) close();
    const link = event.target.closest("#map-side tr[data-code] th a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    toggle(link.closest("tr").dataset.code, link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown && event.target.closest(".map-page")) close();
  });

  // With other filters the table is another one, and what the panel says too; the address goes on naming it.
  document.addEventListener("applied", () => {
    prepare();
    if (!wanted) return;
    name(wanted, "replaceState");
    const { opener, scrolled } = shown || {};
    shown?.panel.remove();
    shown = null;
    open(wanted, opener, { quietly: true, scrolled });
  });

  addEventListener("popstate", follow);

  document.getElementById("map-snippet")?.closest("details").addEventListener("focusin", (event) => event.target.select?.());
  prepare();
  follow();
})();
