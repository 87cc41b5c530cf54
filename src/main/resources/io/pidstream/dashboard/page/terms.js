import { el } from './dom.js';

// Words that explain themselves on hover, on focus and on a tap.

const TERMS = {
  bit: ['bits', 'A measure of knowledge. Each bit halves the spread of the error: with one bit predictions are twice as sharp as always guessing the usual value, with two bits four times.'],
  known: ['what is known', 'How much all sensors together tell about the target, in bits. Each bit halves the spread of the error.'],
  unique: ['unique', 'Only this group of sensors can tell it. If it fails, this knowledge is lost.'],
  redundant: ['redundant', 'More than one group of sensors can tell it. If one of them fails, another steps in.'],
  synergistic: ['synergistic', 'It shows only when several groups of sensors are read together. Lose any of them and it is lost.'],
  shared: ['redundant or synergistic', 'Held by several groups of sensors, be it in each of them or in their interplay. This definition does not tell the two apart here.'],
  modality: ['modality', 'A group of sensors that report together, such as all temperatures.'],
  share: ['share', 'What part of all that is known is owed to this group of sensors. Knowledge that several have is split evenly between them, so the shares make 100 % (Shapley values).'],
  interval: ['range', 'The true value is expected to lie in this range; how often it should is set in the configuration, and the width follows what really happens.'],
  coverage: ['in range', 'How many of the newest true values lay inside the range that was predicted for them. It should be near the share promised.'],
  truth: ['measured', 'The true value of the target. It may become known much later than the prediction.'],
  error: ['off by', 'Mean distance between prediction and true value over the newest labelled predictions (mean absolute error). Every prediction was made before its true value was known.'],
  usual: ['usual value', 'What would be predicted without looking at the sensors. Usual value plus all contributions is the prediction.'],
  contribution: ['contribution', 'How far a group of sensors moved this prediction away from the usual value, in the unit of the target. Contributions and usual value add up to the prediction.'],
  guess: ['guessing the usual value', 'Whoever always said the mean of the true values, without any sensor, would be off by this much.'],
  without: ['if it were gone', 'By how much the spread of the error would grow if this group of sensors were gone and the rest relearned. In parentheses the range in which that surely lies.'],
  version: ['model version', 'The trained networks that turn channels into features. Version 0 takes the channels as they are. A new version has to prove itself beside the old one before it serves.'],
  alert: ['alert', 'Something changed that chance does not explain: contributions shifted, a channel froze, sensors fell silent, or predictions became worse.'],
  samples: ['effective samples', 'How many labelled predictions these numbers rest on. Older ones count less.'],
  dropped: ['could be left out', 'The sensors that could go together while the error grows by no more than what is tolerated.'],
  slot: ['slot', 'The step of time in which the readings of all groups of sensors are brought together.']
};

let bubble;
let shownFor;

function glossary() {
  let box = document.getElementById('glossary');
  if (!box) {
    box = el('div', { id: 'glossary', hidden: true });
    for (const [key, [, meaning]] of Object.entries(TERMS)) box.append(el('p', { id: `term-${key}` }, meaning));
    bubble = el('div', { class: 'bubble', hidden: true, 'aria-hidden': 'true' });
    document.body.append(box, bubble);
    document.addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
    addEventListener('scroll', follow, { passive: true });
  }
}

function show(word, key) {
  bubble.textContent = TERMS[key][1];
  bubble.hidden = false;
  shownFor = word;
  stand(word);
}

// The focus itself may scroll a word into view: its meaning goes along.
function follow() {
  if (shownFor && shownFor === document.activeElement) stand(shownFor);
  else hide();
}

function stand(word) {
  const at = word.getBoundingClientRect();
  const own = bubble.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(at.left + at.width / 2 - own.width / 2, room - own.width - 8));
  const above = at.top - own.height - 8;
  bubble.style.left = `${left}px`;
  bubble.style.top = `${above > 8 ? above : at.bottom + 8}px`;
}

function hide() {
  if (bubble) bubble.hidden = true;
  shownFor = null;
}

export function term(key, words) {
  glossary();
  const word = el('button', { type: 'button', class: 'term', 'aria-describedby': `term-${key}` }, words || TERMS[key][0]);
  word.addEventListener('mouseenter', () => show(word, key));
  word.addEventListener('mouseleave', () => { if (document.activeElement !== word) hide(); });
  word.addEventListener('focus', () => show(word, key));
  word.addEventListener('blur', hide);
  word.addEventListener('click', () => { if (shownFor !== word) show(word, key); });
  return word;
}

// A sentence as it is in the data: text, emphasised text and terms.
export function sentence(pieces) {
  return pieces.map(piece => (typeof piece === 'string' ? piece : piece.term ? term(piece.term, piece.text) : el('b', {}, piece.strong)));
}
