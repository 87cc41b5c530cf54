import { el, coloured, modalityColour } from './dom.js';
import { bits, known, number, percent, push } from './format.js';
import { colourOf, isDefined, joint, losses, parts, shares } from './knowledge.js';
import { sentence, term } from './terms.js';

// Bars made of elements: they reflow, and a screen reader reads their numbers.

function sized(node, share) {
  node.style.setProperty('--size', `${Math.max(0, Math.min(1, share)) * 100}%`);
  return node;
}

// What is known, as one bar whose parts add up, and its key with the numbers.
export function knowledgeBar(parts, total) {
  const whole = parts.reduce((sum, part) => sum + part.bits, 0) || 1;
  const bar = el('div', { class: 'stack', 'aria-hidden': 'true' },
    parts.filter(part => part.bits > 0).map(part => sized(coloured(el('span', { class: part.kind }), colourOf(part)), part.bits / whole)));
  const key = el('ul', { class: 'key' }, parts.map(part => el('li', {},
    coloured(el('i', { class: part.kind, 'aria-hidden': 'true' }), colourOf(part)),
    el('span', {}, part.kind === 'unique' ? ['only ', el('b', {}, part.name), ' ', term('unique', 'knows')] : term(part.kind), ' '),
    el('span', { class: 'value' }, bits(part.bits)))));
  return el('div', { class: 'knowledge' }, el('div', { class: 'total' }, el('b', {}, bits(total)), ' ', term('known', 'known in all')), bar, key);
}

export function miniStack(shares, modalities) {
  const text = modalities.map((name, m) => `${name} ${percent(shares[m])}`).join(', ');
  return el('div', { class: 'mini', role: 'img', 'aria-label': text, title: text },
    shares.map((share, m) => sized(coloured(el('span', {}), modalityColour(m)), share)));
}

export function shareBars(shares, modalities) {
  return el('ul', { class: 'bars' }, modalities.map((name, m) => el('li', {},
    el('span', { class: 'name' }, name),
    el('span', { class: 'track', 'aria-hidden': 'true' }, sized(coloured(el('span', {}), modalityColour(m)), shares[m])),
    el('span', { class: 'value' }, percent(shares[m])))));
}

// Bars to both sides of a middle: how far each modality pushed a prediction.
export function pushBars(values, modalities, present, unit, scale) {
  return el('ul', { class: 'bars push' }, modalities.map((name, m) => {
    const value = values[m];
    const absent = !((present >> m) & 1);
    const part = sized(coloured(el('span', { class: value < 0 ? 'down' : 'up' }), modalityColour(m)), known(value) ? Math.abs(value) / scale / 2 : 0);
    return el('li', { class: absent ? 'absent' : null },
      el('span', { class: 'name' }, name),
      el('span', { class: 'track', 'aria-hidden': 'true' }, part),
      el('span', { class: 'value' }, absent ? 'absent' : unit ? `${push(value, scale)} ${unit}` : push(value, scale)));
  }));
}

// By how much the error would grow, with the range in which that lies.
export function lossBars(without, modalities) {
  const most = Math.max(0.02, ...modalities.map(name => (without[name] ? without[name].upper || without[name].residualRise : 0)));
  return el('ul', { class: 'bars loss' }, modalities.filter(name => without[name]).map(name => {
    const loss = without[name];
    const m = modalities.indexOf(name);
    const whisker = known(loss.upper) ? el('i', {}) : null;
    if (whisker) whisker.style.setProperty('--from', `${100 * Math.max(0, loss.lower) / most}%`);
    if (whisker) whisker.style.setProperty('--to', `${100 * Math.max(0, loss.upper) / most}%`);
    return el('li', {},
      el('span', { class: 'name' }, 'without ', el('b', {}, name)),
      el('span', { class: 'track', 'aria-hidden': 'true' }, sized(coloured(el('span', {}), modalityColour(m)), loss.residualRise / most), whisker),
      el('span', { class: 'value' }, `+${percent(loss.residualRise)}`, whisker ? el('small', {}, ` (${percent(Math.max(0, loss.lower))} … ${percent(loss.upper)})`) : null));
  }));
}

// Bars on one scale, each of one or more parts, with a whisker where there is an interval.
export function partBars({ most, rows }) {
  const size = value => Math.max(0, Math.min(1, value / most));
  return el('ul', { class: 'bars parts' }, rows.map(row => {
    const whisker = row.interval ? el('i', {}) : null;
    if (whisker) whisker.style.setProperty('--from', `${100 * size(row.interval[0])}%`);
    if (whisker) whisker.style.setProperty('--to', `${100 * size(row.interval[1])}%`);
    let from = 0;
    const parts = row.parts.map(part => {
      const bar = sized(coloured(el('span', { class: part.kind, title: `${part.name}: ${bits(part.bits)}` }), colourOf(part)), size(part.bits));
      bar.style.setProperty('--from', `${100 * size(from)}%`);
      from += Math.max(0, part.bits);
      return bar;
    });
    return el('li', {},
      el('span', { class: 'name' }, row.name),
      el('span', { class: 'track', 'aria-hidden': 'true' }, parts, whisker),
      el('span', { class: 'value' }, row.value));
  }));
}

function unknown(explanation) {
  return el('p', { class: 'quiet' }, explanation ? `Undefined: ${explanation.reason}.` : 'Not known yet: this takes a block of labelled predictions.');
}

// Where the knowledge comes from: its parts, and the share of each modality.
export function knowledgePanel(explanation, modalities, { level = 'h3', note = '' } = {}) {
  if (!isDefined(explanation)) return unknown(explanation);
  return [knowledgeBar(parts(explanation, modalities), joint(explanation, modalities)),
    el(level, {}, term('share', 'Share'), ' of each ', term('modality')), shareBars(shares(explanation, modalities), modalities),
    el('p', { class: 'quiet' }, `${number(explanation.effectiveSamples)} `, term('samples'), note)];
}

// How much the error would grow without each modality, and what follows.
export function lossPanel(explanation, modalities, advice) {
  if (!isDefined(explanation)) return unknown(explanation);
  return [el('p', { class: 'quiet' }, 'Growth of the error ', term('without')), lossBars(losses(explanation, modalities), modalities),
    advice.map(words => el('p', {}, sentence(words)))];
}
