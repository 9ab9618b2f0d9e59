// A cell of a table can be asked where its value comes from: by mouse, finger, keyboard or address.
"use strict";
(() => {
  const WORDS = {
    en: {
      line: "line", start: "character", scale: "scale", section: "section", printed: "Printed in the report", printedAs: "printed characters",
      public: "From public pages, not printed in the report", editorial: "Set by the editors of this library, not printed in the report",
      derived: "Derived, not printed in the report", by_row: "See the column evidence of the row", empty: "empty", rule: "rule", pages: "pages",
      repair: "A misprint, repaired by erratum", errata: "Errata", check: "Cross-check", agrees: "public pages agree",
      differs: "public pages differ", other_scope: "public pages mean something else", copy: "Copy", copied: "Copied", link: "Link to this cell",
      close: "Close", refers: "refers to", none: "Where a value stands cannot be fetched; a page that is opened as a file cannot ask.", wait: "…",
      dialog: "Where the value comes from",
    },
    zh: {
      line: "行号", start: "起始字符", scale: "倍数", section: "章节", printed: "报告所载", printedAs: "原文字符",
      public: "来自公开网页，报告未载", editorial: "编者所定，报告未载",
      derived: "推导得出，报告未载", by_row: "见该行的 evidence 列", empty: "空", rule: "推导规则", pages: "网页",
      repair: "原文有误，更正依据为勘误", errata: "勘误", check: "外部核对", agrees: "与公开网页一致",
      differs: "与公开网页不一致", other_scope: "公开网页口径不同", copy: "复制", copied: "已复制", link: "此单元格的链接",
      close: "关闭", refers: "引用", none: "无法取得出处数据；以文件方式打开的页面不能查询。", wait: "……",
      dialog: "数值的出处",
    },
  };
  const OFTEN = 350; // How long a pointer rests before a cell answers by itself.
  const AWAY = 250;
  const PHONE = matchMedia("(max-width: 40rem)"); // As in site.css.

  const made = (tag, className, ...children) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children.filter((child) => child != null && child !== ""));
    return node;
  };

  const link = (href, text, outside) => {
    const node = made("a", "", text);
    node.href = href;
    if (outside) node.rel = "noopener external";
    return node;
  };

  const UNITS = {
    CNY: ["yuan", "元"], USD: ["US dollars", "美元"], HKD: ["Hong Kong dollars", "港元"], EUR: ["euros", "欧元"],
    percent: ["%", "%"], percentage_points: ["percentage points", "个百分点"],
  };

  // A number with its thousands parted and its unit; any other value as it is.
  const figure = (value, unit, isNumber, lang) => {
    const digits = isNumber ? value.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",")) : value;
    const words = UNITS[unit] ?? ["", ""];
    return [digits, words[lang === "zh" ? 1 : 0]].filter(Boolean).join(" ");
  };

  const answers = new Map();
  const fetched = (address) => {
    if (!answers.has(address)) {
      answers.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
    }
    return answers.get(address);
  };

  const of = (lang, both, at = 0) => (lang === "zh" && both[at + 1] ? both[at + 1] : both[at]);

  // What is known of a cell from the table alone.
  const told = (cell) => {
    const root = cell.closest(".rows");
    const { about, lang } = root.rows;
    const column = about.columns.find(({ name }) => name === cell.dataset.cell);
    const shownNumber = cell.classList.contains("n") ? cell.textContent.replaceAll(",", "") : cell.textContent;
    const value = cell.dataset.v ?? shownNumber;
    return { root, about, lang, column, value, key: cell.parentElement.dataset.key, words: WORDS[lang], text: cell.textContent };
  };

  const fact = (name, ...said) => [made("dt", "", name), made("dd", "", ...said)];

  const places = ({ words, lang }, answer, document) => answer.places.map(([line, start, printed, scale, section]) =>
    made("dl", "ask-place",
      ...fact(words.printedAs, made("q", "", printed)),
      ...fact(words.line, String(line)),
      ...fact(words.start, String(start)),
      ...(scale === "1" ? [] : fact(words.scale, `× ${Number(scale).toLocaleString("en")}`)),
      ...fact(words.section, of(lang, [document.sections[section], document.sections_zh?.[section]]))));

  const pages = ({ lang }, ids, document) => made("ul", "", ...ids.map((id) => {
    const [publisherEn, publisherZh, en, zh, url] = document.pages[id];
    const title = of(lang, [en, zh]);
    const publisher = of(lang, [publisherEn, publisherZh]);
    return made("li", "", publisher && `${publisher}${lang === "zh" ? "：" : ": "}`, url ? link(url, title, true) : title, " ", link(`sources.html#${id}`, id));
  }));

  const errata = ({ words, lang }, answer, document) => made("div", "ask-errata", made("strong", "", words.errata),
    made("ul", "", ...answer.errata.map((id) => {
      const [kindEn, kindZh, en, zh] = document.errata[id];
      return made("li", "", link(`errata.html#${id}`, id), ` ${of(lang, [kindEn, kindZh])}${lang === "zh" ? "：" : ": "}${of(lang, [en, zh])}`);
    })));

  const check = (about, answer, document) => {
    const [value, unit, verdict, ids] = answer.check;
    return made("div", `ask-check ${verdict}`, made("strong", "", about.words.check), ` ${about.words[verdict]}${about.lang === "zh" ? "：" : ": "}${figure(value, unit, about.column.grouped, about.lang)}`,
      pages(about, ids, document));
  };

  // What the document beside the page says of a cell.
  const said = (about, document) => {
    const { words, lang, column, value, key } = about;
    if (!document) return [made("p", "", words.none)];
    const answer = document.cells[key]?.[column.name] ?? {};
    const more = document.columns[column.name];
    const origin = answer.origin ?? (answer.places ? "printed" : column.origin);
    return [
      origin === "printed" && !answer.places ? null : made("p", `ask-origin ${origin}`, words[origin]),
      value === "" && more.missing ? made("p", "", `${words.empty}${lang === "zh" ? "：" : ": "}${of(lang, more.missing)}`) : null,
      more.rule ? made("p", "", `${words.rule}${lang === "zh" ? "：" : ": "}${of(lang, more.rule)}`) : null,
      answer.repair ? made("p", "", `${words.repair} `, link(`errata.html#${answer.repair}`, answer.repair)) : null,
      ...(answer.places ? places(about, answer, document) : []),
      answer.pages ? pages(about, answer.pages, document) : null,
      answer.check ? check(about, answer, document) : null,
      answer.errata ? errata(about, answer, document) : null,
      made("p", "ask-meaning", of(lang, more.meaning)),
    ];
  };

  // The rows of another dataset that a cell names.
  const referred = ({ refers }, value, words) => (refers && value
    ? [` · ${words.refers}`, ...value.split(";").flatMap((key) => [" ", link(`${refers}.html#${encodeURIComponent(key)}`, key)])]
    : []);

  const copied = async (button, text, words) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      document.execCommand("copy");
    }
    button.textContent = words.copied;
  };

  class Asker {
    constructor() {
      this.box = made("div", "ask");
      this.box.setAttribute("role", "dialog");
      this.box.hidden = true;
      this.box.tabIndex = -1;
      document.body.append(this.box);
      this.box.addEventListener("pointerenter", () => clearTimeout(this.timer));
      this.box.addEventListener("pointerleave", () => this.leave());
      document.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true));
      document.addEventListener("pointerdown", ({ target }) => {
        if (!this.box.hidden && !this.box.contains(target) && !target.closest?.("[data-cell]")) this.close();
      });
      addEventListener("scroll", ({ target }) => target !== this.box && this.place(), { capture: true, passive: true });
      addEventListener("resize", () => this.place());
    }

    // Answer for a cell; `stays` until it is closed, or goes when the pointer does.
    async ask(cell, stays) {
      clearTimeout(this.timer);
      if (this.cell === cell && !this.box.hidden) {
        this.stays ||= stays;
        return;
      }
      this.cell?.classList.remove("asked");
      Object.assign(this, { cell, stays });
      cell.classList.add("asked");
      const about = told(cell);
      this.box.lang = about.lang === "zh" ? "zh-CN" : "en";
      this.box.setAttribute("aria-label", about.words.dialog);
      this.show(about, [made("p", "", about.words.wait)]);
      const document = await fetched(about.root.dataset.cells);
      if (this.cell === cell && !this.box.hidden) this.show(about, said(about, document));
    }

    show(about, content) {
      const { words, column, key, value, text, lang } = about;
      const call = `ft.source("${about.about.dataset}", "${key}", "${column.name}")`;
      const copy = made("button", "ask-copy", words.copy);
      copy.type = "button";
      copy.addEventListener("click", () => copied(copy, call, words));
      const close = made("button", "ask-close", "×");
      close.type = "button";
      close.setAttribute("aria-label", words.close);
      close.addEventListener("click", () => this.close(true));
      const exact = value === "" ? words.empty : figure(value, column.unit, column.grouped, lang);
      this.box.replaceChildren(
        made("header", "", made("strong", "", of(lang, column.titles).replace(/（[^（]*）$| \([^(]*\)$/, "")), made("span", "ask-key", key), close),
        made("p", "ask-value", exact, column.labels && value !== text ? made("span", "", ` ${text}`) : null),
        ...content.filter(Boolean),
        made("p", "ask-call", made("code", "", call), copy),
        made("p", "ask-links", link(`#${encodeURIComponent(key)}/${column.name}`, words.link),
          ...referred(column, value, words)),
      );
      this.box.hidden = false;
      this.place();
      this.reveal();
    }

    // Under the cell, above it or beside it, inside the window; on a phone the style puts it at the bottom.
    place() {
      if (this.box.hidden) return;
      const at = this.cell.getBoundingClientRect();
      const frame = this.cell.closest(".rows-box").getBoundingClientRect();
      this.box.style.maxHeight = "";
      const { offsetWidth: width, offsetHeight: height } = this.box;
      const left = Math.max(8, Math.min(Math.max(at.left, frame.left), innerWidth - width - 8));
      const [above, below] = [at.top - 12, innerHeight - at.bottom - 12];
      const isBelow = height <= below || below >= above;
      const room = Math.max(96, isBelow ? below : above); // What is longer scrolls in its box.
      const seen = Math.min(height, room);
      if (height > room) this.box.style.maxHeight = `${room}px`;
      this.box.style.left = `${left}px`;
      this.box.style.top = `${Math.max(8, Math.min(isBelow ? at.bottom + 4 : at.top - seen - 4, innerHeight - seen - 8))}px`;
    }

    // What is asked stays in sight above an answer at the bottom of the window.
    reveal() {
      const over = this.cell.getBoundingClientRect().bottom - this.box.getBoundingClientRect().top;
      if (this.stays && over > 0 && PHONE.matches) scrollBy({ top: over + 8, behavior: "instant" });
    }

    wait(cell) {
      clearTimeout(this.timer);
      if (!this.stays || this.box.hidden) this.timer = setTimeout(() => this.ask(cell, false), OFTEN);
    }

    leave() {
      clearTimeout(this.timer);
      if (!this.stays) this.timer = setTimeout(() => this.close(), AWAY);
    }

    close(isAsked) {
      clearTimeout(this.timer);
      if (this.box.hidden) return;
      const hadFocus = this.box.contains(document.activeElement);
      this.box.hidden = true;
      this.stays = false;
      this.cell.classList.remove("asked");
      if (isAsked && hadFocus) this.cell.focus();
    }
  }

  // One stop of the tab key for all cells; arrows go from cell to cell.
  class Grid {
    constructor(root, asker) {
      Object.assign(this, { root, asker, table: root.querySelector("table") });
      this.box = root.querySelector(".rows-box");
      this.table.setAttribute("role", "grid");
      this.table.setAttribute("aria-label", this.box.getAttribute("aria-label"));
      this.body = this.table.tBodies[0];
      this.stop(this.body.rows[0]?.cells[0]);
      this.body.addEventListener("click", ({ target }) => this.on(target, (cell) => { this.stop(cell); asker.close(); asker.ask(cell, true); }));
      this.body.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.on(event.target, (cell) => cell.matches(".printed") && cell.textContent && asker.wait(cell)));
      this.body.addEventListener("pointerout", (event) => event.pointerType === "mouse" && asker.leave());
      this.body.addEventListener("keydown", (event) => this.on(event.target, (cell) => this.pressed(event, cell)));
      root.addEventListener("rows-lang", () => asker.close());
      this.measure();
    }

    on(target, act) {
      const cell = target.closest("[data-cell]");
      if (cell && this.body.contains(cell)) act(cell);
    }

    // A cell that gets the focus does not hide behind what stays in view.
    measure() {
      const [first] = this.table.tHead.rows[0].cells;
      if (!first) return;
      this.box.style.setProperty("--head", `${first.offsetHeight}px`);
      this.box.style.setProperty("--first", `${first.offsetWidth}px`);
    }

    stop(cell) {
      if (!cell) return;
      this.stopped?.removeAttribute("tabindex");
      this.stopped = cell;
      cell.tabIndex = 0;
    }

    pressed(event, cell) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.asker.close();
        this.asker.ask(cell, true).then(() => this.asker.box.focus());
        return;
      }
      const next = this.next(event, cell);
      if (!next) return;
      event.preventDefault();
      this.asker.close();
      this.stop(next);
      next.focus();
    }

    next({ key, ctrlKey }, cell) {
      const rows = [...this.body.rows].filter((row) => !row.hidden);
      const [row, place] = [rows.indexOf(cell.parentElement), cell.cellIndex];
      const last = cell.parentElement.cells.length - 1;
      const at = (r, c) => rows[Math.max(0, Math.min(r, rows.length - 1))]?.cells[Math.max(0, Math.min(c, last))];
      const steps = {
        ArrowUp: [row - 1, place], ArrowDown: [row + 1, place], ArrowLeft: [row, place - 1], ArrowRight: [row, place + 1],
        PageUp: [row - 10, place], PageDown: [row + 10, place],
        Home: [ctrlKey ? 0 : row, 0], End: [ctrlKey ? rows.length - 1 : row, last],
      };
      return steps[key] && at(...steps[key]);
    }
  }

  // An address such as #icbc/tech_spend_cny leads to a cell, #icbc to a row.
  const addressed = (grids, asker) => {
    let wanted;
    try {
      wanted = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    if (!wanted || document.getElementById(wanted)) return;
    for (const grid of grids) {
      const rows = [...grid.body.rows];
      const cut = wanted.lastIndexOf("/");
      const whole = rows.find((row) => row.dataset.key === wanted);
      const row = whole ?? rows.find((each) => each.dataset.key === wanted.slice(0, cut));
      if (!row) continue;
      row.hidden = false;
      const cell = whole ? row.cells[0] : [...row.cells].find(({ dataset }) => dataset.cell === wanted.slice(cut + 1));
      for (const each of rows) each.classList.toggle("addressed", each === row);
      // A cell at the top, its answer has room below it; a page that scrolls smoothly would stop on its way.
      (cell ?? row).scrollIntoView({ block: whole ? "center" : "start", inline: "center", behavior: "instant" });
      if (!cell) return;
      grid.stop(cell);
      if (!whole) asker.ask(cell, true);
      return;
    }
  };

  const roots = [...document.querySelectorAll(".rows")].filter((root) => root.rows);
  if (!roots.length) return;
  const asker = new Asker();
  const grids = roots.map((root) => new Grid(root, asker));
  addressed(grids, asker);
  addEventListener("load", () => addressed(grids, asker)); // Pictures and fonts have moved it.
  addEventListener("hashchange", () => addressed(grids, asker));
})();
