import { el } from './dom.js';
import { list, time } from './format.js';
import { TokenNeeded, listen, loadAsset, loadForecast, loadOverview, login } from './api.js';
import { AssetView } from './assetview.js';
import { ChartsView, FleetView } from './fleet.js';
import { themeSwitch } from './theme.js';
import { freshness, newestOf, silent, stopped } from './freshness.js';

// Chooses the view and passes new data to it.

const POINTS = 4000;
const main = document.getElementById('main');
const status = document.getElementById('status');
const title = document.getElementById('title');
const subtitle = document.getElementById('subtitle');
const nav = document.getElementById('nav');
document.getElementById('tools').append(themeSwitch());

let view = null;
let stop = () => {};
let turn = 0;
let lost = null;
let newest = null;
// By how much the server's clock is ahead of this one.
let ahead = 0;

const STATES = {
  CONNECTING: ['wait', 'Looking for Kafka'],
  LOADING: ['wait', 'Reading what was there before'],
  LIVE: ['live', 'Live'],
  WAITING: ['wait', 'Waiting'],
  UNREACHABLE: ['down', 'Kafka cannot be reached']
};

function showStatus(overview) {
  const { state, since, detail } = overview.status;
  const [kind, words] = STATES[state] || ['wait', state];
  const text = state === 'UNREACHABLE' ? `${words} since ${time(since).slice(11)} UTC; what is shown is from before` : detail ? `${words}: ${detail}` : words;
  if (!lost && state === 'LIVE' && sayFreshness(overview)) return;
  if (lost) sayStatus('down', `This page has lost its server since ${time(lost).slice(11)} UTC; it tries again`);
  else sayStatus(kind, text);
}

function sayFreshness(overview) {
  const at = route();
  const now = Date.now() + ahead;
  const fresh = freshness(newestOf(overview, at.where === 'asset' ? at.asset : undefined), overview.period, now);
  if (!fresh) return false;
  const others = at.where === 'asset' ? stopped(overview, at.asset) : silent(overview, now);
  sayStatus(others ? 'late' : fresh[0], others ? `${fresh[1]}; ${others}` : fresh[1]);
  return true;
}

function heard(overview) {
  newest = overview;
  ahead = overview.status.now - Date.now();
}

function sayStatus(kind, text) {
  if (status.textContent !== text) status.textContent = text;
  status.className = `status ${kind}`;
}

function route() {
  const hash = location.hash.replace(/^#\/?/, '');
  const [where, ...rest] = hash.split('/');
  if (where === 'asset' && rest.length) {
    const [name, target] = rest;
    try {
      return { where, asset: decodeURIComponent(name), target: Number(target) || 0 };
    } catch {
      return { where: 'fleet' };
    }
  }
  if (where === 'charts') return { where, points: Number(rest[0]) || 1200 };
  return { where: 'fleet' };
}

function head(overview, at) {
  title.textContent = at.where === 'asset' ? at.asset : at.where === 'charts' ? 'All charts' : `${list(overview.targets)}, predicted and explained`;
  subtitle.textContent = overview.name;
  document.title = at.where === 'asset' ? `${at.asset} · ${overview.name}` : `${overview.name} · explanation page`;
  for (const link of nav.querySelectorAll('a')) {
    if (link.getAttribute('href') === (at.where === 'charts' ? '#/charts' : '#/') && at.where !== 'asset') link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function place(next) {
  if (view) view.destroy();
  view = next;
  main.replaceChildren(next.root);
  return next.start();
}

function nothingYet(overview) {
  const waiting = overview.status.state === 'LIVE' || overview.status.state === 'LOADING';
  return { destroy() {}, start() {}, update(fresh) { if (fresh.assetCount > 0) go(); },
    root: el('section', { class: 'card empty' }, el('h2', {}, 'No predictions yet'),
      el('p', {}, waiting
        ? `The topics of ${overview.name} are there and empty. Predictions of ${list(overview.targets)} show here by themselves as soon as the serve job runs and readings of ${list(overview.modalities)} come in.`
        : 'Nothing has been read so far. The page continues by itself as soon as there is a broker with the topics of this pipeline.'),
      el('ol', {}, el('li', {}, 'topics: ', el('code', {}, 'pidstream topics create --config C.yaml')),
        el('li', {}, 'the job: ', el('code', {}, 'pidstream run serve --config C.yaml --local')),
        el('li', {}, 'data: ', el('code', {}, 'pidstream replay --config C.yaml --data D.csv --bootstrap-servers …'))),
      el('p', { class: 'quiet' }, 'A prediction is emitted at the end of its slot; explanations follow after a block of labelled predictions.')) };
}

function chooser(overview, at) {
  const back = el('p', { class: 'back' }, el('a', { href: '#/' }, '← all assets'));
  if (overview.targets.length < 2) return back;
  back.append(el('span', { class: 'targets' }, overview.targets.map((name, t) => el('a', {
    href: `#/asset/${encodeURIComponent(at.asset)}/${t}`, 'aria-current': t === at.target ? 'true' : null }, name))));
  return back;
}

async function go() {
  const mine = ++turn;
  stop();
  const at = route();
  try {
    const overview = await loadOverview();
    const data = at.where === 'asset' ? await loadAsset(at.asset, at.target, POINTS) : null;
    if (mine !== turn) return;
    heard(overview);
    lost = null;
    showStatus(overview);
    head(overview, at);
    if (at.where === 'asset' && !data) {
      await place({ destroy() {}, start() {}, update() {}, root: el('section', { class: 'card empty' }, el('h2', {}, 'Nothing is known of this asset'), el('p', {}, el('a', { href: '#/' }, 'All assets'))) });
    } else if (at.where === 'asset') {
      const shown = new AssetView(data);
      shown.root.prepend(chooser(overview, at));
      await place(shown);
    } else if (overview.assetCount === 0) {
      await place(nothingYet(overview));
    } else if (at.where === 'charts') {
      await place(new ChartsView(overview, { load: loadForecast, points: at.points }));
    } else {
      await place(new FleetView(overview));
    }
    follow(at, data ? data.revision : overview.revision);
    document.body.dataset.ready = at.where;
  } catch (failure) {
    if (mine !== turn) return;
    if (failure instanceof TokenNeeded) askForToken();
    else retryLater(failure);
  }
}

function follow(at, seen) {
  stop = listen({ asset: at.where === 'asset' ? at.asset : undefined, target: at.target || 0, seen }, {
    onOverview: overview => {
      heard(overview);
      showStatus(overview);
      if (view instanceof AssetView) view.happened(overview.alerts, overview.versions);
      else view.update(overview);
    },
    onChanges: changes => { if (view instanceof AssetView) view.update(changes); },
    onReload: go,
    onLost: () => { lost = lost || Date.now(); showStatus(newest); },
    onBack: () => { lost = null; showStatus(newest); }
  });
}

function retryLater(failure) {
  sayStatus('down', `The server cannot be reached: ${failure.message}; trying again`);
  const mine = turn;
  setTimeout(() => { if (mine === turn) go(); }, 3000);
}

function askForToken() {
  sayStatus('wait', 'A token is needed');
  const field = el('input', { type: 'password', id: 'token', autocomplete: 'current-password', required: true });
  const wrong = el('p', { class: 'wrong', role: 'alert' });
  const form = el('form', {}, el('label', { for: 'token' }, 'Token'), field, el('button', { type: 'submit' }, 'Show the page'), wrong);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    try {
      await login(field.value);
      go();
    } catch (failure) {
      wrong.textContent = failure.message;
    }
  });
  main.replaceChildren(el('section', { class: 'card empty' }, el('h2', {}, 'This page asks for a token'), el('p', {}, 'Ask the person who runs it.'), form));
  field.focus();
}

// Time passes where nothing comes.
setInterval(() => { if (newest) showStatus(newest); }, 1000);
addEventListener('hashchange', () => { go(); main.focus({ preventScroll: true }); scrollTo(0, 0); });
document.querySelector('.skip').addEventListener('click', event => { event.preventDefault(); main.focus(); });
go();
