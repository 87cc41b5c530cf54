import uPlot from './uPlot.js';
import { css, el, modalityColour } from './dom.js';
import { known, number, time, bits } from './format.js';
import { isDefined, joint, parts } from './knowledge.js';

// Charts over time. Times are milliseconds in the data and seconds in uPlot; always UTC.

const utc = seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');
const drawn = new Set();

function axis(extra) {
  return { stroke: () => css('--quiet'), font: '12px system-ui, sans-serif', grid: { stroke: () => css('--grid'), width: 1 }, ticks: { stroke: () => css('--grid'), width: 1, size: 5 }, ...extra };
}

function base(box, height, sync) {
  return {
    width: Math.max(240, box.clientWidth), height, tzDate: utc, legend: { show: false }, padding: [12, 8, 0, 0],
    cursor: { sync: sync ? { key: sync, setSeries: false } : undefined, drag: { x: true, y: false }, points: { size: 7, width: 1.5 } },
    scales: { x: { time: true } },
    axes: [axis({ space: 90, values: stamps }), axis({ size: 52, values: (u, values) => values.map(value => number(value, 4)) })]
  };
}

const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Hours where slots are near, days and months where they are far apart; the day where it begins.
function stamps(u, splits, axisIndex, space, step) {
  let day = '';
  return splits.map(seconds => {
    const text = time(seconds * 1000);
    const date = `${Number(text.slice(8, 10))} ${SHORT_MONTHS[Number(text.slice(5, 7)) - 1]}`;
    const clock = step >= 86400 ? '' : text.slice(11, step >= 60 ? 16 : 19);
    const year = step >= 86400 * 25 ? ` ${text.slice(0, 4)}` : '';
    if (!clock) return date + year;
    const line = date === day ? clock : `${clock}\n${date}`;
    day = date;
    return line;
  });
}

// Lines at the times of alerts and of model versions.
function markers(of) {
  return {
    hooks: {
      draw: u => {
        const ratio = devicePixelRatio;
        const { left, top, width, height } = u.bbox;
        u.ctx.save();
        for (const marker of of()) {
          const x = Math.round(u.valToPos(marker.time / 1000, 'x', true));
          if (x < left || x > left + width) continue;
          u.ctx.strokeStyle = u.ctx.fillStyle = css(marker.kind === 'alert' ? '--alert' : '--version');
          u.ctx.lineWidth = 1.5 * ratio;
          u.ctx.setLineDash(marker.kind === 'alert' ? [4 * ratio, 3 * ratio] : []);
          u.ctx.beginPath();
          u.ctx.moveTo(x, top);
          u.ctx.lineTo(x, top + height);
          u.ctx.stroke();
          u.ctx.setLineDash([]);
          u.ctx.font = `600 ${11 * ratio}px system-ui, sans-serif`;
          u.ctx.textAlign = x > left + width - 40 * ratio ? 'right' : 'left';
          u.ctx.fillText(marker.label, x + (u.ctx.textAlign === 'left' ? 4 : -4) * ratio, top + 10 * ratio);
        }
        u.ctx.restore();
      }
    }
  };
}

class Chart {
  constructor(box, options, data) {
    this.box = box;
    this.height = options.height;
    this.plot = new uPlot(options, data, box);
    this.plot.root.setAttribute('aria-hidden', 'true');
    drawn.add(this);
    this.observer = new ResizeObserver(() => {
      const width = box.clientWidth;
      if (width > 0 && width !== this.plot.width) this.plot.setSize({ width, height: this.height });
    });
    this.observer.observe(box);
  }

  // Keeps what the reader has zoomed into; the cursor of a mouse that rests stays as well.
  setData(data) {
    const all = this.plot.data[0];
    const { min, max } = this.plot.scales.x;
    const whole = all.length < 2 || (min <= all[0] && max >= all[all.length - 1]);
    this.plot.setData(data, whole);
    if (!whole) this.plot.redraw();
  }

  zoom(from, to) {
    this.plot.setScale('x', { min: from / 1000, max: to / 1000 });
  }

  redraw() {
    this.plot.redraw(false);
  }

  destroy() {
    drawn.delete(this);
    this.observer.disconnect();
    this.plot.destroy();
  }
}

export function redrawCharts() {
  for (const chart of drawn) chart.redraw();
}

const seconds = times => times.map(millis => millis / 1000);

// Ranges from the widest to the narrowest, so that the shades of those inside lie on top.
function forecastData(points) {
  const ranges = [points, ...[...(points.narrower || [])].reverse()];
  return [seconds(points.times), ...ranges.flatMap(({ lower, upper }) => [upper, lower]), points.truth, points.prediction];
}

// Prediction with its range, and the true values.
export function forecastChart(box, points, { sync, marks = () => [], height = 260, onPoint = () => {}, extra = {} } = {}) {
  const few = points.times.length < 90;
  const inner = (points.narrower || []).map((ends, l) => 2 * l + 3);
  const options = {
    ...base(box, height, sync),
    series: [{},
      { stroke: () => css('--range-edge'), width: 1, points: { show: false } },
      { stroke: () => css('--range-edge'), width: 1, points: { show: false } },
      ...inner.flatMap(() => [{ width: 0, points: { show: false } }, { width: 0, points: { show: false } }]),
      { stroke: () => css('--truth'), width: 1.25, spanGaps: true, points: { show: few, size: 4, fill: () => css('--truth') } },
      { stroke: () => css('--prediction'), width: 2, points: { show: false } }],
    bands: [1, ...inner].map(upper => ({ series: [upper, upper + 1], fill: () => css('--range') })),
    plugins: [markers(marks)],
    hooks: { setCursor: [u => { if (u.cursor.idx !== null && u.cursor.idx !== undefined && u.cursor.left >= 0) onPoint(u.cursor.idx); }] },
    ...extra
  };
  const chart = new Chart(box, options, forecastData(points));
  return {
    update: fresh => chart.setData(forecastData(fresh)),
    zoom: (from, to) => chart.zoom(from, to),
    point: index => {
      const u = chart.plot;
      u.setCursor({ left: u.valToPos(u.data[0][index], 'x'), top: u.over.clientHeight / 2 }, false);
    },
    redraw: () => chart.redraw(),
    destroy: () => chart.destroy()
  };
}

// Absolute errors of the predictions whose true value is known, and those expected of all.
function errorData({ times, prediction, truth, expectedError }) {
  return [seconds(times), truth.map((value, i) => (known(value) && known(prediction[i]) ? Math.abs(value - prediction[i]) : null)), expectedError];
}

// Where the axis of errors ends: a few very large ones, as before much is learned, are cut, but not the newest.
function mostOf(columns, from, to) {
  const ends = columns.map(column => {
    const shown = column.slice(from, to + 1).filter(known);
    const sorted = [...shown].sort((a, b) => a - b);
    return Math.max(sorted[Math.floor(0.99 * (sorted.length - 1))] || 0, shown[shown.length - 1] || 0);
  });
  return 1.1 * Math.max(...ends) || 1;
}

// Expected errors beside those that came out.
export function errorChart(box, points, { sync, marks = () => [], height = 130 } = {}) {
  const options = {
    ...base(box, height, sync),
    series: [{},
      { stroke: () => css('--truth'), width: .75, spanGaps: true, points: { show: false } },
      { stroke: () => css('--prediction'), width: 2, points: { show: false } }],
    plugins: [markers(marks)]
  };
  options.scales.y = { range: u => [0, mostOf(u.data.slice(1), ...(u.series[0].idxs || [0, u.data[0].length]))] };
  const chart = new Chart(box, options, errorData(points));
  return {
    update: fresh => chart.setData(errorData(fresh)),
    zoom: (from, to) => chart.zoom(from, to),
    redraw: () => chart.redraw(),
    destroy: () => chart.destroy()
  };
}

function layers(blocks, modalities) {
  const usable = blocks.filter(isDefined);
  const first = usable.find(block => parts(block, modalities).length === modalities.length + 2);
  const kinds = parts(first || usable[0], modalities);
  return kinds;
}

// One cumulated curve per part, the topmost first, so that each is painted over by those below it.
function knowledgeData(blocks, modalities, kinds) {
  const rows = blocks.map(block => {
    if (!isDefined(block)) return kinds.map(() => null);
    const all = parts(block, modalities);
    let sum = 0;
    return kinds.map(kind => {
      const part = all.find(each => each.kind === kind.kind && each.modality === kind.modality);
      sum += part ? part.bits : kind.kind === 'redundant' ? (all.find(each => each.kind === 'shared') || { bits: 0 }).bits : 0;
      return sum;
    });
  });
  const columns = kinds.map((kind, k) => rows.map(row => row[k])).reverse();
  return [blocks.map(block => Date.parse(block.time) / 1000), ...columns];
}

const paint = kind => (kind.kind === 'unique' ? modalityColour(kind.modality) : `--${kind.kind}`);

// What is known over time, in layers that add up; null where there is nothing to draw yet.
export function knowledgeChart(box, blocks, modalities, { sync, marks = () => [], height = 220 } = {}) {
  if (blocks.filter(isDefined).length < 2) return null;
  const kinds = layers(blocks, modalities);
  const options = {
    ...base(box, height, sync),
    series: [{}, ...[...kinds].reverse().map(kind => ({ stroke: () => css('--paper'), width: 1, fill: () => css(paint(kind)), points: { show: false } }))],
    plugins: [markers(marks)]
  };
  options.scales.y = { range: (u, min, max) => [0, Math.max(max, 0.01) * 1.08] };
  const chart = new Chart(box, options, knowledgeData(blocks, modalities, kinds));
  return {
    update: fresh => chart.setData(knowledgeData(fresh, modalities, kinds)),
    zoom: (from, to) => chart.zoom(from, to),
    redraw: () => chart.redraw(),
    destroy: () => chart.destroy()
  };
}

// Curves over a plain count, such as epochs, from 0 up.
export function curveChart(box, xs, curves, height = 220) {
  const options = {
    ...base(box, height),
    scales: { x: { time: false }, y: { range: (u, min, max) => [0, max > 0 ? max * 1.05 : 1] } },
    series: [{}, ...curves.map((curve, c) => ({ stroke: () => css(modalityColour(c)), width: 2, points: { show: xs.length < 3 } }))]
  };
  options.axes = [axis({ space: 60, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }), options.axes[1]];
  return new Chart(box, options, [xs, ...curves.map(curve => curve.values)]);
}

export function sparkline(values) {
  const finite = values.filter(value => value !== null);
  if (finite.length < 2) return '';
  const min = Math.min(...finite);
  const span = Math.max(...finite) - min || 1;
  return values.map((value, i) => (value === null ? '' : `${i === 0 || values[i - 1] === null ? 'M' : 'L'}${(100 * i / (values.length - 1)).toFixed(1)} ${(26 - 24 * (value - min) / span).toFixed(1)}`)).join('');
}

const ROWS = 200;

// The newest rows of a chart as a table, made when it is asked for.
export function tableOf(summary, head, rows) {
  const place = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': summary });
  const details = el('details', { class: 'as-table' }, el('summary', {}, summary), place);
  details.addEventListener('toggle', () => {
    if (!details.open) return;
    place.replaceChildren(el('table', {},
      el('thead', {}, el('tr', {}, head.map(text => el('th', { scope: 'col' }, text)))),
      el('tbody', {}, rows(ROWS).map(cells => el('tr', {}, cells.map((cell, c) => (c === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell))))))));
  });
  return details;
}

export function forecastRows(points, most) {
  const rows = [];
  for (let i = points.times.length - 1; i >= 0 && rows.length < most; i--) {
    rows.push([time(points.times[i]), number(points.prediction[i]), `${number(points.lower[i])} … ${number(points.upper[i])}`, number(points.truth[i]),
      known(points.truth[i]) ? number(Math.abs(points.truth[i] - points.prediction[i])) : '–', number(points.expectedError[i])]);
  }
  return rows;
}

export function knowledgeRows(blocks, modalities, most) {
  return blocks.filter(isDefined).slice(-most).reverse().map(block => {
    const all = parts(block, modalities);
    const of = kind => all.filter(part => part.kind === kind).map(part => bits(part.bits)).join('') || '–';
    return [time(Date.parse(block.time)), ...modalities.map((name, m) => bits(all[m].bits)), of('redundant'), of('synergistic'), bits(joint(block, modalities))];
  });
}

