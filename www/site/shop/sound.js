/**
 * Plays the sound of a product: its partials as fading sine waves. Higher partials fade faster.
 */

const LOUDNESS = 0.22;
const MAX_SECONDS = 7;

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
      const seconds = Math.min(MAX_SECONDS, product.rings / 3) / Math.sqrt(ratio);
      const tone = new OscillatorNode(audio, { frequency: product.hertz * ratio });
      const fade = new GainNode(audio, { gain: 0 });
      fade.gain.linearRampToValueAtTime((LOUDNESS * loudness) / sum, start + 0.004);
      fade.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
      tone.connect(fade).connect(audio.destination);
      tone.start(start);
      tone.stop(start + seconds);
    }
  } catch {
    // Audio is not available: the shop works without sound.
  }
}
