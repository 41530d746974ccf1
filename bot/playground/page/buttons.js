// The buttons under messages: pressed, they spin until the bot answers.

import { tell } from "/page/dialogs.js";
import { make, makeButton } from "/page/making.js";
import { makeLink } from "/page/messages.js";
import { act, state } from "/page/server.js";
import { word } from "/page/words.js";

const keyOf = (message, data) => `${message} ${data}`;

export class Buttons {
  constructor(chat) {
    this.chat = chat;
    this.waiting = new Map(); // "message data" -> press id, or null while it is being sent
    this.settled = new Set(chat.shown.presses.filter((each) => each.answer).map((each) => each.id));
  }

  busyIn(message) {
    return [...this.waiting.keys()].filter((key) => key.startsWith(`${message.message_id} `));
  }

  draw(message) {
    const box = make("div", "buttons");
    for (const row of message.reply_markup.inline_keyboard) {
      const line = make("div", "row");
      line.append(...row.map((button) => this.drawOne(message, button)));
      box.append(line);
    }
    return box;
  }

  drawOne(message, button) {
    const node = button.url
      ? makeLink(this.chat, button.url)
      : makeButton("", "", () => this.used(message, button));
    node.textContent = button.url ? `${button.text} ↗` : button.text;
    if (button.style) node.dataset.style = button.style;
    const key = keyOf(message.message_id, button.callback_data);
    if (this.waiting.has(key)) node.setAttribute("aria-busy", "true");
    return node;
  }

  used(message, button) {
    const search = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (button.callback_data !== undefined) this.press(message.message_id, button.callback_data);
    else if (button.copy_text) {
      navigator.clipboard.writeText(button.copy_text.text).then(() => this.chat.toast(word("copied")));
    } else if (search !== undefined) this.chat.writing.write(`@${state.bot.username} ${search}`);
    else this.chat.toast(word("unopened", { label: button.text }));
  }

  async press(message, data) {
    const key = keyOf(message, data);
    if (this.waiting.has(key)) return;
    this.waiting.set(key, null);
    this.chat.drawMessages();
    const answer = await this.chat.act({ do: "press", message, data });
    if (!answer) this.waiting.delete(key);
    else {
      this.waiting.set(key, answer.id);
      setTimeout(() => this.giveUp(key, answer.id), state.patience * 1000);
    }
    this.settle();
    this.chat.drawMessages();
  }

  giveUp(key, id) {
    if (this.waiting.get(key) !== id) return;
    this.waiting.delete(key);
    this.chat.toast(word("slow"));
    this.chat.drawMessages();
  }

  // Stop the spinners of answered presses and show the answers, once each.
  settle() {
    for (const { id, message, data, answer } of this.chat.shown.presses) {
      if (!answer || this.settled.has(id)) continue;
      const key = keyOf(message, data);
      if (this.waiting.get(key) === null) continue; // Its id is still on the way.
      if (this.waiting.get(key) === id) this.waiting.delete(key);
      this.settled.add(id);
      if (answer.text && answer.show_alert) tell(answer.text);
      else if (answer.text) this.chat.toast(answer.text);
    }
  }
}
