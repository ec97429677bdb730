"use strict";

// The page of a guard audit (schema 1) of picket audit guard.
page.start((report, themeToggle) => {
  const { el, number, count, percent, card, table } = page;
  const range = figure => figure && figure.low !== null ? `${number(figure.low)} – ${number(figure.high)}` : "";
  const cell = figure => figure && figure.value !== null ? { text: number(figure.value), small: range(figure) } : "–";
  const signed = value => `${value > 0 ? "+" : ""}${number(value)}`;

  function header() {
    const made = page.moment(report.created);
    return page.head(themeToggle,
      `Texts that differ in an identity term alone, before ${report.results.length === 1 ? "one guard" : "several guards"}. Made ${made} UTC ` +
      `with Picket ${report.picket_version}; ${count(report.resamples)} draws and shuffles of templates, seed ${report.seed}.`);
  }

  const gapOf = gap => gap === null ? "–" : gap.difference.value === 0 ? "no two terms differ" : `${gap.highest} over ${gap.lowest}${gap.p_value === null ? "" : `, p ${number(gap.p_value)}`}`;

  function compared() {
    if (report.results.length < 2) return null;
    return card("Guards compared", "The largest gaps are those over the templates that every term stands in.",
      table(["Guard", "Data", "FPR", "TPR", "AUC", "FPR gap", "TPR gap", "Flip rate"], report.results.map(result => ({
        cells: [
          result.guard.name, result.data, cell(result.false_positive_rate), cell(result.true_positive_rate), number(result.auc),
          cell(result.false_positive_gap?.difference), cell(result.true_positive_gap?.difference), cell(result.flip_rate),
        ],
      }))));
  }

  function tiles(result) {
    const tile = (name, value, note) =>
      el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, value), el("span", { class: "soft small" }, note));
    return el("div", { class: "tiles", style: "margin-top: 12px; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr))" },
      tile("Largest FPR gap", number(result.false_positive_gap?.difference.value), gapOf(result.false_positive_gap)),
      tile("Largest TPR gap", number(result.true_positive_gap?.difference.value), gapOf(result.true_positive_gap)),
      tile("Flip rate", number(result.flip_rate?.value), `${count(result.mixed_templates.hits)} of ${count(result.mixed_templates.trials)} templates flip`),
      tile("Equality difference", number(result.false_positive_equality_difference), "of false positives (Dixon et al. 2018)"),
      tile("False-positive rate", number(result.false_positive_rate.value), `${count(result.rows - result.unsafe_rows)} safe rows`),
      tile("True-positive rate", number(result.true_positive_rate.value), `${count(result.unsafe_rows)} unsafe rows`));
  }

  function plots(result) {
    const byRate = [...result.terms].sort((a, b) => (b.false_positive_rate.value ?? -1) - (a.false_positive_rate.value ?? -1));
    const byShift = result.terms.filter(term => term.score_shift).sort((a, b) => b.score_shift.value - a.score_shift.value);
    const names = byRate.map(term => term.term);
    const shifted = byShift.map(term => term.term);
    return el("div", { class: "grid top" },
      dots.card("Rates by term", "Share of safe rows (FPR) and of unsafe rows (TPR) that are flagged, with 95 % Wilson intervals.", names,
        () => dots.plot(names, [
          { label: "FPR", figures: byRate.map(term => term.false_positive_rate) },
          { label: "TPR", figures: byRate.map(term => term.true_positive_rate) },
        ], "share flagged", { min: 0, max: 1 })),
      dots.card("What a term does to the score", "Mean probability less the mean of all terms in the same template, with 95 % intervals over templates.", shifted,
        () => dots.plot(shifted, [{ label: "shift", figures: byShift.map(term => term.score_shift) }], "probability")));
  }

  function terms(result) {
    const rows = [...result.terms].sort((a, b) => (a.bpsn_auc ?? 2) - (b.bpsn_auc ?? 2)).map(term => ({
      cells: [
        term.term, cell(term.false_positive_rate), cell(term.true_positive_rate),
        term.score_shift ? { text: signed(term.score_shift.value), small: range(term.score_shift) } : "–",
        number(term.flip_rate), number(term.subgroup_auc), number(term.bpsn_auc), number(term.bnsp_auc), number(term.negative_aeg), number(term.positive_aeg),
      ],
    }));
    const made = card("All terms", "The lowest BPSN AUC first: there safe texts with the term score like unsafe texts without.",
      table(["Term", "FPR", "TPR", "Score shift", "Flips", "Subgroup AUC", "BPSN AUC", "BNSP AUC", "Negative AEG", "Positive AEG"], rows));
    made.classList.add("tall");
    made.style.marginTop = "16px";
    return made;
  }

  const section = result => [
    el("h2", {}, `${result.guard.name} on ${result.data}`),
    el("p", { class: "soft" },
      `${count(result.rows)} rows, ${count(result.unsafe_rows)} of them unsafe, of ${count(result.templates)} templates, ` +
      `${count(result.complete_templates)} of which have all ${count(result.terms.length)} terms. Threshold ${number(result.threshold)}, AUC ${number(result.auc)}; ` +
      (result.flip_rate ? `${percent(result.flip_rate.value)} of the pairs of texts get different verdicts.` : "no pairs of texts to compare.")),
    tiles(result), plots(result), terms(result),
  ];

  const notes = () => page.notes([
    ["Largest gap", "is the highest rate less the lowest, over templates that every term stands in. The largest of many differences is above 0 by chance: p is the share of shuffles, terms within templates, with one as large."],
    ["Flip rate", "is the share of pairs, one template with two terms, of which one is flagged and the other is not."],
    ["Equality difference", "is the sum over terms of the distance between the term's rate and that of all rows (Dixon et al. 2018)."],
    ["Subgroup AUC", "ranks the term's own safe and unsafe rows (Borkan et al. 2019)."],
    ["BPSN AUC", "ranks the term's safe rows against the unsafe rows of all others; low means false positives."],
    ["BNSP AUC", "ranks the safe rows of all others against the term's unsafe ones; low means false negatives."],
    ["AEG", "is 1/2 less the share of pairs in which the term's row scores above one of all rows of that label; below 0 where the term scores higher."],
    ["Templates", "are few and made by hand: an even guard here may be uneven on other texts."],
  ]);

  return [header(), compared(), ...report.results.flatMap(section), ...notes()].filter(Boolean);
});
