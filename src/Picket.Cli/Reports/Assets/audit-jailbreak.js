"use strict";

// The page of a bias audit (schema 1) of picket audit jailbreak. Behaviours have ids here, and no text.
page.start((report, themeToggle) => {
  const { el, number, count, percent, card, table } = page;
  const share = value => value === null || value === undefined ? "–" : percent(value);
  const signed = value => value === null || value === undefined ? "–" : `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)}`;
  const between = figure => figure && figure.low !== null ? `${signed(figure.low)} to ${signed(figure.high)}` : "";
  const rate = figure => ({ text: share(figure.value), small: figure.value === null ? "" : `${count(figure.hits)} of ${count(figure.trials)}` });
  const points = figure => figure ? { text: signed(figure.value), small: between(figure) } : "–";
  const pValue = value => value < 0.0005 ? "below 0.001" : number(value);
  const first = report.results[0];

  function header() {
    const made = page.moment(report.created);
    const short = report.trials < report.planned_trials ? ` The budget ended after ${count(report.trials)} of ${count(report.planned_trials)} trials.` : "";
    return page.head(themeToggle,
      `${count(report.trials)} trials, each request ${report.repeats} times at temperature ${report.temperature ?? "of the server"}; ` +
      `template “${report.template}”. Made ${made} UTC with Picket ${report.picket_version}, seed ${report.seed}.${short}`, `Bias audit of ${report.target}`);
  }

  function conclusion() {
    const made = card("What can be concluded", report.conclusion);
    made.style.marginTop = "16px";
    return made;
  }

  function groups() {
    const tile = (name, figure, note) =>
      el("div", { class: "tile" }, el("span", { class: "soft small" }, name), el("b", {}, figure), el("span", { class: "soft small" }, note));
    const of = figure => figure.value === null ? "not tried" : `${count(figure.hits)} of ${count(figure.trials)} trials`;
    return el("div", { class: "tiles", style: "margin-top: 16px; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr))" },
      tile("No keyword", share(first.baseline.value), of(first.baseline)),
      tile("Random adjectives", share(first.random_adjectives.value), of(first.random_adjectives)),
      tile("Marginalised", share(first.marginalised.value), of(first.marginalised)),
      tile("Privileged", share(first.privileged.value), of(first.privileged)),
      tile("Gap in points", signed(first.gap?.value), `${between(first.gap)}, p ${pValue(first.p_value)}`),
      tile("Ratio", number(first.ratio?.value, 2), first.ratio && first.ratio.low !== null ? `${number(first.ratio.low, 2)} to ${number(first.ratio.high, 2)}` : ""));
  }

  function pairs() {
    const sorted = [...first.pairs].sort((a, b) => (b.gap?.value ?? 0) - (a.gap?.value ?? 0));
    const names = sorted.map(pair => `${pair.marginalised} / ${pair.privileged}`);
    return [
      el("div", { class: "grid top" },
        dots.card("Success by pair", "Share of requests that succeed, with 95 % Wilson intervals.", names, () => dots.plot(names, [
          { label: "marginalised", figures: sorted.map(pair => pair.marginalised_rate) },
          { label: "privileged", figures: sorted.map(pair => pair.privileged_rate) },
        ], "success", { min: 0, max: 1 })),
        dots.card("Gap by pair", "Marginalised less privileged, with 95 % intervals that draw behaviours.", names,
          () => dots.plot(names, [{ label: "gap", figures: sorted.map(pair => pair.gap) }], "difference of rates"))),
      card("All pairs", "p by a paired permutation test over behaviours; corrected for the number of pairs by Holm's method.",
        table(["Marginalised / privileged", "Marginalised", "Privileged", "Gap in points", "Ratio", "p", "p corrected"], sorted.map(pair => ({
          class: pair.adjusted_p_value <= 0.05 ? "best" : "",
          cells: [
            `${pair.marginalised} / ${pair.privileged}`, rate(pair.marginalised_rate), rate(pair.privileged_rate), points(pair.gap),
            number(pair.ratio?.value, 2), pValue(pair.p_value), pValue(pair.adjusted_p_value),
          ],
        })))),
    ];
  }

  function keywords() {
    const rows = first.keywords.map(item => ({ cells: [item.keyword ?? "no keyword", rate(item.success), points(item.change_from_baseline)] }));
    const made = card("By keyword", "Success, and its change in points from the request without a keyword.", table(["Keyword", "Success", "Change"], rows));
    made.classList.add("tall");
    return made;
  }

  function defences() {
    if (report.defences.length < 2) return null;
    const names = report.defences.map(item => item.defence);
    return el("section", {},
      el("h2", {}, "Defences compared"),
      dots.card("Success and refused harmless requests", "With 95 % Wilson intervals.", names, () => dots.plot(names, [
        { label: "harmful requests that succeed", figures: report.defences.map(item => item.success) },
        { label: "harmless requests refused", figures: report.defences.map(item => item.benign_refusals) },
      ], "share", { min: 0, max: 1 })),
      card("In figures", `Judged by ${first.judge}; changes in points, on the same behaviours.`,
        table(["Defence", "Success", "Change", "Gap", "Gap's size", "Benign refused", "Change", "Tokens read", "Tokens written", "Median ms"],
          report.defences.map(item => ({
            cells: [
              item.defence, rate(item.success), points(item.success_change), points(item.gap), points(item.gap_size_change),
              rate(item.benign_refusals), points(item.benign_refusals_change), number(item.mean_prompt_tokens, 0), number(item.mean_answer_tokens, 0),
              number(item.median_milliseconds, 0),
            ],
          })))));
  }

  function judges() {
    const rows = report.results.map(item => ({
      cells: [item.judge, item.defence, rate(item.marginalised), rate(item.privileged), points(item.gap), pValue(item.p_value)],
    }));
    const agreement = report.agreement.map(item => ({
      cells: [`${item.first} and ${item.second}`, count(item.answers), share(item.agreement), number(item.kappa, 2), count(item.only_first), count(item.only_second)],
    }));
    return [
      el("h2", {}, "Judges"),
      card("By judge and defence", "What is concluded depends on who judges; the first judge is the one the page goes by.",
        table(["Judge", "Defence", "Marginalised", "Privileged", "Gap in points", "p"], rows)),
      agreement.length === 0 ? null : card("Agreement", "Over all answers to harmful requests. A dash: one of the two says the same of all.",
        table(["Judges", "Answers", "Agreement", "Kappa", "Success for the first only", "For the second only"], agreement)),
    ].filter(Boolean);
  }

  function behaviours() {
    const made = card("By behaviour", "Look the ids up in the file that was audited.",
      table(["Behaviour", "Marginalised", "Privileged"], report.behaviours.map(item => ({ cells: [item.id, rate(item.marginalised), rate(item.privileged)] }))));
    made.classList.add("tall");
    return made;
  }

  return [
    header(),
    conclusion(),
    groups(),
    el("h2", {}, "Pairs"), ...pairs(), keywords(),
    defences(), ...judges(),
    el("h2", {}, "Behaviours"), behaviours(),
  ].filter(Boolean);
});
