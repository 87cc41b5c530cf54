import { el, modalityColour } from './dom.js';
import { count, number } from './format.js';
import { sentence } from './terms.js';
import { colourOf, isDefined } from './knowledge.js';
import { knowledgePanel, lossPanel, partBars } from './bars.js';
import { curveChart, sparkline, tableOf } from './charts.js';
import { alertCard } from './alerts.js';
import { AssetView, key } from './assetview.js';
import { svg } from './svg.js';
import { themeSwitch } from './theme.js';

// Draws a report; all its data are in the file.

function reportSection(title, ...content) {
  return el('section', { class: 'card', 'aria-label': title }, el('h2', {}, title), content);
}

function summary(data) {
  return reportSection('In plain words', el('div', { class: 'lead' }, data.lead.map(words => el('p', {}, sentence(words)))),
    data.figures ? el('ul', { class: 'figures' }, data.figures.map(([value, what]) => el('li', {}, el('b', {}, value), what))) : null);
}

function knowledge({ explanation, modalities, advice }) {
  if (!isDefined(explanation)) return [];
  return el('div', { class: 'columns' },
    reportSection('Where the knowledge comes from', knowledgePanel(explanation, modalities, { note: '.' })),
    reportSection('What if these sensors were gone?', lossPanel(explanation, modalities, advice)));
}

function alertsOf(data) {
  if (!data.alerts) return [];
  const most = 30;
  return reportSection('Alerts', el('div', { class: 'alerts' }, data.alerts.length
    ? data.alerts.slice(0, most).map(alert => alertCard(alert, { modalities: data.modalities }))
    : el('p', { class: 'quiet' }, 'None: no significant shift, no frozen channel, no silent sensors, no significantly worse predictions.')),
  data.alerts.length > most ? el('p', { class: 'quiet' }, `${count(data.alerts.length - most)} more are in alerts.jsonl.`) : null);
}

function table(label, { head, rows }) {
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, el('table', { class: 'figures-table' },
    el('thead', {}, el('tr', {}, head.map(text => el('th', { scope: 'col' }, text)))),
    el('tbody', {}, rows.map(row => el('tr', {}, row.map((cell, c) => (c === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell))))))));
}

function tableSection(data) {
  return data.table ? reportSection('Assets', table('Table of assets', data.table)) : [];
}

// Parts of bars are named once; a bar of one part is named by its row.
function bars(data) {
  const [first] = data.rows;
  const named = first && first.parts.length > 1 ? key(first.parts.map(part => ['area', colourOf(part), part.name])) : null;
  return [named, partBars(data)];
}

const unstarted = [];

function curves({ title, curves: all }) {
  const epochs = all[0].values.map((value, i) => i + 1);
  const box = el('div', { class: 'plot' });
  unstarted.push(() => curveChart(box, epochs, all));
  return [key(all.map((curve, c) => ['line', modalityColour(c), curve.name])), box,
    tableOf(`${title} as a table`, ['epoch', ...all.map(curve => curve.name)],
      most => epochs.slice(-most).reverse().map(epoch => [String(epoch), ...all.map(curve => number(curve.values[epoch - 1]))]))];
}

// A curve over the rows and the distribution of the values; both are named by the text beside them.
function picture({ name, grade, facts, course, histogram }) {
  const most = Math.max(1, ...histogram);
  const width = 100 / histogram.length;
  return el('li', { class: 'picture' },
    el('p', {}, el('b', {}, name), ' ', el('span', { class: grade === 'good' ? 'badge active' : 'badge' }, grade)),
    el('div', { class: 'drawings' },
      svg('svg', { class: 'spark', viewBox: '0 0 100 28', 'aria-hidden': 'true', preserveAspectRatio: 'none' }, svg('path', { d: sparkline(course) })),
      svg('svg', { class: 'histogram', viewBox: '0 0 100 28', 'aria-hidden': 'true', preserveAspectRatio: 'none' },
        histogram.map((bar, i) => svg('rect', { x: i * width, y: 28 - 28 * bar / most, width: width * .85, height: 28 * bar / most })))),
    el('p', { class: 'quiet' }, facts));
}

function content(title, part) {
  if (part.paragraph) return el('p', {}, part.paragraph);
  if (part.table) return table(title, part.table);
  if (part.pictures) return el('ul', { class: 'pictures' }, part.pictures.map(picture));
  if (part.code) return el('pre', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title }, part.code);
  return part.bars ? bars(part.bars) : curves(part.curves);
}

function sections(data) {
  return (data.sections || []).map(section => (section.group
    ? el('h2', { class: 'group' }, section.group)
    : reportSection(section.title, section.content.map(part => content(section.title, part)))));
}

const report = JSON.parse(document.getElementById('data').textContent);
document.getElementById('tools').append(themeSwitch());
const assetViews = (report.assets || []).map(asset => {
  const shown = new AssetView({ ...asset, versions: [] }, { static: true });
  shown.root.prepend(el('h2', { class: 'asset-name' }, asset.asset));
  return shown;
});
document.getElementById('report').append(...[summary(report), knowledge(report), alertsOf(report), tableSection(report), sections(report), assetViews.map(shown => shown.root)].flat());
assetViews.forEach(shown => shown.start());
unstarted.forEach(start => start());
document.body.dataset.ready = 'report';
