import { el } from './dom.js';
import { redrawCharts } from './charts.js';

// Light, dark, or as the system is.

const NAMES = { auto: 'as the system', light: 'light', dark: 'dark' };

function stored() {
  try {
    return localStorage.getItem('pidstream-theme') || 'auto';
  } catch {
    return 'auto';
  }
}

function apply(theme) {
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
  redrawCharts();
}

export function themeSwitch() {
  const select = el('select', { id: 'theme' }, Object.entries(NAMES).map(([value, text]) => el('option', { value }, text)));
  select.value = stored();
  select.addEventListener('change', () => {
    try {
      localStorage.setItem('pidstream-theme', select.value);
    } catch {
      // A browser that keeps nothing still changes its colours.
    }
    apply(select.value);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawCharts);
  apply(select.value);
  return el('label', { class: 'theme' }, el('span', {}, 'Colours'), select);
}
