"use strict";

// The page of a comparison of routers (schema 1) of picket route eval.
page.start((report, themeToggle) => {
  const { el, number, count, percent, card, chartCard, picker, table, series, colour, axis } = page;
  const range = figure => figure && figure.low !== null ? `${number(figure.low)} – ${number(figure.high)}` : "";
  const cell = figure => figure ? { text: number(figure.value), small: range(figure) } : "–";
  const rate = figure => figure.value === null ? "–" : { text: percent(figure.value), small: `${count(figure.hits)} of ${count(figure.trials)}` };
  const times = value => number(value, 2);
  const share = value => value === null ? "–" : percent(value);

  function header() {
    const made = page.moment(report.created);
    return page.head(themeToggle,
      `${report.small} before ${report.large}: ${count(report.rows)} rows of ${count(report.groups)} prompts, ${count(report.unsafe_rows)} unsafe, ` +
      `${count(report.hard_rows)} hard. Made ${made} UTC with Picket ${report.picket_version}. ` +
      (report.options.resamples > 0
        ? `95 % bootstrap intervals over ${count(report.options.resamples)} draws of prompts, seed ${report.options.seed}.`
        : "No intervals were asked for."));
  }

  function tiles() {
    const tile = (name, value, note) => el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, value), el("span", { class: "soft small" }, note));
    const oracle = report.results.find(result => result.router === "oracle").own;
    const best = report.results.filter(result => result.router !== "oracle" && result.at_share)
      .reduce((found, result) => found && found.at_share.f1.value >= result.at_share.f1.value ? found : result, null);
    return el("div", { class: "tiles" },
      tile("Small guard", number(report.small_alone.f1.value), "F1"),
      tile("Large guard", number(report.large_alone.f1.value), "F1"),
      ...best ? [tile(`Best at ${percent(report.options.share)}`, number(best.at_share.f1.value), best.router)] : [],
      tile("Oracle", number(oracle.f1.value), `with ${percent(oracle.share)}`),
      tile("Hard rows", percent(report.hard_rows / report.rows), `${count(report.hard_rows)} of ${count(report.rows)}`));
  }

  // Each column is shown where some row has it.
  const columns = [
    ["Share", figures => percent(figures.share)], ["Routing F1", figures => number(figures.routing_f1)], ["F1", figures => cell(figures.f1)],
    ["F1 less large's", figures => cell(figures.over_large)], ["Precision", figures => number(figures.precision)], ["Recall", figures => number(figures.recall)],
    ["AUPRC", figures => number(figures.auprc)], ["Missed", figures => rate(figures.downgraded)], ["Time / small", figures => times(figures.latency_over_small)],
    ["Time / large", figures => times(figures.latency_over_large)], ["Cost per 1,000", figures => times(figures.cost_per1000)],
  ];

  function figuresTable(rows) {
    const shown = columns.filter(([, value]) => rows.some(([, figures]) => value(figures) !== "–"));
    return table(["Router", ...shown.map(([head]) => head)], rows.map(([name, figures]) => ({ cells: [name, ...shown.map(([, value]) => value(figures))] })));
  }

  function curves() {
    const results = report.results.filter(result => result.curve.length > 0);
    const ink = (result, index) => result.router === "oracle" ? colour("soft") : series(index);
    const plot = chartCard("Share against F1",
      "F1 of the mixed verdicts at every share of rows that goes to the large guard: left the small guard alone, right the large one. A dot is a router's own threshold.",
      () => ({
        type: "line",
        data: {
          datasets: [
            ...results.map((result, index) => ({
              label: result.router, data: result.curve.map(point => ({ x: point.share, y: point.f1 })),
              borderColor: ink(result, index), backgroundColor: ink(result, index), borderDash: result.router === "oracle" ? [5, 4] : index >= 6 ? [2, 2] : [],
              borderWidth: 2, pointRadius: 0, tension: 0,
            })),
            ...results.filter(result => result.router !== "oracle").map((result, index) => ({
              label: `${result.router}, own threshold`, data: [{ x: result.own.share, y: result.own.f1.value }],
              borderColor: colour("card"), backgroundColor: ink(result, index), borderWidth: 2, pointRadius: 6, pointHoverRadius: 7, showLine: false,
            })),
          ],
        },
        options: {
          interaction: { mode: "nearest", intersect: false },
          scales: {
            x: axis("share that goes to the large guard", { type: "linear", min: 0, max: 1, ticks: { callback: value => `${Math.round(100 * value)} %` } }),
            y: axis("F1", { type: "linear" }),
          },
          plugins: {
            legend: { position: "bottom", labels: { filter: item => item.datasetIndex < results.length, usePointStyle: true, pointStyle: "line", pointStyleWidth: 26 } },
            tooltip: { callbacks: { title: () => "", label: item => `${item.dataset.label}: F1 ${number(item.parsed.y)} at ${percent(item.parsed.x)}` } },
          },
        },
      }));
    plot.querySelector(".plot").style.height = "400px";
    return plot;
  }

  const overAll = () => card("Over all shares", "Mean F1 is the area under the curve; the differences are taken over the same draws.",
    table(["Router", "Mean F1", "less random's", "less entropy's", "Area", "95 % of the way at"], report.results.filter(result => result.mean_f1).map(result => ({
      cells: [result.router, cell(result.mean_f1), cell(result.over_random), cell(result.over_entropy), cell(result.area), share(result.share_for95)],
    }))));

  const part = result => card(result.router, "At its own threshold. The smallest parts are left out where there are very many.",
    table(["Part", "Rows", "Unsafe", "Share", "Routing F1", "Small F1", "F1", "Large F1", "Missed"], ["data", "source", "category"].flatMap(by => {
      const parts = result.parts.filter(entry => entry.by === by);
      return parts.length === 0 ? [] : [{ group: by === "data" ? "By data set" : `By ${by}` }, ...parts.map(entry => ({
        cells: [
          entry.name, count(entry.rows), count(entry.unsafe_rows), percent(entry.share), number(entry.routing_f1), number(entry.small_f1), number(entry.f1),
          number(entry.large_f1), rate(entry.downgraded),
        ],
      }))];
    })));

  function parts() {
    const results = report.results.filter(result => result.router !== "oracle");
    const first = Math.max(0, results.findIndex(result => result.router !== "entropy" && result.router !== "random"));
    const place = el("div", {}, part(results[first]));
    const pick = picker("Router", results.map(result => result.router), first, index => place.replaceChildren(part(results[index])));
    return [el("h2", {}, "By data set, source and category"), el("div", { class: "bar" }, pick), place];
  }

  const flips = () => report.flips.length === 0 ? [] : [card("Edits", "Texts in capitals, with other white space, with other punctuation: the meaning stays, the route should.",
    table(["Router", "Routes that flip", "No longer escalated", "No longer held unsafe"],
      [...new Set(report.flips.map(entry => entry.edit))].flatMap(edit => [
        { group: `Other ${edit}` },
        ...report.flips.filter(entry => entry.edit === edit).map(entry => ({
          cells: [entry.router, rate(entry.flipped), rate(entry.kept), rate(entry.unblocked)],
        })),
      ])))];

  const poisoning = () => report.poisoning.length === 0 ? [] : [card("Poisoning", "The router learned again from rows of which some carry a phrase and a wrong label.",
    table(["Poisoned", "Rows", "Routing F1", "Hard rows escalated", "With the phrase", "Missed with the phrase"], report.poisoning.map(entry => ({
      cells: [
        percent(entry.share), count(entry.rows), number(entry.routing_f1), rate(entry.escalated), rate(entry.escalated_with_phrase),
        rate(entry.downgraded_with_phrase),
      ],
    }))))];

  const notes = () => page.notes([
    ["Hard", "is a row that the small guard gets wrong and the large one right. The oracle escalates exactly those."],
    ["Missed", "are safety downgrades: of the unsafe rows that the large guard catches, those that stay with a small guard that calls them safe."],
    ["Area", "puts the small guard's F1 at 0 and the large one's at 1; a random router has about one half. Where the two are close it says little."],
    ["At an equal share", "the threshold is chosen on these very rows, which flatters all routers alike and promises nothing."],
    ["Latency", "of the cascade, one input at a time: the small guard always, the large one for its share."],
  ]);

  return [
    header(), tiles(), curves(), overAll(),
    card("At their own thresholds", "With 95 % intervals over prompts.",
      figuresTable([["small alone", report.small_alone], ["large alone", report.large_alone], ...report.results.map(result => [result.router, result.own])])),
    card(`At a share of at most ${percent(report.options.share)}`, "Each router with the threshold that escalates so many of these rows.",
      figuresTable(report.results.filter(result => result.at_share).map(result => [result.router, result.at_share]))),
    ...flips(), ...poisoning(), ...parts(), ...notes(),
  ];
});
