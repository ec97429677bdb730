"use strict";

// The plots of an evaluation: each gives a Chart.js configuration for one result, or for all that are compared.
const plots = (() => {
  const { colour, series, fade, axis, unit, number, count, percent } = page;

  /** Interval whiskers over bars: reads { low, high } from a dataset's intervals. */
  const whiskers = {
    id: "whiskers",
    afterDatasetsDraw(chart) {
      const context = chart.ctx;
      chart.data.datasets.forEach((dataset, index) => {
        if (!dataset.intervals || !chart.isDatasetVisible(index)) return;
        context.save();
        context.strokeStyle = colour("ink");
        context.lineWidth = 1.4;
        chart.getDatasetMeta(index).data.forEach((bar, place) => {
          const interval = dataset.intervals[place];
          if (!interval) return;
          const low = chart.scales.y.getPixelForValue(interval.low);
          const high = chart.scales.y.getPixelForValue(interval.high);
          const cap = Math.min(6, bar.width / 4);
          context.beginPath();
          context.moveTo(bar.x, low);
          context.lineTo(bar.x, high);
          [low, high].forEach(y => {
            context.moveTo(bar.x - cap, y);
            context.lineTo(bar.x + cap, y);
          });
          context.stroke();
        });
        context.restore();
      });
    },
  };

  /** A dashed line at a probability, over bars that fill [0, 1] evenly. */
  const thresholdLine = threshold => ({
    id: "threshold",
    afterDatasetsDraw(chart) {
      const { left, right, top, bottom } = chart.chartArea;
      const x = left + threshold * (right - left);
      const context = chart.ctx;
      context.save();
      context.strokeStyle = context.fillStyle = colour("ink");
      context.setLineDash([5, 4]);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, bottom);
      context.stroke();
      context.font = `12px ${Chart.defaults.font.family}`;
      context.textAlign = threshold > 0.7 ? "right" : "left";
      context.fillText(`threshold ${number(threshold, 2)}`, x + (threshold > 0.7 ? -6 : 6), top + 12);
      context.restore();
    },
  });

  function comparison(guards, datasets, figure, name) {
    return {
      type: "bar",
      data: {
        labels: datasets,
        datasets: guards.map((guard, index) => {
          const figures = datasets.map(dataset => figure(guard, dataset));
          return {
            label: guard,
            data: figures.map(estimate => estimate?.value ?? null),
            intervals: figures.map(estimate => estimate && estimate.low !== null ? estimate : null),
            backgroundColor: fade(series(index), 0.75),
            borderColor: series(index),
            borderWidth: 1,
            borderRadius: 3,
            maxBarThickness: 46,
          };
        }),
      },
      options: {
        scales: { x: axis("", { title: { display: false }, grid: { display: false } }), y: unit(name) },
        plugins: {
          legend: { display: guards.length > 1, position: "bottom" },
          tooltip: {
            callbacks: {
              label: item => {
                const interval = item.dataset.intervals[item.dataIndex];
                const range = interval ? ` [${number(interval.low)}, ${number(interval.high)}]` : "";
                return `${item.dataset.label}: ${number(item.parsed.y)}${range}`;
              },
            },
          },
        },
      },
      plugins: [whiskers],
    };
  }

  /** The point of the curve that the threshold works at: the last one at or above it. */
  const workingPoint = result => result.precision_recall.findLast(point => point.threshold >= result.threshold);

  function precisionRecall(results, chosen) {
    const drawn = results.filter(result => result.precision_recall.length > 0);
    const share = chosen.metrics.unsafe_rows / chosen.metrics.rows;
    const point = ({ recall, precision, threshold }) => ({ x: recall, y: precision, threshold });
    const curves = drawn.map(result => {
      const ink = series(results.indexOf(result));
      return {
        label: result.guard.name,
        data: [{ x: 0, y: result.precision_recall[0].precision, threshold: result.precision_recall[0].threshold }, ...result.precision_recall.map(point)],
        borderColor: result === chosen ? ink : fade(ink, 0.55),
        backgroundColor: ink,
        borderWidth: result === chosen ? 2.4 : 1.5,
        pointRadius: 0,
        pointHitRadius: 5,
        stepped: "after",
      };
    });
    const markers = drawn.filter(workingPoint).map(result => ({
      label: `${result.guard.name} at its threshold`,
      data: [point(workingPoint(result))],
      backgroundColor: series(results.indexOf(result)),
      borderColor: colour("card"),
      borderWidth: 1.5,
      pointRadius: result === chosen ? 6 : 4.5,
      pointHoverRadius: 7,
      marker: true,
    }));
    const chance = {
      label: `flag everything (${percent(share)} unsafe)`,
      data: [{ x: 0, y: share }, { x: 1, y: share }],
      borderColor: colour("soft"),
      backgroundColor: colour("soft"),
      borderDash: [4, 4],
      borderWidth: 1,
      pointRadius: 0,
      pointHitRadius: 0,
    };
    return {
      type: "line",
      data: { datasets: [...markers, ...curves, chance] },
      options: {
        interaction: { mode: "nearest", intersect: true },
        scales: { x: unit("recall"), y: unit("precision") },
        plugins: {
          legend: { position: "bottom", labels: { filter: (item, data) => !data.datasets[item.datasetIndex].marker } },
          tooltip: {
            callbacks: {
              title: () => "",
              label: ({ dataset, raw }) =>
                `${dataset.label}: precision ${number(raw.y)}, recall ${number(raw.x)}, threshold ${number(raw.threshold)}`,
            },
          },
        },
      },
    };
  }

  function histogram(result) {
    const of = (key, total) => result.histogram.map(bin => total ? bin[key] / total : 0);
    const safe = result.metrics.rows - result.metrics.unsafe_rows;
    const bars = (label, key, total, ink) => ({
      label: `${label} (${count(total)})`,
      data: of(key, total),
      counts: result.histogram.map(bin => bin[key]),
      backgroundColor: fade(ink, 0.65),
      borderColor: ink,
      borderWidth: 1,
      categoryPercentage: 0.94,
      barPercentage: 1,
    });
    return {
      type: "bar",
      data: {
        labels: result.histogram.map(bin => bin.lower.toFixed(2)),
        datasets: [
          bars("safe", "safe_rows", safe, colour("safe")),
          bars("unsafe", "unsafe_rows", result.metrics.unsafe_rows, colour("unsafe")),
        ],
      },
      options: {
        scales: {
          x: axis("unsafe probability, from", { grid: { display: false }, ticks: { maxRotation: 0, autoSkip: true, maxTicksLimit: 11 } }),
          y: axis("share of the class", { beginAtZero: true, ticks: { callback: value => `${Math.round(100 * value)} %` } }),
        },
        plugins: {
          legend: { position: "bottom" },
          tooltip: {
            callbacks: {
              title: ([item]) => `${number(result.histogram[item.dataIndex].lower, 2)} to ${number(result.histogram[item.dataIndex].upper, 2)}`,
              label: ({ dataset, dataIndex, raw }) => `${dataset.label}: ${count(dataset.counts[dataIndex])} rows, ${percent(raw)}`,
            },
          },
        },
      },
      plugins: [thresholdLine(result.threshold)],
    };
  }

  function reliability(result) {
    const bins = result.reliability.filter(bin => bin.rows > 0);
    const most = Math.max(...bins.map(bin => bin.rows));
    return {
      type: "line",
      data: {
        datasets: [
          {
            label: "guard",
            data: bins.map(bin => ({ x: bin.mean_probability, y: bin.unsafe_share, rows: bin.rows })),
            borderColor: colour("accent"),
            backgroundColor: fade(colour("accent"), 0.6),
            borderWidth: 1.5,
            pointRadius: bins.map(bin => 3 + 8 * Math.sqrt(bin.rows / most)),
            pointHoverRadius: bins.map(bin => 4 + 8 * Math.sqrt(bin.rows / most)),
            clip: false,
          },
          {
            label: "perfect calibration",
            data: [{ x: 0, y: 0 }, { x: 1, y: 1 }],
            borderColor: colour("soft"),
            borderDash: [4, 4],
            borderWidth: 1,
            pointRadius: 0,
            pointHitRadius: 0,
          },
        ],
      },
      options: {
        scales: { x: unit("mean unsafe probability in bin"), y: unit("share that is unsafe") },
        plugins: {
          legend: { position: "bottom" },
          tooltip: {
            callbacks: {
              title: () => "",
              label: ({ raw }) => `${count(raw.rows)} rows: probability ${number(raw.x)}, unsafe ${number(raw.y)}`,
            },
          },
        },
      },
    };
  }

  return { comparison, precisionRecall, histogram, reliability };
})();
