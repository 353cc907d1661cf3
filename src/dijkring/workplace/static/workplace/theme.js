// SPDX-FileCopyrightText: 2026 Dijkring contributors
// SPDX-License-Identifier: EUPL-1.2
// The page shows itself in the colours that are being chosen; without this the preview does.

const form = document.querySelector("form[data-theme]");
const sheet = document.querySelector("link[data-try]");
const address = sheet.getAttribute("href");
let waiting;

function wear() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") values.set(name, value);
  }
  sheet.disabled = false;
  sheet.href = `${address}?${values}`;
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(wear, 200);
});
