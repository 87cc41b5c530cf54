import { count, known, several, time } from './format.js';

// How old the newest prediction is against the period, in words.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// A prediction comes at the end of its slot, and a little later; a topic that is read to its end may pause as long.
const LEAST_PATIENCE = 15 * SECOND;
const PAUSE = MINUTE;

export function span(millis) {
  if (millis < MINUTE) return `${Math.max(1, Math.round(millis / SECOND))} s`;
  if (millis < 2 * HOUR) return `${Math.round(millis / MINUTE)} min`;
  if (millis < 2 * DAY) return `${Math.round(millis / HOUR)} h`;
  return several(Math.round(millis / DAY), 'day', 'days');
}

// The time of day, with the date if it is another than today's.
function since(millis, now) {
  const text = time(millis);
  return text.slice(0, 10) === time(now).slice(0, 10) ? `${text.slice(11, 16)} UTC` : `${text.slice(0, 16)} UTC`;
}

/**
 * newest: start of the newest predicted slot; arrived: when a prediction last came, null if all were there before;
 * now: by the clock that `arrived` is of. All in milliseconds.
 */
export function freshness({ newest, arrived }, period, now) {
  if (!known(newest)) return null;
  const end = newest + period;
  const late = now - end;
  if (late <= Math.max(2 * period, LEAST_PATIENCE)) return ['live', 'Live'];
  const replayed = !known(arrived) || arrived - end > DAY;
  const pause = replayed ? PAUSE : Math.max(2 * period, PAUSE);
  if (known(arrived) && now - arrived <= pause) return replayed ? ['live', `Replaying ${since(newest, now)}`] : ['late', `Late by ${span(late)}`];
  return ['down', `Nothing since ${since(known(arrived) ? arrived : end, now)}`];
}

export function newestOf(overview, asset) {
  const row = asset === undefined ? null : overview.assets.find(each => each.asset === asset);
  return row ? { newest: row.time, arrived: row.arrived } : overview.status;
}

// Whether an asset stands still, by learning.when.
export function stopped(overview, asset) {
  const row = overview.assets.find(each => each.asset === asset);
  return row && row.running === false ? 'not running' : '';
}

// Names of assets that are silent although others are not; the first few.
export function silent(overview, now) {
  const whole = freshness(overview.status, overview.period, now);
  if (!whole || whole[0] === 'down') return '';
  const names = overview.assets.filter(({ time: newest, arrived }) => (freshness({ newest, arrived }, overview.period, now) || [])[0] === 'down').map(row => row.asset).sort();
  if (!names.length) return '';
  return `nothing from ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${count(names.length - 3)} more` : ''}`;
}
