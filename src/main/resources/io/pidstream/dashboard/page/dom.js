// The only way in which this page makes elements: text is always text, never markup.

export function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(node, child);
    else if (child !== null && child !== undefined && child !== '') node.append(child);
  }
}

export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// Replaces the content of a place if it has changed, unless the keyboard focus is inside.
export function refresh(place, key, build) {
  const text = JSON.stringify(key);
  if (place.shown === text || (place.shown && place.contains(document.activeElement))) return;
  place.shown = text;
  place.replaceChildren(...[build()].flat(3).filter(child => child !== null && child !== ''));
}

export function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const MODALITY_COLOURS = 7;

// The colour of a modality is a variable of the style sheet; both themes have their own.
export function modalityColour(index) {
  return `--modality-${index % MODALITY_COLOURS}`;
}

export function coloured(node, variable, property = '--colour') {
  node.style.setProperty(property, `var(${variable})`);
  return node;
}
