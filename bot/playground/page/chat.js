// One person's phone: the chat with the bot. The server's state is drawn anew after every change.

import { Buttons } from "/page/buttons.js";
import { Keys } from "/page/keys.js";
import { make, replaceKeepingFocus, write } from "/page/making.js";
import { dayOf, drawMessage, signOf } from "/page/messages.js";
import { act, state } from "/page/server.js";
import { nameOf, speak, word } from "/page/words.js";
import { Writing } from "/page/writing.js";

const PARTS = [
  "top", "face", "person", "doing", "role", "log", "empty", "down", "toast", "results", "commands",
  "more", "picture", "place", "scan", "block", "leave", "composer", "menu", "attach", "input",
  "fold", "keyboard", "beginning", "start", "notnow",
];

export class Chat {
  // `room` gives all the chats on the page; `changed` is called when its tab looks otherwise.
  constructor(id, room, changed) {
    this.id = id;
    this.room = room;
    this.changed = changed;
    this.node = document.getElementById("chat").content.firstElementChild.cloneNode(true);
    this.parts = Object.fromEntries(PARTS.map((name) => [name, this.node.querySelector(`.${name}`)]));
    this.drawn = new Map(); // message_id -> what was drawn: { text, node }
    this.offered = null; // the payload of a link that was opened and not started yet
    this.inView = true;
    this.unread = false;
    this.atEnd = true; // Whether the newest message is in view; then it stays in view.
    this.scrolledTo = 0;
    this.buttons = new Buttons(this);
    this.keys = new Keys(this);
    this.writing = new Writing(this);
    this.parts.start.addEventListener("click", () => this.start());
    this.parts.notnow.addEventListener("click", () => this.offer(null));
    this.parts.down.addEventListener("click", () => this.scrollDown());
    this.parts.log.addEventListener("scroll", () => this.scrolled());
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.keys.close() && this.writing.query() !== null) this.writing.write("");
    });
    new ResizeObserver(() => { if (this.atEnd) this.scrollDown(); }).observe(this.parts.log);
  }

  get shown() {
    return state.people[this.id];
  }

  async act(wish) {
    const answer = await act({ ...wish, person: this.id });
    if (!answer) this.toast(word("failed"));
    return answer;
  }

  say(text) {
    this.scrollDown();
    return this.act({ do: "say", text });
  }

  async start() {
    const payload = this.offered ?? "";
    this.scrollDown();
    if (!await this.act({ do: "start", payload })) return;
    this.offer(null);
    this.parts.input.focus();
  }

  // Show the Start button that comes with a link; pressed, it sends what stands in the link.
  offer(payload) {
    this.offered = payload;
    this.draw();
    if (payload !== null) this.parts.start.focus({ preventScroll: true });
  }

  async open(link) {
    const opened = await this.act({ do: "open", link });
    if (opened?.payload != null) this.offer(opened.payload);
    else if (opened && /^https?:/i.test(link)) window.open(link, "_blank", "noopener,noreferrer");
    else if (opened) this.toast(word("elsewhere"));
  }

  comeIntoView() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.node.scrollIntoView({ behavior: calm ? "auto" : "smooth", inline: "center", block: "nearest" });
  }

  toast(text) {
    clearTimeout(this.timer);
    this.parts.toast.hidden = false;
    this.parts.toast.textContent = text;
    this.timer = setTimeout(() => { this.parts.toast.hidden = true; }, 3000 + 60 * text.length);
  }

  draw() {
    const { shown, parts } = this;
    const name = nameOf(shown);
    speak(this.node, { bot: state.bot.username });
    this.node.setAttribute("aria-label", [name, shown.role].filter(Boolean).join(" · "));
    write(parts.face, [...name][0]);
    parts.face.style.setProperty("--hue", String((this.id * 67) % 360));
    write(parts.person, name);
    write(parts.doing, shown.action ? `${state.bot.name} ${word("typing")}` : "");
    write(parts.role, shown.role);
    parts.role.hidden = !shown.role;
    parts.empty.hidden = shown.messages.length > 0;
    write(parts.empty, word("empty"));
    const begins = !shown.open || this.offered !== null;
    parts.beginning.hidden = !begins;
    parts.notnow.hidden = !shown.open;
    parts.composer.hidden = begins;
    parts.leave.hidden = shown.stays || state.order.length === 1;
    this.buttons.settle();
    this.keys.draw();
    if (begins) {
      parts.keyboard.hidden = true;
      this.keys.close();
    }
    this.drawMessages();
    this.writing.draw();
  }

  drawMessages() {
    const before = this.drawn.size;
    const kept = new Map();
    let place = this.parts.empty;
    let day = "";
    for (const message of this.shown.messages) {
      const text = signOf(message, this.buttons.busyIn(message));
      const old = this.drawn.get(message.message_id);
      let node = old?.node;
      if (old?.text !== text) {
        node = this.drawOne(message);
        if (old) replaceKeepingFocus(old.node, node, this.parts.log);
        else if (before) node.classList.add("new");
      }
      if (dayOf(message) !== day) {
        day = dayOf(message);
        place = this.dayChip(day, place);
      }
      if (place.nextSibling !== node) place.after(node);
      place = node;
      kept.set(message.message_id, { text, node });
    }
    for (const [id, { node }] of this.drawn) if (!kept.has(id)) node.remove();
    const more = [...kept.keys()].some((id) => !this.drawn.has(id));
    this.drawn = kept;
    for (const chip of this.parts.log.querySelectorAll(".day")) {
      const next = chip.nextElementSibling;
      if (!next || next.classList.contains("day")) chip.remove();
    }
    if (this.atEnd || !before) this.scrollDown();
    else if (more) this.parts.down.hidden = false;
    if (more && before && !this.inView) this.unread = true;
  }

  drawOne(message) {
    const node = drawMessage(this, message);
    if (message.reply_markup) {
      node.classList.add("has-buttons");
      node.append(this.buttons.draw(message));
    }
    return node;
  }

  dayChip(text, place) {
    const next = place.nextElementSibling;
    if (next?.classList.contains("day")) {
      write(next, text);
      return next;
    }
    const chip = make("p", "day", text);
    place.after(chip);
    return chip;
  }

  scrollDown() {
    const { log, down } = this.parts;
    this.atEnd = true;
    log.scrollTop = log.scrollHeight;
    down.hidden = true;
  }

  scrolled() {
    const { log, down } = this.parts;
    // Only a person scrolls up; a list that grows or a keyboard that opens does not.
    if (log.scrollHeight - log.scrollTop - log.clientHeight < 80) this.atEnd = true;
    else if (log.scrollTop < this.scrolledTo) this.atEnd = false;
    this.scrolledTo = log.scrollTop;
    if (this.atEnd) down.hidden = true;
  }

  comesIntoView(inView) {
    this.inView = inView;
    if (inView) this.unread = false;
    this.changed();
  }
}
