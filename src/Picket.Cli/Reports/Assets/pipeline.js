"use strict";

// The page of a pipeline's report (schema 1, docs/harmaug.md).
page.start((report, themeToggle) => {
  const { el, colour, fade, series, number, count, percent, card, chartCard, table, axis } = page;
  const { augment, label, distil, eval: evaluation } = report;
  const tile = (name, value, note) =>
    el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, value), el("span", { class: "soft small" }, note));
  const tiles = (...content) =>
    el("div", { class: "tiles", style: "grid-template-columns: repeat(auto-fill, minmax(168px, 1fr))" }, ...content.filter(Boolean));
  const moment = text => text ? `${page.moment(text)} UTC` : "–";
  const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
  const sum = object => Object.values(object).reduce((total, value) => total + value, 0);
  const guards = [...new Set((evaluation?.results ?? []).map(result => result.guard.name))];
  const datasets = [...new Set((evaluation?.results ?? []).map(result => result.dataset))];
  const find = (guard, dataset) => evaluation.results.find(result => result.guard.name === guard && result.dataset === dataset);
  const mean = guard => evaluation.macro_means.find(item => item.guard === guard);

  function header() {
    return page.head(themeToggle,
      `${report.stages.map(stage => stage.name).join(", ")}. Written ${moment(report.created)} by Picket ${report.picket_version}.`);
  }

  /** What a reader wants first: rows made, rows labelled, the guard's figures. */
  function summary() {
    const own = evaluation && (mean(guards[0]) ?? find(guards[0], datasets[0]));
    const of = datasets.length > 1 ? `${guards[0]}, mean of ${datasets.length} sets` : `${guards[0]} on ${datasets[0]}`;
    return el("div", { style: "margin-top: 20px" }, tiles(
      augment && tile("Rows", count(sum(augment.rows)), `of ${plural(augment.seed_rows, "seed row")}`),
      label && tile("Unsafe for the teacher", percent(label.overall.teacher_unsafe_rows / label.overall.rows), `of ${plural(label.overall.rows, "row")}`),
      distil && tile("Updates", count(distil.step), `in ${plural(distil.epochs, "epoch")}`),
      own?.metrics.auprc && tile("AUPRC", number(own.metrics.auprc.value), of),
      own?.metrics.f1 && tile("F1", number(own.metrics.f1.value), of)));
  }

  function stages() {
    return [
      el("h2", {}, "Stages"),
      card("What was done", "A stage that was interrupted has more than one sitting; its result is that of one.",
        table(["Stage", "Made", "Begun", "Finished", "Sittings"], report.stages.map(stage => ({
          cells: [stage.name, stage.result, moment(stage.begun), moment(stage.finished), count(stage.sittings)],
        })))),
    ];
  }

  function augmented() {
    if (!augment) return [];
    const { counts, diversity } = augment;
    const fates = [
      ["kept", counts.kept], ["refusal", counts.refused], ["empty", counts.empty], ["no instruction in it", counts.unreadable],
      ...Object.entries(counts.dropped).map(([rule, rows]) => [rule.replaceAll("_", " "), rows]),
    ].filter(([, rows]) => rows > 0);
    const variety = [
      ["distinct-1", diversity.distinct1], ["distinct-2", diversity.distinct2], ["distinct-3", diversity.distinct3],
      ["self-similarity", diversity.self_similarity],
    ].map(([name, value]) => ({ cells: [name, number(value)] }));
    const cost = augment.generators.reduce((total, model) => total + model.cost, 0);
    return [
      el("h2", {}, "Augmentation"),
      tiles(
        tile("Asked for", count(augment.asked), augment.strategy),
        augment.asked > 0 && tile("Kept", percent(counts.kept / augment.asked), plural(counts.kept, "text")),
        ...Object.entries(augment.rows).map(([kind, rows]) => tile(`Rows: ${kind}`, count(rows), percent(rows / sum(augment.rows)))),
        augment.generators.length > 0 && tile("Cost", cost.toFixed(2), "in the currency of the prices")),
      augment.asked === 0 ? null : el("div", { class: "grid top" },
        card("What became of them", "Texts that were asked for.", table(["", "Texts", "Share"],
          fates.map(([name, rows]) => ({ cells: [name, count(rows), percent(rows / augment.asked)] })))),
        card("How varied they are", `${plural(diversity.clusters, "cluster")} at a similarity of ${number(diversity.cluster_threshold, 2)} in a sample of ${count(diversity.sample)}.`,
          table(["Figure", "Value"], variety))),
      augment.generators.length === 0 ? null : el("div", { style: "margin-top: 16px" }, card("Models", "Tokens as the servers count them; tries that came to nothing are known to nobody.",
        table(["Writes", "Model", "Answers", "Refusals", "Failed tries", "Tokens read", "Written", "Cost"], augment.generators.map(model => ({
          cells: [
            model.part, model.name, count(model.answers), model.refusal_rate === null ? "–" : percent(model.refusal_rate),
            count(sum(model.failed_attempts)), count(model.prompt_tokens), count(model.answer_tokens), String(model.cost),
          ],
        }))))),
    ];
  }

  function labelled() {
    if (!label) return [];
    const all = label.overall;
    const parts = [["labelled safe", "labelled_safe", "safe"], ["labelled unsafe", "labelled_unsafe", "unsafe"], ["no label before", "unlabelled", "soft"]]
      .filter(([, key]) => label.histogram.some(bin => bin[key] > 0));
    return [
      el("h2", {}, "Labels"),
      tiles(
        tile("Teacher", label.teacher.name, `threshold ${number(label.threshold, 2)}`),
        tile("Came with a label", count(all.labelled_rows), label.kept_labels ? "which was kept" : "which was replaced"),
        all.labelled_rows > 0 && tile("Agreement", percent(all.agreement), `${count(all.disagreeing)} rows differ`),
        all.labelled_rows > 0 && tile("Cohen's kappa", number(all.kappa), "agreement beyond chance")),
      chartCard("The teacher's probabilities", "Rows in 20 bins of the unsafe probability, by the label they came with; the axis of rows is logarithmic. label/label.html has the rest.", () => ({
        type: "bar",
        data: {
          labels: label.histogram.map(bin => bin.low.toFixed(2)),
          datasets: parts.map(([name, key, ink]) => ({
            label: name, data: label.histogram.map(bin => bin[key] || null), backgroundColor: fade(colour(ink), 0.75), borderRadius: 2,
          })),
        },
        options: {
          scales: {
            x: axis("unsafe probability, from", { grid: { display: false } }),
            y: axis("rows", { type: "logarithmic", min: 0.8, ticks: { callback: value => Number.isInteger(Math.log10(value)) ? count(value) : "" } }),
          },
          plugins: { legend: { position: "bottom" } },
        },
      })),
    ];
  }

  const line = (name, curve, ink, extra = {}) => ({
    label: name,
    data: curve.steps.map((step, index) => ({ x: step, y: curve.values[index] })),
    borderColor: ink,
    backgroundColor: ink,
    borderWidth: 2,
    pointRadius: curve.steps.length === 1 ? 4 : 0,
    pointHitRadius: 6,
    ...extra,
  });

  const curves = (datasets, title) => ({
    type: "line",
    data: { datasets },
    options: {
      scales: { x: axis("update", { type: "linear", min: 0, ticks: { precision: 0 } }), y: axis(title) },
      plugins: {
        legend: { position: "bottom" },
        tooltip: { callbacks: { title: ([item]) => `update ${count(item.parsed.x)}`, label: item => `${item.dataset.label}: ${number(item.parsed.y, 4)}` } },
      },
    },
  });

  function distilled() {
    if (!distil || distil.curves.loss.steps.length === 0) return [];
    const held = Object.keys(distil.figures).filter(name => name !== "loss");
    return [
      el("h2", {}, "Distillation"),
      el("div", { class: "grid" },
        chartCard("Loss", "The running mean of the batches, and the held-out rows. distil/training.html has all curves and settings.", () => curves([
          line("running mean", distil.curves.loss_smooth, colour("accent")),
          ...(distil.figures.loss ? [line("held-out rows", distil.figures.loss, colour("series-1"), { pointRadius: 3 })] : []),
        ], "loss")),
        chartCard("Held-out rows", distil.best ? `The best state is that of update ${count(distil.best.step)}.` : "Figures on rows that were not learned from.",
          () => curves(held.map((name, index) => line(name, distil.figures[name], series(index), { pointRadius: 3 })), "figure"))),
    ];
  }

  function evaluated() {
    if (!evaluation) return [];
    const keys = [["auprc", "AUPRC"], ["f1", "F1"], ["precision", "Precision"], ["recall", "Recall"], ["false_positive_rate", "FPR"], ["ece", "ECE"]]
      .filter(([key]) => evaluation.results.some(result => result.metrics[key]));
    const range = estimate => estimate && estimate.low !== null ? `${number(estimate.low)} – ${number(estimate.high)}` : "";
    const cell = estimate => ({ text: number(estimate?.value), small: range(estimate) });
    const charts = keys.slice(0, 2).map(([key, name]) => chartCard(name, "Whiskers are 95 % intervals.",
      () => plots.comparison(guards, datasets, (guard, dataset) => find(guard, dataset)?.metrics[key] ?? null, name)));
    return [
      el("h2", {}, "Evaluation"),
      el("div", { class: "grid" }, ...charts),
      el("div", { style: "margin-top: 16px" }, card("Figures at each guard's threshold", "Under each figure its 95 % interval. eval/eval.html has the rest.",
        table(["Data set", "Rows", ...keys.map(([, name]) => name)], guards.flatMap(guard => [
          { group: `${guard}, threshold ${number(evaluation.results.find(result => result.guard.name === guard).threshold)}` },
          ...datasets.filter(dataset => find(guard, dataset)).map(dataset => {
            const { metrics } = find(guard, dataset);
            return { cells: [dataset, { text: count(metrics.rows), small: `${count(metrics.unsafe_rows)} unsafe` }, ...keys.map(([key]) => cell(metrics[key]))] };
          }),
          ...(mean(guard) ? [{ class: "mean", cells: ["macro mean", count(mean(guard).metrics.rows), ...keys.map(([key]) => number(mean(guard).metrics[key]?.value))] }] : []),
        ])))),
    ];
  }

  function settings() {
    return [
      el("h2", {}, "What it was made of"),
      card("Settings and inputs", "What was set, and the SHA-256 of what was read. A stage is done anew where one of these changes.",
        el("div", { class: "settings" }, table(["Setting", "Value"], report.stages.flatMap(stage => [
          { group: stage.name },
          ...Object.entries(stage.identity).map(([key, value]) => ({ cells: [key, value] })),
        ])))),
    ];
  }

  return [header(), summary(), ...stages(), ...augmented(), ...labelled(), ...distilled(), ...evaluated(), ...settings()].filter(Boolean);
});
