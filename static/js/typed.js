// What is typed into a form of a draft, or of a text that is there, stays in this tab until it is saved: a session may
// end meanwhile. It is forgotten when it was saved, when the person signs out, and with the tab.
(() => {
  "use strict";
  const PREFIX = "typed:", LEFT_OUT = ["csrfmiddlewaretoken", "drawn", "homepage", "overrides", "remove_file", "as_it_stands", "action"];
  const form = document.querySelector("form[data-restored]");
  const refused = document.querySelector("[data-not-saved]"); // the answer to a form that was not taken

  const forget = (key) => sessionStorage.removeItem(PREFIX + key);
  const write = (entry) => { try { sessionStorage.setItem(PREFIX + entry.key, JSON.stringify(entry)); } catch { /* full */ } };
  const read = (key) => JSON.parse(sessionStorage.getItem(PREFIX + key) || "null");
  const entries = () => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).map((name) => read(name.slice(PREFIX.length)));

  // The address that answers has the key in it, or something on the page was made of the form with that key.
  const isTaken = ({ key }) => location.pathname.includes(key) || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const forgetTaken = () => entries().forEach((entry) => { if (entry.sent && isTaken(entry)) forget(entry.key); });

  let timer = null;
  const stop = () => { clearTimeout(timer); timer = null; };

  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.includes("/logout/")) return;
    stop();
    entries().forEach((entry) => forget(entry.key));
  });

  if (refused) {
    const entry = read(refused.dataset.notSaved);
    if (entry) write({ ...entry, sent: false });
    return;
  }
  if (!form) { // where a form leads when it was taken
    forgetTaken();
    return;
  }
  forgetTaken();

  const { key, revision } = form.elements, person = form.dataset.person;
  const answers = () => Array.from(new FormData(form))
    .filter(([name, value]) => typeof value === "string" && !["key", "revision", ...LEFT_OUT].includes(name));

  function keep(sent) {
    const isNew = form.getAttribute("action") === form.dataset.new;
    write({ key: key.value, revision: revision.value, person, isNew, place: form.dataset.new, sent, answers: answers() });
  }

  function put(typed) {
    const left = new Map();
    typed.forEach(([name, value]) => left.set(name, [...(left.get(name) || []), value]));
    Array.from(form.elements).forEach((control) => {
      if (!control.name || LEFT_OUT.includes(control.name) || ["hidden", "file", "submit"].includes(control.type)) return;
      const values = left.get(control.name) || [];
      if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else if (values.length) control.value = values.shift();
    });
    form.querySelectorAll("details.form-part").forEach((part) => {
      const filled = (control) => (["checkbox", "radio"].includes(control.type) ? control.checked : control.value);
      if (Array.from(part.querySelectorAll("input, select, textarea")).some(filled)) part.open = true;
    });
  }

  // A quote that the address asks for comes after what was typed.
  function quote() {
    const { body } = form.elements, { quoted } = form.dataset, typed = body.value.trimEnd();
    if (!typed.includes(quoted.trimEnd())) body.value = typed ? `${typed}\n\n${quoted}` : quoted;
  }

  function bringBack(entry) {
    [key.value, revision.value] = [entry.key, entry.revision];
    put(entry.answers);
    if (form.dataset.quoted) quote();
    else if (form.elements.reply_to) form.elements.reply_to.value = Object.fromEntries(entry.answers).reply_to;
    const notice = document.createElement("p");
    notice.className = "notice notice--attention";
    notice.setAttribute("role", "status");
    notice.textContent = form.dataset.restored;
    form.before(notice);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const isNew = form.getAttribute("action") === form.dataset.new;
  const mine = (entry) => entry.isNew && entry.place === form.dataset.new && entry.person === person && !entry.sent;
  const entry = read(key.value) || (isNew && entries().find(mine)) || null;
  const isShown = "unsaved" in form.dataset || document.querySelector(".error-summary"); // by the page itself
  const isOld = entry?.sent && entry.revision !== revision.value; // saved; or refused, then the page shows it
  if (entry && entry.person !== person) forget(entry.key);
  else if (isOld && isShown) keep(false);
  else if (isOld) forget(entry.key);
  else if (entry && !isShown && JSON.stringify(entry.answers) !== JSON.stringify(answers())) bringBack(entry);

  let isOnItsWay = false; // an answer to an earlier saving may still come while the form is being sent
  const keepSoon = () => { stop(); timer = setTimeout(() => { timer = null; keep(false); }, 300); };
  form.addEventListener("input", () => { isOnItsWay = false; keepSoon(); });
  addEventListener("pagehide", () => { if (timer) keep(false); }); // left before that
  if (form.dataset.quoted) keepSoon(); // another one may follow
  form.addEventListener("kept", () => { if (!isOnItsWay) keep(false); });
  form.addEventListener("saved", () => { stop(); forget(key.value); });
  form.addEventListener("submit", (event) => {
    stop();
    isOnItsWay = true;
    if (event.submitter?.value === "theirs") forget(key.value); // the portal keeps what is given up
    else keep(true);
  });
})();
