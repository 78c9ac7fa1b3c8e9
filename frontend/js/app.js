// Everything here makes pages nicer; none of it is needed. Words come from data attributes.
import htmx from 'htmx.org';
import { takeWholePages } from './answers.js';
import { confirmFirst } from './confirm.js';
import { openDialogs } from './dialogs.js';
import { keepDrafts } from './draft.js';
import { openFrames } from './frames.js';
import { guardForms } from './forms.js';
import { moveFocus } from './focus.js';
import { readAloud } from './reading.js';
import { countRoll } from './roll.js';
import { takeSignatures } from './signing.js';
import { followUploads } from './upload.js';

window.htmx = htmx;

confirmFirst(document);
takeWholePages(document);
openDialogs(document);
guardForms(document);
moveFocus(document);
openFrames(document);
countRoll(document);
followUploads(document);
keepDrafts(document);
takeSignatures(document);
readAloud(document);

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
