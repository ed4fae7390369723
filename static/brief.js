// What script adds to a brief: notes and actors shown next to their words, and kinds of mark that can be switched off.
"use strict";
(() => {
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const article = document.querySelector(".brief");
  const named = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  // Notes stand in the margin where it is wide; browsers that cannot style closed details get them opened.
  const wide = matchMedia("(min-width: 68.75rem)");
  if (!CSS.supports("selector(::details-content)")) {
    const open = () => $$("details.notes").forEach((fold) => { fold.open = wide.matches; });
    wide.addEventListener("change", open);
    open();
  }

  // Switches. What a reader hides stays hidden, in this browser.
  const store = "nutgraf-hidden";
  let hidden = [];
  try { hidden = JSON.parse(localStorage.getItem(store)) ?? []; } catch { /* nothing is remembered */ }
  for (const kind of $$(".kinds [data-kind]")) {
    const name = kind.dataset.kind;
    const box = document.createElement("input");
    const label = document.createElement("label");
    box.type = "checkbox";
    box.checked = !hidden.includes(name);
    label.append(box, ...kind.childNodes);
    kind.append(label);
    const apply = () => article.classList.toggle(`no-${name}`, !box.checked);
    box.addEventListener("change", () => {
      apply();
      hidden = hidden.filter((other) => other !== name).concat(box.checked ? [] : [name]);
      try { localStorage.setItem(store, JSON.stringify(hidden)); } catch { /* as above */ }
    });
    apply();
  }

  // One preview at a time: of a note behind its number, of an actor behind a name.
  let popup = null;
  let owner = null;
  let lit = null;
  let timer = 0;
  let returning = false;
  const close = () => {
    clearTimeout(timer);
    popup?.remove();
    lit?.classList.remove("lit");
    owner?.removeAttribute("aria-describedby");
    owner?.removeAttribute("aria-expanded");
    popup = owner = lit = null;
  };
  const inMargin = (note) => {
    const box = note.getBoundingClientRect();
    return wide.matches && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
  };
  const noteOf = (ref) => ref.matches(".noteref") ? named(ref.hash) : named("#" + (ref.dataset.note ?? ""));
  const show = (ref) => {
    if (owner === ref) return;
    close();
    const note = noteOf(ref);
    if (!note) return;
    owner = ref;
    if (ref.matches(".noteref") && inMargin(note)) {
      lit = note;
      note.classList.add("lit");
      return;
    }
    popup = document.createElement("div");
    popup.id = "popup";
    popup.className = "popup";
    popup.lang = document.documentElement.lang;
    popup.setAttribute("role", "group");
    popup.setAttribute("aria-label", ref.getAttribute("aria-label") ?? ref.textContent);
    popup.tabIndex = -1;
    const copy = document.createElement("div");
    copy.className = note.className;
    copy.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
    for (const element of $$("[id]", copy)) element.removeAttribute("id");
    for (const link of $$("a", copy)) link.tabIndex = -1;
    popup.append(copy);
    ref.after(popup);
    ref.setAttribute("aria-describedby", "popup");
    const words = ref.getClientRects()[0];
    const room = document.documentElement.clientWidth;
    const holder = popup.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const left = Math.max(16, Math.min(words.left, room - popup.offsetWidth - 16));
    const below = words.bottom + 6 + popup.offsetHeight <= innerHeight || words.top < popup.offsetHeight + 6;
    popup.style.left = `${left - holder.left}px`;
    popup.style.top = `${(below ? words.bottom + 6 : words.top - popup.offsetHeight - 6) - holder.top}px`;
  };
  const enter = (ref) => {
    ref.setAttribute("aria-expanded", "true");
    for (const link of $$("a", popup)) link.removeAttribute("tabindex");
    popup.focus({ preventScroll: true });
  };
  const back = () => {
    const ref = owner;
    close();
    returning = true;
    ref?.focus({ preventScroll: true });
    returning = false;
  };

  for (const ref of $$("a.noteref, .body a.actor")) {
    ref.addEventListener("mouseenter", () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(ref), ref.matches(".noteref") ? 0 : 200);
    });
    ref.addEventListener("focus", () => returning || show(ref));
    ref.addEventListener("click", (event) => {
      const touched = event.pointerType === "touch" || (event.detail > 0 && matchMedia("(hover: none)").matches);
      if (!ref.matches(".noteref") && !touched) return;
      show(ref);
      if (popup) {
        event.preventDefault();
        enter(ref);
      }
    });
  }
  document.addEventListener("mouseover", (event) => {
    if (!owner) return clearTimeout(event.target.closest?.("a.noteref, .body a.actor") ? 0 : timer);
    if (owner.hasAttribute("aria-expanded")) return;
    if (owner.contains(event.target) || popup?.contains(event.target)) clearTimeout(timer);
    else if (document.activeElement !== owner) {
      clearTimeout(timer);
      timer = setTimeout(close, 250);
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".popup .label .back")) {
      event.preventDefault();
      back();
    } else if (owner && !owner.contains(event.target) && !popup?.contains(event.target)) close();
  });
  document.addEventListener("focusin", (event) => {
    if (owner && event.target !== owner && !popup?.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (owner) return back();
    const here = named(location.hash);
    if (here?.classList.contains("note")) $$("a.noteref").find((ref) => ref.hash === location.hash)?.focus();
  });
})();
