// The writing line, and searching while somebody types.

import { make, makeButton } from "/page/making.js";
import { state } from "/page/server.js";
import { spoken, word } from "/page/words.js";

const SILENCE = 350; // Milliseconds without typing before a search is sent.

export class Writing {
  constructor(chat) {
    this.chat = chat;
    this.searched = { text: null, id: null };
    const { composer, input } = chat.parts;
    composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    input.addEventListener("keydown", (event) => {
      // While a Chinese word is being put together, Enter belongs to the input method.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (this.query() !== null) chat.parts.results.querySelector("button")?.focus();
      else composer.requestSubmit();
    });
    input.addEventListener("input", () => this.typed());
    input.addEventListener("paste", (event) => {
      const picture = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
      if (!picture) return;
      event.preventDefault();
      chat.keys.sendPicture(picture);
    });
  }

  write(text) {
    this.chat.parts.input.value = text;
    this.chat.parts.input.focus();
    this.typed();
  }

  async send() {
    const { input } = this.chat.parts;
    const text = input.value;
    if (!text.trim() || this.query() !== null) return;
    this.write("");
    if (!await this.chat.say(text) && !input.value) this.write(text);
  }

  typed() {
    const { composer, input } = this.chat.parts;
    composer.classList.toggle("writing", Boolean(input.value));
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
    this.search();
  }

  query() {
    const start = `@${state.bot.username} `;
    const text = this.chat.parts.input.value;
    const found = state.bot.searches && text.toLowerCase().startsWith(start.toLowerCase());
    return found ? text.slice(start.length) : null;
  }

  search() {
    const query = this.query();
    clearTimeout(this.timer);
    if (query === this.searched.text) return;
    this.searched = { text: query, id: null };
    this.draw();
    if (query === null) return;
    this.timer = setTimeout(async () => {
      const answer = await this.chat.act({ do: "search", query });
      if (answer && this.searched.text === query) this.searched.id = answer.id;
      this.draw();
    }, SILENCE);
  }

  draw() {
    const box = this.chat.parts.results;
    const found = this.chat.shown.search;
    const results = found?.id === this.searched.id ? found?.results : null;
    const text = JSON.stringify([this.searched, results, spoken()]);
    box.hidden = this.searched.text === null;
    if (box.dataset.drawn === text) return;
    box.dataset.drawn = text;
    if (!results?.length) {
      box.replaceChildren(make("p", "", word(results ? "nothing" : "searching")));
      return;
    }
    box.replaceChildren(...results.map((result) => {
      const node = makeButton("", result.title, async () => {
        if (await this.chat.act({ do: "choose", result: result.id })) this.write("");
      });
      if (result.description) node.append(make("small", "", result.description));
      return node;
    }));
  }
}
