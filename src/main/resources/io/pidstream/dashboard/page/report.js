import { el } from './dom.js';
import { count, number, percent, withUnit } from './format.js';
import { term } from './terms.js';
import { isDefined, joint, losses, parts, shares } from './knowledge.js';
import { knowledgeBar, lossBars, shareBars } from './bars.js';
import { alertCard } from './alerts.js';
import { advice, origin } from './sentences.js';
import { AssetView } from './assetview.js';
import { themeSwitch } from './theme.js';

// What a report shows by the page's own means: everything it knows is in the file.

function reportSection(title, ...content) {
  return el('section', { class: 'card', 'aria-label': title }, el('h2', {}, title), content);
}

function summary(data) {
  const words = [];
  const { errors, unit, interval } = data;
  if (errors) {
    words.push(el('p', {}, 'Every row was predicted before its true value was known, and learned from afterwards. Predictions were ', term('error'), ' ',
      el('b', {}, withUnit(number(errors.mae), unit)), ` on average, and `, el('b', {}, percent(errors.coverage)), ' of the true values were ', term('coverage'), `; ${percent(interval)} are promised.`));
  }
  for (const text of data.words || []) words.push(el('p', {}, text));
  words.push(el('p', {}, origin(data.explanation, data.modalities)));
  return reportSection('In plain words', el('div', { class: 'lead' }, words),
    data.figures ? el('ul', { class: 'figures' }, data.figures.map(([value, what]) => el('li', {}, el('b', {}, value), what))) : null);
}

function knowledge(data) {
  const { explanation, modalities } = data;
  if (!isDefined(explanation)) return [];
  return el('div', { class: 'columns' },
    reportSection('Where the knowledge comes from', knowledgeBar(parts(explanation, modalities), joint(explanation, modalities)),
      el('h3', {}, term('share', 'Share'), ' of each ', term('modality')), shareBars(shares(explanation, modalities), modalities),
      el('p', { class: 'quiet' }, `${number(explanation.effectiveSamples)} `, term('samples'), '.')),
    reportSection('What if these sensors were gone?', el('p', { class: 'quiet' }, 'Growth of the error ', term('without')),
      lossBars(losses(explanation, modalities), modalities), el('p', {}, advice(explanation))));
}

function alertsOf(data) {
  if (!data.alerts) return [];
  const most = 30;
  return reportSection('Alerts', el('div', { class: 'alerts' }, data.alerts.length
    ? data.alerts.slice(0, most).map(alert => alertCard(alert, { modalities: data.modalities }))
    : el('p', { class: 'quiet' }, 'None: nothing shifted, froze, fell silent or became worse that chance does not explain.')),
  data.alerts.length > most ? el('p', { class: 'quiet' }, `${count(data.alerts.length - most)} more are in alerts.jsonl.`) : null);
}

function tableSection(data) {
  if (!data.table) return [];
  return reportSection('Assets', el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of assets' }, el('table', {},
    el('thead', {}, el('tr', {}, data.table.head.map(text => el('th', { scope: 'col' }, text)))),
    el('tbody', {}, data.table.rows.map(row => el('tr', {}, row.map((cell, c) => (c === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell)))))))));
}

const report = JSON.parse(document.getElementById('data').textContent);
document.getElementById('tools').append(themeSwitch());
const assetViews = (report.assets || []).map(asset => {
  const shown = new AssetView({ ...asset, versions: [] }, { static: true });
  shown.root.prepend(el('h2', { class: 'asset-name' }, asset.asset));
  return shown;
});
document.getElementById('report').append(...[summary(report), knowledge(report), alertsOf(report), tableSection(report), assetViews.map(shown => shown.root)].flat());
assetViews.forEach(shown => shown.start());
document.body.dataset.ready = 'report';
