// SPDX-FileCopyrightText: 2026 Dijkring contributors
// SPDX-License-Identifier: EUPL-1.2
// What is typed in a long form is kept on the server, a while after the last key.

const WAIT = 1500;
const NEVER = new Set(["password", "file", "hidden", "submit"]);
const form = document.querySelector("form[data-draft]");
const state = document.querySelector("#draft-state");
let waiting;

async function save() {
  const body = new FormData();
  body.set("draft-address", location.pathname + location.search);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const field of form.elements) {
    const tick = field.type === "checkbox" || field.type === "radio";
    if (!field.name || (NEVER.has(field.type) && !("kept" in field.dataset)) || (tick && !field.checked)) continue;
    const chosen = field.selectedOptions ? [...field.selectedOptions].map((one) => one.value) : [field.value];
    for (const value of chosen) body.append(field.name, value);
  }
  const answer = await fetch(state.dataset.save, { method: "POST", body, keepalive: true }).catch(() => null);
  if (answer?.status === 204) state.textContent = state.dataset.kept;
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  state.textContent = "";
  waiting = setTimeout(save, WAIT);
});
form?.addEventListener("submit", () => clearTimeout(waiting));
