// Full-text search. The index is fetched when somebody first asks for something; without it the list of names stays.
const form = document.querySelector("form.search");
const input = form.querySelector("input");
const status = form.querySelector("output");
const list = document.querySelector("ol.found");
const names = document.querySelector(".names");
const root = new URL(form.dataset.root, location.href);
const words = JSON.parse(form.dataset.words);
const SHOWN = 20;

// Letters that are no accented forms of others, as the index writes them.
const swap = (text) => text.replaceAll("ñ", "ƞ").replaceAll("Ñ", "Ƞ");
const restore = (text) => text.replaceAll("ƞ", "ñ").replaceAll("Ƞ", "Ñ");

let index = null;
const load = async () => {
  const parts = await (await fetch(new URL("pagefind/parts.json", root))).json();
  const at = (part) => new URL(`pagefind/${part}/`, root).href;
  const found = await import(at(parts[0]) + "pagefind.js");
  await found.options({ excerptLength: 24 });
  for (const part of parts.slice(1)) await found.mergeIndex(at(part));
  await found.init();
  await offer(await found.filters());
  return found;
};
const ready = () => (index ??= load().catch((problem) => {
  console.warn(problem);
  status.textContent = words.missing;
  return null;
}));

const offer = async (filters) => {
  for (const select of form.querySelectorAll("select")) {
    const values = Object.entries(filters[select.name] ?? {});
    const order = select.name === "year" ? ([a], [b]) => b.localeCompare(a) : ([a, m], [b, n]) => n - m || a.localeCompare(b);
    for (const [value, count] of values.sort(order)) {
      const label = select.name === "kind" ? words[value] ?? value : restore(value);
      select.append(new Option(`${label} (${count})`, value, false, value === asked.get(select.name)));
    }
    select.disabled = values.length === 0;
  }
  form.querySelector(".filters").hidden = false;
};

// An excerpt is HTML in which only mark elements are ours: everything else is taken as text.
const excerpt = (html) => {
  const out = document.createElement("p");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const marked = node.nodeName === "MARK";
    const piece = document.createElement(marked ? "mark" : "span");
    piece.textContent = restore(node.textContent);
    out.append(piece);
  }
  return out;
};

const row = (result) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(result.raw_url.replace(/^\//, ""), root);
  link.textContent = restore(result.meta.title);
  const facts = document.createElement("span");
  facts.className = "meta";
  facts.textContent = [words[result.meta.kind] ?? result.meta.kind, result.meta.date].filter(Boolean).join(" · ");
  item.append(link, " ", facts, excerpt(result.excerpt));
  return item;
};

const chosen = () => Object.fromEntries(
  [...form.querySelectorAll("select")].filter((select) => select.value).map((select) => [select.name, select.value]));

let turn = 0;
let more = null;
const run = async () => {
  const mine = ++turn;
  const query = input.value.trim();
  const filters = chosen();
  const address = new URLSearchParams({ ...(query && { q: query }), ...filters });
  history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
  if (!query && !Object.keys(filters).length) return clear();
  status.textContent = words.searching;
  const engine = await ready();
  if (!engine || mine !== turn) return;
  const found = await engine.search(query ? swap(query) : null, { filters });
  if (mine !== turn) return;
  list.replaceChildren();
  names.hidden = true;
  await show(found.results, 0, mine);
};

const show = async (results, from, mine) => {
  const rows = await Promise.all(results.slice(from, from + SHOWN).map((result) => result.data()));
  if (mine !== turn) return;
  more?.remove();
  list.append(...rows.map(row));
  status.textContent = words.results.replace("{n}", results.length.toLocaleString(document.documentElement.lang));
  if (results.length <= from + SHOWN) return;
  more = document.createElement("button");
  more.type = "button";
  more.textContent = words.more;
  more.addEventListener("click", () => {
    const first = list.children.length;
    show(results, from + SHOWN, turn).then(() => list.children[first]?.querySelector("a").focus());
  });
  list.after(more);
};

const clear = () => {
  list.replaceChildren();
  more?.remove();
  names.hidden = false;
  status.textContent = "";
};

const asked = new URLSearchParams(location.search);
let timer = 0;
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
input.addEventListener("focus", ready, { once: true });
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 150); });
form.addEventListener("change", run);
if (asked.size) {
  input.value = asked.get("q") ?? "";
  ready().then(run);
}
