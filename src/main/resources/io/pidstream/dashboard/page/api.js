// What the server says. A cookie goes along by itself; a missing one shows as 401.

export class TokenNeeded extends Error {}

async function get(path) {
  const answer = await fetch(path, { headers: { Accept: 'application/json' } });
  if (answer.status === 401) throw new TokenNeeded('a token is needed');
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error((await answer.text()).trim() || `the server says ${answer.status}`);
  return answer.json();
}

export function loadOverview() {
  return get('api/overview');
}

export function loadAsset(asset, target, points) {
  return get(`api/assets/${encodeURIComponent(asset)}?target=${target}&points=${points}`);
}

// What a chart of predictions and truth needs, and no more.
export function loadForecast(asset, target, points) {
  return get(`api/assets/${encodeURIComponent(asset)}?target=${target}&points=${points}&only=forecast`);
}

export async function login(token) {
  const answer = await fetch('api/login', { method: 'POST', body: token });
  if (!answer.ok) throw new Error((await answer.text()).trim());
}

// Reconnects by itself and continues where it was; `onLost` is called while there is no connection.
export function listen({ asset, target, seen }, { onOverview, onChanges, onReload, onLost, onBack }) {
  const query = new URLSearchParams({ seen: String(seen) });
  if (asset !== undefined) {
    query.set('asset', asset);
    query.set('target', String(target));
  }
  let source;
  let last = seen;
  let retry;
  let done = false;
  const open = () => {
    query.set('seen', String(last));
    source = new EventSource(`api/events?${query}`);
    source.addEventListener('open', onBack);
    const on = (name, act) => source.addEventListener(name, event => {
      last = event.lastEventId;
      act(JSON.parse(event.data));
    });
    on('overview', onOverview);
    on('changes', onChanges);
    source.addEventListener('reload', onReload);
    source.addEventListener('error', () => {
      onLost();
      // A server that answered with an error is asked again, too.
      if (source.readyState === EventSource.CLOSED && !done) {
        clearTimeout(retry);
        retry = setTimeout(open, 3000);
      }
    });
  };
  open();
  return () => {
    done = true;
    clearTimeout(retry);
    source.close();
  };
}
