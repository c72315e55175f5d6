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
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.on && this.#awake(), { passive: true });
  }

  get on() {
    return this.#memory.sound;
  }

  /** Turning it on lets it be heard once. */
  toggle() {
    this.#memory.sound = !this.on;
    if (this.on) this.play();
  }

  play() {
    if (!this.on) return;
    const context = this.#awake();
    if (context?.state === "running") NOTES.forEach((hertz, i) => note(context, hertz, i * LENGTH * 0.6));
    else context?.resume().then(() => NOTES.forEach((hertz, i) => note(context, hertz, i * LENGTH * 0.6)), () => {});
  }

  #awake() {
    if (!window.AudioContext) return null;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume().catch(() => {});
    return this.#context;
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
