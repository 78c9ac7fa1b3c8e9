// <button data-dialog="id"> opens <dialog id>; Escape and method="dialog" close it.
// A menu made of <details class="menu"> or .more closes on Escape and on a click elsewhere.
export function openDialogs(root) {
  root.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) {
      event.preventDefault();
      root.getElementById(opener.dataset.dialog)?.showModal();
    }
    for (const menu of root.querySelectorAll('details.menu[open], details.more[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of root.querySelectorAll('details.menu[open], details.more[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}
