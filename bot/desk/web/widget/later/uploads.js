/** Files on their way to the desk, one after the other. A line that breaks is tried again when it is back.
 *
 * A job: {cmid, file, name, request}. Sent again it has the same id, so that it arrives once.
 */

const SMALL_ENOUGH = 1.5 * 2 ** 20;
const LONGEST_SIDE = 3000;
const QUALITY = 0.86;
const PATIENCE = 300_000;
const DRAWN = /^image\/(jpeg|png|webp|hei[cf])$/;

export class Uploads {
  #jobs = [];
  #broken = new Map();
  #busy = false;
  #passes;
  #on;

  /** `passes()` gives {token, identity}, or null while there is no line; `on` has progress(cmid, share), sent(cmid, seq) and failed(cmid, problem). */
  constructor({ passes, on }) {
    this.#passes = passes;
    this.#on = on;
  }

  add(cmid, file) {
    this.#jobs.push({ cmid, file, name: file.name, request: null });
    this.#next();
  }

  /** Stop one, and forget it. Returns whether it was on its way. */
  cancel(cmid) {
    const job = this.#jobs.find((one) => one.cmid === cmid);
    this.#broken.delete(cmid);
    this.#jobs = this.#jobs.filter((one) => one !== job);
    if (job?.request) job.request.abort();
    return Boolean(job);
  }

  retry(cmid) {
    const job = this.#broken.get(cmid);
    if (!job) return false;
    this.#broken.delete(cmid);
    this.#jobs.push(job);
    this.#next();
    return true;
  }

  /** The line is there: what waits for it or broke with it goes on by itself. Returns the ids of the latter. */
  resume() {
    this.#next();
    const ids = [...this.#broken.values()].filter(({ lost }) => lost).map(({ cmid }) => cmid);
    ids.forEach((cmid) => this.retry(cmid));
    return ids;
  }

  clear() {
    for (const { cmid } of [...this.#jobs, ...this.#broken.values()]) this.cancel(cmid);
  }

  async #next() {
    const [job] = this.#jobs;
    if (!job || this.#busy) return;
    this.#busy = true;
    job.file = await smaller(job.file);
    const passes = await this.#passes();
    if (passes && this.#jobs[0] === job) return this.#send(job, passes);
    this.#busy = false;
    if (passes) this.#next(); // that one was cancelled meanwhile; without a line all wait
  }

  #send(job, { token, identity }) {
    const request = (job.request = new XMLHttpRequest());
    request.open("POST", `/api/visitor/attachments?${new URLSearchParams({ cmid: job.cmid, name: job.name })}`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    if (identity) request.setRequestHeader("Kindhand-Identity", identity);
    request.responseType = "json";
    request.timeout = PATIENCE;
    request.upload.onprogress = ({ loaded, total }) => this.#on.progress(job.cmid, total ? loaded / total : 0);
    request.onloadend = () => this.#ended(job);
    request.send(job.file);
  }

  #ended(job) {
    const { status, response } = job.request;
    job.request = null;
    this.#busy = false;
    if (!this.#jobs.includes(job)) return this.#next(); // cancelled
    this.#jobs = this.#jobs.filter((one) => one !== job);
    if (status === 200) this.#on.sent(job.cmid, response.seq);
    else {
      job.lost = status === 0 || status >= 500;
      this.#broken.set(job.cmid, job);
      this.#on.failed(job.cmid, response?.error ?? null);
    }
    this.#next();
  }
}

/** A big picture drawn smaller, which a slow line thanks for; what cannot be drawn here goes as it is. */
async function smaller(file) {
  const foreign = /hei[cf]/.test(file.type);
  if (!DRAWN.test(file.type) || (file.size <= SMALL_ENOUGH && !foreign)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white"; // behind what is clear in it
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return drawn && (foreign || drawn.size < file.size) ? drawn : file;
  } catch {
    return file;
  }
}
