// The roll's count in words; the page itself counts without script.
export function countRoll(root) {
  for (const form of root.querySelectorAll('form[data-roll]')) {
    const count = form.querySelector('.roll-count');
    const shown = count.querySelector('[data-marked]');
    const said = count.querySelector('[data-said]');
    const look = () => {
      const marked = form.querySelectorAll('.pupil > input:checked').length;
      const words = marked ? count.dataset.some.replace('{n}', marked) : count.dataset.none;
      shown.textContent = words;
      return words;
    };
    form.addEventListener('change', (event) => {
      if (event.target.matches('.pupil > input')) said.textContent = look();
    });
    // A page that the browser kept comes back with its ticks.
    window.addEventListener('pageshow', look);
    look();
  }
}
