import { el, coloured, modalityColour, refresh } from './dom.js';
import { known, list, number, percent, several, time, withUnit } from './format.js';
import { sentence, term } from './terms.js';
import { errorChart, forecastChart, forecastRows, knowledgeChart, knowledgeRows, tableOf } from './charts.js';
import { knowledgePanel, lossPanel, pushBars } from './bars.js';
import { alertCard, isOfFleet, markersOf, versionList } from './alerts.js';

// One asset: its predictions, their explanation, alerts and versions.

const COLUMNS = ['prediction', 'lower', 'upper', 'expectedError', 'baseline', 'truth', 'version', 'present'];
const WINDOWS = [300, 2000, Infinity];
let views = 0;

// Puts what has changed into what is shown, in the order of time.
export function mergePoints(points, changes, most) {
  const last = points.times.length ? points.times[points.times.length - 1] : -Infinity;
  changes.times.forEach((at, i) => {
    let place = at > last ? points.times.length : points.times.indexOf(at);
    if (place < 0) return;
    points.times[place] = at;
    for (const name of COLUMNS) points[name][place] = changes[name][i];
    points.contributions.forEach((column, m) => { column[place] = changes.contributions[m][i]; });
    (points.narrower || []).forEach((ends, l) => {
      ends.lower[place] = changes.narrower[l].lower[i];
      ends.upper[place] = changes.narrower[l].upper[i];
    });
  });
  const extra = points.times.length - most;
  if (extra > 0) {
    points.times.splice(0, extra);
    for (const name of COLUMNS) points[name].splice(0, extra);
    points.contributions.forEach(column => column.splice(0, extra));
    (points.narrower || []).forEach(ends => { ends.lower.splice(0, extra); ends.upper.splice(0, extra); });
  }
}

export function key(entries) {
  return el('ul', { class: 'key' }, entries.map(([kind, colour, words]) => el('li', {},
    coloured(el('i', { class: kind, 'aria-hidden': 'true' }), colour), el('span', {}, words))));
}

// Of several ranges, shares from the widest, lightest one to the narrowest.
export function forecastKey(intervals = []) {
  const shades = intervals.length > 1 ? `, from light to dark ${list([...intervals].reverse().map(percent))}` : '';
  return key([['line', '--prediction', 'predicted'], ['area', '--range', [term('interval'), shades]], ['line', '--truth', term('truth')],
    ['mark', '--alert', term('alert')], ['mark', '--version', term('version')]]);
}

export function knowledgeKey(modalities) {
  return key([...modalities.map((name, m) => ['area', modalityColour(m), [term('unique', 'only'), ` ${name}`]]),
    ['area', '--redundant', term('redundant')], ['area', '--synergistic', term('synergistic')]]);
}

function errorKey() {
  return key([['line', '--prediction', term('expected')], ['line', '--truth', 'error that came out']]);
}

function card(title, ...content) {
  const id = `card-${++views}`;
  return el('section', { class: 'card', 'aria-labelledby': id }, el('h3', { id }, title), content);
}

// The ends of the ranges of a prediction, the widest first; with their shares where they are several.
function rangesOf(points, index, intervals) {
  const ends = [...(points.narrower || []), points].map(({ lower, upper }) => `${number(lower[index])} … ${number(upper[index])}`);
  return (ends.length > 1 ? ends.map((text, l) => `${text} (${percent(intervals[l])})`) : ends).reverse();
}

export class AssetView {
  constructor(data, { most = 10000, static: still = false } = {}) {
    this.data = data;
    this.most = most;
    this.following = true;
    this.shown = Math.max(0, data.points.times.length - 1);
    this.id = ++views;
    this.words = el('p', { class: 'lead' });
    this.plot = el('div', { class: 'plot' });
    this.slider = el('input', { type: 'range', min: '0', step: '1', id: `slot-${this.id}` });
    this.slider.addEventListener('input', () => this.select(Number(this.slider.value)));
    this.zooms = el('div', { class: 'zooms', role: 'group', 'aria-label': 'Stretch of time' },
      WINDOWS.map(points => el('button', { type: 'button', 'aria-pressed': 'false', onclick: () => this.zoom(points) }, points === Infinity ? 'all' : `${points} slots`)));
    this.window = still ? Infinity : WINDOWS[0];
    this.errors = el('div', {});
    this.readout = el('div', { class: 'readout' });
    this.layers = el('div', { class: 'plot' });
    this.now = el('div', {});
    this.without = el('div', {});
    this.alerts = el('div', { class: 'alerts' });
    this.versions = el('div', {});
    this.still = still;
    this.root = el('div', { class: 'asset' }, this.words,
      card('Prediction and truth', forecastKey(data.intervals), this.zooms, this.plot, this.errors,
        el('div', { class: 'slider' }, el('label', { for: `slot-${this.id}` }, 'Point in time'), this.slider),
        this.readout, tableOf('Predictions as a table', ['time (UTC)', 'predicted', 'range', 'measured', 'off by', 'expected'], most => forecastRows(this.data.points, most))),
      card(['What is known over time, in ', term('bit')], knowledgeKey(data.modalities), this.layers,
        tableOf('Knowledge as a table', ['time (UTC)', ...data.modalities.map(name => `only ${name}`), 'redundant', 'synergistic', 'in all'], most => knowledgeRows(this.data.blocks, this.data.modalities, most))),
      el('div', { class: 'columns' },
        card('Where the knowledge comes from', this.now),
        card('What if these sensors were gone?', this.without)),
      card('Alerts', this.alerts),
      still ? null : card(['Model versions'], this.versions));
  }

  // After it has got its place in the document, and so its width.
  start() {
    const { data } = this;
    const sync = `asset-${this.id}`;
    const marks = () => markersOf(this.data.alerts, this.data.versions);
    this.forecast = forecastChart(this.plot, data.points, { sync, marks, onPoint: index => this.select(index, true) });
    this.marks = marks;
    this.sync = sync;
    this.draw();
    this.zoom(this.window);
  }

  draw() {
    const { data } = this;
    const { modalities, words, explanation } = data;
    refresh(this.words, [words.goodness, words.skill, words.awaited, words.origin], () => [sentence(words.goodness), ' ', sentence(words.skill), ' ',
      el('span', { class: 'awaited' }, sentence(words.awaited)), ' ', sentence(words.origin)]);
    this.drawErrors();
    if (!this.knowledge) {
      this.layers.replaceChildren();
      this.knowledge = knowledgeChart(this.layers, data.blocks, modalities, { sync: this.sync, marks: this.marks });
      if (!this.knowledge) this.layers.replaceChildren(el('p', { class: 'quiet' }, 'Not yet: this takes two blocks of labelled predictions.'));
    } else {
      this.knowledge.update(data.blocks);
    }
    this.select(this.following ? data.points.times.length - 1 : Math.min(this.shown, data.points.times.length - 1), true);
    refresh(this.now, explanation, () => knowledgePanel(explanation, modalities, { level: 'h4', note: explanation ? `; the newest of ${time(Date.parse(explanation.time))}` : '' }));
    refresh(this.without, [explanation, words.advice], () => lossPanel(explanation, modalities, [words.advice]));
    refresh(this.alerts, data.alerts, () => (data.alerts.length
      ? data.alerts.map(alert => alertCard(alert, { modalities, level: 'h4' }))
      : el('p', { class: 'quiet' }, 'None. When contributions shift, a channel freezes, sensors fall silent or predictions become worse, an alert is shown here.')));
    refresh(this.versions, data.versions, () => versionList(data.versions));
  }

  // The error that was expected, beside the one that came out; nothing where none was expected.
  drawErrors() {
    const { points } = this.data;
    if (this.errorCurves) this.errorCurves.update(points);
    else if (points.expectedError.some(known)) {
      const plot = el('div', { class: 'plot' });
      this.errors.replaceChildren(el('h4', {}, 'Error, expected and come out'), errorKey(), plot);
      this.errorCurves = errorChart(plot, points, { sync: this.sync, marks: this.marks });
      this.reveal();
    }
  }

  // Shows so many slots, the newest or those around the chosen one.
  zoom(points) {
    this.window = points;
    [...this.zooms.children].forEach((button, i) => button.setAttribute('aria-pressed', String(WINDOWS[i] === points)));
    this.reveal();
  }

  reveal() {
    const { times } = this.data.points;
    if (times.length < 2) return;
    const to = this.following || this.window === Infinity ? times.length - 1 : Math.min(times.length - 1, Math.round(this.shown + this.window / 2));
    for (const chart of [this.forecast, this.errorCurves]) {
      if (chart) chart.zoom(times[Math.max(0, to - this.window + 1)], times[to]);
    }
  }

  // Shows one point: by the slider, or under the cursor of a chart.
  select(index, byChart = false) {
    const { points, modalities, unit, targets, target, words } = this.data;
    if (index < 0 || !points.times.length) {
      refresh(this.readout, 'none', () => el('p', { class: 'quiet' }, 'No prediction yet.'));
      return;
    }
    this.shown = index;
    this.following = index === points.times.length - 1;
    this.slider.max = String(points.times.length - 1);
    this.slider.value = String(index);
    const at = points.times[index];
    const measured = points.truth[index];
    const expected = points.expectedError[index];
    const said = `${time(at)}: predicted ${number(points.prediction[index])}${known(expected) ? ` ± ${number(expected)} expected` : ''}, measured ${known(measured) ? number(measured) : 'not known'}`;
    this.slider.setAttribute('aria-valuetext', said);
    if (!byChart && this.forecast) {
      this.reveal();
      this.forecast.point(index);
    }
    const pushes = points.contributions.map(column => column[index]);
    const scale = this.scale();
    const ranges = rangesOf(points, index, this.data.intervals);
    refresh(this.readout, [at, measured, points.prediction[index], points.lower[index], expected, ranges, scale, this.following && words.channels], () => [
      el('p', { class: 'at' }, el('b', {}, time(at)), ` UTC${this.following && !this.still ? ', the newest' : ''}`),
      el('dl', { class: 'facts large' },
        el('div', {}, el('dt', {}, `predicted ${targets[target]}`), el('dd', {}, withUnit(number(points.prediction[index]), unit), known(expected) ? el('small', { class: 'expected' }, ` ±${withUnit(number(expected), unit)} `, term('expected', 'expected')) : null)),
        el('div', {}, el('dt', {}, term('interval')), ranges.map(range => el('dd', { class: 'range' }, range))),
        el('div', {}, el('dt', {}, term('truth')), el('dd', {}, known(measured) ? [withUnit(number(measured), unit), el('small', {}, ` off by ${number(Math.abs(measured - points.prediction[index]))}`)] : el('small', {}, 'not known yet'))),
        el('div', {}, el('dt', {}, term('usual')), el('dd', {}, withUnit(number(points.baseline[index]), unit))),
        el('div', {}, el('dt', {}, term('version')), el('dd', {}, String(points.version[index])))),
      el('h4', {}, 'What pushed this prediction away from the usual value (', term('contribution'), ')'),
      pushBars(pushes, modalities, points.present[index], unit, scale),
      this.following && words.channels && words.channels.length ? el('p', { class: 'quiet' }, sentence(words.channels)) : null]);
  }

  // The largest push of all that are shown, so that bars can be compared from point to point.
  scale() {
    let most = 1e-12;
    for (const column of this.data.points.contributions) {
      for (const value of column) if (known(value) && Math.abs(value) > most) most = Math.abs(value);
    }
    return most;
  }

  update(changes) {
    const { data } = this;
    const wasLast = this.following;
    mergePoints(data.points, changes.points, this.most);
    data.blocks.push(...changes.blocks.filter(block => !data.blocks.length || block.time > data.blocks[data.blocks.length - 1].time));
    if (changes.explanation) data.explanation = changes.explanation;
    for (const name of ['mae', 'foreseen', 'awaited', 'spread', 'yardstick', 'yardstickMae', 'skill', 'skillBits', 'coverage', 'recent', 'labelled', 'predictions', 'words']) data[name] = changes[name];
    this.following = wasLast;
    if (this.forecast) {
      this.forecast.update(data.points);
      this.draw();
      if (this.following) this.reveal();
    }
  }

  // Alerts and versions come with the overview.
  happened(alerts, versions) {
    this.data.alerts = alerts.filter(alert => alert.asset === this.data.asset || isOfFleet(alert));
    this.data.versions = versions;
    if (this.forecast) {
      this.draw();
      this.forecast.redraw();
      if (this.errorCurves) this.errorCurves.redraw();
    }
  }

  destroy() {
    if (this.forecast) this.forecast.destroy();
    if (this.errorCurves) this.errorCurves.destroy();
    if (this.knowledge) this.knowledge.destroy();
  }

  get summary() {
    return several(this.data.predictions, 'prediction', 'predictions');
  }
}
