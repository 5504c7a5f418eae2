// Reads questions aloud with a voice of this device; the button shows only where there is one for the language.
(function () {
  "use strict";
  const speech = window.speechSynthesis;
  const buttons = Array.from(document.querySelectorAll("[data-listen]"));
  if (!speech || !buttons.length) return;

  function voiceFor(language) {
    const fitting = speech.getVoices().filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);
    return fitting.find((voice) => voice.localService && /GB/i.test(voice.lang)) || fitting.find((voice) => voice.localService) || fitting[0];
  }

  function show() {
    for (const button of buttons) button.hidden = !voiceFor(button.dataset.language);
  }

  function say(button) {
    const wasSpeaking = speech.speaking && button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    for (const other of buttons) other.setAttribute("aria-pressed", "false");
    if (wasSpeaking) return;
    const words = new SpeechSynthesisUtterance(button.dataset.listen);
    words.lang = button.dataset.language;
    words.voice = voiceFor(button.dataset.language);
    words.rate = 0.9;
    words.onend = () => button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", "true");
    speech.speak(words);
  }

  for (const button of buttons) button.addEventListener("click", () => say(button));
  speech.addEventListener("voiceschanged", show);
  window.addEventListener("pagehide", () => speech.cancel());
  show();
})();
