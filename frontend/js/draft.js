// A form with data-draft="key" is kept on this phone until it is sent: a lost connection or a
// closed tab costs nothing. Kept in the browser only, for a day at most, gone at sign-out.
const PREFIX = 'nol-draft:';
const DAY = 24 * 60 * 60 * 1000;
const NEVER = new Set(['csrfmiddlewaretoken', 'signature', 'child', 'noted_at']);

function store() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function keys(kept) {
  return Array.from({ length: kept.length }, (_, n) => kept.key(n)).filter((k) => k.startsWith(PREFIX));
}

function read(kept, key) {
  try {
    return JSON.parse(kept.getItem(key));
  } catch {
    return null;
  }
}

function fields(form) {
  const wanted = (e) => e.name && !NEVER.has(e.name) && e.type !== 'file' && e.type !== 'submit';
  return Array.from(form.elements).filter(wanted);
}

function values(form) {
  return fields(form)
    .filter((e) => (e.type === 'radio' || e.type === 'checkbox' ? e.checked : e.value !== ''))
    .map((e) => [e.name, e.value]);
}

function restore(form, said) {
  for (const e of fields(form)) {
    if (e.type === 'radio' || e.type === 'checkbox') {
      e.checked = said.some(([name, value]) => name === e.name && value === e.value);
    } else {
      const found = said.find(([name]) => name === e.name);
      if (found) [, e.value] = found;
    }
    const fold = e.closest('details.fold');
    if (fold && (e.checked || (e.tagName === 'TEXTAREA' && e.value))) fold.open = true;
  }
}

export function keepDrafts(root) {
  const kept = store();
  if (!kept) return;
  for (const key of keys(kept)) {
    const draft = read(kept, key);
    if (!draft || Date.now() - draft.at > DAY) kept.removeItem(key);
  }
  for (const sent of root.querySelectorAll('[data-draft-sent]')) {
    kept.removeItem(PREFIX + sent.dataset.draftSent);
  }
  for (const out of root.querySelectorAll('form[action*="sign-out"]')) {
    out.addEventListener('submit', () => keys(kept).forEach((key) => kept.removeItem(key)));
  }
  for (const form of root.querySelectorAll('form[data-draft]')) keep(root, form, kept);
}

function keep(root, form, kept) {
  const key = PREFIX + form.dataset.draft;
  const note = root.querySelector('[data-draft-note]');
  const draft = read(kept, key);
  if (draft && form.hasAttribute('data-draft-fresh')) {
    restore(form, draft.said);
    if (note) note.hidden = false;
  }
  root.querySelector('[data-draft-drop]')?.addEventListener('click', () => {
    kept.removeItem(key);
    form.reset();
    note.hidden = true;
  });
  const write = () => {
    try {
      kept.setItem(key, JSON.stringify({ at: Date.now(), said: values(form) }));
    } catch {
      // The phone's store is full; the form itself still works.
    }
  };
  form.addEventListener('input', write);
  form.addEventListener('change', write);
  form.addEventListener('submit', () => {
    const noted = form.elements.namedItem('noted_at');
    if (noted && !noted.value) noted.value = new Date().toISOString();
  });
}
