"use strict";

// The page of an evaluation report (schema 1, docs/evaluation.md).
page.start((report, themeToggle) => {
  const { el, number, count, percent, card, chartCard, picker, table } = page;
  const results = report.results;
  const guards = [...new Set(results.map(result => result.guard.name))];
  const datasets = [...new Set(results.map(result => result.dataset))];
  const find = (guard, dataset) => results.find(result => result.guard.name === guard && result.dataset === dataset);
  const figures = [
    ["auprc", "AUPRC"], ["f1", "F1"], ["precision", "Precision"], ["recall", "Recall"], ["false_positive_rate", "FPR"],
    ["auroc", "AUROC"], ["recall_at_fpr1", "Recall at 1 % FPR"], ["recall_at_fpr5", "Recall at 5 % FPR"],
    ["accuracy", "Accuracy"], ["best_f1", "Best F1"], ["ece", "ECE"], ["brier", "Brier"],
  ];
  const title = key => figures.find(([name]) => name === key)[1];
  const range = estimate => estimate && estimate.low !== null ? `${number(estimate.low)} – ${number(estimate.high)}` : "";
  const cell = estimate => ({ text: number(estimate?.value), small: range(estimate) });
  const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

  const chosen = { guard: 0, dataset: 0, figure: 0 };
  const defined = keys => keys.filter(key => results.some(result => result.metrics[key]));
  const comparable = figures.filter(([key]) => defined([key]).length > 0);

  function header() {
    const made = page.moment(report.created);
    return page.head(themeToggle,
      `${plural(guards.length, "guard")}, ${plural(datasets.length, "data set")}. Made ${made} UTC with Picket ${report.picket_version}. ` +
      (report.resamples > 0
        ? `95 % bootstrap intervals over ${count(report.resamples)} resamples, seed ${report.seed}.`
        : "No intervals were asked for."));
  }

  function overview() {
    const mean = "macro mean";
    const groups = report.macro_means.length > 0 ? [...datasets, mean] : datasets;
    const metrics = (guard, group) => group === mean ? report.macro_means.find(item => item.guard === guard) : find(guard, group);
    const figure = (guard, group) => metrics(guard, group)?.metrics[comparable[chosen.figure][0]] ?? null;
    const chart = chartCard("Guards compared", `Each bar is one guard on one data set; whiskers are 95 % intervals${groups.includes(mean) ? ", which the macro mean has none of" : ""}.`,
      () => plots.comparison(guards, groups, figure, comparable[chosen.figure][1]));
    const pick = picker("Figure", comparable.map(([, name]) => name), 0, index => {
      chosen.figure = index;
      page.redraw();
    });
    return [el("h2", {}, "Overview"), el("div", { class: "bar" }, pick), chart];
  }

  function figuresTable(keys) {
    const rows = guards.flatMap(guard => {
      const own = results.filter(result => result.guard.name === guard);
      const mean = report.macro_means.find(item => item.guard === guard);
      return [
        { group: `${guard}, threshold ${number(own[0].threshold)}` },
        ...own.map(result => ({
          cells: [
            result.dataset,
            { text: count(result.metrics.rows), small: `${count(result.metrics.unsafe_rows)} unsafe` },
            ...keys.map(key => cell(result.metrics[key])),
          ],
        })),
        ...(mean ? [{ class: "mean", cells: ["macro mean", count(mean.metrics.rows), ...keys.map(key => number(mean.metrics[key]?.value))] }] : []),
      ];
    });
    return table(["Data set", "Rows", ...keys.map(title)], rows);
  }

  function allFigures() {
    const working = defined(["f1", "precision", "recall", "false_positive_rate", "accuracy"]);
    const ranking = defined(["auprc", "auroc", "recall_at_fpr1", "recall_at_fpr5", "best_f1", "ece", "brier"]);
    const skipped = results.filter(result => result.guard.name === guards[0]).reduce((sum, result) => sum + result.unlabelled_rows, 0);
    return [
      el("h2", {}, "All figures"),
      card("At the threshold",
        "Under each figure its 95 % interval. A dash marks a figure that is not defined for these rows." +
        (skipped > 0 ? ` ${plural(skipped, "row")} without a label left out.` : ""),
        figuresTable(working)),
      ranking.length === 0 ? "" : card("Over all thresholds, and calibration", "How well the scores rank the rows, and how far they are probabilities.",
        figuresTable(ranking)),
    ];
  }

  function tiles(result) {
    const tile = (name, value, note) => el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, value), el("span", { class: "soft small" }, note));
    const keys = ["auprc", "f1", "precision", "recall", "false_positive_rate", "recall_at_fpr1", "ece"].filter(key => result.metrics[key]);
    return el("div", { class: "tiles" },
      tile("Rows", count(result.metrics.rows), `${percent(result.metrics.unsafe_rows / result.metrics.rows)} unsafe`),
      ...keys.map(key => tile(title(key), number(result.metrics[key].value), range(result.metrics[key]) || "no interval")));
  }

  function confusion(result) {
    const { true_positives: hit, false_positives: alarm, true_negatives: passed, false_negatives: missed } = result.confusion;
    const square = (value, total, ink) => {
      const share = total ? value / total : 0;
      return el("td", { style: `background: color-mix(in srgb, var(--${ink}) ${8 + 50 * share}%, transparent)` },
        count(value), el("small", {}, total ? `${percent(share)} of the class` : ""));
    };
    return card("Confusion matrix", `Flagged at a probability of at least ${number(result.threshold)}.`,
      el("table", { class: "matrix" },
        el("tr", {}, el("th"), el("th", { scope: "col" }, "passed"), el("th", { scope: "col" }, "flagged")),
        el("tr", {}, el("th", { class: "side", scope: "row" }, "safe"), square(passed, passed + alarm, "safe"), square(alarm, passed + alarm, "unsafe")),
        el("tr", {}, el("th", { class: "side", scope: "row" }, "unsafe"), square(missed, hit + missed, "unsafe"), square(hit, hit + missed, "safe"))));
  }

  function breakdown(name, { groups, groups_left_out: leftOut }) {
    if (groups.length === 0) return null;
    const keys = ["f1", "precision", "recall", "false_positive_rate", "auprc", "auroc"].filter(key => groups.some(group => group.metrics[key]));
    const rows = groups.map(group => ({
      cells: [group.name, count(group.metrics.rows), count(group.metrics.unsafe_rows), ...keys.map(key => cell(group.metrics[key]))],
    }));
    return card(`By ${name}`,
      "Groups of one class have a recall or a false-positive rate only; groups of fewer than 10 rows have no intervals." +
      (leftOut > 0 ? ` ${plural(leftOut, "smaller group")} not listed.` : ""),
      table([name[0].toUpperCase() + name.slice(1), "Rows", "Unsafe", ...keys.map(title)], rows));
  }

  function performance(dataset) {
    const rows = results.filter(result => result.dataset === dataset).map(({ guard, performance: { inputs_per_second: speed, latency, peak_working_set_bytes: peak } }) => ({
      cells: [
        { text: guard.name, small: guard.kind },
        speed === null ? "–" : count(Math.round(speed)),
        ...["p50_ms", "p95_ms", "p99_ms"].map(key => latency ? number(latency[key], 2) : "–"),
        latency ? count(latency.inputs) : "–",
        count(Math.round(peak / 1048576)),
      ],
    }));
    return card("Speed and memory", "Latency of single inputs after a warm-up; throughput in batches; peak memory of the whole process so far.",
      table(["Guard", "Inputs / s", "p50 ms", "p95 ms", "p99 ms", "Timed", "Peak MiB"], rows));
  }

  const detail = el("div");
  function showDetail() {
    const dataset = datasets[chosen.dataset];
    const result = find(guards[chosen.guard], dataset);
    if (!result) {
      detail.replaceChildren(card("Nothing to show", "This guard was not run on this data set."));
      return;
    }
    const peers = guards.map(guard => find(guard, dataset)).filter(Boolean);
    const curve = chartCard("Precision and recall", "Dots mark the threshold that each guard works at.", () => plots.precisionRecall(peers, result));
    const scores = chartCard("Scores by class", "Share of each class in 20 bins of the unsafe probability.", () => plots.histogram(result));
    const calibration = chartCard("Reliability", `15 bins; larger dots hold more rows. ECE ${number(result.metrics.ece?.value)}.`, () => plots.reliability(result));
    const tables = [breakdown("source", result.sources), breakdown("category", result.categories), performance(dataset)].filter(Boolean);
    detail.replaceChildren(
      el("h3", {}, `${result.guard.name} on ${dataset}`),
      tiles(result),
      el("div", { class: "grid" }, ...(result.metrics.auprc ? [curve, scores, calibration] : [scores]), confusion(result)),
      ...tables);
    page.redraw();
  }

  const notes = () => page.notes([
    ["AUPRC", "is average precision, the area under the precision-recall curve without interpolation; flagging at random gives the unsafe share."],
    ["F1, precision, recall, FPR, accuracy", "hold at the guard's threshold; unsafe is the positive class."],
    ["Recall at 1 % FPR", "is the largest recall of any threshold that flags at most 1 % of the safe rows."],
    ["Best F1", "takes the best threshold for these very rows, and so flatters the guard."],
    ["ECE", "is the gap between probability and unsafe share, over 15 equal-width bins, weighted by rows."],
    ["Brier", "is the mean squared difference of probability and label."],
    ["Intervals", "are 2.5th to 97.5th percentiles over resamples of the rows; they do not cover how the rows were chosen or labelled."],
    ["Macro mean", "averages data sets, each counting once, over those where the figure is defined."],
  ]);

  const switches = el("div", { class: "bar" },
    picker("Data set", datasets, 0, index => { chosen.dataset = index; showDetail(); }),
    picker("Guard", guards, 0, index => { chosen.guard = index; showDetail(); }));
  const content = [header(), ...overview(), ...allFigures(), el("h2", {}, "In detail"), switches, detail, ...notes()];
  queueMicrotask(showDetail);
  return content;
});
