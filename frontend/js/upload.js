// Dropped files and the progress of a long upload. Without script the form posts as usual.
import htmx from 'htmx.org';
import { say } from './forms.js';

export function followUploads(root) {
  for (const drop of root.querySelectorAll('[data-drop]')) takeDrops(drop);
  for (const form of root.querySelectorAll('form[data-upload]')) {
    form.addEventListener('submit', (event) => send(event, form));
  }
}

function takeDrops(drop) {
  const input = drop.querySelector('input[type=file]');
  for (const kind of ['dragenter', 'dragover']) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add('is-over');
    });
  }
  for (const kind of ['dragleave', 'drop']) {
    drop.addEventListener(kind, () => drop.classList.remove('is-over'));
  }
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

function send(event, form) {
  const bar = form.querySelector('.drop-progress');
  if (!bar || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = 'yes';
  form.classList.add('is-busy');
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.upload.addEventListener('progress', (step) => {
    if (!step.lengthComputable) return;
    bar.hidden = false;
    bar.value = Math.round((step.loaded / step.total) * 100);
    say(document.body.dataset.sayUploading.replace('{done}', `${bar.value}%`));
  });
  request.addEventListener('load', () => show(request, form, bar));
  request.addEventListener('error', () => release(form, bar));
  request.send(new FormData(form, event.submitter));
}

// The answer is already here, with its one-time messages: show it instead of asking again.
function show(request, form, bar) {
  const page = new DOMParser().parseFromString(request.responseText, 'text/html');
  const answer = page.querySelector('main');
  if (!answer) {
    release(form, bar);
    return;
  }
  if (request.status < 400 && request.responseURL !== window.location.href) {
    window.history.pushState(null, '', request.responseURL);
    window.addEventListener('popstate', () => window.location.reload(), { once: true });
    document.title = page.title;
  }
  document.querySelector('main').replaceWith(document.adoptNode(answer));
  htmx.process(answer);
  followUploads(answer);
  (answer.querySelector('[data-focus]') ?? answer).focus();
}

function release(form, bar) {
  bar.hidden = true;
  delete form.dataset.sent;
  form.classList.remove('is-busy');
  say(document.body.dataset.sayFailed);
}
