// A whole page came where a part of one was asked for.
export function takeWholePages(root) {
  root.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr, serverResponse, requestConfig } = event.detail;
    if (!/^\s*<!doctype html/i.test(serverResponse)) return;
    if (holdsPart(serverResponse, requestConfig.elt)) return;
    event.detail.shouldSwap = false;
    if (xhr.status < 400) {
      // Usually the sign-in page: the session has ended.
      window.location.assign(xhr.responseURL);
      return;
    }
    // A refusal that no part of the page could show; what was typed stays where it is.
    const page = new DOMParser().parseFromString(serverResponse, 'text/html');
    const told = page.querySelector('main .notice');
    const place = root.getElementById('messages');
    if (!told || !place) return;
    place.replaceChildren(root.adoptNode(told));
    told.tabIndex = -1;
    told.focus();
  });
}

// Who asks for a part with hx-select may be given the whole page that holds it.
function holdsPart(html, asking) {
  const part = asking.closest('[hx-select]')?.getAttribute('hx-select');
  return Boolean(part) && new DOMParser().parseFromString(html, 'text/html').querySelector(part) !== null;
}
