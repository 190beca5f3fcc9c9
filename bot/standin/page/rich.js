// Text with entities → elements. Offsets count UTF-16 units, as strings do here.

import { words } from "./words.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** The text as paragraphs and blocks; each paragraph finds its own direction, as in the apps. */
export function richText(text, entities = [], onCommand = () => {}) {
  const blocks = entities.filter((entity) => BLOCKS.has(entity.type));
  const inline = entities.filter((entity) => !BLOCKS.has(entity.type));
  const made = [];
  let at = 0;
  for (const block of blocks) {
    if (block.offset < at) continue;
    made.push(...paragraphs(text, at, block.offset, inline, onCommand, true));
    const end = block.offset + block.length;
    if (block.type === "pre") {
      made.push(element("pre", { dir: "auto" }, element("code", {}, text.slice(block.offset, end))));
    } else {
      made.push(element("blockquote", { dir: "auto" }, ...paragraphs(text, block.offset, end, inline, onCommand)));
    }
    at = end + (text[end] === "\n" ? 1 : 0);
  }
  made.push(...paragraphs(text, at, text.length, inline, onCommand));
  return made;
}

function paragraphs(text, start, end, entities, onCommand, beforeBlock = false) {
  if (start >= end) return [];
  const made = [];
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    made.push(line.trim()
      ? element("p", { dir: "auto" }, ...spans(text, at, at + line.length, entities, onCommand))
      : element("p", { class: "gap" }));
    at += line.length + 1;
  }
  if (beforeBlock && text[end - 1] === "\n") made.pop();
  return made;
}

function spans(text, start, end, entities, onCommand) {
  const made = [];
  let at = start;
  const inside = entities.filter((e) => e.offset < end && e.offset + e.length > start);
  while (inside.length) {
    const entity = inside.shift();
    const first = Math.max(entity.offset, start);
    const last = Math.min(entity.offset + entity.length, end);
    if (first < at) continue;
    made.push(text.slice(at, first));
    const rest = inside.filter((e) => e.offset < last);
    made.push(span(entity, text.slice(first, last), spans(text, first, last, rest, onCommand), onCommand));
    at = last;
  }
  made.push(text.slice(at, end));
  return made.filter((part) => part !== "");
}

function span(entity, words_, children, onCommand) {
  if (TAGS[entity.type]) return element(TAGS[entity.type], {}, ...children);
  switch (entity.type) {
    case "text_link": return link(entity.url, children);
    case "url": return link(/^[a-z]+:/i.test(words_) ? words_ : `http://${words_}`, children);
    case "email": return link(`mailto:${words_}`, children);
    case "phone_number": return link(`tel:${words_.replace(/[^+\d]/g, "")}`, children);
    case "spoiler": return spoiler(children);
    case "bot_command": {
      const button = element("button", { type: "button", class: "word" }, ...children);
      button.addEventListener("click", () => onCommand(words_));
      return button;
    }
    default: return element("span", { class: entity.type }, ...children);
  }
}

function link(address, children) {
  if (!isSafe(address)) return element("span", {}, ...children);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Whether a link may be opened from here. */
export function isSafe(address) {
  try {
    return SCHEMES.has(new URL(address).protocol);
  } catch {
    return false;
  }
}

function spoiler(children) {
  const cover = element("button", { type: "button", class: "spoiler", "aria-expanded": "false", title: words.spoiler }, ...children);
  cover.addEventListener("click", () => cover.setAttribute("aria-expanded", "true"));
  return cover;
}
