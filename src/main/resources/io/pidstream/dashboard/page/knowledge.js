import { known } from './format.js';

// What an explanation says, split into parts that add up to all that is known.

export function isDefined(explanation) {
  return Boolean(explanation) && explanation.status !== 'UNDEFINED' && Object.keys(explanation.information || {}).length > 0;
}

export function joint(explanation, modalities) {
  return explanation.information[modalities.join('+')] || 0;
}

// For two modalities the atoms themselves. For more: what only one of them has against all others; what no
// single one has, I_all − max I_i, is synergistic; the rest is redundant, where that is not negative.
export function parts(explanation, modalities) {
  const all = joint(explanation, modalities);
  const unique = modalities.map((name, m) => ({ kind: 'unique', modality: m, name, bits: explanation.atoms.unique[name] || 0 }));
  const given = known(explanation.atoms.synergistic);
  const best = Math.max(0, ...modalities.map(name => explanation.information[name] || 0));
  const rest = all - unique.reduce((sum, part) => sum + part.bits, 0);
  const synergistic = given ? explanation.atoms.synergistic : all - best;
  const redundant = given ? explanation.atoms.redundant : rest - synergistic;
  if (redundant < -1e-9) return [...unique, { kind: 'shared', bits: Math.max(0, rest) }];
  return [...unique, { kind: 'redundant', bits: Math.max(0, redundant) }, { kind: 'synergistic', bits: Math.max(0, synergistic) }];
}

export function shares(explanation, modalities) {
  const values = modalities.map(name => Math.max(0, explanation.shapley[name] || 0));
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map(value => (sum > 0 ? value / sum : 0));
}

export function partName(part) {
  return part.kind === 'unique' ? `only ${part.name}` : part.kind === 'shared' ? 'redundant or synergistic' : part.kind;
}

export function colourOf(part) {
  return part.kind === 'unique' ? `--modality-${part.modality % 7}` : `--${part.kind}`;
}

// By how much the error would grow without each modality: with its interval where that is known, else 2^bits − 1.
export function losses(explanation, modalities) {
  if (explanation.selection) return explanation.selection.without;
  const targets = Math.max(1, (explanation.targets || []).length);
  return Object.fromEntries(modalities.filter(name => known(explanation.conditional[name]))
    .map(name => [name, { residualRise: 2 ** (Math.max(0, explanation.conditional[name]) / targets) - 1, lower: null, upper: null }]));
}
