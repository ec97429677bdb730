"use strict";

// What every report page shares. Text from the data reaches the page as text nodes and on canvas only, never as markup.
const page = (() => {
  const root = document.documentElement;
  const charts = new Map();

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "class") node.className = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.filter(child => child !== null && child !== undefined));
    return node;
  }

  const colour = name => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const series = index => colour(`series-${index % 6}`);
  const fade = (hex, alpha) => hex + Math.round(alpha * 255).toString(16).padStart(2, "0");

  const number = (value, digits = 3) => value === null || value === undefined ? "–" : value.toFixed(digits);
  const count = value => value.toLocaleString("en-US");
  const percent = value => `${(100 * value).toFixed(1)} %`;

  function card(title, caption, ...content) {
    return el("section", { class: "card" }, el("h3", {}, title), el("p", { class: "caption" }, caption), ...content);
  }

  /** A card with a chart; draw gives a Chart.js configuration, and is called at each redraw for as long as the card is on the page. */
  function chartCard(title, caption, draw) {
    const canvas = el("canvas", { role: "img", "aria-label": `${title}. ${caption}` });
    charts.set(canvas, { draw, chart: null });
    return card(title, caption, el("div", { class: "plot" }, canvas));
  }

  function picker(title, options, chosen, onChange) {
    const select = el("select", { onchange: () => onChange(Number(select.value)) },
      ...options.map((name, index) => el("option", { value: index }, name)));
    select.value = chosen;
    return el("label", {}, title, select);
  }

  /** Rows are { cells, class } or { group }, a heading across; a cell is text or { text, small }, the first of a row its name. */
  function table(heads, rows) {
    const cell = (value, index) => {
      const { text, small } = typeof value === "object" ? value : { text: value };
      return el("td", index === 0 ? { class: "name" } : {}, text, small ? el("small", {}, small) : null);
    };
    return el("div", { class: "scroll" }, el("table", {},
      el("thead", {}, el("tr", {}, ...heads.map((head, index) => el("th", index === 0 ? { class: "name", scope: "col" } : { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map(row => row.group
        ? el("tr", { class: "group" }, el("th", { class: "name", colspan: heads.length, scope: "rowgroup" }, row.group))
        : el("tr", { class: row.class ?? "" }, ...row.cells.map(cell))))));
  }

  function axis(title, extra = {}) {
    return {
      title: { display: true, text: title, color: colour("soft") },
      grid: { color: colour("grid") },
      border: { color: colour("line") },
      ...extra,
      ticks: { color: colour("soft"), ...extra.ticks },
    };
  }

  const unit = title => axis(title, { type: "linear", min: 0, max: 1, ticks: { stepSize: 0.2 } });

  function redraw() {
    Chart.defaults.color = colour("soft");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const [canvas, entry] of charts) {
      entry.chart?.destroy();
      if (canvas.isConnected) entry.chart = new Chart(canvas, entry.draw());
      else charts.delete(canvas);
    }
  }

  function theme(name) {
    root.dataset.theme = name;
    redraw();
  }

  function start(build) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const preferred = () => dark.matches ? "dark" : "light";
    const payload = JSON.parse(document.getElementById("payload").textContent);
    let shown = preferred();
    root.dataset.theme = shown;
    Object.assign(Chart.defaults, { animation: false, maintainAspectRatio: false });
    Object.assign(Chart.defaults.plugins.legend.labels, { boxWidth: 14, boxHeight: 10 });
    const toggle = el("button", { type: "button", onclick: () => theme(shown = shown === "dark" ? "light" : "dark") }, "Light / dark");
    document.getElementById("page").append(...build(payload, toggle));
    redraw();
    dark.addEventListener("change", () => theme(shown = preferred()));
    addEventListener("beforeprint", () => theme("light"));
    addEventListener("afterprint", () => theme(shown));
  }

  /** 2026-01-31 10:20 of a moment in ISO 8601. */
  const moment = time => new Date(time).toISOString().slice(0, 16).replace("T", " ");

  /** The head of a page: its title, what it shows, and the button between light and dark. */
  const head = (themeToggle, text, title = document.title) =>
    el("header", { class: "head" }, el("div", {}, el("h1", {}, title), el("p", { class: "soft" }, text)), themeToggle);

  /** What the figures of a page mean: pairs of a name and what is said of it. */
  const notes = entries => [
    el("h2", {}, "Reading the figures"),
    el("div", { class: "notes" }, ...entries.map(([name, text]) => el("p", {}, el("b", {}, name), ` ${text}`))),
  ];

  return { el, colour, series, fade, number, count, percent, card, chartCard, picker, table, axis, unit, moment, head, notes, redraw, start };
})();
