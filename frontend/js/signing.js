// A signature drawn with a finger, sent as a PNG in the hidden field of the same form.
export function takeSignatures(root) {
  for (const box of root.querySelectorAll('[data-signing]')) {
    const canvas = box.querySelector('canvas');
    const field = box.parentElement.querySelector('input[data-ink]');
    const pen = canvas.getContext('2d');
    if (!pen || !field) continue;
    box.hidden = false;
    pen.lineWidth = 4;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#000';
    let drawing = false;

    const point = (event) => {
      const frame = canvas.getBoundingClientRect();
      return [
        ((event.clientX - frame.left) * canvas.width) / frame.width,
        ((event.clientY - frame.top) * canvas.height) / frame.height,
      ];
    };
    canvas.addEventListener('pointerdown', (event) => {
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...point(event));
      event.preventDefault();
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!drawing) return;
      pen.lineTo(...point(event));
      pen.stroke();
    });
    const lift = () => {
      if (!drawing) return;
      drawing = false;
      field.value = canvas.toDataURL('image/png');
    };
    canvas.addEventListener('pointerup', lift);
    canvas.addEventListener('pointercancel', lift);
    box.querySelector('[data-signing-clear]').addEventListener('click', () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      field.value = '';
    });
  }
}
