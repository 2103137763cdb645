/**
 * Strikes a product: its partials as sine waves that fade, the high ones first.
 */

const LOUDNESS = 0.22;
const LONGEST = 7;

/** @type {AudioContext | undefined} */
let audio;

/** @param {import("./catalogue.js").Product} product */
export function strike(product) {
  try {
    audio ??= new AudioContext();
    audio.resume();
    const start = audio.currentTime;
    const sum = product.partials.reduce((total, [, loudness]) => total + loudness, 0);
    for (const [ratio, loudness] of product.partials) {
      const seconds = Math.min(LONGEST, product.rings / 3) / Math.sqrt(ratio);
      const tone = new OscillatorNode(audio, { frequency: product.hertz * ratio });
      const fade = new GainNode(audio, { gain: 0 });
      fade.gain.linearRampToValueAtTime((LOUDNESS * loudness) / sum, start + 0.004);
      fade.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
      tone.connect(fade).connect(audio.destination);
      tone.start(start);
      tone.stop(start + seconds);
    }
  } catch {
    // No sound here: the shop goes on in silence.
  }
}
