// One message as a node: its words with their marks, its picture, its time.

import { fileOf, view } from "/page/dialogs.js";
import { make, makeButton } from "/page/making.js";
import { fileAddress, state } from "/page/server.js";
import { nameOf, spoken, word } from "/page/words.js";

const TALLEST = 360; // Pixels of a picture's height in the chat.

export function drawMessage(chat, message) {
  const mine = message.from.id === chat.id;
  const node = make("article", `message${mine ? " mine" : ""}`);
  const bubble = make("div", "bubble");
  node.setAttribute("aria-label", mine ? nameOf(chat.shown) : state.bot.name);
  if (message.reply_to_message) bubble.append(make("span", "answered", plain(message.reply_to_message)));
  if (message.photo) {
    node.classList.add("has-photo");
    bubble.append(drawPhoto(chat, message));
  }
  if (message.document) bubble.append(drawFile(message.document));
  if (message.venue || message.location) bubble.append(drawPlace(message));
  const kind = ["contact", "voice", "sticker"].find((each) => message[each]);
  if (kind) bubble.append(make("div", "words", message.sticker?.emoji ?? word(kind)));
  const text = message.text ?? message.caption;
  if (text) {
    const words = make("div", "words");
    words.append(...marked(chat, text, message.entities ?? message.caption_entities ?? []));
    bubble.append(words);
  }
  if (message.via_bot) bubble.append(make("span", "via", word("via", { bot: message.via_bot.username })));
  bubble.append(drawTime(message));
  node.append(bubble);
  return node;
}

function drawTime(message) {
  const when = new Date((message.edit_date ?? message.date) * 1000);
  const shown = when.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  const time = make("time", "time", message.edit_date ? `${word("edited")} ${shown}` : shown);
  time.dateTime = when.toISOString();
  return time;
}

export const dayOf = (message) =>
  new Date(message.date * 1000).toLocaleDateString(document.documentElement.lang, { month: "long", day: "numeric" });

function plain(message) {
  const kind = ["contact", "location", "voice", "sticker"].find((each) => message[each]);
  return message.text ?? message.caption ?? message.document?.file_name ?? word(kind ?? "picture");
}

function drawPhoto(chat, { photo, caption }) {
  const largest = photo.at(-1);
  const picture = make("img");
  picture.src = fileOf(photo);
  picture.alt = caption ?? word("picture");
  // The room is kept before the picture comes, so that nothing jumps.
  picture.style.aspectRatio = `${largest.width} / ${largest.height}`;
  picture.style.width = `${Math.min(largest.width, TALLEST * largest.width / largest.height)}px`;
  const button = makeButton("photo", "", () => view(picture, photo, chat.id, chat.room()));
  button.append(picture);
  return button;
}

function drawFile({ file_id, file_name }) {
  const link = make("a", "link", word("file", { name: file_name }));
  link.href = fileAddress(file_id);
  link.download = file_name;
  return link;
}

function drawPlace({ venue, location: { latitude, longitude } }) {
  const node = make("div", "words place-shown", venue ? `📍 ${venue.title}` : word("location"));
  if (venue?.address) node.append(make("small", "", venue.address));
  node.append(make("small", "", `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
  return node;
}

// The text in pieces, each wrapped in what its entities mean. Offsets are UTF-16, as in JavaScript.
function marked(chat, text, entities) {
  const edges = new Set([0, text.length]);
  for (const { offset, length } of entities) edges.add(offset).add(offset + length);
  const sorted = [...edges].filter((each) => each <= text.length).sort((a, b) => a - b);
  const outermost = [...entities].sort((a, b) => b.length - a.length);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1];
    const over = outermost.filter((each) => each.offset <= start && end <= each.offset + each.length);
    return over.reduceRight((inner, entity) => wrap(chat, entity, inner, text), document.createTextNode(text.slice(start, end)));
  });
}

function wrap(chat, entity, inner, text) {
  const tags = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code" };
  const whole = text.slice(entity.offset, entity.offset + entity.length);
  let node;
  if (tags[entity.type]) node = make(tags[entity.type]);
  else if (entity.type === "url" || entity.type === "text_link") node = makeLink(chat, entity.url ?? whole);
  else if (entity.type === "bot_command") node = makeButton("link", "", () => chat.say(whole));
  else if (entity.type.endsWith("blockquote")) node = make("span", "quoted");
  else if (entity.type === "spoiler") {
    node = makeButton("spoiler", "", () => {
      node.classList.remove("spoiler");
      node.removeAttribute("aria-label");
    });
    node.setAttribute("aria-label", word("reveal"));
  } else return inner;
  node.append(inner);
  return node;
}

// A link to elsewhere opens a tab; one to the bot shows its Start button, as Telegram's apps do.
export function makeLink(chat, address) {
  const url = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  if (!/^(https?|tg):/i.test(url)) return make("span");
  const link = make("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  if (/^(tg:|https?:\/\/(www\.)?(t|telegram)\.(me|dog)\/)/i.test(url)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      chat.open(url);
    });
  }
  return link;
}

export const signOf = (message, more) => JSON.stringify([message, spoken(), more]);
