// The large keys under the writing line, the command menu, and what else can be sent.

import { ask, askCaption, askCode, askPlace } from "/page/dialogs.js";
import { make, makeButton } from "/page/making.js";
import { sendPicture } from "/page/server.js";
import { nameOf, word } from "/page/words.js";

export class Keys {
  constructor(chat) {
    this.chat = chat;
    this.folded = false;
    this.drawn = "";
    const { menu, attach, fold, commands, more, picture, place, scan, block, leave } = chat.parts;
    menu.addEventListener("click", () => this.open(commands, commands.hidden));
    attach.addEventListener("click", () => this.open(more, more.hidden));
    fold.addEventListener("click", () => {
      this.folded = !this.folded;
      this.draw();
    });
    const input = picture.querySelector("input");
    input.addEventListener("change", () => {
      const [file] = input.files;
      input.value = "";
      if (file) this.sendPicture(file);
    });
    place.addEventListener("click", () => this.sendPlace());
    scan.addEventListener("click", () => this.scan());
    block.addEventListener("click", () => this.askFirst("askBlock", { do: "block" }));
    leave.addEventListener("click", () => this.askFirst("askLeave", { do: "leave" }));
  }

  draw() {
    const { keyboard, fold, input, menu } = this.chat.parts;
    const shown = this.chat.shown.open ? this.chat.shown.keyboard : null;
    const text = JSON.stringify(shown);
    if (text !== this.drawn) {
      this.drawn = text;
      this.folded = false;
      keyboard.replaceChildren(...(shown?.keyboard ?? []).map((row) => {
        const line = make("div", "row");
        line.append(...row.map((key) => this.drawKey(key)));
        return line;
      }));
    }
    const visible = Boolean(shown) && !this.folded;
    keyboard.hidden = !visible;
    fold.hidden = !shown;
    fold.setAttribute("aria-expanded", String(visible));
    input.placeholder = shown?.input_field_placeholder || word("write");
    menu.hidden = !this.chat.shown.commands.length;
    if (menu.hidden) this.open(this.chat.parts.commands, false);
    this.drawCommands();
  }

  drawKey(key) {
    const node = makeButton("", key.text, () => {
      if (key.request_contact) this.askFirst("askContact", { do: "share_contact" });
      else if (key.request_location) this.sendPlace();
      else if (key.web_app) this.chat.toast(word("unopened", { label: key.text }));
      else this.chat.say(key.text);
    });
    if (key.style) node.dataset.style = key.style;
    return node;
  }

  drawCommands() {
    const { commands } = this.chat.parts;
    const text = JSON.stringify(this.chat.shown.commands);
    if (commands.dataset.drawn === text) return;
    commands.dataset.drawn = text;
    commands.replaceChildren(...this.chat.shown.commands.map(({ command, description }) => {
      const node = makeButton("", description, () => {
        this.open(commands, false);
        this.chat.say(`/${command}`);
      });
      node.append(make("small", "", `/${command}`));
      return node;
    }));
  }

  // Open or close a panel; only one is open at a time.
  open(panel, wanted) {
    const { menu, attach, commands, more, log } = this.chat.parts;
    const had = panel.contains(document.activeElement);
    for (const [each, opener] of [[commands, menu], [more, attach]]) {
      if (wanted || each === panel) each.hidden = !(wanted && each === panel);
      opener.setAttribute("aria-expanded", String(!each.hidden));
    }
    if (wanted) panel.querySelector("button, input")?.focus();
    else if (had) (panel === commands ? menu : attach).focus();
    if (had && menu.hidden && panel === commands) log.focus();
  }

  close() {
    const opened = [this.chat.parts.commands, this.chat.parts.more].filter((each) => !each.hidden);
    for (const panel of opened) this.open(panel, false);
    return opened.length > 0;
  }

  async sendPicture(file) {
    this.close();
    const caption = await askCaption(file);
    if (caption === null) return;
    if (!await sendPicture(this.chat.id, file, caption)) this.chat.toast(word("tooLarge"));
  }

  async sendPlace() {
    this.close();
    const place = await askPlace();
    if (!place) return;
    this.chat.scrollDown();
    await this.chat.act({ do: "send_location", latitude: place.latitude, longitude: place.longitude });
  }

  async scan() {
    this.close();
    const link = await askCode();
    if (link) await this.chat.open(link);
  }

  async askFirst(question, wish) {
    this.close();
    if (await ask(word(question, { name: nameOf(this.chat.shown) }))) await this.chat.act(wish);
  }
}
