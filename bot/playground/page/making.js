// Making and replacing nodes. Text from messages becomes text nodes only, never markup.

export function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  if (tag === "button") node.type = "button";
  return node;
}

// A button that does something.
export function makeButton(className, text, press) {
  const node = make("button", className, text);
  node.addEventListener("click", press);
  return node;
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function replaceKeepingFocus(old, node, otherwise) {
  const focusable = "button, a[href]";
  const index = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
  old.replaceWith(node);
  if (index < 0) return;
  const candidates = node.querySelectorAll(focusable);
  (candidates[Math.min(index, candidates.length - 1)] ?? otherwise).focus({ preventScroll: true });
}
