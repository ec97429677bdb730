"use strict";

// The page of a disagreement report (schema 1) of picket label.
page.start((report, themeToggle) => {
  const { el, colour, fade, number, count, percent, card, chartCard, table, axis } = page;
  const all = report.overall;
  const compared = all.labelled_rows > 0;
  const share = value => value === null ? "–" : percent(value);
  const only = { teacher: "unsafe for the teacher only", label: "labelled unsafe only" };

  function header() {
    const kept = report.kept_labels ? "given labels were kept" : "given labels were replaced";
    return el("div", { class: "head" },
      el("div", {},
        el("h1", {}, "Teacher and labels"),
        el("p", { class: "soft" },
          `${report.teacher.name} labelled ${report.input} at threshold ${number(report.threshold, 2)}; ${kept} in ${report.output}.`),
        el("p", { class: "soft small" }, `${page.moment(report.created)} UTC, Picket ${report.picket_version}`)),
      themeToggle);
  }

  function tiles() {
    const tile = (name, value, note) =>
      el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, value), el("span", { class: "soft small" }, note));
    return el("div", { class: "tiles", style: "margin-top: 20px; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr))" },
      tile("Rows", count(all.rows), `${count(all.labelled_rows)} came with a label`),
      tile("Unsafe for the teacher", percent(all.teacher_unsafe_rows / all.rows), `${count(all.teacher_unsafe_rows)} rows`),
      ...(compared ? [
        tile("Agreement", share(all.agreement), `${count(all.disagreeing)} rows differ`),
        tile("Cohen's kappa", number(all.kappa), "agreement beyond chance"),
        tile("Only the teacher", count(all.teacher_unsafe_label_safe), "unsafe, but labelled safe"),
        tile("Only the label", count(all.teacher_safe_label_unsafe), "labelled unsafe, but safe"),
      ] : []));
  }

  function matrix() {
    const square = (value, ink) => el("td",
      { style: `background: color-mix(in srgb, var(--${ink}) ${8 + 50 * value / all.labelled_rows}%, transparent)` },
      count(value), el("small", {}, percent(value / all.labelled_rows)));
    return card("Label by label", "Labelled rows by what the teacher and the label say.",
      el("table", { class: "matrix" },
        el("tr", {}, el("th"), el("th", { scope: "col" }, "teacher: safe"), el("th", { scope: "col" }, "teacher: unsafe")),
        el("tr", {}, el("th", { class: "side", scope: "row" }, "label: safe"), square(all.both_safe, "safe"), square(all.teacher_unsafe_label_safe, "unsafe")),
        el("tr", {}, el("th", { class: "side", scope: "row" }, "label: unsafe"), square(all.teacher_safe_label_unsafe, "unsafe"), square(all.both_unsafe, "safe"))));
  }

  function histogram() {
    const parts = [["labelled safe", "labelled_safe", "safe"], ["labelled unsafe", "labelled_unsafe", "unsafe"], ["no label", "unlabelled", "soft"]]
      .filter(([, key]) => report.histogram.some(bin => bin[key] > 0));
    return chartCard("The teacher's probabilities", "Rows in 20 bins of the unsafe probability, by the label they came with; the axis of rows is logarithmic.", () => ({
      type: "bar",
      data: {
        labels: report.histogram.map(bin => bin.low.toFixed(2)),
        datasets: parts.map(([label, key, ink]) => ({
          label,
          data: report.histogram.map(bin => bin[key] || null),
          backgroundColor: fade(colour(ink), 0.75),
          borderRadius: 2,
        })),
      },
      options: {
        scales: {
          x: axis("Unsafe probability, from", { grid: { display: false } }),
          y: axis("Rows", { type: "logarithmic", min: 0.8, ticks: { callback: value => Number.isInteger(Math.log10(value)) ? count(value) : "" } }),
        },
        plugins: { legend: { position: "bottom" } },
      },
    }));
  }

  function disagreeing(name, { groups }) {
    const shown = groups.filter(group => group.labels.disagreeing > 0).slice(0, 12);
    if (shown.length < 2) return null;
    const part = (label, key, ink) => ({
      label,
      data: shown.map(group => group.labels[key]),
      backgroundColor: fade(colour(ink), 0.75),
      borderRadius: 2,
    });
    const short = text => text.length > 34 ? `${text.slice(0, 33)}…` : text;
    return chartCard(`Disagreements by ${name}`, `The ${shown.length} with the most rows on which teacher and label differ.`, () => ({
      type: "bar",
      data: {
        labels: shown.map(group => short(group.name)),
        datasets: [part(only.teacher, "teacher_unsafe_label_safe", "series-0"), part(only.label, "teacher_safe_label_unsafe", "series-1")],
      },
      options: {
        indexAxis: "y",
        scales: {
          x: axis("Rows", { stacked: true }),
          y: axis("", { stacked: true, title: { display: false }, grid: { display: false }, ticks: { autoSkip: false } }),
        },
        plugins: { legend: { position: "bottom" } },
      },
    }));
  }

  function breakdown(name, { groups, groups_left_out: leftOut }) {
    if (groups.length === 0) return null;
    const cells = ({ name: group, labels }) => [
      group, count(labels.rows), count(labels.labelled_rows), share(labels.agreement), number(labels.kappa),
      count(labels.teacher_unsafe_label_safe), count(labels.teacher_safe_label_unsafe), percent(labels.teacher_unsafe_rows / labels.rows),
    ];
    return card(`By ${name}`,
      "Most disagreements first. A dash marks a figure that is not defined: no labels, or a kappa where teacher or label says the same of all rows." +
      (leftOut > 0 ? ` ${count(leftOut)} more not listed.` : ""),
      table([name[0].toUpperCase() + name.slice(1), "Rows", "Labelled", "Agreement", "Kappa", "Only teacher", "Only label", "Teacher unsafe"],
        groups.map(group => ({ cells: cells(group) }))));
  }

  function surprising() {
    if (report.surprising.length === 0) return null;
    return card("The most surprising rows", "Those whose label the teacher holds least likely. Texts are left out: look the ids up in the data.",
      table(["Row", "Number", "Teacher's unsafe probability", "Label"], report.surprising.map(row => ({
        cells: [
          { text: row.id ?? `row ${row.row}`, small: [row.source, row.category].filter(Boolean).join(", ") },
          count(row.row), number(row.unsafe_probability), row.labelled_unsafe ? "unsafe" : "safe",
        ],
      }))));
  }

  const notes = () => page.notes([
    ["Only teacher", `counts rows that are ${only.teacher}: labelled safe.`],
    ["Only label", `counts rows that are ${only.label}: safe for the teacher.`],
    ["Agreement", "is the share of labelled rows on which the two say the same."],
    ["Cohen's kappa", "is agreement beyond chance: 1 is full agreement, 0 what two raters with these habits reach by luck. It has no value where either says the same of all rows."],
    ["A disagreement", "does not say who is wrong: a surprising row is where a look at the data pays most."],
  ]);

  return [
    header(),
    tiles(),
    ...(compared
      ? [el("div", { class: "grid" }, matrix(), histogram(), disagreeing("source", report.sources) ?? "", disagreeing("category", report.categories) ?? "")]
      : [card("Nothing to compare", "No row came with a label."), el("div", { style: "margin-top: 16px" }, histogram())]),
    ...(compared ? [el("h2", {}, "In detail"), surprising(), breakdown("source", report.sources), breakdown("category", report.categories), ...notes()] : []),
  ].filter(Boolean);
});
