// The room: several people side by side, as many as fit; tabs lead to the others.

import { Chat } from "/page/chat.js";
import { ask } from "/page/dialogs.js";
import { make, makeButton, write } from "/page/making.js";
import { act, connect, state } from "/page/server.js";
import { nameOf, speak, spoken, switchLanguage, word } from "/page/words.js";

const $ = (id) => document.getElementById(id);
const chats = new Map(); // person's id -> Chat
const tabs = new Map(); // person's id -> tab
let lost = false; // Whether the server is away.

const inView = new IntersectionObserver((entries) => {
  for (const { target, intersectionRatio } of entries) {
    chats.get(Number(target.dataset.person))?.comesIntoView(intersectionRatio > 0.6);
  }
}, { root: $("people"), threshold: [0, 0.61, 1] });

function draw() {
  for (const [id, chat] of chats) {
    if (id in state.people) continue;
    inView.unobserve(chat.node);
    chat.node.remove();
    tabs.get(id).remove();
    chats.delete(id);
    tabs.delete(id);
  }
  state.order.forEach((id, index) => {
    if (!chats.has(id)) enter(id);
    const { node } = chats.get(id);
    if ($("people").children[index] !== node) $("people").insertBefore(node, $("people").children[index] ?? null);
    if ($("tabs").children[index] !== tabs.get(id)) $("tabs").insertBefore(tabs.get(id), $("tabs").children[index] ?? null);
    chats.get(id).draw();
  });
  document.body.classList.toggle("alone", state.order.length === 1);
  drawRest();
}

function enter(id) {
  const chat = new Chat(id, () => [...chats.values()], drawTabs);
  chat.node.dataset.person = id;
  chats.set(id, chat);
  const tab = makeButton("tab", "", () => chat.comeIntoView());
  tab.append(make("strong"), make("span"));
  tabs.set(id, tab);
  inView.observe(chat.node);
}

function drawRest() {
  document.documentElement.lang = spoken() === "zh" ? "zh-CN" : "en";
  speak(document, { bot: state.bot.username });
  write($("language"), spoken() === "zh" ? "EN" : "中文");
  $("language").lang = spoken() === "zh" ? "en" : "zh-CN";
  document.title = `${state.bot.name} · ${word("title")}`;
  write($("name"), state.bot.name);
  $("tip-search").hidden = !state.bot.searches;
  note();
  drawTabs();
}

function drawTabs() {
  const people = $("people");
  $("tabs").hidden = people.scrollWidth <= people.clientWidth + 1;
  for (const [id, tab] of tabs) {
    const { shown, inView: seen, unread } = chats.get(id);
    write(tab.children[0], nameOf(shown));
    write(tab.children[1], shown.role);
    tab.children[1].hidden = !shown.role;
    tab.setAttribute("aria-current", String(seen));
    tab.classList.toggle("unread", unread);
  }
  const typing = [...chats.values()].some((chat) => chat.inView && chat.shown.action);
  write($("status"), word(typing ? "typing" : "bot"));
}

function note() {
  const name = lost ? "lost" : state.fetched ? null : "asleep";
  $("note").hidden = !name;
  write($("note"), name ? word(name) : "");
}

// A link to this page may carry a payload, as a link to the bot does.
function offerFromAddress() {
  const payload = new URLSearchParams(location.search).get("start");
  if (payload === null) return;
  history.replaceState(null, "", location.pathname);
  chats.get(state.order[0]).offer(payload);
}

function listen() {
  connect(() => {
    lost = false;
    draw();
    offerFromAddress();
  }, () => {
    lost = true;
    note();
  });
}

$("add").addEventListener("click", async () => {
  const added = await act({ do: "add" });
  if (!added) return;
  // The newcomer may be told of before or after this answer.
  const show = () => (chats.has(added.id) ? chats.get(added.id).comeIntoView() : requestAnimationFrame(show));
  show();
});

$("renew").addEventListener("click", async () => {
  if (!await ask(word("askRenew"))) return;
  for (const chat of chats.values()) chat.writing.write("");
  await act({ do: "afresh" });
});

$("language").addEventListener("click", () => {
  switchLanguage();
  act({ do: "speak", language: spoken() });
  if (state.bot) draw();
});

new ResizeObserver(drawTabs).observe($("people"));
listen();
