// Full-text search. The index is fetched when somebody first asks for something; without it the list of names stays.
// It is in parts: the names and the newest months are asked first, older months where those have no screenful.
const form = document.querySelector("form.search");
const input = form.querySelector("input");
const status = form.querySelector("output");
const filters = form.querySelector(".filters");
const found = document.querySelector(".results");
const names = document.querySelector(".names");
const root = new URL(form.dataset.root, location.href);
const words = JSON.parse(form.dataset.words);
const SHOWN = 10;
const PAUSE = 500; // ms without typing before older parts are asked

// Letters that are no accented forms of others, as the index writes them.
const swap = (text) => text.replaceAll("ñ", "ƞ").replaceAll("Ñ", "Ƞ");
const restore = (text) => text.replaceAll("ƞ", "ñ").replaceAll("Ƞ", "Ñ");

const fetched = async (file) => (await fetch(new URL(`pagefind/${file}`, root))).json();
const options = (part) => ({ excerptLength: 24, mergeFilter: { part } });
let engine = null;
const load = async () => {
  const parts = await fetched("parts.json");
  const at = (part) => new URL(`pagefind/${part}/`, root).href;
  engine = await import(at(parts[0]) + "pagefind.js");
  await engine.options(options(parts[0]));
  await engine.init();
  const opened = new Map([[parts[0], null]]);
  const open = (part) => {
    if (!opened.has(part)) opened.set(part, engine.mergeIndex(at(part), options(part)));
    return opened.get(part);
  };
  const months = parts.filter((part) => part !== "names");
  const undated = parts.filter((part) => part === "names");
  await Promise.all([...undated, ...months.slice(0, 1)].map(open));
  return { open, months, undated };
};
let index = null;
const ready = () => (index ??= load().catch(fail));
const fail = async (problem) => {
  console.warn(problem);
  status.textContent = words.missing;
  names.hidden = false;
  index = null;
  await engine?.destroy(); // one part that could not be read would spoil every later search
  return null;
};

const offer = async () => {
  const values = await fetched("filters.json");
  for (const select of form.querySelectorAll("select")) {
    const before = select.value;
    select.length = 1;
    for (const [value, count] of values[select.name] ?? []) {
      const label = select.name === "kind" ? words[value] ?? value : value;
      select.append(new Option(`${label} (${count})`, value, false, value === before));
    }
    select.disabled = select.length === 1;
  }
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

const month = (part) => words.month.replace("{month}", words.months.split(" ")[part.slice(5) - 1]).replace("{year}", part.slice(0, 4));
const dated = (text, part) => text.replace("{month}", part && month(part));

// Parts, newest first, that may hold a story of the year.
const within = (months, year) => months.filter((part, i) => !year || (part <= `${year}-12` && !(months[i - 1] <= `${year}-01`)));

let turn = 0;
const run = async (typed) => {
  const mine = ++turn;
  const query = input.value.trim();
  const narrowed = chosen();
  const address = new URLSearchParams({ ...(query && { q: query }), ...narrowed });
  history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
  if (!query && !address.size) return clear();
  status.textContent = words.searching;
  const { undated, months } = (await ready()) ?? {};
  if (!months || mine !== turn) return;
  const sought = Object.fromEntries(Object.entries(narrowed).map(([name, value]) => [name, swap(value)]));
  await further({ mine, query: query ? swap(query) : null, sought, undated, left: within(months, narrowed.year), total: 0 }, typed);
};

// Asks the newest parts that are left, then more and more older ones until there is a screenful or none is left.
const further = async (search, typed) => {
  const enough = search.total + SHOWN;
  for (let stride = 1, going = true; going; ) {
    const parts = [...(search.since ? [] : search.undated), ...search.left.slice(0, stride)];
    const results = await ask(search, parts).catch(fail);
    if (!results || search.mine !== turn) return;
    search.left.splice(0, stride);
    names.hidden = true;
    const label = search.since ? dated(words.older, parts.at(-1)) : found.replaceChildren();
    if (search.since) stride *= 2;
    search.since = parts.at(-1);
    const missing = enough - search.total;
    search.total += results.length;
    going = search.left.length && search.total < enough;
    if (results.length) await section(results, label, search.mine, missing);
    if (search.mine !== turn) return;
    tell(search, going);
    if (going && typed) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (search.mine !== turn) return;
    typed = false;
  }
  found.querySelector(".older")?.remove();
  if (search.left.length) found.append(button(dated(words.ask_older, search.left[0]), "older", async () => {
    const before = found.querySelectorAll("a").length;
    await further(search);
    if (search.mine === turn) (found.querySelectorAll("a")[before] ?? found.querySelector(".older") ?? input).focus();
  }));
};

const ask = async ({ query, sought }, parts) => {
  const { open } = await ready();
  await Promise.all(parts.map(open));
  return (await engine.search(query, { filters: { ...sought, part: { any: parts } } })).results;
};

const tell = (search, going) => {
  const text = going ? words.going_on : search.left.length ? words.results_since : words.results;
  status.textContent = dated(text.replace("{n}", search.total.toLocaleString(document.documentElement.lang)), search.since);
};

const button = (label, name, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = label;
  made.addEventListener("click", async () => {
    if (made.ariaDisabled) return;
    made.ariaDisabled = "true";
    made.textContent = words.searching;
    await act();
    made.ariaDisabled = null;
    made.textContent = label;
  });
  return made;
};

// What some parts hold, as a list of its own before the button for older ones.
const section = async (results, label, mine, first) => {
  const list = document.createElement("ol");
  list.className = "found";
  const show = async (count) => {
    const from = list.children.length;
    const rows = await Promise.all(results.slice(from, from + count).map((result) => result.data()));
    list.append(...rows.map(row));
    if (from + count >= results.length) more.remove();
    return list.children[from].querySelector("a");
  };
  const more = button(words.more, "next", () => show(SHOWN).then((link) => link.focus(), fail));
  const all = document.createElement("section");
  all.append(list, more);
  await show(first).catch(fail);
  if (mine !== turn) return;
  if (label) {
    const heading = document.createElement("h2");
    heading.textContent = label;
    all.prepend(heading);
  }
  const older = found.querySelector(".older");
  older ? older.before(all) : found.append(all);
};

const clear = () => {
  found.replaceChildren();
  names.hidden = false;
  status.textContent = "";
};

const asked = new URLSearchParams(location.search);
let timer = 0;
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); run(); });
input.addEventListener("focus", ready, { once: true });
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 150, true); });
form.addEventListener("change", (event) => { if (event.target !== input) run(); });
let offered = null;
filters.addEventListener("toggle", () => {
  if (filters.open) offered ??= offer().catch((problem) => { offered = null; return fail(problem); });
});
if (asked.size) {
  input.value = asked.get("q") ?? "";
  for (const select of form.querySelectorAll("select")) {
    const value = asked.get(select.name);
    if (!value) continue;
    select.append(new Option(value, value, false, true));
    filters.open = true;
  }
  run();
}
