// A form or button with data-confirm="question" asks first, in the page's own dialog.
export function confirmFirst(root) {
  let agreed = null;

  root.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      const button = event.submitter;
      const question = button?.dataset.confirm ?? form.dataset.confirm;
      const dialog = root.getElementById('confirm');
      if (!question || !dialog?.showModal || agreed === form) {
        agreed = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      dialog.querySelector('[data-question]').textContent = question;
      dialog.returnValue = '';
      dialog.showModal();
      dialog.addEventListener(
        'close',
        () => {
          if (dialog.returnValue !== 'yes') {
            button?.focus();
            return;
          }
          agreed = form;
          form.requestSubmit(button);
        },
        { once: true },
      );
    },
    true,
  );
}
