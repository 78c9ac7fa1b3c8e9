// A table wider than its frame can be scrolled by keyboard and is announced by its caption.
export function openFrames(root) {
  const look = () => {
    for (const frame of root.querySelectorAll('.table-frame')) {
      if (frame.scrollWidth > frame.clientWidth) {
        frame.tabIndex = 0;
        frame.setAttribute('role', 'group');
        const caption = frame.querySelector('caption, th');
        if (caption) frame.setAttribute('aria-label', caption.textContent.trim());
      } else {
        frame.removeAttribute('tabindex');
        frame.removeAttribute('role');
        frame.removeAttribute('aria-label');
      }
    }
  };
  look();
  window.addEventListener('resize', look);
  root.addEventListener('htmx:afterSettle', look);
}
