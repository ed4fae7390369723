// What script adds to pages that work without it: notes next to their words, sortable tables, lists that filter.
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
      output.textContent = words.length ? `${shown} of ${rows.length}` : "";
    };
    finder.hidden = false;
    input.addEventListener("input", run);
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) input.value = asked;
    run();
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

  // Notes: in the margin where it is wide, else beside the words on hover, focus or tap.
  const wide = matchMedia("(min-width: 68.75rem)");
  const folds = $$("details.notes");
  if (!CSS.supports("selector(::details-content)")) {
    const open = () => folds.forEach((fold_) => { fold_.open = wide.matches; });
    wide.addEventListener("change", open);
    open();
  }

  let popup = null;
  let owner = null;
  let lit = null;
  let returning = false;
  const close = () => {
    popup?.remove();
    owner?.removeAttribute("aria-expanded");
    lit?.classList.remove("lit");
    popup = owner = lit = null;
  };
  const noteOf = (ref) => document.getElementById(decodeURIComponent(ref.hash.slice(1)));
  const inMargin = (note) => {
    const box = note.getBoundingClientRect();
    return wide.matches && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
  };
  const show = (ref) => {
    if (owner === ref) return;
    close();
    const note = noteOf(ref);
    if (!note) return;
    owner = ref;
    if (inMargin(note)) {
      lit = note;
      note.classList.add("lit");
      return;
    }
    popup = document.createElement("div");
    popup.className = "popup";
    popup.setAttribute("role", "group");
    popup.setAttribute("aria-label", ref.getAttribute("aria-label"));
    popup.tabIndex = -1;
    const copy = document.createElement("div");
    copy.className = note.className;
    copy.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
    for (const element of $$("[id]", copy)) element.removeAttribute("id");
    popup.append(copy);
    ref.after(popup);
    const words = ref.getBoundingClientRect();
    const left = Math.min(words.left, document.documentElement.clientWidth - popup.offsetWidth - 16);
    popup.style.left = `${Math.max(left, 16) + scrollX}px`;
    popup.style.top = `${words.bottom + scrollY + 6}px`;
  };
  const back = () => {
    const ref = owner;
    close();
    returning = true;
    ref?.focus();
    returning = false;
  };

  let timer = 0;
  for (const ref of $$("a.noteref")) {
    ref.addEventListener("mouseenter", () => { clearTimeout(timer); show(ref); });
    ref.addEventListener("focus", () => returning || show(ref));
    ref.addEventListener("click", (event) => {
      show(ref);
      if (popup) {
        event.preventDefault();
        ref.setAttribute("aria-expanded", "true");
        popup.focus({ preventScroll: true });
      }
    });
  }
  document.addEventListener("mouseover", (event) => {
    if (!owner || owner.hasAttribute("aria-expanded")) return;
    clearTimeout(timer);
    if (!owner.contains(event.target) && !popup?.contains(event.target) && document.activeElement !== owner) {
      timer = setTimeout(close, 250);
    }
  });
  document.addEventListener("click", (event) => {
    if (owner && !owner.contains(event.target) && !popup?.contains(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".popup .back")) { event.preventDefault(); back(); }
  });
  document.addEventListener("focusin", (event) => {
    if (owner && event.target !== owner && !popup?.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (owner) return back();
    const here = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (here?.classList.contains("note")) $$("a.noteref").find((ref) => ref.hash === location.hash)?.focus();
  });
})();
