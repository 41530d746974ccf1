// One chat with the bot. The server tells the whole state after every change; this file draws it.
// Text from messages becomes text nodes only, never markup.

const WORDS = {
  zh: {
    title: "体验", bot: "机器人", typing: "正在输入…", skip: "跳到输入框", renew: "重新开始",
    aboutTitle: "不用账号，先聊一聊",
    aboutText: "这里和 Telegram 里的聊天一样用。消息只留在这台电脑上，关掉程序就没有了。",
    tipAsk: "直接打字提问，按回车发送", tipKeys: "下面的大按钮点一下就行",
    tipSearch: "输入 @{bot} 加空格，可以边打边查",
    chat: "聊天记录", newest: "最新消息", results: "查询结果", menu: "命令菜单",
    attach: "发图片", write: "写消息", keys: "大按钮", send: "发送", start: "开始",
    ok: "知道了", cancel: "取消", yes: "好的", picture: "图片", close: "关闭",
    empty: "还没有消息。\n点下面的“开始”，和小绿桶打个招呼吧。",
    lost: "连接断开，正在重连…", asleep: "机器人还没启动。消息会留着，等它来回答。",
    edited: "已编辑", via: "通过 @{bot}", you: "你",
    searching: "正在查…", nothing: "没有结果", copied: "已复制",
    slow: "机器人没有回应，请再试一次。", failed: "没有发出去，请再试一次。",
    askRenew: "清空聊天，像新朋友一样重新开始吗？",
    askContact: "把一个示例电话号码发给机器人吗？", askLocation: "把一个示例位置发给机器人吗？",
    tooLarge: "这张图片太大或不是图片。", unopened: "这里打不开这个按钮：{label}",
    contact: "📞 电话号码", location: "📍 位置", voice: "🎤 语音", sticker: "贴纸", file: "📄 {name}",
    reveal: "显示隐藏的文字",
  },
  en: {
    title: "try it", bot: "bot", typing: "typing…", skip: "Skip to writing", renew: "Start anew",
    aboutTitle: "No account needed: just chat",
    aboutText: "This works like a chat in Telegram. Messages stay on this computer and are gone when the program ends.",
    tipAsk: "Type a question, press Enter to send", tipKeys: "Or tap one of the large buttons below",
    tipSearch: "Type @{bot} and a space to search as you type",
    chat: "Messages", newest: "Newest message", results: "Results", menu: "Command menu",
    attach: "Send a picture", write: "Write a message", keys: "Large buttons", send: "Send", start: "Start",
    ok: "OK", cancel: "Cancel", yes: "Yes", picture: "Picture", close: "Close",
    empty: "No messages yet.\nPress Start below to say hello.",
    lost: "Connection lost, reconnecting…", asleep: "The bot is not connected. Messages wait for it.",
    edited: "edited", via: "via @{bot}", you: "You",
    searching: "Searching…", nothing: "No results", copied: "Copied",
    slow: "The bot did not respond, please try again.", failed: "This was not sent, please try again.",
    askRenew: "Clear the chat and start anew, as a newcomer?",
    askContact: "Send an example phone number to the bot?", askLocation: "Send an example location to the bot?",
    tooLarge: "This picture is too large, or no picture.", unopened: "This button cannot be opened here: {label}",
    contact: "📞 Phone number", location: "📍 Location", voice: "🎤 Voice", sticker: "Sticker", file: "📄 {name}",
    reveal: "Show the hidden text",
  },
};

const $ = (id) => document.getElementById(id);
const TALLEST = 360; // Pixels of a picture's height in the chat.
const SILENCE = 350; // Milliseconds without typing before a search is sent.

let language = localStorage.getItem("language") || firstLanguage();
let state = null;
let drawn = new Map(); // message_id -> what was drawn: { text, node }
let person = null;
let shownPresses = new Set();
let waiting = new Map(); // "message data" -> press id, or null while it is being sent
let searched = { text: null, id: null };
let folded = false;
let lastKeyboard = "";
let timers = {};
let scrolledTo = 0;
let atEnd = true; // Whether the newest message is in view; then it stays in view.

// ---- words

function firstLanguage() {
  const known = navigator.languages.map((each) => each.slice(0, 2)).find((each) => WORDS[each]);
  return known || "zh";
}

function word(name, values = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (_, each) => values[each] ?? "");
}

function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const values = { bot: state?.bot.username ?? "bot" };
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word, values);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
    if (node.classList.contains("icon")) node.title = word(node.dataset.label);
  }
  $("language").textContent = language === "zh" ? "EN" : "中文";
  $("language").lang = language === "zh" ? "en" : "zh-CN";
  document.title = `${state?.bot.name ?? "小绿桶"} · ${word("title")}`;
}

// ---- talking to the server

async function act(wish) {
  try {
    const answer = await fetch("/page/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish),
    });
    if (answer.ok) return await answer.json();
  } catch { /* The server is away: said below. */ }
  toast(word("failed"));
  return null;
}

function connect() {
  const news = new EventSource("/page/news");
  news.onmessage = (event) => {
    const first = state === null;
    state = JSON.parse(event.data);
    note();
    draw();
    if (first) act({ do: "speak", language });
  };
  news.onerror = () => {
    news.close();
    note("lost");
    setTimeout(connect, 1500);
  };
}

function note(name = state && !state.fetched ? "asleep" : null) {
  $("note").hidden = !name;
  const text = name ? word(name) : "";
  if ($("note").textContent !== text) $("note").textContent = text;
}

// ---- drawing

function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  if (tag === "button") node.type = "button";
  return node;
}

function draw() {
  if (person !== state.me) {
    person = state.me;
    drawn = new Map();
    waiting = new Map();
    shownPresses = new Set(state.presses.filter((each) => each.answer).map((each) => each.id));
    for (const node of [...$("log").children]) if (node !== $("empty")) node.remove();
  }
  speak();
  $("name").textContent = state.bot.name;
  $("status").textContent = word(state.action ? "typing" : "bot");
  $("tip-search").hidden = !state.bot.searches;
  $("empty").hidden = state.messages.length > 0;
  const empty = word("empty");
  if ($("empty").textContent !== empty) $("empty").textContent = empty;
  $("start").hidden = state.open;
  $("composer").hidden = !state.open;
  $("menu").hidden = !state.commands.length;
  if (!state.commands.length) openMenu(false);
  settlePresses();
  drawKeyboard();
  drawMessages();
  drawCommands();
  drawResults();
}

function drawMessages() {
  const log = $("log");
  const before = drawn.size;
  const kept = new Map();
  let place = $("empty");
  let day = "";
  for (const message of state.messages) {
    const text = JSON.stringify([message, language, busyIn(message)]);
    const old = drawn.get(message.message_id);
    let node = old?.node;
    if (old?.text !== text) {
      node = drawMessage(message);
      if (old) replaceKeepingFocus(old.node, node);
      else if (before) node.classList.add("new");
    }
    const today = new Date(message.date * 1000).toLocaleDateString(document.documentElement.lang, { month: "long", day: "numeric" });
    if (today !== day) {
      day = today;
      const chip = dayChip(today, place);
      place = chip;
    }
    if (place.nextSibling !== node) place.after(node);
    place = node;
    kept.set(message.message_id, { text, node });
  }
  for (const [id, { node }] of drawn) if (!kept.has(id)) node.remove();
  const more = [...kept.keys()].some((id) => !drawn.has(id));
  drawn = kept;
  for (const chip of log.querySelectorAll(".day")) {
    const next = chip.nextElementSibling;
    if (!next || next.classList.contains("day")) chip.remove();
  }
  if (atEnd || !before) scrollDown();
  else if (more) $("down").hidden = false;
}

function dayChip(text, place) {
  const next = place.nextElementSibling;
  if (next?.classList.contains("day")) {
    if (next.textContent !== text) next.textContent = text;
    return next;
  }
  const chip = make("p", "day", text);
  place.after(chip);
  return chip;
}

function drawMessage(message) {
  const mine = message.from.id === state.me;
  const node = make("article", `message${mine ? " mine" : ""}`);
  const bubble = make("div", "bubble");
  node.setAttribute("aria-label", mine ? word("you") : state.bot.name);
  if (message.reply_to_message) {
    bubble.append(make("span", "answered", plain(message.reply_to_message)));
  }
  if (message.photo) {
    node.classList.add("has-photo");
    bubble.append(drawPhoto(message));
  }
  if (message.document) {
    const link = make("a", "link", word("file", { name: message.document.file_name }));
    link.href = `/page/files/${encodeURIComponent(message.document.file_id)}`;
    link.download = message.document.file_name;
    bubble.append(link);
  }
  const kind = ["contact", "location", "voice", "sticker"].find((each) => message[each]);
  if (kind) bubble.append(make("div", "words", message.sticker?.emoji ?? word(kind)));
  const text = message.text ?? message.caption;
  if (text) {
    const words = make("div", "words");
    words.append(...marked(text, message.entities ?? message.caption_entities ?? []));
    bubble.append(words);
  }
  if (message.via_bot) bubble.append(make("span", "via", word("via", { bot: message.via_bot.username })));
  const when = new Date((message.edit_date ?? message.date) * 1000);
  const time = make("time", "time", clockTime(when));
  time.dateTime = when.toISOString();
  if (message.edit_date) time.textContent = `${word("edited")} ${time.textContent}`;
  bubble.append(time);
  node.append(bubble);
  if (message.reply_markup) {
    node.classList.add("has-buttons");
    node.append(drawButtons(message));
  }
  return node;
}

function clockTime(when) {
  return when.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
}

function plain(message) {
  return message.text ?? message.caption ?? word("picture");
}

function drawPhoto(message) {
  const largest = message.photo.at(-1);
  const button = make("button", "photo");
  const picture = make("img");
  picture.src = `/page/files/${encodeURIComponent(largest.file_id)}`;
  picture.alt = message.caption ?? word("picture");
  // The room is kept before the picture comes, so that nothing jumps.
  picture.style.aspectRatio = `${largest.width} / ${largest.height}`;
  picture.style.width = `${Math.min(largest.width, TALLEST * largest.width / largest.height)}px`;
  button.append(picture);
  button.addEventListener("click", () => {
    $("viewed").src = picture.src;
    $("viewed").alt = picture.alt;
    $("viewer").showModal();
  });
  return button;
}

// The text in pieces, each wrapped in what its entities mean. Offsets are UTF-16, as in JavaScript.
function marked(text, entities) {
  const edges = new Set([0, text.length]);
  for (const { offset, length } of entities) edges.add(offset).add(offset + length);
  const sorted = [...edges].filter((each) => each <= text.length).sort((a, b) => a - b);
  const outermost = [...entities].sort((a, b) => b.length - a.length);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1];
    const over = outermost.filter((each) => each.offset <= start && end <= each.offset + each.length);
    return over.reduceRight((inner, entity) => wrap(entity, inner, text), document.createTextNode(text.slice(start, end)));
  });
}

function wrap(entity, inner, text) {
  const tags = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code" };
  const whole = text.slice(entity.offset, entity.offset + entity.length);
  let node;
  if (tags[entity.type]) node = make(tags[entity.type]);
  else if (entity.type === "url" || entity.type === "text_link") node = outLink(entity.url ?? whole);
  else if (entity.type === "bot_command") {
    node = make("button", "link");
    node.addEventListener("click", () => say(whole));
  } else if (entity.type.endsWith("blockquote")) node = make("span", "quoted");
  else if (entity.type === "spoiler") {
    node = make("button", "spoiler");
    node.setAttribute("aria-label", word("reveal"));
    node.addEventListener("click", () => {
      node.classList.remove("spoiler");
      node.removeAttribute("aria-label");
    });
  } else return inner;
  node.append(inner);
  return node;
}

function outLink(address) {
  const url = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  if (!/^(https?|tg):/i.test(url)) return make("span");
  const link = make("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function scrollDown() {
  atEnd = true;
  $("log").scrollTop = $("log").scrollHeight;
  $("down").hidden = true;
}

function replaceKeepingFocus(old, node) {
  const focusable = "button, a[href]";
  const index = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
  old.replaceWith(node);
  if (index < 0) return;
  const candidates = node.querySelectorAll(focusable);
  (candidates[Math.min(index, candidates.length - 1)] ?? $("log")).focus({ preventScroll: true });
}

// ---- buttons under a message

const pressKey = (message, data) => `${message} ${data}`;

function busyIn(message) {
  return [...waiting.keys()].filter((key) => key.startsWith(`${message.message_id} `));
}

function drawButtons(message) {
  const box = make("div", "buttons");
  for (const row of message.reply_markup.inline_keyboard) {
    const line = make("div", "row");
    line.append(...row.map((button) => drawButton(message, button)));
    box.append(line);
  }
  return box;
}

function drawButton(message, button) {
  if (button.url) {
    const link = outLink(button.url);
    link.textContent = `${button.text} ↗`;
    if (button.style) link.dataset.style = button.style;
    return link;
  }
  const node = make("button", "", button.text);
  if (button.style) node.dataset.style = button.style;
  const key = pressKey(message.message_id, button.callback_data);
  if (waiting.has(key)) node.setAttribute("aria-busy", "true");
  node.addEventListener("click", () => {
    if (button.callback_data !== undefined) press(message.message_id, button.callback_data);
    else if (button.copy_text) navigator.clipboard.writeText(button.copy_text.text).then(() => toast(word("copied")));
    else if ("switch_inline_query_current_chat" in button) write(`@${state.bot.username} ${button.switch_inline_query_current_chat}`);
    else if ("switch_inline_query" in button) write(`@${state.bot.username} ${button.switch_inline_query}`);
    else toast(word("unopened", { label: button.text }));
  });
  return node;
}

async function press(message, data) {
  const key = pressKey(message, data);
  if (waiting.has(key)) return;
  waiting.set(key, null);
  drawMessages();
  const answer = await act({ do: "press", message, data });
  if (!answer) waiting.delete(key);
  else {
    waiting.set(key, answer.id);
    setTimeout(() => giveUp(key, answer.id), state.patience * 1000);
  }
  settlePresses();
  drawMessages();
}

function giveUp(key, id) {
  if (waiting.get(key) !== id) return;
  waiting.delete(key);
  toast(word("slow"));
  drawMessages();
}

// Stop the spinners of answered presses and show the answers, once each.
function settlePresses() {
  for (const { id, message, data, answer } of state.presses) {
    if (!answer || shownPresses.has(id)) continue;
    const key = pressKey(message, data);
    if (waiting.get(key) === null) continue; // Its id is still on the way.
    if (waiting.get(key) === id) waiting.delete(key);
    shownPresses.add(id);
    if (!answer.text) continue;
    if (answer.show_alert) {
      $("alert-text").textContent = answer.text;
      $("alert").showModal();
    } else toast(answer.text);
  }
}

function toast(text) {
  clearTimeout(timers.toast);
  $("toast").hidden = false;
  $("toast").textContent = text;
  timers.toast = setTimeout(() => { $("toast").hidden = true; }, 3000 + 60 * text.length);
}

function ask(text) {
  $("ask-text").textContent = text;
  $("ask").returnValue = "no";
  $("ask").showModal();
  return new Promise((done) => {
    $("ask").addEventListener("close", () => done($("ask").returnValue === "yes"), { once: true });
  });
}

// ---- the large keys, the command menu, the results

function drawKeyboard() {
  const keyboard = state.open ? state.keyboard : null;
  const text = JSON.stringify(keyboard);
  if (text !== lastKeyboard) {
    lastKeyboard = text;
    folded = false;
    const rows = (keyboard?.keyboard ?? []).map((row) => {
      const line = make("div", "row");
      line.append(...row.map(drawKey));
      return line;
    });
    $("keyboard").replaceChildren(...rows);
  }
  const shown = Boolean(keyboard) && !folded;
  $("keyboard").hidden = !shown;
  $("fold").hidden = !keyboard;
  $("fold").setAttribute("aria-expanded", String(shown));
  $("input").placeholder = keyboard?.input_field_placeholder || word("write");
}

function drawKey(key) {
  const node = make("button", "", key.text);
  if (key.style) node.dataset.style = key.style;
  node.addEventListener("click", async () => {
    if (key.request_contact) {
      if (await ask(word("askContact"))) act({ do: "share_contact" });
    } else if (key.request_location) {
      if (await ask(word("askLocation"))) act({ do: "share_location" });
    } else if (key.web_app) toast(word("unopened", { label: key.text }));
    else say(key.text);
  });
  return node;
}

function drawCommands() {
  const text = JSON.stringify(state.commands);
  if ($("commands").dataset.drawn === text) return;
  $("commands").dataset.drawn = text;
  $("commands").replaceChildren(...state.commands.map(({ command, description }) => {
    const node = make("button", "", description);
    node.append(make("small", "", `/${command}`));
    node.addEventListener("click", () => {
      openMenu(false);
      say(`/${command}`);
    });
    return node;
  }));
}

function openMenu(open) {
  const had = $("commands").contains(document.activeElement);
  $("commands").hidden = !open;
  $("menu").setAttribute("aria-expanded", String(open));
  if (open) $("commands").querySelector("button")?.focus();
  else if (had) $("menu").focus();
}

function typedQuery() {
  const start = `@${state.bot.username} `;
  const text = $("input").value;
  const found = state.bot.searches && text.toLowerCase().startsWith(start.toLowerCase());
  return found ? text.slice(start.length) : null;
}

function search() {
  const query = typedQuery();
  clearTimeout(timers.search);
  if (query === searched.text) return;
  searched = { text: query, id: null };
  drawResults();
  if (query === null) return;
  timers.search = setTimeout(async () => {
    const answer = await act({ do: "search", query });
    if (answer && searched.text === query) searched.id = answer.id;
    drawResults();
  }, SILENCE);
}

function drawResults() {
  const box = $("results");
  const results = state.search?.id === searched.id ? state.search?.results : null;
  const text = JSON.stringify([searched, results, language]);
  box.hidden = searched.text === null;
  if (box.dataset.drawn === text) return;
  box.dataset.drawn = text;
  if (!results || !results.length) {
    box.replaceChildren(make("p", "", word(results ? "nothing" : "searching")));
    return;
  }
  box.replaceChildren(...results.map((result) => {
    const node = make("button", "", result.title);
    if (result.description) node.append(make("small", "", result.description));
    node.addEventListener("click", async () => {
      if (!await act({ do: "choose", result: result.id })) return;
      write("");
    });
    return node;
  }));
}

// ---- writing

function write(text) {
  $("input").value = text;
  $("input").focus();
  grow();
  search();
}

function grow() {
  $("composer").classList.toggle("writing", Boolean($("input").value));
  $("input").style.height = "auto";
  $("input").style.height = `${$("input").scrollHeight + 2}px`;
}

async function say(text) {
  scrollDown();
  return act({ do: "say", text });
}

$("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("input").value;
  if (!text.trim() || typedQuery() !== null) return;
  write("");
  if (!await say(text) && !$("input").value) write(text);
});

$("input").addEventListener("keydown", (event) => {
  // While a Chinese word is being put together, Enter belongs to the input method.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (typedQuery() !== null) $("results").querySelector("button")?.focus();
  else $("composer").requestSubmit();
});

$("input").addEventListener("input", () => {
  grow();
  search();
});

$("picture").addEventListener("change", async () => {
  const [file] = $("picture").files;
  $("picture").value = "";
  if (!file) return;
  const answer = await fetch("/page/picture", { method: "POST", headers: { "Content-Type": file.type }, body: file }).catch(() => null);
  if (!answer?.ok) toast(word("tooLarge"));
});

$("start").addEventListener("click", async () => {
  const payload = new URLSearchParams(location.search).get("start") ?? "";
  if (await act({ do: "start", payload })) $("input").focus();
});

$("renew").addEventListener("click", async () => {
  if (await ask(word("askRenew"))) {
    write("");
    act({ do: "renew" });
  }
});

$("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  act({ do: "speak", language });
  if (state) draw();
  note();
});

$("menu").addEventListener("click", () => openMenu($("commands").hidden));
$("fold").addEventListener("click", () => {
  folded = !folded;
  drawKeyboard();
});
$("down").addEventListener("click", scrollDown);
$("log").addEventListener("scroll", () => {
  const log = $("log");
  // Only a person scrolls up; a list that grows or a keyboard that opens does not.
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 80) atEnd = true;
  else if (log.scrollTop < scrolledTo) atEnd = false;
  scrolledTo = log.scrollTop;
  if (atEnd) $("down").hidden = true;
});
new ResizeObserver(() => { if (atEnd) scrollDown(); }).observe($("log"));
$("viewer").addEventListener("click", (event) => { if (event.target === $("viewer") || event.target === $("viewed")) $("viewer").close(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!$("commands").hidden) openMenu(false);
  else if (searched.text !== null) write("");
});

speak();
connect();
