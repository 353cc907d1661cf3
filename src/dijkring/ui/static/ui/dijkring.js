// SPDX-FileCopyrightText: 2026 Dijkring contributors
// SPDX-License-Identifier: EUPL-1.2
// Small comforts; every page and form works without them.

const VALUES = "dijkring-sent-values";
const ADDRESS = "dijkring-sent-address";
const BOUNCED = "dijkring-bounced";
const NEVER = new Set(["password", "file", "hidden", "submit"]);

const fieldsOf = (form) => [...form.elements].filter((one) => one.name && (!NEVER.has(one.type) || "kept" in one.dataset));
const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const forget = () => [VALUES, ADDRESS, BOUNCED].forEach((key) => sessionStorage.removeItem(key));

// What is sent is remembered in this tab until it has arrived: an expired login loses nothing.
function remember(form) {
  const values = fieldsOf(form).map((field) => [field.name, field.value, field.checked === true]);
  sessionStorage.setItem(VALUES, JSON.stringify(values));
  sessionStorage.setItem(ADDRESS, location.pathname);
}

function restore(form) {
  for (const [name, value, checked] of JSON.parse(sessionStorage.getItem(VALUES) ?? "[]")) {
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      if (!isTick(field)) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
  document.querySelector("#kept")?.removeAttribute("hidden");
}

const form = document.querySelector("form[data-keep]");
if (document.querySelector("form[data-login]")) {
  if (sessionStorage.getItem(ADDRESS)) sessionStorage.setItem(BOUNCED, "yes");
} else if (form && sessionStorage.getItem(BOUNCED) && sessionStorage.getItem(ADDRESS) === location.pathname) {
  restore(form);
  forget();
} else if (!sessionStorage.getItem(BOUNCED)) forget();
form?.addEventListener("submit", () => remember(form));

// On a phone the list comes before its filters; without script they stay open.
const narrow = matchMedia("(max-width: 40rem)");
const fold = () => document.querySelectorAll("details[data-folds]").forEach((one) => (one.open = !narrow.matches));
narrow.addEventListener("change", fold);
fold();

document.querySelector("#errors")?.focus();
for (const button of document.querySelectorAll("[data-leaves]")) {
  button.form.addEventListener("submit", () => sessionStorage.clear());
}
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The key / leads to the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("#search-box");
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// A second press while the first is under way would do everything twice. A form that gives a file
// leaves the page standing, and can be sent again after a while.
const AGAIN_AFTER = 5000;
document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if (event.defaultPrevented || event.target.getAttribute("method") !== "post") return;
  if (dataset.sent) event.preventDefault();
  dataset.sent = "yes";
  setTimeout(() => delete dataset.sent, AGAIN_AFTER);
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((one) => delete one.dataset.sent));

// What is kept of a list is what its address says now, after filtering without a new page too.
document.addEventListener("submit", (event) => {
  const query = event.target.querySelector?.("[data-query]");
  if (query) query.value = location.search.slice(1);
});

// Which part of a long page is shown, for who hears the page instead of seeing it.
function sayPart() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const shown = named?.closest(".part") ?? document.querySelector(".part");
  for (const one of document.querySelectorAll(".parts__menu a")) {
    if (one.hash === `#${shown.id}`) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}
if (document.querySelector(".parts")) {
  sayPart();
  addEventListener("hashchange", sayPart);
}
