#!/usr/bin/env node
// Runs commands in turns and prints the ratio of each to the first, round by round, so that a busy spell hits all of them:
//
//   node bench/peers/compare.mjs --side picket="picket bench --shape deberta-v3-large --json" \
//        --side ort-int8="node bench/peers/run.mjs --precision int8 --json --rows {rows}" [--rounds 5] [--each] [--rows 64,8x64]
//        [--quiet 60] [--json result.json]
//
// A command prints, as the last line of stdout that starts with a brace, {"rows":[{"name":"64","ms":97.9}, ...]}.
// {rows} in a command becomes the row names: all of them, or with --each one at a time, so that the turns alternate at every row.
// A side without a row "mixed" gets the better of its "mixed-padded" and "mixed-singly".
// A row that reports "cores" below nine tenths of "threads" is named under the table: its ratio is worth nothing.
// --quiet waits up to so many seconds before each turn until the machine is 90 % idle.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const { values: args } = parseArgs({
  options: {
    side: { type: "string", multiple: true, default: [] },
    rounds: { type: "string", default: "5" },
    rows: { type: "string" },
    each: { type: "boolean", default: false },
    quiet: { type: "string", default: "0" },
    json: { type: "string" },
  },
});

const sides = args.side.map((text) => {
  const [, name, command] = text.match(/^([^=]+)=(.+)$/s) ?? [];
  if (!command) throw new Error(`--side NAME=COMMAND, found ${text}`);
  return { name, command, rounds: [] };
});
if (sides.length === 0) throw new Error("at least one --side NAME=COMMAND is needed");

const names = args.rows?.split(",") ?? Object.keys(JSON.parse(readFileSync(new URL("rows.json", import.meta.url))));
const crowded = [];
const turns = args.each ? names : [names.join(",")];
for (let round = 0; round < Number(args.rounds); round++) {
  for (const side of sides) side.rounds.push({});
  for (const rows of turns) {
    for (let i = 0; i < sides.length; i++) {
      const side = sides[(i + round) % sides.length];
      await quiet(Number(args.quiet));
      Object.assign(side.rounds[round], timesOf(side, rows));
    }
  }
  for (const side of sides) addMixed(side.rounds[round]);
  console.error(`round ${round + 1} of ${args.rounds}, load average ${loadavg()[0].toFixed(1)}`);
}

const table = [...new Set(sides.flatMap((side) => side.rounds.flatMap(Object.keys)))].map((row) => ({
  row,
  sides: sides.map((side) => {
    const times = side.rounds.map((round) => round[row]).filter((ms) => ms !== undefined);
    const ratios = side.rounds.map((round, i) => round[row] / sides[0].rounds[i][row]).filter(Number.isFinite);
    return { name: side.name, ms: median(times), min: Math.min(...times), max: Math.max(...times), ratio: median(ratios), times };
  }),
}));
print(table);
for (const line of crowded) console.log(line);
if (args.json) {
  const report = { sides: sides.map(({ name, command }) => ({ name, command })), table, crowded };
  mkdirSync(dirname(args.json), { recursive: true });
  writeFileSync(args.json, `${JSON.stringify(report, null, 2)}\n`);
}

function timesOf(side, rows) {
  const child = spawnSync("sh", ["-c", side.command.replaceAll("{rows}", rows)], { encoding: "utf8", maxBuffer: 1 << 26 });
  const line = child.stdout.split("\n").findLast((text) => text.startsWith("{"));
  if (child.status !== 0 || !line) throw new Error(`${side.name} ended with ${child.status}\n${child.stderr}`);
  const report = JSON.parse(line);
  for (const { name, cores } of report.rows) {
    if (cores < 0.9 * report.threads) crowded.push(`${side.name} ${name}: only ${cores} of ${report.threads} cores in round ${side.rounds.length}`);
  }
  return Object.fromEntries(report.rows.map(({ name, ms }) => [name, ms]));
}

function addMixed(round) {
  const ways = [round["mixed-padded"], round["mixed-singly"]].filter((ms) => ms !== undefined);
  if (ways.length > 0) round.mixed ??= Math.min(...ways);
}

/** Waits until nine tenths of two seconds went to nobody, or the time is up. */
async function quiet(seconds) {
  const ticks = () => readFileSync("/proc/stat", "utf8").split("\n", 1)[0].trim().split(/\s+/).slice(1).map(Number);
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const before = ticks();
    await sleep(2000);
    const spent = ticks().map((value, i) => value - before[i]);
    if (spent[3] > 0.9 * spent.reduce((sum, value) => sum + value)) return;
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A Markdown table: median, range over the rounds, and the median of the ratios taken within each round. */
function print(lines) {
  const number = (value) => (Number.isFinite(value) ? value.toFixed(1) : "-");
  const cell = (side, first) => {
    if (side.times.length === 0) return "-";
    const range = `${number(side.ms)} (${number(side.min)}-${number(side.max)})`;
    return first || !Number.isFinite(side.ratio) ? range : `${range} ${side.ratio.toFixed(2)}x`;
  };
  console.log(`| tokens | ${sides.map(({ name }, i) => `${name}, ms${i ? `, / ${sides[0].name}` : ""}`).join(" | ")} |`);
  console.log(`| --- |${" ---: |".repeat(sides.length)}`);
  for (const line of lines) console.log(`| ${line.row} | ${line.sides.map((side, i) => cell(side, i === 0)).join(" | ")} |`);
}
