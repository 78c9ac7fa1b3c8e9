// Where the reader is taken after a page or a part of it has changed.
import { say } from './forms.js';

export function moveFocus(root) {
  focusFirst(root);
  root.addEventListener('htmx:afterSettle', (event) => focusFirst(event.detail.elt));
  root.addEventListener('htmx:sendError', () => say(root.body.dataset.sayFailed));
  root.addEventListener('htmx:responseError', () => say(root.body.dataset.sayFailed));
}

function focusFirst(part) {
  const target = part.querySelector?.('[data-focus]');
  if (target) target.focus({ preventScroll: false });
}
