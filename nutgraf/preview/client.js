// The preview's own script: keeps the page as it is on disk, the reader where they were, and shows findings.
// It stands in no published page. Elements are made one by one: the page's security policy may refuse anything else.
(() => {
  "use strict";
  const OWN = "/_preview/";
  const PLACE = "nutgraf-preview-place";
  const CLOSED = "nutgraf-preview-closed";
  let build = document.currentScript.dataset.build;

  // ---------------------------------------------------------------- the reader's place: an element, not a pixel

  const MARKS = "h1, h2, h3, h4, p, li, tr, blockquote, figure, dt, dd";

  function marks() {
    return [...document.querySelectorAll(MARKS)];
  }

  function words(element) {
    return element.textContent.trim().slice(0, 120);
  }

  function rememberPlace() {
    if (scrollY < 4) return sessionStorage.removeItem(PLACE);
    const all = marks();
    const seen = all.findIndex((e) => e.getBoundingClientRect().bottom > 0 && e.getClientRects().length);
    const near = [];
    for (let i = Math.max(0, seen); i < all.length && near.length < 8; i++) {
      near.push({ id: all[i].id, words: words(all[i]), index: i, top: all[i].getBoundingClientRect().top });
    }
    const open = [...document.querySelectorAll("details")].map((d) => d.open);
    sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, y: scrollY, near, open }));
  }

  function findPlace(place) {
    const all = marks();
    for (const mark of place.near) {
      const byId = mark.id && document.getElementById(mark.id);
      if (byId) return [byId, mark.top];
      const same = all.filter((e) => words(e) === mark.words);
      const distance = (e) => Math.abs(all.indexOf(e) - mark.index);
      if (same.length) return [same.reduce((a, b) => (distance(b) < distance(a) ? b : a)), mark.top];
    }
    return null;
  }

  function returnToPlace() {
    const stored = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    const place = stored && JSON.parse(stored);
    if (!place || place.path !== location.pathname) return;
    [...document.querySelectorAll("details")].forEach((d, i) => { d.open = place.open[i] ?? d.open; });
    const found = findPlace(place);
    const settle = () => {
      const top = found ? scrollY + found[0].getBoundingClientRect().top - found[1] : place.y;
      scrollTo({ top, behavior: "instant" });
    };
    let moved = false;
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
    }
    settle();
    addEventListener("load", () => requestAnimationFrame(() => { if (!moved) settle(); }), { once: true });
  }

  function reload() {
    rememberPlace();
    location.reload();
  }

  // ---------------------------------------------------------------- what has changed

  function swapStyles(changed) {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const url = new URL(link.href, location.href);
      if (!changed.includes(decodeURIComponent(url.pathname))) continue;
      const fresh = link.cloneNode();
      url.searchParams.set("preview", build);
      fresh.href = url.href;
      fresh.addEventListener("load", () => link.remove(), { once: true });
      fresh.addEventListener("error", () => fresh.remove(), { once: true });
      link.after(fresh);
    }
  }

  function swapImages(changed) {
    for (const image of document.images) {
      const url = new URL(image.src, location.href);
      if (!changed.includes(decodeURIComponent(url.pathname))) continue;
      url.searchParams.set("preview", build);
      image.src = url.href;
    }
  }

  function usesScript(changed) {
    return [...document.scripts].some((s) => s.src && changed.includes(new URL(s.src).pathname));
  }

  function told(message) {
    build = message.build;
    if (message.page || usesScript(message.static)) return reload();
    swapStyles(message.static);
    swapImages(message.static);
    show(message.problems);
  }

  // ---------------------------------------------------------------- the overlay

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function counted(count, word) {
    return `${count} ${word}${count === 1 ? "" : "s"}`;
  }

  function summary(problems) {
    const { error, warning } = problems.counts;
    return [error && counted(error, "error"), warning && counted(warning, "warning")].filter(Boolean).join(", ");
  }

  function findingOf(finding) {
    const item = element("li", finding.severity);
    const place = finding.editor ? element("a", "place") : element("span", "place");
    if (finding.editor) {
      place.href = finding.editor;
      place.title = "Open in the editor";
    }
    place.append(element("span", "", finding.path), element("span", "at", finding.place));
    const message = element("p", "message", finding.message);
    message.prepend(element("span", "severity", finding.severity));
    item.append(message, place);
    if (finding.excerpt.length) {
      const [line, caret] = finding.excerpt;
      const shown = element("pre", "", `${line}\n`);
      shown.append(element("span", "caret", caret));
      item.append(shown);
    }
    if (finding.help) item.append(element("p", "help", finding.help));
    item.append(element("code", "code", finding.code));
    return item;
  }

  function panelOf(problems) {
    const panel = element("section", problems.kept ? "panel kept" : "panel");
    panel.setAttribute("aria-label", "Findings");
    const head = element("header");
    const titles = element("div");
    titles.append(element("h2", "", problems.kept ? "Not rebuilt" : "Rebuilt, with findings"));
    titles.append(element("p", "", problems.kept
      ? `This is the last good site. ${summary(problems)} to mend; the page follows by itself.`
      : summary(problems)));
    const close = element("button", "close", "×");
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => setClosed(true));
    head.append(titles, close);
    const list = element("ol");
    list.append(...problems.findings.map(findingOf));
    if (problems.more) list.append(element("li", "more", `and ${problems.more} more, in the terminal`));
    panel.append(head, list);
    return panel;
  }

  function pillOf(problems) {
    const pill = element("button", problems.kept ? "pill error" : "pill warning");
    const text = problems.kept ? `Not rebuilt: ${summary(problems)}` : summary(problems);
    pill.append(element("span", "dot"), element("span", "", text));
    pill.addEventListener("click", () => setClosed(false));
    return pill;
  }

  let shown = { findings: [], kept: false, counts: {}, more: 0 };
  let host = null;

  function closed() {
    const choice = sessionStorage.getItem(CLOSED);
    return choice === null ? !shown.kept : choice === "yes";
  }

  function setClosed(value) {
    sessionStorage.setItem(CLOSED, value ? "yes" : "no");
    draw(true);
  }

  function root() {
    if (host) return host.shadowRoot;
    host = element("nutgraf-preview");
    host.hidden = true;
    const styles = element("link");
    styles.rel = "stylesheet";
    styles.href = `${OWN}client.css`;
    styles.addEventListener("load", () => { host.hidden = false; });
    host.attachShadow({ mode: "open" }).append(styles, element("div", "all"));
    host.addEventListener("keydown", (event) => { if (event.key === "Escape") setClosed(true); });
    document.documentElement.append(host);
    return host.shadowRoot;
  }

  function draw(focus) {
    if (!shown.findings.length && !host) return;
    const all = root().querySelector(".all");
    const scrolled = all.querySelector("ol")?.scrollTop ?? 0;
    all.replaceChildren();
    if (!shown.findings.length) return;
    all.append(closed() ? pillOf(shown) : panelOf(shown));
    const list = all.querySelector("ol");
    if (list) list.scrollTop = scrolled;
    if (focus) all.querySelector("button").focus();
  }

  function show(problems) {
    if (problems.kept !== shown.kept) sessionStorage.removeItem(CLOSED);
    shown = problems;
    draw(false);
  }

  // ---------------------------------------------------------------- the socket, in livereload's protocol

  let wait = 250;

  function connect() {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${OWN}socket`);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      send({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
      send({ command: "info", url: location.href, build });
      wait = 250;
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.command === "reload") told(message);
    });
    socket.addEventListener("close", () => {
      setTimeout(connect, wait);
      wait = Math.min(2 * wait, 4000);
    });
  }

  returnToPlace();
  connect();
})();
