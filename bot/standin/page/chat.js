// One chat on the page: its messages, and what the person does there.

import { act, look } from "./api.js";
import { bubble, gist } from "./bubbles.js";
import { element } from "./rich.js";
import { translate, words } from "./words.js";

const ATTACHABLE = ["photo", "voice", "sticker", "document", "location", "contact", "video"];
const TYPING_MS = 5000;
const TOAST_MS = 4000;
const NEAR_END = 120; // pixels: whoever reads further up is not dragged to the end

export class Chat {
  /** `tell` shows a refusal, `alert` a callback answer that wants a tap. */
  constructor(pane, { tell, alert }) {
    const prefix = pane.dataset.prefix;
    const talk = document.getElementById("talk").content.cloneNode(true);
    translate(talk);
    pane.append(talk);
    this.pane = pane;
    this.tell = tell;
    this.alert = alert;
    this.chatId = null;
    this.personId = null;
    this.known = new Map(); // message id → the JSON it was drawn from
    this.aim = null; // the message that is answered or edited
    this.log = this.find(".log");
    this.input = this.find(".message");
    this.input.id = `${prefix}message`;
    this.find(".send").id = `${prefix}send`;
    this.listen();
  }

  find(selector) { return this.pane.querySelector(selector); }

  listen() {
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.fit());
    this.find(".start").addEventListener("click", () => this.try("start", { person_id: this.personId }));
    this.find(".aim button").addEventListener("click", () => this.aimAt(null));
    this.menu(this.find(".attach"), this.find(".menu-attach"), () => this.attachItems());
    this.menu(this.find(".commands"), this.find(".menu-commands"), () => this.commandItems());
    this.find(".blocked button").addEventListener("click", () => this.try("unblock", { person_id: this.personId }));
  }

  /** Show another chat, or the same one as somebody else. */
  async open(chatId, personId) {
    if (chatId === this.chatId && personId === this.personId) return;
    this.chatId = chatId;
    this.personId = personId;
    this.known.clear();
    this.log.replaceChildren();
    this.aimAt(null);
    this.find(".toast").hidden = true;
    this.typing(false);
    await this.refresh();
    this.toEnd();
  }

  get group() { return this.chatId < 0; }
  get place() { return this.group ? { chat_id: this.chatId } : {}; }

  // --- drawing

  /** Draw what changed: new messages, edited ones, and none that went. */
  async refresh() {
    if (this.chatId === null) return;
    const chatId = this.chatId;
    this.turn = (this.turn ?? 0) + 1;
    const turn = this.turn;
    const messages = await look(`chats/${chatId}/messages`);
    if (chatId !== this.chatId || turn !== this.turn) return; // an older answer came later
    const stay = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight > NEAR_END;
    const there = new Set(messages.map((message) => message.message_id));
    for (const id of this.known.keys()) {
      if (there.has(id)) continue;
      this.node(id)?.remove();
      this.known.delete(id);
    }
    let news = false;
    for (const message of messages) news = this.draw(message) || news;
    this.find(".empty").hidden = messages.length > 0 || this.group;
    if (news && messages.at(-1)?.from.is_bot) this.typing(false);
    if (news && !stay) this.toEnd();
  }

  draw(message) {
    const json = JSON.stringify(message);
    const id = message.message_id;
    if (this.known.get(id) === json) return false;
    const made = bubble(message, this.view());
    made.dataset.item = id;
    const old = this.node(id);
    if (old) {
      const focused = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
      old.replaceWith(made);
      if (focused >= 0) (made.querySelectorAll("button, a")[focused] ?? this.log).focus();
    } else {
      made.classList.add("new");
      this.log.append(made);
    }
    this.known.set(id, json);
    return !old;
  }

  node(id) { return this.log.querySelector(`[data-item="${id}"]`); }

  toEnd() { this.log.scrollTop = this.log.scrollHeight; }

  view() {
    return {
      personId: this.personId,
      group: this.group,
      onTap: (message, data, button) => this.tap(message, data, button),
      onCommand: (command) => this.say(command),
      onReply: (message) => this.aimAt({ message, verb: "reply" }),
      onEdit: (message) => this.aimAt({ message, verb: "edit" }),
      onJump: (id) => this.jump(id),
    };
  }

  jump(id) {
    const node = this.node(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("found");
    requestAnimationFrame(() => node.classList.add("found"));
  }

  // --- doing

  async try(name, body) {
    try {
      return await act(name, body);
    } catch (error) {
      this.tell(`${words.failed}: ${error.message}`, this);
      return null;
    }
  }

  say(text) {
    return this.try("say", { person_id: this.personId, text, ...this.place, ...this.answering() });
  }

  answering() { return this.aim?.verb === "reply" ? { reply_to: this.aim.message.message_id } : {}; }

  async submit() {
    const text = this.input.value.trim();
    if (!text || this.chatId === null) return;
    const done = this.aim?.verb === "edit"
      ? await this.try("edit", { person_id: this.personId, message_id: this.aim.message.message_id, text, ...this.place })
      : await this.say(text);
    if (!done) return;
    this.input.value = "";
    this.aimAt(null);
    this.fit();
    this.toEnd();
    this.input.focus();
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") this.aimAt(null);
    else if (event.key === "/" && !this.input.value) this.toggle(this.find(".commands"), true);
  }

  /** The textarea grows with its text, as far as the style lets it. */
  fit() {
    this.input.style.blockSize = "auto";
    this.input.style.blockSize = `${this.input.scrollHeight}px`;
    if (this.input.value && this.input.value !== "/") this.toggle(this.find(".commands"), false);
  }

  aimAt(aim) {
    if (this.aim?.verb === "edit" && !aim) this.input.value = "";
    this.aim = aim;
    const bar = this.find(".aim");
    bar.hidden = !aim;
    if (!aim) return;
    bar.querySelector("p").replaceChildren(
      element("b", {}, aim.verb === "edit" ? words.editing : aim.message.from.first_name),
      element("span", { dir: "auto" }, gist(aim.message)));
    if (aim.verb === "edit") this.input.value = aim.message.text;
    this.fit();
    this.input.focus();
  }

  async tap(message, data, button) {
    button.classList.add("waiting");
    const id = await this.try("tap", { person_id: this.personId, message_id: message.message_id, data_or_label: data, ...this.place });
    if (id === null) button.classList.remove("waiting");
    else setTimeout(() => button.classList.remove("waiting"), TYPING_MS);
  }

  // --- what the bot does beside messages

  answered({ text, show_alert }) {
    for (const button of this.log.querySelectorAll(".waiting")) button.classList.remove("waiting");
    if (text && show_alert) this.alert(text);
    else if (text) this.toast(text);
  }

  toast(text) {
    const toast = this.find(".toast");
    toast.replaceChildren(element("span", { dir: "auto" }, text));
    toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { toast.hidden = true; }, TOAST_MS);
  }

  typing(on) {
    this.pane.classList.toggle("is-typing", on);
    clearTimeout(this.stopTyping);
    if (on) this.stopTyping = setTimeout(() => this.typing(false), TYPING_MS);
    this.onTyping?.(on);
  }

  // --- menus

  menu(button, box, items) {
    button.addEventListener("click", () => this.toggle(button, box.hidden));
    button.fill = async () => box.replaceChildren(...await items());
    button.box = box;
    box.addEventListener("click", () => this.toggle(button, false));
    for (const place of [box, button]) {
      place.addEventListener("keydown", (event) => this.menuKey(event, button));
    }
    document.addEventListener("click", (event) => {
      if (!box.hidden && !box.contains(event.target) && !button.contains(event.target)) this.toggle(button, false);
    });
  }

  menuKey(event, button) {
    if (event.key === "Escape" && !button.box.hidden) {
      this.toggle(button, false);
      button.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || button.box.hidden) return;
    event.preventDefault();
    const items = [...button.box.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    items.at((at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length)?.focus();
  }

  async toggle(button, show) {
    if (show) await button.fill();
    button.box.hidden = !show;
    button.setAttribute("aria-expanded", String(show));
  }

  attachItems() {
    return ATTACHABLE.map((kind) => {
      const item = element("button", { type: "button", class: `kind ${kind}` }, words[kind]);
      item.addEventListener("click", () => this.try("send", { person_id: this.personId, kind, ...this.place, ...this.answering() }).then(() => this.aimAt(null)));
      return item;
    });
  }

  async commandItems() {
    const commands = this.chatId === null ? [] : await look(`chats/${this.chatId}/commands?person=${this.personId}`);
    if (!commands.length) return [element("p", { class: "none" }, words.noCommands)];
    return commands.map(({ command, description }) => {
      const item = element("button", { type: "button" }, element("b", {}, `/${command}`), element("span", { dir: "auto" }, description));
      item.addEventListener("click", () => {
        this.input.value = "";
        this.say(`/${command}`);
        this.input.focus();
      });
      return item;
    });
  }
}
