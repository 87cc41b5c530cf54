// Numbers and times as a person reads them.

const DIGITS = new Map();

function digits(most) {
  if (!DIGITS.has(most)) DIGITS.set(most, new Intl.NumberFormat('en', { maximumSignificantDigits: most }));
  return DIGITS.get(most);
}

export function known(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

export function number(value, most = 3) {
  if (!known(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1).replace('-', '−');
  if (size >= 1000 && size < 1e7) return new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value).replace('-', '−');
  return digits(most).format(value).replace('-', '−');
}

export function signed(value) {
  return known(value) && value > 0 ? '+' + number(value) : number(value);
}

// A push, with as many decimals as the largest one needs.
export function push(value, scale) {
  if (!known(value)) return '–';
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(scale))));
  const text = value.toFixed(decimals);
  return (Number(text) > 0 ? '+' + text : text).replace('-', '−');
}

export function count(value) {
  return new Intl.NumberFormat('en').format(value);
}

export function percent(share) {
  if (!known(share)) return '–';
  const value = 100 * share;
  return (Math.abs(value) < 9.95 && value !== 0 ? digits(2).format(value) : Math.round(value).toString()).replace('-', '−') + ' %';
}

export function bits(value) {
  return known(value) ? value.toFixed(2) + ' bit' : '–';
}

export function withUnit(text, unit) {
  return unit ? `${text} ${unit}` : text;
}

export function time(millis) {
  return known(millis) ? new Date(millis).toISOString().slice(0, 19).replace('T', ' ') : '–';
}

// Without the date where it is that of `beside`.
export function timeBeside(millis, beside) {
  const text = time(millis);
  return known(beside) && text.slice(0, 10) === time(beside).slice(0, 10) ? text.slice(11) : text;
}

export function list(names) {
  if (names.length < 2) return names.join('');
  return names.slice(0, -1).join(', ') + ' and ' + names[names.length - 1];
}

export function several(n, one, many) {
  return n === 1 ? `1 ${one}` : `${count(n)} ${many}`;
}
