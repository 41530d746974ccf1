// Questions on top of everything: each gives a promise of the answer, null for none.

import { make, makeButton } from "/page/making.js";
import { act, fileAddress, state } from "/page/server.js";
import { nameOf, word } from "/page/words.js";

const $ = (id) => document.getElementById(id);

function answered(dialog) {
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue), { once: true });
  });
}

export function tell(text) {
  $("alert-text").textContent = text;
  $("alert").showModal();
}

export async function ask(text) {
  $("ask-text").textContent = text;
  return await answered($("ask")) === "yes";
}

// The words to send below a picture.
export async function askCaption(picture) {
  const address = URL.createObjectURL(picture);
  $("sending-picture").src = address;
  $("sending-caption").value = "";
  const answer = answered($("sending"));
  $("sending-caption").focus();
  const sent = await answer === "yes";
  URL.revokeObjectURL(address);
  return sent ? $("sending-caption").value : null;
}

// A point on the map: one of the known places, or typed.
export async function askPlace() {
  $("point").value = "";
  $("places").replaceChildren(...state.places.map((place, index) => (
    makeButton("choice", place.name, () => $("placing").close(`place ${index}`))
  )));
  const answer = await answered($("placing"));
  if (answer.startsWith("place ")) return state.places[Number(answer.slice(6))];
  if (answer !== "yes") return null;
  const [latitude, longitude] = $("point").value.trim().split(/[,，\s]+/).map(Number);
  return { latitude, longitude };
}

export async function askCode() {
  $("code").value = "";
  return await answered($("scanning")) === "yes" ? $("code").value : null;
}

// A picture, large; others in the room can photograph it from there, or scan it.
export function view(image, photo, owner, others) {
  $("viewed").src = image.src;
  $("viewed").alt = image.alt;
  const file = photo.at(-1).file_id;
  $("passing").replaceChildren(...others.filter((each) => each.id !== owner).map((other) => {
    const row = make("div", "passer");
    row.append(make("strong", "", nameOf(other.shown)));
    if (state.reads_codes) row.append(holdOver(other, "🔳", "scanIt", "scanWith", () => scan(other, file)));
    row.append(holdOver(other, "📷", "photograph", "passOn", () => passOn(other, file)));
    return row;
  }));
  $("viewer").showModal();
}

function holdOver(other, sign, short, whole, then) {
  const node = makeButton("choice", `${sign} ${word(short)}`, () => {
    $("viewer").close();
    other.comeIntoView();
    then();
  });
  node.setAttribute("aria-label", word(whole, { name: nameOf(other.shown) }));
  return node;
}

async function scan(other, file) {
  const read = await act({ do: "scan", person: other.id, file });
  if (read?.payload == null) other.toast(word("noCode"));
  else other.offer(read.payload);
}

async function passOn(other, file) {
  if (!await act({ do: "pass_on", person: other.id, file })) other.toast(word("failed"));
}

export const fileOf = (photo) => fileAddress(photo.at(-1).file_id);

$("viewer").addEventListener("click", ({ target }) => {
  if (target === $("viewer") || target === $("viewed")) $("viewer").close();
});

// No buttons that send the form: Enter would press them before the one that is meant.
for (const node of document.querySelectorAll(".cancels")) {
  node.addEventListener("click", () => node.closest("dialog").close("no"));
}
