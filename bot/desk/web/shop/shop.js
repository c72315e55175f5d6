/** The demo shop's own script: who is browsing, as a real shop would know from its sign-in. */

const SIGNED_IN = "copperkettle.customer";
const form = document.querySelector("#demo");
const select = document.querySelector("#customer");
const about = document.querySelector("#about");
let customers = [];

/** Calls that are made before the widget's script has come are kept for it. */
const kindhand = (...call) => (window.Kindhand ??= []).push(call);

async function begin() {
  document.querySelector("#ask").addEventListener("click", () => kindhand("open"));
  const answer = await fetch("/demo/customers");
  if (!answer.ok) return;
  customers = await answer.json();
  select.append(...customers.map(({ id, name }) => new Option(name, id)));
  select.value = sessionStorage.getItem(SIGNED_IN) ?? "";
  select.addEventListener("change", switched);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  await signIn();
}

async function switched() {
  sessionStorage.setItem(SIGNED_IN, select.value);
  kindhand("reset");
  await signIn();
}

async function signIn() {
  const customer = select.value;
  about.textContent = customers.find(({ id }) => id === customer)?.about ?? "";
  if (customer) kindhand("setUser", () => signed(customer));
}

/** Ask the shop's server for a signed identity; the widget asks again whenever it needs a fresh one. */
async function signed(customer) {
  const body = JSON.stringify({ customer });
  const answer = await fetch("/demo/identity", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  return answer.ok ? (await answer.json()).identity : null;
}

begin();
