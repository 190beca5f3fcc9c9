// A message → a bubble with its quote, media, text and keyboard.

import { element, isSafe, richText } from "./rich.js";
import { LANGUAGE, words } from "./words.js";

const SIGNS = {
  voice: "🎤", sticker: "🙂", document: "📄", video: "🎬", location: "📍", contact: "👤", audio: "🎵",
  video_note: "🎥", animation: "🎞️", photo: "🖼️",
};
const KINDS = ["animation", "photo", "voice", "sticker", "document", "video", "location", "contact", "audio", "video_note"];

/** One line on what a message says, for quotes and the reply bar. */
export function gist(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 120);
  const kind = KINDS.find((name) => message[name]);
  return kind ? `${SIGNS[kind]} ${words[kind]}` : "…";
}

/**
 * The bubble of a message. `view` says who looks on and what taps do:
 * {personId, group, onTap, onCommand, onReply, onEdit, onJump}.
 */
export function bubble(message, view) {
  const service = serviceText(message);
  if (service) return element("p", { class: "service", "data-id": message.message_id }, service);
  const fromBot = message.from.is_bot;
  const mine = message.from.id === view.personId;
  const sides = ["bubble", fromBot ? "bot" : "person", mine ? "mine" : "theirs"].join(" ");
  const box = element("article", { class: sides, "data-id": message.message_id });
  if (view.group && !mine) box.append(element("p", { class: "sender", dir: "auto" }, message.from.first_name));
  if (message.forward_origin) box.append(element("p", { class: "sender" }, `↪ ${message.forward_origin.sender_user.first_name}`));
  if (message.reply_to_message) box.append(quote(message.reply_to_message, view));
  box.append(...media(message));
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities;
  const body = element("div", { class: "text" }, ...richText(text, entities, view.onCommand));
  box.append(body, meta(message));
  const item = element("div", { class: `item ${mine ? "mine" : "theirs"}` }, element("div", { class: "line" }, box, tools(message, mine, view)));
  const keys = keyboard(message, view);
  if (keys) item.append(keys);
  return item;
}

function serviceText(message) {
  if (message.new_chat_members) return `${message.new_chat_members.map((m) => m.first_name).join(", ")} ${words.joined}`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} ${words.left}`;
  return message.migrate_to_chat_id || message.migrate_from_chat_id ? words.moved : "";
}

function quote(answered, view) {
  const button = element("button", { type: "button", class: "quote", title: words.jump },
    element("b", {}, answered.from.first_name), element("span", { dir: "auto" }, gist(answered)));
  button.addEventListener("click", () => view.onJump(answered.message_id));
  return button;
}

function media(message) {
  const kind = KINDS.find((name) => message[name]);
  if (!kind) return [];
  if (kind === "photo") {
    const sizes = message.photo;
    return [element("img", { class: "photo", src: `sim/files/${sizes[sizes.length - 1].file_id}`, alt: words.photo, width: 240, height: 320 })];
  }
  if (kind === "sticker") return [element("span", { class: "sticker", role: "img", "aria-label": words.sticker }, message.sticker.emoji ?? SIGNS.sticker)];
  const name = message[kind].file_name ?? message[kind].title ?? words[kind];
  const seconds = message[kind].duration;
  const more = kind === "voice" ? element("span", { class: "wave", "aria-hidden": "true" }) : "";
  return [element("p", { class: `file ${kind}` },
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind]), element("span", { dir: "auto" }, name), more,
    seconds ? element("small", {}, `0:${String(seconds % 60).padStart(2, "0")}`) : "")];
}

function meta(message) {
  const when = new Date(message.date * 1000);
  const time = when.toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit", hour12: false });
  const edited = message.edit_date ? `${words.edited} · ` : "";
  return element("p", { class: "meta" }, edited, element("time", { datetime: when.toISOString() }, time));
}

function tools(message, mine, view) {
  const box = element("div", { class: "tools" });
  const tool = (name, path, onClick) => {
    const button = element("button", { type: "button", class: "icon", "aria-label": words[name], title: words[name] });
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
    button.addEventListener("click", () => onClick(message));
    box.append(button);
  };
  tool("reply", "M10 8V4l-7 7 7 7v-4c5 0 8 1.500 10 5 0-7-4-11-10-11z", view.onReply);
  if (mine && message.text) tool("edit", "M4 20l1-4L16 5l3 3L8 19z", view.onEdit);
  return box;
}

function keyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const box = element("div", { class: "keyboard", role: "group" });
  for (const row of rows) box.append(element("div", { class: "keys" }, ...row.map((button) => key(button, message, view))));
  return box;
}

function key(button, message, view) {
  if (button.url && isSafe(button.url)) {
    return element("a", { href: button.url, target: "_blank", rel: "noopener noreferrer", dir: "auto", title: words.opens }, button.text, " ↗");
  }
  const made = element("button", { type: "button", dir: "auto", "data-data": button.callback_data, disabled: !button.callback_data }, button.text);
  made.addEventListener("click", () => view.onTap(message, button.callback_data, made));
  return made;
}
