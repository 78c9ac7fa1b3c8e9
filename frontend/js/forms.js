// A form is sent once; a second press within the same page does nothing.
export function guardForms(root) {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || form.hasAttribute('hx-post') || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    form.classList.add('is-busy');
    say(root.body.dataset.sayWorking);
  });
  // Coming back with the browser's button must not find a locked form.
  window.addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.classList.remove('is-busy');
    }
  });
  root.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
  });
}

export function say(words) {
  const place = document.getElementById('announce');
  if (place && words) place.textContent = words;
}
