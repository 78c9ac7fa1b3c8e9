// Reads the marked texts of a page aloud, with voices of the device itself and never over the
// network; the button stays hidden where there is none for the page's language.
export function readAloud(root) {
  const place = root.querySelector('[data-reading]');
  const voices = window.speechSynthesis;
  if (!place || !voices) return;
  const button = place.querySelector('[data-read]');
  const label = button.querySelector('span');
  const start = label.textContent;
  const language = root.documentElement.lang.slice(0, 2).toLowerCase();
  const ownVoice = () => voices.getVoices()
    .find((voice) => voice.localService && voice.lang.slice(0, 2).toLowerCase() === language);
  const offer = () => {
    place.hidden = !ownVoice();
  };
  const stop = () => {
    voices.cancel();
    label.textContent = start;
  };

  button.addEventListener('click', () => {
    const voice = ownVoice();
    if (voices.speaking || voices.pending || !voice) {
      stop();
      return;
    }
    const said = [...root.querySelectorAll('[data-aloud]')]
      .filter((part) => part.checkVisibility === undefined || part.checkVisibility())
      .map((part) => speak(part.innerText, voice));
    if (!said.length) return;
    said[said.length - 1].addEventListener('end', stop);
    said.forEach((words) => voices.speak(words));
    label.textContent = button.dataset.stop;
  });
  voices.addEventListener?.('voiceschanged', offer);
  window.addEventListener('pagehide', stop);
  offer();
}

function speak(text, voice) {
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  return words;
}
