import { fill } from './dom.js';

// Drawings made of elements; reports need none.

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}
