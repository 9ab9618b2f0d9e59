// The page on which readers try the package: nothing is fetched before they ask for it.
"use strict";
(() => {
  const CHINESE = document.documentElement.lang.startsWith("zh");
  const ROOT = new URL(`${document.documentElement.dataset.content_root}try-it/`, location.href).href;
  const WORKER = new URL("try-it-worker.js", document.currentScript.src).href;
  const SAID = CHINESE
    ? { begin: "启动 Python（约 16 MB，压缩后 9 MB）", wait: "正在启动 Python，首次约需几秒……", ready: "已就绪。按 Ctrl+Enter 或点击“运行”。", run: "运行", running: "运行中……", field: "Python 代码", answer: "结果",
        none: "本次构建的网站不含 Python：请用 python -m tools.site.build FOLDER --try-it 构建，并通过 HTTP 打开。" }
    : { begin: "Start Python (16 MB, 9 MB compressed)", wait: "Starting Python: some seconds the first time …", ready: "Ready. Press Ctrl+Enter, or Run.", run: "Run", running: "Running …", field: "Python code", answer: "Answer",
        none: "This copy of the site has no Python in it: make it with python -m tools.site.build FOLDER --try-it, and open it over HTTP." };

  const root = document.getElementById("try-it");
  const element = (name, attributes, ...children) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  };

  const begin = element("button", { type: "button", textContent: SAID.begin });
  const status = element("p", { className: "try-said" });
  status.setAttribute("role", "status");
  const field = element("textarea", { rows: 4, spellcheck: false, value: root.dataset.code });
  field.setAttribute("aria-label", SAID.field);
  const run = element("button", { type: "button", textContent: SAID.run });
  const answer = element("pre", { className: "try-answer", tabIndex: 0 });
  answer.setAttribute("aria-label", SAID.answer);
  answer.setAttribute("role", "region");
  const prompt = element("div", { hidden: true }, field, run, answer);
  root.replaceChildren(begin, status, prompt);

  let worker;
  const ask = (message) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.fault ? reject(new Error(data.fault)) : resolve(data));
    worker.onerror = () => reject(new Error("worker"));
    worker.postMessage(message);
  });

  async function evaluate() {
    status.textContent = SAID.running;
    run.disabled = true;
    const { answer: text } = await ask({ source: field.value });
    answer.textContent = text;
    run.disabled = false;
    status.textContent = SAID.ready;
  }

  async function start() {
    begin.disabled = true;
    status.textContent = SAID.wait;
    try {
      worker = new Worker(WORKER, { type: "module" });
      await ask({ root: ROOT });
    } catch {
      status.textContent = SAID.none;
      return;
    }
    begin.hidden = true;
    prompt.hidden = false;
    await evaluate();
    field.focus();
  }

  begin.addEventListener("click", start);
  run.addEventListener("click", evaluate);
  field.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && !run.disabled && evaluate());

  // The examples of the page, each a press away.
  const typed = [...document.querySelectorAll("article pre")].flatMap((pre) => pre.textContent.split("\n"))
    .filter((line) => line.startsWith(">>> ") && !line.includes("import ")).map((line) => line.slice(4));
  const examples = typed.map((line) => {
    const button = element("button", { type: "button", textContent: line });
    button.addEventListener("click", () => ((field.value = line), evaluate()));
    return element("li", {}, button);
  });
  prompt.append(element("ul", { className: "try-these" }, ...examples));
})();
