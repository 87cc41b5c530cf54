import { el } from './dom.js';

// Words that explain themselves on hover, on focus and on a tap.

const TERMS = {
  bit: ['bits', 'A unit of information. Each bit halves the spread of the error: with one bit predictions are twice as sharp as always guessing the usual value, with two bits four times.'],
  known: ['what is known', 'Information that all sensors together carry about the target, in bits. Each bit halves the spread of the error.'],
  unique: ['unique', 'Only this group of sensors carries it. If the group fails, this information is lost.'],
  redundant: ['redundant', 'More than one group of sensors carries it. If one of them fails, another can replace it.'],
  synergistic: ['synergistic', 'It is only there when several groups of sensors are read together. If any of them fails, it is lost.'],
  shared: ['redundant or synergistic', 'Carried by several groups of sensors, by each of them or only together. This definition does not separate the two here.'],
  modality: ['modality', 'A group of sensors that report together, such as all temperatures.'],
  share: ['share', 'The part of all information that is attributed to this group of sensors. Information of several groups is split evenly between them, so the shares add up to 100 % (Shapley values).'],
  interval: ['range', 'The prediction interval: the true value should lie in it as often as the configuration says. Its width adapts to the observed errors.'],
  coverage: ['in range', 'Share of the newest true values that lay inside their prediction interval. It should be close to the nominal share.'],
  truth: ['measured', 'The true value of the target. It may become known much later than the prediction.'],
  error: ['off by', 'Mean distance between prediction and true value over the newest labelled predictions (mean absolute error). Every prediction was made before its true value was known.'],
  expected: ['expected error', 'The distance between prediction and true value that is expected on average, known before the true value is. It follows the errors of the past in alike situations.'],
  usual: ['usual value', 'What would be predicted without looking at the sensors. Usual value plus all contributions is the prediction.'],
  contribution: ['contribution', 'How far a group of sensors moved this prediction away from the usual value, in the unit of the target. Contributions and usual value add up to the prediction.'],
  guess: ['guessing the usual value', 'The error of always predicting the mean of the true values, without any sensor.'],
  yardstick: ['simple predictor', 'A prediction that needs no sensors or hardly any learning: the last known true value, the mean of all known ones, or a linear model of the channels. All are compared on the same true values. A model that does not beat them is not worth its cost.'],
  skill: ['skill', 'The part of the error of the best simple predictor (last true value, running mean or linear model) that predictions save on the same true values. Below zero, the simple predictor is better.'],
  without: ['if it were gone', 'Growth of the error spread if this group of sensors were gone and the model were fitted to the rest. In parentheses: its interval.'],
  version: ['model version', 'The trained networks that turn channels into features. Version 0 uses the raw channels. A new version runs beside the old one, and serves once it is proven to predict better.'],
  alert: ['alert', 'A significant change: contributions shifted, a channel froze, sensors fell silent, or predictions became worse.'],
  samples: ['effective samples', 'Number of labelled predictions behind these figures. Older ones count less.'],
  dropped: ['could be left out', 'Sensors that could be removed together while the error grows by no more than the tolerance.'],
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
