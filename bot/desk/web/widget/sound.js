/** A soft sound for a new message: off until the visitor turns it on, made here, nothing is loaded. */

const NOTES = [587.33, 880]; // hertz: D5, then A5
const LENGTH = 0.22; // seconds
const LOUDNESS = 0.06; // of 1

export class Sound {
  #memory;
  #context = null;

  constructor(memory) {
    this.#memory = memory;
    // Browsers let a page sound only after it was touched; a reload forgets that.
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.on && this.#wake(), { passive: true });
  }

  get on() {
    return this.#memory.sound;
  }

  /** Turning it on lets it be heard once. */
  async toggle() {
    this.#memory.sound = !this.on;
    if (!this.on) return;
    await this.#wake();
    this.play();
  }

  /** Silent where the browser does not allow it yet: what comes late tells nothing. */
  play() {
    if (this.on && this.#context?.state === "running") NOTES.forEach((hertz, i) => note(this.#context, hertz, i * LENGTH * 0.6));
  }

  #wake() {
    this.#context ??= window.AudioContext ? new AudioContext() : null;
    return this.#context?.state === "suspended" ? this.#context.resume().catch(() => {}) : null;
  }
}

function note(context, hertz, wait) {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  const start = context.currentTime + wait;
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + LENGTH);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + LENGTH);
}
