// The search page: results of Pagefind, the pages in the language of the query first. Where it
// cannot be asked, as from disk, Sphinx's own search answers.
"use strict";
(() => {
  const ROOT = document.documentElement.dataset.content_root;
  const CHINESE = document.documentElement.lang.startsWith("zh");
  const AT_ONCE = 6;
  const PLACES = 3;
  const RANKING = { pageLength: 0.9, termSaturation: 2 };
  const SAID = CHINESE
    ? { zh: "中文", en: "英文", dataset: "数据集", page: "说明与参考", more: "更多结果", row: "行", none: (q) => `没有找到“${q}”。`, some: (n, q) => `“${q}”：${n} 个页面。` }
    : { zh: "Chinese", en: "English", dataset: "Datasets", page: "Guides and reference", more: "More results", row: "row", none: (q) => `Nothing found for “${q}”.`, some: (n, q) => `${n} ${n === 1 ? "page" : "pages"} for “${q}”.` };

  const form = document.getElementById("site-search");
  const field = form.elements.q;
  const said = document.getElementById("search-said");
  const results = document.getElementById("search-results");

  function element(name, attributes = {}, ...children) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  }

  // In the index every Chinese character stands apart: so it is asked, and shown together.
  const apart = (text) => text.replace(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu, " ");
  const together = (html) => html.replace(/(\p{Script=Han}(?:<\/?mark>)*) ((?:<\/?mark>)*)(?=\p{Script=Han})/gu, "$1$2").replaceAll("</mark><mark>", "");

  // Pages with all words; of Chinese words those where their characters stand side by side.
  async function search(pagefind, query, filters) {
    const found = (await pagefind.search(apart(query), { filters })).results;
    const words = (query.match(/\p{Script=Han}{2,}/gu) ?? []).sort((a, b) => a.length - b.length);
    const maps = await Promise.all(words.map(async (word) => {
      const exact = await pagefind.search(`"${apart(word)}"`, { filters });
      return new Map(exact.results.map((result) => [result.id, result]));
    }));
    const all = found.filter(({ id }) => maps.every((map) => map.has(id)));
    const last = maps.at(-1); // Of the longest word: its excerpt shows the word.
    return last ? all.map(({ id, score }) => ({ score, data: last.get(id).data })) : all;
  }

  // What a query asks for first: numbers and names of columns stand in datasets.
  async function groups(pagefind, query) {
    const first = CHINESE || /\p{Script=Han}/u.test(query) ? "zh" : "en";
    const second = first === "zh" ? "en" : "zh";
    const ask = (language, kind) => search(pagefind, query, kind ? { language, kind } : { language });
    const [data, pages, others] = await Promise.all([ask(first, "dataset"), ask(first, "page"), ask(second)]);
    const isData = /\d|_/.test(query) || (data[0]?.score ?? 0) >= (pages[0]?.score ?? 0);
    const parts = [[SAID.dataset, first, data], [SAID.page, first, pages]];
    return [...(isData ? parts : parts.reverse()), [SAID[second], second, others]].filter(([, , found]) => found.length);
  }

  function kind(address, language) {
    const dataset = /datasets\/(\w+)\.html/.exec(address)?.[1];
    const name = dataset && dataset !== "index" ? [element("code", { textContent: dataset }), " · "] : [];
    return element("p", { className: "search-kind" }, ...name, SAID[language]);
  }

  // The headings and rows above the words that were found, those with most of them first.
  function places(data) {
    const counted = new Map();
    for (const at of data.locations) {
      const anchor = data.anchors.findLast(({ location, text }) => location <= at && text?.trim());
      if (anchor && anchor.element !== "h1") counted.set(anchor, (counted.get(anchor) ?? 0) + 1);
    }
    return [...counted].sort(([, a], [, b]) => b - a).slice(0, PLACES).map(([anchor]) => anchor);
  }

  function place(data, { element: name, id, text }) {
    const label = name === "th" ? [`${SAID.row} `, element("code", { textContent: id })] : [together(text)];
    return element("li", {}, element("a", { href: `${data.url}#${encodeURIComponent(id)}` }, ...label));
  }

  function item(data, language) {
    const link = element("a", { href: data.url, textContent: together(data.meta.title) });
    // Texts of Pagefind are escaped but for the marks around what was found.
    const excerpt = element("p", { className: "search-excerpt", innerHTML: together(data.excerpt) });
    const list = element("ul", { className: "search-places" }, ...places(data).map((anchor) => place(data, anchor)));
    return element("li", { className: "search-result", lang: language === "zh" ? "zh-CN" : "en" }, element("h3", {}, link), kind(data.url, language), excerpt, list);
  }

  async function fill(list, found, language) {
    const from = list.children.length;
    const next = await Promise.all(found.slice(from, from + AT_ONCE).map((result) => result.data()));
    list.append(...next.map((data) => item(data, language)));
  }

  async function group([title, language, found]) {
    const list = element("ol");
    await fill(list, found, language);
    const more = element("button", { type: "button", textContent: SAID.more, hidden: list.children.length >= found.length });
    more.addEventListener("click", async () => {
      const seen = list.children.length;
      await fill(list, found, language);
      more.hidden = list.children.length >= found.length;
      list.children[seen].querySelector("a").focus();
    });
    return element("section", { className: "search-group" }, element("h2", { textContent: `${title} (${found.length})` }), list, more);
  }

  let latest = 0;
  async function show(pagefind, query) {
    const turn = ++latest;
    const found = query ? await groups(pagefind, query) : [];
    const made = await Promise.all(found.map(group));
    if (turn !== latest) return; // Somebody has typed on.
    const count = found.reduce((sum, [, , hits]) => sum + hits.length, 0);
    results.replaceChildren(...made);
    said.textContent = !query ? "" : count ? SAID.some(count, query) : SAID.none(query);
  }

  function listen(pagefind) {
    let waiting;
    const now = () => {
      const query = field.value.trim();
      history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
      return show(pagefind, query);
    };
    form.addEventListener("submit", (event) => (event.preventDefault(), now()));
    field.addEventListener("input", () => (clearTimeout(waiting), (waiting = setTimeout(now, 150))));
  }

  async function load(source) {
    const script = element("script", { src: ROOT + source });
    const done = new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }));
    document.head.append(script);
    await done;
  }

  async function sphinx() {
    for (const source of ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"]) await load(source);
  }

  async function pagefind() {
    if (location.protocol === "file:") return null; // Browsers load no modules from disk.
    try {
      const found = await import(new URL(`${ROOT}pagefind/pagefind.js`, location.href).href);
      await found.options({ baseUrl: new URL(ROOT, location.href).pathname, excerptLength: 30, ranking: RANKING });
      return found;
    } catch {
      return null; // The pages were made without the index.
    }
  }

  async function start() {
    field.value = new URLSearchParams(location.search).get("q") || "";
    if (!field.value) field.focus();
    const found = await pagefind();
    if (!found) return sphinx();
    listen(found);
    await show(found, field.value.trim()); // Somebody may have typed meanwhile.
  }

  start();
})();
