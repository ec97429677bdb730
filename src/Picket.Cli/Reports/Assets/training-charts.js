"use strict";

// The plots of a training: each gives a Chart.js configuration.
const plots = (() => {
  const { colour, series, fade, axis, number, count } = page;

  const points = (curve, positive = false) =>
    curve.steps.map((step, index) => ({ x: step, y: positive && curve.values[index] <= 0 ? null : curve.values[index] }));

  /** Digits enough to tell neighbours apart, whatever the size. */
  function short(value) {
    if (value === null || value === undefined) return "–";
    const size = Math.abs(value);
    if (size !== 0 && (size < 0.001 || size >= 1e6)) return value.toExponential(2);
    return size >= 100 ? count(Math.round(value)) : number(value, size < 0.1 ? 4 : 3);
  }

  /** Ticks have few digits, and all of them mean something. */
  function tick(value) {
    const rounded = Number(value.toPrecision(3));
    return rounded !== 0 && Math.abs(rounded) < 0.001 ? rounded.toExponential() : count(rounded);
  }

  /** Whether spikes would press the rest of a curve flat on a linear scale. */
  function spiky(curve) {
    const sorted = curve.values.filter(value => value > 0).sort((a, b) => a - b);
    return sorted.length > 2 && sorted.at(-1) > 12 * sorted[Math.floor(sorted.length / 2)];
  }

  const line = (label, data, ink, extra = {}) => ({
    label, data, borderColor: ink, backgroundColor: ink, borderWidth: 2, pointRadius: data.length === 1 ? 4 : 0, pointHitRadius: 6, spanGaps: true, clip: 8, ...extra,
  });

  const dots = evaluations => evaluations > 60 ? 0 : 3.5;

  function config(datasets, title, { total, logarithmic = false, legend = true, yExtra = {} }) {
    const narrow = innerWidth < 560;
    const last = Math.max(1, total, ...datasets.flatMap(dataset => dataset.data.map(point => point.x)));
    return {
      type: "line",
      data: { datasets },
      options: {
        parsing: false,
        normalized: true,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: axis("update", { type: "linear", min: 0, max: last, ticks: { maxTicksLimit: narrow ? 5 : 9, maxRotation: 0, precision: 0, callback: tick } }),
          y: axis(title, {
            type: logarithmic ? "logarithmic" : "linear",
            ...yExtra,
            ticks: { maxTicksLimit: 8, callback: tick, ...yExtra.ticks },
          }),
        },
        plugins: {
          legend: { display: legend, position: "bottom", labels: { usePointStyle: true, pointStyle: "line", boxWidth: 26, filter: (item, data) => !data.datasets[item.datasetIndex].quiet } },
          tooltip: {
            filter: item => !item.dataset.mute,
            callbacks: {
              title: items => items.length > 0 ? `update ${count(items[0].parsed.x)}` : "",
              label: item => `${item.dataset.label}: ${short(item.parsed.y)}`,
            },
          },
        },
      },
    };
  }

  /** A running mean over the pale band of its batches. */
  function band(raw, smooth, logarithmic) {
    const several = raw.steps.length > 1;
    return [
      ...(several ? [line("running mean", points(smooth, logarithmic), colour("accent"), { borderWidth: 2.2 })] : []),
      line(several ? "each batch" : "the only batch", points(raw, logarithmic), fade(colour("accent"), several ? 0.3 : 1), { borderWidth: 1 }),
    ];
  }

  function loss(report, logarithmic) {
    const held = report.figures.loss;
    const [mean, ...batches] = band(report.curves.loss, report.curves.loss_smooth, logarithmic);
    return config([
      mean,
      ...(held ? [line("held-out rows", points(held, logarithmic), colour("series-1"),
        { pointRadius: held.steps.length === 1 ? 4 : dots(held.steps.length), borderWidth: 1.8 })] : []),
      ...batches,
    ], "loss", { total: report.total_steps, logarithmic });
  }

  function figures(report, names, title) {
    const best = report.best;
    const lines = names.map((name, index) => {
      const curve = report.figures[name];
      return line(name, points(curve), series(index), { pointRadius: curve.steps.length === 1 ? 4 : dots(curve.steps.length), borderWidth: 1.8 });
    });
    const marks = best ? names.filter(name => best.figures[name] !== null && best.figures[name] !== undefined).map(name => ({
      label: `${name}, best state`,
      data: [{ x: best.step, y: best.figures[name] }],
      backgroundColor: series(names.indexOf(name)),
      borderColor: colour("ink"),
      borderWidth: 1.5,
      pointStyle: "rectRot",
      pointRadius: 7,
      pointHoverRadius: 8,
      quiet: true,
    })) : [];
    return config([...marks, ...lines], title, { total: report.total_steps });
  }

  const single = (report, name, title) =>
    config([line(title, points(report.curves[name]), colour("accent"), { borderWidth: 1.6 })], title,
      { total: report.total_steps, legend: false, yExtra: { beginAtZero: true } });

  function gradientNorm(report, logarithmic, limit) {
    const { gradient_norm: raw, gradient_norm_smooth: smooth } = report.curves;
    const dashed = line("limit", [{ x: 0, y: limit }, { x: Math.max(report.total_steps, raw.steps.at(-1)), y: limit }], colour("unsafe"),
      { borderDash: [6, 4], borderWidth: 1.6, pointRadius: 0, pointHitRadius: 0, mute: true });
    return config([...(limit > 0 ? [dashed] : []), ...band(raw, smooth, logarithmic)], "norm before clipping", { total: report.total_steps, logarithmic });
  }

  return { loss, figures, single, gradientNorm, spiky, short };
})();
