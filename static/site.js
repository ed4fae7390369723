// What script adds to lists that are whole without it: filters, sorting, what is new since the reader's last visit.
"use strict";
(() => {
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Letters without their accents; ñ stays a letter of its own.
  const fold = (text) => text.normalize("NFD").replace(/(?<!n)[\u0300-\u036f]|(?<=n)[\u0300-\u0302\u0304-\u036f]/gi, "")
    .normalize("NFC").toLowerCase();

  for (const finder of $$(".finder[data-filter]")) {
    const input = finder.querySelector("input");
    const output = finder.querySelector("output");
    const rows = $$(finder.dataset.filter).map((row) => [row, fold(row.textContent)]);
    const run = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        shown += !row.hidden;
      }
      for (const group of $$(".group")) {
        group.hidden = words.length > 0 && group.querySelector("li") !== null && !group.querySelector("li:not([hidden])");
      }
      const told = finder.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
      output.textContent = words.length ? told : "";
    };
    input.addEventListener("input", run);
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) input.value = asked;
    if (input.value) run();
  }

  for (const table of $$("table.sortable")) {
    const heads = $$("thead th", table);
    const body = table.tBodies[0];
    const key = (row, column) => {
      const cell = row.cells[column];
      return cell.dataset.sort ?? fold(cell.textContent.trim());
    };
    const sort = (column) => {
      const up = heads[column].getAttribute("aria-sort") !== "ascending";
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
      const compare = (a, b) => {
        const [x, y] = [key(a, column), key(b, column)];
        const numbers = x !== "" && y !== "" && !isNaN(x) && !isNaN(y);
        return (numbers ? x - y : x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
      };
      body.append(...[...body.rows].sort(compare));
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(column));
      head.append(button);
    });
  }

  // What changed since this reader was last here; known to this browser only.
  const told = document.querySelector(".visit");
  if (told) {
    const keyOf = (item) => item.textContent.trim().replace(/\s+/g, " ") + item.querySelector("a").getAttribute("href");
    const items = $$(".changes li");
    try {
      const last = JSON.parse(localStorage.getItem("nutgraf-visit"));
      if (last) {
        const seen = new Set(last.seen);
        const fresh = items.filter((item) => !seen.has(keyOf(item)));
        fresh.forEach((item) => item.classList.add("fresh"));
        const day = new Date(last.day).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
        const words = fresh.length ? told.dataset.new : told.dataset.none;
        told.textContent = words.replace("{date}", day) + (fresh.length ? `: ${fresh.length}` : "");
      }
      localStorage.setItem("nutgraf-visit", JSON.stringify({ day: Date.now(), seen: items.map(keyOf) }));
    } catch { /* storage may be forbidden: then nothing is remembered */ }
  }
})();
