// SPDX-FileCopyrightText: 2026 Dijkring contributors
// SPDX-License-Identifier: EUPL-1.2
// Copies the text of one field, to paste in the form of the recipient; without it people select.

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.innerText);
    const said = document.querySelector("#copied");
    said.textContent = `${button.dataset.copied}: ${button.dataset.label}`;
  });
}
