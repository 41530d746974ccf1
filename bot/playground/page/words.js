// The page's own words, in two languages. What the bot says comes from the bot.

const WORDS = {
  zh: {
    title: "体验", bot: "机器人", typing: "正在输入…", skip: "跳到聊天", renew: "重新开始",
    add: "加一个人", people: "这里的人", you: "你",
    aboutTitle: "不用账号，先聊一聊",
    aboutText: "这里和 Telegram 里的聊天一样用。消息只留在这台电脑上，下次打开还在。",
    tipAsk: "直接打字提问，按回车发送", tipKeys: "下面的大按钮点一下就行",
    tipSearch: "输入 @{bot} 加空格，可以边打边查", tipPeople: "“加一个人”，几个人可以同时用",
    chat: "聊天记录", newest: "最新消息", results: "查询结果", menu: "命令菜单", more: "图片、位置、扫码",
    attach: "发图片", place: "发位置", scan: "扫码、开链接", block: "停用机器人", leave: "这个人离开",
    caption: "想说的话（可以不写）", point: "纬度, 经度", code: "二维码里的链接", openIt: "打开",
    write: "写消息", keys: "大按钮", send: "发送", start: "开始",
    ok: "知道了", cancel: "取消", yes: "好的", picture: "图片", close: "关闭",
    empty: "还没有消息。\n点下面的“开始”，和小绿桶打个招呼吧。",
    lost: "连接断开，正在重连…", asleep: "机器人还没启动。消息会留着，等它来回答。",
    edited: "已编辑", via: "通过 @{bot}", searching: "正在查…", nothing: "没有结果", copied: "已复制",
    slow: "机器人没有回应，请再试一次。", failed: "没有发出去，请再试一次。",
    askRenew: "清空这里所有人的聊天，重新开始吗？\n机器人自己记下的事（比如积分）不会清掉。",
    askContact: "把 {name} 的电话号码（示例）发给机器人吗？",
    askBlock: "{name} 不想再收到机器人的消息吗？点“开始”可以恢复。",
    askLeave: "{name} 离开这个页面吗？", elsewhere: "这个链接不是本机器人的。", noCode: "图片里没有本机器人的码。",
    passOn: "{name} 拍下来发给机器人", photograph: "拍照发送", scanWith: "{name} 用手机扫这个码", scanIt: "扫码",
    tooLarge: "这张图片太大或不是图片。", unopened: "这里打不开这个按钮：{label}",
    contact: "📞 电话号码", location: "📍 位置", voice: "🎤 语音", sticker: "贴纸", file: "📄 {name}",
    reveal: "显示隐藏的文字",
  },
  en: {
    title: "try it", bot: "bot", typing: "typing…", skip: "Skip to the chats", renew: "Start anew",
    add: "Add a person", people: "The people here", you: "You",
    aboutTitle: "No account needed: just chat",
    aboutText: "This works like a chat in Telegram. Messages stay on this computer and are there again next time.",
    tipAsk: "Type a question, press Enter to send", tipKeys: "Or tap one of the large buttons below",
    tipSearch: "Type @{bot} and a space to search as you type", tipPeople: "Add a person: several can use it side by side",
    chat: "Messages", newest: "Newest message", results: "Results", menu: "Command menu", more: "Picture, place, code",
    attach: "Send a picture", place: "Send a place", scan: "Scan a code, open a link", block: "Block the bot", leave: "This person leaves",
    caption: "Words below it (or none)", point: "Latitude, longitude", code: "The link in the code", openIt: "Open",
    write: "Write a message", keys: "Large buttons", send: "Send", start: "Start",
    ok: "OK", cancel: "Cancel", yes: "Yes", picture: "Picture", close: "Close",
    empty: "No messages yet.\nPress Start below to say hello.",
    lost: "Connection lost, reconnecting…", asleep: "The bot is not connected. Messages wait for it.",
    edited: "edited", via: "via @{bot}", searching: "Searching…", nothing: "No results", copied: "Copied",
    slow: "The bot did not respond, please try again.", failed: "This was not sent, please try again.",
    askRenew: "Clear everybody's chats here and start anew?\nWhat the bot itself remembers (such as points) stays.",
    askContact: "Send the (example) phone number of {name} to the bot?",
    askBlock: "Does {name} want no more messages from the bot? Start undoes it.",
    askLeave: "Shall {name} leave this page?", elsewhere: "This link does not lead to the bot.", noCode: "There is no code of this bot in the picture.",
    passOn: "{name} takes a photo and sends it to the bot", photograph: "Send a photo of it", scanWith: "{name} scans this code", scanIt: "Scan",
    tooLarge: "This picture is too large, or no picture.", unopened: "This button cannot be opened here: {label}",
    contact: "📞 Phone number", location: "📍 Location", voice: "🎤 Voice", sticker: "Sticker", file: "📄 {name}",
    reveal: "Show the hidden text",
  },
};

let language = localStorage.getItem("language") || firstLanguage();

function firstLanguage() {
  const known = navigator.languages.map((each) => each.slice(0, 2)).find((each) => WORDS[each]);
  return known || "zh";
}

export const spoken = () => language;

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

export function word(name, values = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (_, each) => values[each] ?? "");
}

// Put the words into everything inside that asks for some.
export function speak(inside, values) {
  for (const node of inside.querySelectorAll("[data-word]")) {
    const text = word(node.dataset.word, values);
    if (node.textContent !== text) node.textContent = text;
  }
  for (const node of inside.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
    if (node.classList.contains("icon")) node.title = word(node.dataset.label);
  }
}

// The first newcomer is called 你, "you".
export const nameOf = (person) => (person.name === "你" ? word("you") : person.name);
