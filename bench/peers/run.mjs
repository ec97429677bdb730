#!/usr/bin/env node
// Times ONNX Runtime on the models that export.py wrote, one process a precision:
//
//   node bench/peers/run.mjs [--precision fp32,int8] [--rows 64,8x64] [--runs 5] [--warm-up 2] [--json]
//                            [--models /tmp/picket-peers] [--threads 2] [--sessions 1] [--options '{"enableMemPattern":false}']
//
// "cores" is processor time over wall time: below the number of threads, somebody else had the machine.
// With --json the last line of stdout is one object a precision; the tables go to stderr.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import ort from "onnxruntime-node";

const { values: args } = parseArgs({
  options: {
    models: { type: "string", default: "/tmp/picket-peers" },
    precision: { type: "string", default: "fp32,int8" },
    rows: { type: "string" },
    runs: { type: "string", default: "5" },
    "warm-up": { type: "string", default: "2" },
    threads: { type: "string", default: "2" },
    sessions: { type: "string", default: "1" },
    options: { type: "string", default: "{}" },
    json: { type: "boolean", default: false },
  },
});

// Rounding to int8 turns float noise into whole steps here and there; anything larger than this is another model.
const tolerances = { fp32: 1e-4, int8: 2e-2 };
const allRows = JSON.parse(readFileSync(new URL("rows.json", import.meta.url)));
const sample = JSON.parse(readFileSync(`${args.models}/sample.json`));
const log = args.json ? console.error : console.log;

const precisions = args.precision.split(",");
if (precisions.length > 1) {
  for (const precision of precisions) {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...process.argv.slice(2), "--precision", precision], {
      stdio: "inherit",
    });
    if (child.status !== 0) process.exit(child.status ?? 1);
  }
} else {
  for (let session = 0; session < Number(args.sessions); session++) await measure(precisions[0]);
}

async function measure(precision) {
  const load = loadavg()[0];
  const started = performance.now();
  const session = await ort.InferenceSession.create(`${args.models}/${precision}.onnx`, {
    intraOpNumThreads: Number(args.threads),
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    ...JSON.parse(args.options),
  });
  const loadMs = performance.now() - started;
  const difference = await largestDifference(session, sample.logits[precision]);
  if (!(difference <= tolerances[precision])) throw new Error(`${precision}: logits are off by ${difference}`);

  const rows = [];
  for (const name of args.rows?.split(",") ?? Object.keys(allRows)) {
    if (!(name in allRows)) throw new Error(`no row ${name}; there are ${Object.keys(allRows).join(" ")}`);
    const calls = allRows[name].map((lengths) => feedsOf(lengths.map(tokens)));
    const times = [];
    let [wall, cpu] = [0, 0];
    for (let run = -Number(args["warm-up"]); run < Number(args.runs); run++) {
      const [before, used] = [performance.now(), process.cpuUsage()];
      for (const feeds of calls) await session.run(feeds);
      if (run < 0) continue;
      times.push(performance.now() - before);
      const { user, system } = process.cpuUsage(used);
      wall += times.at(-1);
      cpu += (user + system) / 1000;
    }
    times.sort((a, b) => a - b);
    rows.push({ name, ms: round(times[times.length >> 1]), min: round(times[0]), max: round(times.at(-1)), cores: round(cpu / wall) });
  }

  const status = readFileSync("/proc/self/status", "utf8");
  const megabytes = (field) => Math.round(Number(status.match(`${field}:\\s+(\\d+)`)[1]) / 1024);
  const report = {
    name: `onnxruntime ${ort.env.versions.node} ${precision}`,
    threads: Number(args.threads),
    load_ms: Math.round(loadMs),
    rss_mb: megabytes("VmRSS"),
    peak_mb: megabytes("VmHWM"),
    load_average: [round(load), round(loadavg()[0])],
    difference,
    rows,
  };
  await session.release();

  log(`\n${report.name}, ${report.threads} threads: loaded in ${report.load_ms} ms, ${report.rss_mb} MB resident, peak ${report.peak_mb} MB`);
  log(`logits within ${difference.toExponential(1)} of PyTorch's; load average ${report.load_average.join(" -> ")}`);
  log(`${"tokens".padEnd(14)}${["median ms", "min ms", "max ms", "cores"].map((head) => head.padStart(11)).join("")}`);
  for (const { name, ms, min, max, cores } of rows) {
    log(`${name.padEnd(14)}${[ms, min, max, cores].map((value) => value.toFixed(1).padStart(11)).join("")}`);
  }
  if (args.json) console.log(JSON.stringify(report));
}

async function largestDifference(session, expected) {
  const length = sample.input_ids[0].length;
  const rows = sample.input_ids.map((ids, i) => ids.slice(0, length - sample.attention_mask[i].filter((seen) => !seen).length));
  const { logits } = await session.run(feedsOf(rows));
  return Math.max(...expected.flat().map((value, i) => Math.abs(value - logits.data[i])));
}

/** Token ids spread over the whole vocabulary, the same in every process. */
function tokens(length) {
  return Array.from({ length }, (_, i) => 4 + ((i * 7919 + length) % (sample.vocab_size - 4)));
}

/** Rows of token ids as one batch, padded with 0 to the longest. */
function feedsOf(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  const dims = [rows.length, width];
  const flat = (value) => new BigInt64Array(rows.flatMap((row) => Array.from({ length: width }, (_, i) => BigInt(value(row, i)))));
  return {
    input_ids: new ort.Tensor("int64", flat((row, i) => row[i] ?? 0), dims),
    attention_mask: new ort.Tensor("int64", flat((row, i) => (i < row.length ? 1 : 0)), dims),
  };
}

function round(value) {
  return Math.round(value * 100) / 100;
}
