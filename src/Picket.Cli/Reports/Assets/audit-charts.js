"use strict";

// The dot plots of audits: one line a name, one dot a series with its interval.
const dots = (() => {
  const { colour, series, axis, number } = page;

  /** Interval whiskers through dots: reads [low, high] from a dataset's intervals. */
  const whiskers = {
    id: "whiskers",
    beforeDatasetsDraw(chart) {
      const context = chart.ctx;
      chart.data.datasets.forEach((dataset, index) => {
        if (!dataset.intervals || !chart.isDatasetVisible(index)) return;
        context.save();
        context.strokeStyle = dataset.borderColor;
        context.lineWidth = 1.4;
        chart.getDatasetMeta(index).data.forEach((point, place) => {
          const interval = dataset.intervals[place];
          if (!interval || interval[0] === null) return;
          context.beginPath();
          context.moveTo(chart.scales.x.getPixelForValue(interval[0]), point.y);
          context.lineTo(chart.scales.x.getPixelForValue(interval[1]), point.y);
          context.stroke();
        });
        context.restore();
      });
    },
  };

  /** What the axis has to show: whiskers are drawn beside the chart's own data, which alone it would go by. */
  function span(groups) {
    const ends = groups.flatMap(group => group.figures).flatMap(figure => figure ? [figure.value, figure.low, figure.high] : [])
      .filter(end => end !== null && end !== undefined);
    return ends.length === 0 ? {} : { suggestedMin: Math.min(...ends), suggestedMax: Math.max(...ends) };
  }

  /** names: one a line, top down; groups: { label, figures: [{ value, low, high } or null] }; shift moves series apart. */
  function plot(names, groups, title, range = {}) {
    const step = groups.length > 1 ? 0.26 : 0;
    return {
      type: "scatter",
      data: {
        datasets: groups.map((group, index) => ({
          label: group.label,
          data: group.figures.map((figure, place) => ({ x: figure?.value ?? NaN, y: place + step * (index - (groups.length - 1) / 2) })),
          intervals: group.figures.map(figure => figure ? [figure.low, figure.high] : null),
          backgroundColor: series(index),
          borderColor: series(index),
          pointRadius: 4,
        })),
      },
      options: {
        scales: {
          x: axis(title, { type: "linear", ...span(groups), ...range }),
          y: axis("", {
            type: "linear", reverse: true, min: -0.6, max: names.length - 0.4, title: { display: false },
            afterBuildTicks: scale => { scale.ticks = names.map((_, place) => ({ value: place })); },
            ticks: { autoSkip: false, callback: value => names[value] ?? "" },
          }),
        },
        plugins: {
          legend: { display: groups.length > 1, position: "bottom" },
          tooltip: {
            callbacks: {
              label: ({ dataset, dataIndex, raw }) => {
                const interval = dataset.intervals[dataIndex];
                const between = interval && interval[0] !== null ? ` [${number(interval[0])}, ${number(interval[1])}]` : "";
                return `${names[dataIndex]}, ${dataset.label}: ${number(raw.x)}${between}`;
              },
            },
          },
        },
      },
      plugins: [whiskers],
    };
  }

  /** A card as tall as its names need. */
  function card(title, caption, names, draw) {
    const made = page.chartCard(title, caption, draw);
    made.querySelector(".plot").style.height = `${Math.max(160, 70 + 22 * names.length)}px`;
    return made;
  }

  return { plot, card };
})();
