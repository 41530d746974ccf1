// Talking to the server, which keeps the whole state and tells what changed.

import { spoken } from "/page/words.js";

export const state = { bot: null, order: [], people: {}, places: [] };

async function post(path, body, headers = {}) {
  try {
    const answer = await fetch(path, { method: "POST", headers, body });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // The server is away, which whoever asked says.
  }
}

// What was answered, or null when it could not be done.
export const act = (wish) => post("/page/act", JSON.stringify(wish), { "Content-Type": "application/json" });

export function sendPicture(person, picture, caption) {
  const form = new FormData();
  form.set("person", person);
  form.set("caption", caption);
  form.set("picture", picture, "picture");
  return post("/page/picture", form);
}

export const fileAddress = (id) => `/page/files/${encodeURIComponent(id)}`;

// Call `told` after every change, and `lost` when the server goes away.
export function connect(told, lost) {
  const news = new EventSource("/page/news");
  let first = true;
  news.onmessage = (event) => {
    const { people, ...rest } = JSON.parse(event.data);
    Object.assign(state, rest);
    state.people = Object.fromEntries(
      state.order.map((id) => [id, people[id] ?? state.people[id]]),
    );
    told();
    if (first) act({ do: "speak", language: spoken() });
    first = false;
  };
  news.onerror = () => {
    news.close();
    lost();
    setTimeout(() => connect(told, lost), 1500);
  };
}
