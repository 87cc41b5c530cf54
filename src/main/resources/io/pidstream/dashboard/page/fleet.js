import { el, refresh } from './dom.js';
import { count, known, number, percent, several, time, withUnit } from './format.js';
import { sentence, term } from './terms.js';
import { isDefined, shares } from './knowledge.js';
import { knowledgePanel, lossPanel, miniStack } from './bars.js';
import { forecastChart, sparkline } from './charts.js';
import { alertCard, isOfFleet, markersOf, versionList } from './alerts.js';
import { svg } from './svg.js';

// The overview: accuracy, sources of information, open alerts, assets.

const MOST_CHARTS = 12;

export const assetLink = asset => `#/asset/${encodeURIComponent(asset)}`;

function section(title, ...content) {
  const id = `s-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  return el('section', { class: 'card', 'aria-labelledby': id }, el('h2', { id }, title), content);
}

class Row {
  constructor(asset) {
    this.cells = {
      now: el('td', { class: 'number' }), truth: el('td', { class: 'number wide' }), error: el('td', { class: 'number' }),
      skill: el('td', { class: 'number wide' }), inside: el('td', { class: 'number wide' }), from: el('td', { class: 'from' }), spark: el('td', { class: 'wide' }), alerts: el('td', {})
    };
    this.root = el('tr', {}, el('th', { scope: 'row' }, el('a', { href: assetLink(asset) }, asset)), Object.values(this.cells));
  }

  update(asset, { modalities, unit }) {
    refresh(this.cells.now, [asset.prediction, asset.lower, asset.expectedError], () => (known(asset.prediction)
      ? [el('b', {}, withUnit(number(asset.prediction), unit)), known(asset.expectedError) ? el('small', { class: 'expected' }, ` ±${number(asset.expectedError)}`) : null, el('small', { class: 'wide' }, ` (${number(asset.lower)} … ${number(asset.upper)})`)] : '–'));
    refresh(this.cells.truth, asset.truth, () => el('span', {}, number(asset.truth)));
    refresh(this.cells.error, asset.mae, () => el('span', {}, number(asset.mae)));
    refresh(this.cells.skill, asset.skill, () => el('span', {}, percent(asset.skill)));
    refresh(this.cells.inside, asset.coverage, () => el('span', {}, percent(asset.coverage)));
    refresh(this.cells.from, asset.explanation && asset.explanation.time, () => (isDefined(asset.explanation)
      ? miniStack(shares(asset.explanation, modalities), modalities) : el('span', { class: 'quiet' }, asset.explanation ? 'undefined' : 'not yet')));
    const path = sparkline(asset.spark);
    refresh(this.cells.spark, path, () => svg('svg', { class: 'spark', viewBox: '0 0 100 28', 'aria-hidden': 'true', preserveAspectRatio: 'none' }, svg('path', { d: path })));
    refresh(this.cells.alerts, asset.openAlerts, () => (asset.openAlerts ? el('span', { class: 'badge alert-badge' }, several(asset.openAlerts, 'alert', 'alerts')) : el('span', { class: 'quiet' }, '–')));
  }
}

const share = (asset, modality, modalities) => (isDefined(asset.explanation) ? shares(asset.explanation, modalities)[modalities.indexOf(modality)] : -1);

export class FleetView {
  constructor(overview) {
    this.rows = new Map();
    this.modalities = overview.modalities;
    this.order = 'error';
    this.lead = el('div', { class: 'lead' });
    this.alerts = el('div', { class: 'alerts' });
    this.knowledge = el('div', {});
    this.without = el('div', {});
    this.versions = el('div', {});
    this.body = el('tbody', {});
    this.note = el('p', { class: 'quiet' });
    this.sort = el('select', { id: 'order' }, [['error', 'largest error first'], ['alerts', 'open alerts first'], ['asset', 'by name'],
      ...overview.modalities.map(name => [`share:${name}`, `largest share of ${name} first`])].map(([value, text]) => el('option', { value }, text)));
    this.sort.addEventListener('change', () => { this.order = this.sort.value; this.arrange(); });
    const head = [['asset', null], ['predicted now', null], ['measured', 'wide', 'truth'], ['off by', null, 'error'], ['skill', 'wide', 'skill'], ['in range', 'wide', 'coverage'], ['shares', null, 'share'], ['newest', 'wide'], ['alerts', null]];
    this.root = el('div', { class: 'fleet' },
      section('Right now', this.lead),
      section('Open alerts', this.alerts),
      el('div', { class: 'columns' },
        section('Where the knowledge comes from', this.knowledge),
        section('What if these sensors were gone?', this.without)),
      section('Assets', el('div', { class: 'sort' }, el('label', { for: 'order' }, 'Order '), this.sort),
        el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of assets' }, el('table', { class: 'assets' },
          el('thead', {}, el('tr', {}, head.map(([text, kind, word]) => el('th', { scope: 'col', class: kind }, word ? term(word, text) : text)))), this.body)), this.note),
      section('Model versions', this.versions));
    this.update(overview);
  }

  start() {}

  update(overview) {
    this.overview = overview;
    const { modalities, targets, assets, fleet, alerts, words } = overview;
    refresh(this.lead, [words.goodness, words.skill, words.awaited, words.origin, overview.assetCount, Math.floor(overview.status.predictions / 100)], () => [
      el('p', {}, sentence(words.goodness), ' ', sentence(words.skill)),
      words.awaited.length ? el('p', { class: 'awaited' }, sentence(words.awaited)) : null, el('p', {}, sentence(words.origin)), el('p', { class: 'quiet' }, sentence(words.extent))]);
    const open = alerts.filter(alert => alert.state === 'OPEN');
    const resolved = alerts.filter(alert => alert.state !== 'OPEN').slice(0, Math.max(0, 3 - open.length));
    refresh(this.alerts, alerts, () => [
      open.length ? null : el('p', { class: 'quiet' }, alerts.length ? 'None is open. The newest resolved ones:' : 'None. When contributions shift, a channel freezes, sensors fall silent or predictions become worse, an alert is shown here.'),
      [...open, ...resolved].map(alert => alertCard(alert, { modalities, link: isOfFleet(alert) ? null : assetLink(alert.asset) }))]);
    refresh(this.knowledge, fleet, () => knowledgePanel(fleet, modalities, { note: ', over all assets.' }));
    refresh(this.without, [fleet, words.advice], () => lossPanel(fleet, modalities, [words.advice]));
    refresh(this.versions, overview.versions, () => versionList(overview.versions));
    for (const asset of assets) {
      if (!this.rows.has(asset.asset)) this.rows.set(asset.asset, new Row(asset.asset));
      this.rows.get(asset.asset).update(asset, overview);
    }
    this.arrange();
    const missing = overview.assetCount - assets.length;
    this.note.textContent = `Error of ${targets[0]} over the newest 200 labelled predictions of each asset; ± is the error expected of the prediction.`
      + (missing > 0 ? ` ${count(missing)} more assets are not shown; those with open alerts and large errors are.` : '');
  }

  // Rows move only if their order has changed and the keyboard focus is not among them.
  arrange() {
    const { assets } = this.overview;
    const by = {
      error: asset => -(known(asset.mae) ? asset.mae : -1), alerts: asset => -asset.openAlerts, asset: () => 0
    }[this.order] || (asset => -share(asset, this.order.slice('share:'.length), this.modalities));
    const ordered = [...assets].sort((a, b) => by(a) - by(b) || (a.asset < b.asset ? -1 : 1)).map(asset => this.rows.get(asset.asset).root);
    const same = ordered.length === this.body.children.length && ordered.every((row, i) => row === this.body.children[i]);
    if (!same && !this.body.contains(document.activeElement)) this.body.replaceChildren(...ordered);
  }

  destroy() {}
}

// Prediction and truth of many assets, one below the other.
export class ChartsView {
  constructor(overview, { load, points }) {
    this.overview = overview;
    this.load = load;
    this.points = points;
    this.charts = [];
    this.grid = el('div', { class: 'grid' });
    this.note = el('p', { class: 'quiet' });
    this.root = el('div', {}, this.note, this.grid);
  }

  async start() {
    const shown = this.overview.assets.slice(0, MOST_CHARTS);
    this.note.textContent = shown.length < this.overview.assetCount
      ? `${shown.length} of ${count(this.overview.assetCount)} assets, those with open alerts and large errors first.` : `${several(shown.length, 'asset', 'assets')}, as loaded; the page of an asset is live.`;
    const loaded = await Promise.all(shown.map(asset => this.load(asset.asset, 0, this.points)));
    performance.mark('charts-loaded');
    for (const data of loaded.filter(Boolean)) {
      const box = el('div', { class: 'plot' });
      this.grid.append(el('section', { class: 'card', 'aria-label': data.asset },
        el('h3', {}, el('a', { href: assetLink(data.asset) }, data.asset)),
        el('p', { class: 'quiet' }, `off by ${withUnit(number(data.mae), data.unit)}, ${percent(data.coverage)} in range, until ${time(data.points.times[data.points.times.length - 1])}`), box));
      this.charts.push(forecastChart(box, data.points, { sync: 'charts', height: 200, marks: () => markersOf(data.alerts, data.versions) }));
    }
    // The charts draw themselves before the next frame.
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    performance.mark('charts-drawn');
  }

  update() {}

  destroy() {
    this.charts.forEach(chart => chart.destroy());
  }
}
