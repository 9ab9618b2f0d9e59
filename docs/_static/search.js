// The search page: results of Pagefind, the pages in the language of the query first. Where it
// cannot be asked, as from disk, Sphinx's own search answers.
(() => {
  "use strict";
  const ROOT = document.documentElement.dataset.content_root;
  const CHINESE = document.documentElement.lang.startsWith("zh") || /\/zh\/search/.test(location.pathname);
  const AT_ONCE = 8;
  const PARTS = 3;
  const SAID = CHINESE
    ? { zh: "中文", en: "英文", more: "更多结果", dataset: "数据集", none: (q) => `没有找到“${q}”。`, some: (n, q) => `“${q}”：${n} 个页面。` }
    : { zh: "Chinese", en: "English", more: "More results", dataset: "dataset", none: (q) => `Nothing found for “${q}”.`, some: (n, q) => `${n} ${n === 1 ? "page" : "pages"} for “${q}”.` };

  const form = document.getElementById("site-search");
  const field = form.elements.q;
  const said = document.getElementById("search-said");
  const results = document.getElementById("search-results");

  function element(name, attributes = {}, ...children) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  }

  // Texts of Pagefind are escaped but for the marks around what was found.
  const excerpt = (html) => element("p", { className: "search-excerpt", innerHTML: html });

  function languages(query) {
    const chinese = /\p{Script=Han}/u.test(query) || CHINESE;
    return chinese ? ["zh", "en"] : ["en", "zh"];
  }

  function kind(address, language) {
    const dataset = /datasets\/(\w+)\.html/.exec(address);
    const known = dataset && dataset[1] !== "index";
    const name = known ? [SAID.dataset, " ", element("code", { textContent: dataset[1] }), " · "] : [];
    return element("p", { className: "search-kind" }, ...name, SAID[language]);
  }

  function part(found) {
    return element("li", {}, element("a", { href: found.url, textContent: found.title }));
  }

  function item(data, language) {
    const link = element("a", { href: data.url, textContent: data.meta.title });
    const made = element("li", { className: "search-result" }, element("h3", {}, link), kind(data.url, language), excerpt(data.excerpt));
    const parts = data.sub_results.filter((found) => found.url.includes("#") && found.title !== data.meta.title);
    if (parts.length) made.append(element("ul", { className: "search-parts" }, ...parts.slice(0, PARTS).map(part)));
    return made;
  }

  async function fill(list, found, language) {
    const from = list.children.length;
    const next = await Promise.all(found.slice(from, from + AT_ONCE).map((result) => result.data()));
    list.append(...next.map((data) => item(data, language)));
  }

  async function group(language, found) {
    const list = element("ol");
    await fill(list, found, language);
    const more = element("button", { type: "button", textContent: SAID.more, hidden: list.children.length >= found.length });
    more.addEventListener("click", async () => {
      const seen = list.children.length;
      await fill(list, found, language);
      more.hidden = list.children.length >= found.length;
      list.children[seen].querySelector("a").focus();
    });
    return element("section", { className: "search-group" }, element("h2", { textContent: `${SAID[language]} (${found.length})` }), list, more);
  }

  async function answers(pagefind, query) {
    const asked = languages(query).map((language) => pagefind.search(query, { filters: { language } }));
    return (await Promise.all(asked)).map((answer, nth) => [languages(query)[nth], answer.results]);
  }

  let latest = 0;
  async function show(pagefind, query) {
    const turn = ++latest;
    const found = query ? await answers(pagefind, query) : [];
    const some = found.filter(([, hits]) => hits.length);
    const groups = await Promise.all(some.map(([language, hits]) => group(language, hits)));
    if (turn !== latest) return; // Somebody has typed on.
    const count = found.reduce((sum, [, hits]) => sum + hits.length, 0);
    results.replaceChildren(...groups);
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
      await found.options({ baseUrl: new URL(ROOT, location.href).pathname, excerptLength: 24 });
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
