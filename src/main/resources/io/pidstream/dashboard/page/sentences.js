import { el } from './dom.js';
import { bits, count, known, list, number, percent, several, withUnit } from './format.js';
import { isDefined, joint, parts, shares } from './knowledge.js';
import { term } from './terms.js';

// What the numbers say, in plain words.

export function goodness({ mae, spread, coverage, recent, unit, interval }) {
  if (!recent) return 'No true value has come yet, so nobody can say how good the predictions are.';
  const words = ['Predictions are ', term('error'), ' ', el('b', {}, withUnit(number(mae), unit)), ' on average'];
  if (known(spread) && spread > 0 && mae < spread) {
    words.push('; ', term('guess'), ' would be off by ', withUnit(number(spread), unit), '. ');
  } else if (known(spread) && spread > 0) {
    words.push(', no better than ', term('guess'), `, off by ${withUnit(number(spread), unit)}. `);
  } else {
    words.push('. ');
  }
  words.push(el('b', {}, percent(coverage)), ' of the true values were ', term('coverage'), `, ${percent(interval)} are promised.`);
  return words;
}

export function origin(explanation, modalities) {
  if (!explanation) return 'Where the knowledge comes from is not known yet: that takes a block of labelled predictions.';
  if (!isDefined(explanation)) return `Where the knowledge comes from is undefined: ${explanation.reason}.`;
  const all = joint(explanation, modalities);
  if (all < 0.005) return 'So far the sensors tell nothing about the target that chance would not.';
  const share = shares(explanation, modalities);
  const order = modalities.map((name, m) => m).sort((a, b) => share[b] - share[a]);
  const top = order[0];
  const words = ['All sensors together hold ', el('b', {}, bits(all)), ' of knowledge about it; each ', term('bit', 'bit'), ' halves the error. Most of it, ', el('b', {}, percent(share[top])), ', is owed to ', el('b', {}, modalities[top]), '. '];
  const all3 = parts(explanation, modalities);
  const largest = [...all3].sort((a, b) => b.bits - a.bits)[0];
  if (largest.kind === 'unique') words.push('The largest part is ', term('unique'), ` to ${largest.name}: nobody else knows it.`);
  else if (largest.kind === 'redundant') words.push('The largest part is ', term('redundant'), ': if one group of sensors fails, another can step in.');
  else if (largest.kind === 'synergistic') words.push('The largest part is ', term('synergistic'), ': it shows only when groups of sensors are read together.');
  return words;
}

export function advice(explanation) {
  if (!explanation.selection) return 'How sure that is, and so what could be left out, takes more labelled predictions to tell.';
  const { droppable, tolerance, residualRise } = explanation.selection;
  const tolerated = percent(tolerance);
  if (!droppable.length) {
    return ['All are needed: without any one of them the error would grow by more than the ', tolerated, ' that are tolerated.'];
  }
  return [el('b', {}, list(droppable)), ' ', term('dropped'), droppable.length > 1 ? ' together' : '',
    `: the error would grow by ${percent(residualRise)}, and ${tolerated} are tolerated.`];
}

export function fleetTotals(assets) {
  let recent = 0;
  let errors = 0;
  let spreads = 0;
  let covered = 0;
  for (const asset of assets) {
    if (!asset.recent) continue;
    recent += asset.recent;
    errors += asset.recent * asset.mae;
    spreads += asset.recent * (asset.spread || 0);
    covered += asset.recent * asset.coverage;
  }
  return { recent, mae: errors / recent, spread: spreads / recent, coverage: covered / recent };
}

export function extent(overview) {
  const { status, assetCount, targets } = overview;
  return `${count(status.predictions)} predictions of ${list(targets)} for ${several(assetCount, 'asset', 'assets')}`;
}
