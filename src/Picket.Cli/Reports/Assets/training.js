"use strict";

// The page of a training's report (schema 1, docs/training.md).
page.start((report, themeToggle) => {
  const { el, count, number, card, chartCard, picker, table } = page;
  const { short } = plots;
  const distilled = report.kind === "distil";
  const figureNames = Object.keys(report.figures);
  const shares = figureNames.filter(name => name !== "loss");
  const setting = key => report.settings.find(item => item.key === key);
  const limit = Number(setting("training.max_gradient_norm")?.value ?? 0);
  const trained = report.curves.loss.steps.length > 0;
  const chosen = { scale: 0 };
  const logarithmic = curve => chosen.scale === 2 || (chosen.scale === 0 && plots.spiky(curve));
  const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

  function time(seconds) {
    const minutes = Math.round(seconds / 60);
    if (minutes < 1) return `${short(seconds)} s`;
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }

  function header() {
    const made = page.moment(report.created);
    const state = {
      running: "Still running when this was written.",
      interrupted: "Interrupted; the same command continues it.",
      failed: "Ended by an error.",
      finished: "Finished.",
    }[report.state];
    return page.head(themeToggle,
      `${state} ${plural(report.step, "update")}${report.total_steps > report.step ? ` of ${count(report.total_steps)}` : ""}` +
      `${report.epochs > 0 ? ` in ${plural(report.epochs, "epoch")}` : ""}. Written ${made} UTC by Picket ${report.picket_version}.`);
  }

  function tiles() {
    const tile = (name, value, note) =>
      el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, value), el("span", { class: "soft small" }, note));
    const smooth = report.curves.loss_smooth.values;
    const deciding = setting("keep_best")?.value;
    const first = report.best && (deciding in report.best.figures ? deciding : Object.keys(report.best.figures)[0]);
    return el("div", { class: "tiles", style: "margin-top: 20px; grid-template-columns: repeat(auto-fill, minmax(168px, 1fr))" },
      trained ? tile("Loss", short(smooth.at(-1)), smooth.length > 1 ? `mean; ${short(smooth[0])} at first` : "of the only batch") : null,
      report.best && first ? tile(`Best ${first}`, short(report.best.figures[first]), `held out, update ${count(report.best.step)}`) : null,
      tile("Tokens", report.tokens >= 1e6 ? `${(report.tokens / 1e6).toFixed(1)} M` : count(report.tokens), "learned from"),
      report.tokens_per_second ? tile("Tokens / s", count(Math.round(report.tokens_per_second)), "without evaluations") : null,
      report.seconds ? tile("Time", time(report.seconds), "spent on updates") : null);
  }

  function curves() {
    if (!trained) return [card("No curves", "No update was made.")];
    const { curves } = report;
    const scaled = curves.loss.steps.length > 2
      ? el("div", { class: "bar" }, picker("Scale of loss and gradient", ["automatic", "linear", "logarithmic"], 0, index => {
        chosen.scale = index;
        page.redraw();
      }))
      : "";
    const many = curves.loss.steps.length > 1;
    const charts = [
      chartCard("Loss", many
        ? "The pale line is each batch, its lowest and highest values kept, the strong one their running mean."
        : "Only one update was made.", () => plots.loss(report, logarithmic(curves.loss))),
      shares.length > 0
        ? chartCard("Held-out rows", "Figures on rows that were not learned from. A diamond marks the best state.", () => plots.figures(report, shares, "figure"))
        : null,
      chartCard("Learning rate", "It rises from 0 over the warm-up, then falls to 0.", () => plots.single(report, "learning_rate", "learning rate")),
      chartCard("Gradient norm", limit > 0 ? "Before clipping; what is above the dashed limit was scaled down to it." : "There was no limit.",
        () => plots.gradientNorm(report, logarithmic(curves.gradient_norm), limit)),
      curves.speed.steps.length > 1
        ? chartCard("Speed", "Means over stretches of updates; those with an evaluation and those that nobody timed are left out.",
          () => plots.single(report, "speed", "tokens / s"))
        : null,
    ].filter(Boolean);

    // An odd number would leave a hole in two columns.
    if (charts.length % 2 === 1) charts[0].classList.add("wide");
    return [el("h2", {}, "Curves"), scaled, el("div", { class: "grid" }, ...charts)];
  }

  function evaluations() {
    if (report.evaluations.length === 0) return [];
    const best = report.best?.step;
    const rows = report.evaluations.map(item => ({
      class: item.step === best ? "best" : "",
      cells: [
        { text: count(item.step), small: item.step === best ? "best state" : "" },
        ...figureNames.map(name => number(item.figures[name], 4)),
      ],
    }));
    const left = report.evaluation_count > rows.length ? ` ${count(rows.length)} of ${count(report.evaluation_count)} are shown, the best and the last among them.` : "";
    return [
      el("h2", {}, "Evaluations"),
      card("On the held-out rows", `${plural(report.evaluation_count, "evaluation")}.${left}`, el("div", { class: "tall" }, table(["Update", ...figureNames], rows))),
    ];
  }

  function tests() {
    if (report.tests.length === 0) return [];
    const columns = [["auprc", "AUPRC"], ["f1", "F1"], ["false_positive_rate", "FPR"], ["recall", "Recall"], ["ece", "ECE"]];
    return [
      el("h2", {}, "Test sets"),
      card("The finished guard", "At threshold and calibration as it was written. These rows were never learned from.",
        table(["Data", "Rows", "Unsafe", ...columns.map(([, title]) => title)], report.tests.map(test => ({
          cells: [test.data.name, count(test.data.rows), count(test.data.unsafe_rows), ...columns.map(([key]) => number(test[key], 4))],
        })))),
    ];
  }

  function settings() {
    const changed = report.settings.filter(item => item.value !== item.default).length;
    const origin = item => item.value === item.default ? "" : item.default === "" ? "set" : `default ${item.default}`;
    const sections = [["", distilled ? "Distillation" : "Pre-training"], ["student", "Student"], ["training", "Training"]];
    const rows = sections.flatMap(([section, title]) => {
      const own = report.settings.filter(item => (item.key.includes(".") ? item.key.split(".")[0] : "") === section);
      return own.length === 0 ? [] : [
        { group: title },
        ...own.map(item => ({
          class: item.value === item.default ? "" : "changed",
          cells: [item.key.split(".").at(-1), { text: item.value === "" ? "–" : item.value, small: origin(item) }],
        })),
      ];
    });
    const data = table(["File", "Rows", ...(distilled ? ["Unsafe"] : []), "SHA-256"], report.data.map(source => ({
      // Texts are counted while they are read, and a training that continues reads its own tokens instead.
      cells: [source.name, source.rows === 0 ? "–" : count(source.rows), ...(distilled ? [count(source.unsafe_rows)] : []), source.sha256.slice(0, 12)],
    })));
    return [
      el("h2", {}, "What it was made of"),
      el("div", { class: "grid top" },
        card("Settings", changed === 0 ? "All at their defaults." : `${plural(changed, "setting")} changed from the default, in bold.`,
          el("div", { class: "settings" }, table(["Setting", "Value"], rows))),
        card("Data", distilled ? "Labelled rows, of which a share was held out." : "Texts, packed into rows.", data)),
    ];
  }

  return [header(), tiles(), ...curves(), ...evaluations(), ...tests(), ...settings()];
});
