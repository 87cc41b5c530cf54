import { el, coloured, modalityColour } from './dom.js';
import { known, number, percent, time } from './format.js';

// Cards of alerts, and lists of model versions.

const KINDS = {
  CONTRIBUTION_SHIFT: 'Contributions have shifted',
  MODALITY_STALLED: 'Sensors have fallen silent',
  CHANNEL_FROZEN: 'A channel has frozen',
  MODEL_REGRESSED: 'Predictions have become worse'
};

export function isOfFleet(alert) {
  return alert.asset === '*';
}

export function alertKind(alert) {
  return KINDS[alert.kind] || alert.kind;
}

function measureName(name) {
  const [what, ...of] = name.split('.');
  const whose = of.join('.');
  if (what === 'share') return `share of ${whose}`;
  if (what === 'contribution') return `contribution of ${whose}`;
  if (what === 'information') return `known by ${whose.split('+').join(' and ')}`;
  return what === 'error' ? 'mean error' : name;
}

function amount(value, unit) {
  if (!known(value)) return '–';
  return unit === '1' ? percent(value) : unit === 'bit' ? `${number(value)} bit` : number(value);
}

function measureRow(measure) {
  const range = (lower, upper) => (known(lower) && known(upper) ? ` (${amount(lower, measure.unit)} … ${amount(upper, measure.unit)})` : '');
  return el('tr', {}, el('th', { scope: 'row' }, measureName(measure.name)),
    el('td', {}, amount(measure.before, measure.unit), el('small', {}, range(measure.beforeLower, measure.beforeUpper))),
    el('td', {}, amount(measure.after, measure.unit), el('small', {}, range(measure.afterLower, measure.afterUpper))));
}

export function alertCard(alert, { modalities = [], link = null, level = 'h3' } = {}) {
  const open = alert.state === 'OPEN';
  const m = modalities.indexOf(alert.modality);
  const where = isOfFleet(alert) ? 'the whole fleet' : alert.asset;
  const dot = m >= 0 ? coloured(el('i', { class: 'dot', 'aria-hidden': 'true' }), modalityColour(m)) : null;
  const measures = (alert.measures || []).filter(measure => known(measure.before) || known(measure.after));
  return el('article', { class: `alert ${open ? 'open' : 'resolved'}` },
    el(level, {}, el('span', { class: 'state' }, open ? (alert.handling || 'open').toLowerCase() : 'resolved'), ' ', alertKind(alert)),
    el('p', { class: 'where' }, link ? el('a', { href: link }, where) : where, alert.modality ? [' · ', dot, alert.modality] : null, alert.channel ? ` · ${alert.channel}` : null),
    el('p', {}, alert.message),
    alert.resolution ? el('p', { class: 'quiet' }, `Resolved: ${alert.resolution}`) : null,
    el('dl', { class: 'facts' },
      alert.shelvedUntil ? el('div', {}, el('dt', {}, 'shelved until'), el('dd', {}, time(Date.parse(alert.shelvedUntil)))) : null,
      alert.assignee ? el('div', {}, el('dt', {}, 'assigned to'), el('dd', {}, alert.assignee)) : null,
      alert.outcome ? el('div', {}, el('dt', {}, 'outcome'), el('dd', {}, alert.outcome.toLowerCase())) : null,
      el('div', {}, el('dt', {}, 'changed'), el('dd', {}, time(Date.parse(alert.changeTime)))),
      el('div', {}, el('dt', {}, 'opened'), el('dd', {}, time(Date.parse(alert.openedAt)))),
      alert.resolvedAt ? el('div', {}, el('dt', {}, 'resolved'), el('dd', {}, time(Date.parse(alert.resolvedAt)))) : null),
    measures.length ? el('details', {}, el('summary', {}, 'Before and after'),
      el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Before and after: ${alertKind(alert)}, ${where}` },
        el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'what'), el('th', { scope: 'col' }, 'before'), el('th', { scope: 'col' }, 'since'))),
          el('tbody', {}, measures.map(measureRow))))) : null);
}

// Where alerts and versions are drawn in a chart.
export function markersOf(alerts, versions) {
  return [
    ...alerts.map(alert => ({ kind: 'alert', time: Date.parse(alert.openedAt), label: '!' })),
    ...versions.filter(version => version.state === 'ACTIVE' || version.state === 'RETIRED')
      .map(version => ({ kind: 'version', time: Date.parse(version.effectiveFrom), label: `v${version.version}` }))
  ].filter(marker => Number.isFinite(marker.time));
}

const STATES = { CANDIDATE: 'on trial', ACTIVE: 'serves', RETIRED: 'retired', REJECTED: 'rejected' };

export function versionList(versions) {
  if (!versions.length) return el('p', { class: 'quiet' }, 'No trained version yet: version 0 uses the raw channels.');
  return el('ul', { class: 'versions' }, [...versions].reverse().map(version => el('li', {},
    el('b', {}, `version ${version.version}`), ' ', el('span', { class: `badge ${String(version.state).toLowerCase()}` }, STATES[version.state] || version.state),
    ` since ${time(Date.parse(version.effectiveFrom))}`, version.reason ? el('span', { class: 'quiet' }, ` – ${version.reason}`) : null)));
}
