// Makes the tables of all rows live: search, sort, language. Without it they are plain tables.
"use strict";
(() => {
  const WORDS = {
    en: {
      search: "Search the rows", lang: "Language of the table", hint: "Click a cell, or press Enter on it, to ask where its value comes from.",
      count: (n, all) => (n === all ? `${all} rows` : `${n} of ${all} rows`),
      columns: "Column", sort: "sort",
    },
    zh: {
      search: "搜索各行", lang: "表格语言", hint: "点击单元格，或选中后按回车键，即可查看其出处。",
      count: (n, all) => (n === all ? `共 ${all} 行` : `${all} 行中的 ${n} 行`),
      columns: "列", sort: "排序",
    },
  };
  const AT = { en: 0, zh: 1 }; // Where a page has what it tells in both languages.
  const PINYIN = new Intl.Collator("zh-u-co-pinyin", { numeric: true });

  const made = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  const folded = (text) => text.normalize("NFKC").toLowerCase();

  // The digits of a number, its point moved to the left: no digit is lost.
  const shifted = (number, by) => {
    if (!by || !number) return number;
    const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number);
    const digits = whole.padStart(by + 1, "0");
    const rest = (digits.slice(-by) + part).replace(/0+$/, "");
    return sign + digits.slice(0, -by) + (rest && `.${rest}`);
  };

  const grouped = (number) => number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

  // What a cell shows for its value in a language.
  const shown = (column, value, lang) => {
    if (column.labels) {
      return value.split(";").map((item) => column.labels[item]?.[AT[lang]] ?? item).join(lang === "zh" ? "；" : "; ");
    }
    const digits = shifted(value, column.shift?.[AT[lang]]);
    return column.grouped ? grouped(digits) : digits;
  };

  // The value of which a cell tells the label; where that is not clear, the page has the value.
  const known = new WeakMap();
  const untold = (labels, text, lang) => {
    if (!known.has(labels)) known.set(labels, new Map(Object.entries(labels).map(([value, label]) => [label[AT[lang]], value])));
    return text.split(lang === "zh" ? "；" : "; ").map((part) => known.get(labels).get(part) ?? part).join(";");
  };

  const valueOf = (cell) => cell.dataset.v ?? (cell.classList.contains("n") ? cell.textContent.replaceAll(",", "") : cell.textContent);

  // Many empty cells side by side are one in the page.
  const part = (cell) => {
    for (let more = cell.colSpan; more > 1; more -= 1) cell.after(document.createElement("td"));
    cell.removeAttribute("colspan");
  };

  class Table {
    constructor(root) {
      this.root = root;
      this.about = JSON.parse(root.querySelector("script").textContent);
      this.lang = this.about.lang;
      this.table = root.querySelector("table");
      this.body = this.table.tBodies[0];
      this.rows = [...this.body.rows];
      this.heads = [...this.table.tHead.rows[0].cells];
      this.sorted = { place: -1, down: false };
      this.name();
      this.addTools();
      this.heads.forEach((head, place) => this.addButton(head, place));
      this.speak();
      root.classList.add("live"); // What is long is folded: the whole of it is what a cell answers.
      root.rows = this;
    }

    // Scripts and tests find a cell by its column; what is printed looks as if it can be asked.
    name() {
      const { columns } = this.about;
      const evidence = columns.findIndex((column) => column.name === "evidence");
      for (const row of this.rows) {
        for (const cell of [...row.cells]) part(cell);
        columns.forEach(({ name, labels, shift }, place) => {
          const cell = row.cells[place];
          cell.dataset.cell = name;
          if (labels) cell.dataset.v ??= untold(labels, cell.textContent, this.lang);
          else if (shift) cell.dataset.v ??= ""; // Only what is empty says no value.
        });
        row.dataset.key ??= [...row.cells].slice(0, this.table.dataset.keys).map(valueOf).join("|"); // The first cells are the key.
        const isPrinted = row.cells[evidence]?.dataset.v === "report";
        columns.forEach(({ origin }, place) => {
          if (origin === "printed" || (origin === "by_row" && isPrinted)) row.cells[place].classList.add("printed");
        });
      }
    }

    addTools() {
      this.input = made("input", { type: "search", class: "rows-search", autocomplete: "off", spellcheck: "false" });
      this.input.addEventListener("input", () => this.filter());
      this.status = made("span", { class: "rows-count", role: "status" });
      this.hint = made("p", { class: "rows-hint" });
      this.buttons = [["en", "English"], ["zh", "中文"]].map(([lang, text]) => {
        const button = made("button", { type: "button", lang: lang === "zh" ? "zh-CN" : "en", "data-lang": lang }, text);
        button.addEventListener("click", () => this.speak(lang));
        return button;
      });
      this.group = made("span", { class: "rows-langs", role: "group" }, ...this.buttons);
      this.root.querySelector(".rows-tools").append(this.input, this.status, this.group);
      this.root.append(this.hint);
    }

    addButton(head, place) {
      const button = made("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => this.sort(place));
      head.append(button);
    }

    // Say everything in a language: headings, labels, money, the tools themselves.
    speak(lang = this.lang) {
      const words = WORDS[lang];
      const changed = lang !== this.lang;
      this.lang = lang;
      this.root.lang = lang === "zh" ? "zh-CN" : "en";
      this.input.placeholder = words.search;
      this.input.setAttribute("aria-label", words.search);
      this.group.setAttribute("aria-label", words.lang);
      this.hint.textContent = words.hint;
      for (const button of this.buttons) button.setAttribute("aria-pressed", button.dataset.lang === lang);
      if (changed) this.relabel();
      this.count();
      this.root.dispatchEvent(new CustomEvent("rows-lang"));
    }

    relabel() {
      this.about.columns.forEach((column, place) => {
        this.heads[place].querySelector("span").textContent = column.titles[AT[this.lang]];
        if (!column.labels && !column.shift) return;
        for (const row of this.rows) {
          const cell = row.cells[place];
          (cell.querySelector("div") ?? cell).textContent = shown(column, cell.dataset.v, this.lang);
        }
      });
    }

    // All that a reader may look for in a row: what it shows, in both languages, and exact values.
    texts() {
      const { columns } = this.about;
      this.said ??= this.rows.map((row) => folded(columns.map((column, place) => {
        const cell = row.cells[place];
        const value = valueOf(cell);
        const both = column.labels || column.shift ? `${shown(column, value, "en")} ${shown(column, value, "zh")}` : "";
        return `${value} ${both} ${column.grouped ? grouped(value) : ""}`;
      }).join(" ")));
      return this.said;
    }

    filter() {
      const words = folded(this.input.value).split(/\s+/).filter(Boolean);
      const texts = this.texts();
      this.rows.forEach((row, place) => {
        row.hidden = !words.every((word) => texts[place].includes(word));
      });
      this.count();
    }

    count() {
      const left = this.rows.filter((row) => !row.hidden).length;
      this.status.textContent = WORDS[this.lang].count(left, this.rows.length);
    }

    // Up, down, and as they were; empty cells always last.
    sort(place) {
      const { sorted } = this;
      if (sorted.place !== place) this.sorted = { place, down: false };
      else this.sorted = sorted.down ? { place: -1, down: false } : { place, down: true };
      const order = this.sorted.place < 0 ? this.rows : this.ordered();
      this.body.replaceChildren(...order);
      this.heads.forEach((head, at) => {
        if (at === this.sorted.place) head.setAttribute("aria-sort", this.sorted.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    }

    ordered() {
      const { place, down } = this.sorted;
      const { kind = "text", labels } = this.about.columns[place];
      const compare = {
        number: (a, b) => a - b,
        day: (a, b) => (a < b ? -1 : Number(a > b)),
        text: (a, b) => PINYIN.compare(a, b),
      }[kind];
      const value = (row) => {
        const cell = row.cells[place];
        const text = labels ? cell.textContent : valueOf(cell);
        return kind === "number" && text ? Number(text) : text;
      };
      const pairs = this.rows.map((row) => [value(row), row]);
      const full = pairs.filter(([a]) => a !== "").sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
      return [...full, ...pairs.filter(([a]) => a === "")].map(([, row]) => row);
    }
  }

  for (const root of document.querySelectorAll(".rows")) new Table(root);
})();
