// Python beside the page: Pyodide, the wheels, and one line after the other.
const START = `
import sys
from pyodide.code import eval_code
import fintech2021 as ft

_names = {"ft": ft}

def _run(source):
    """Run what was typed; the value of its last line is shown as a prompt shows it."""
    try:
        value = eval_code(source, _names)
        if value is not None:
            print(value)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}")
`;

let python;

async function start(root) {
  const { loadPyodide } = await import(`${root}pyodide.mjs`);
  python = await loadPyodide({ indexURL: root, stdout: say, stderr: say });
  const wheels = await (await fetch(`${root}wheels.json`)).json();
  const fetched = await Promise.all(wheels.map(async (name) => (await fetch(root + name)).arrayBuffer()));
  for (const wheel of fetched) python.unpackArchive(wheel, "wheel");
  python.runPython(START);
}

let said = [];
const say = (line) => said.push(line);

function run(source) {
  said = [];
  python.globals.get("_run")(source);
  return said.join("\n");
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.root) postMessage({ ready: await start(data.root) || true });
    else postMessage({ answer: run(data.source) });
  } catch (error) {
    postMessage({ fault: String(error) });
  }
});
