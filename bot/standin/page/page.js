// The page: who I am, my chat with the bot at one side, the groups at the other.

import { act, listen, look } from "./api.js";
import { Chat } from "./chat.js";
import { element } from "./rich.js";
import { LANGUAGE, LANGUAGES, translate, words } from "./words.js";

const byId = (id) => document.getElementById(id);
const UNKNOWN = "";

let state = { bot: {}, people: [], chats: [], texts: [] };
let mine = null; // the person at the left
let meInGroup = null;
let online = true;

document.documentElement.lang = LANGUAGE;
translate(document);

const tell = (text, chat) => chat.toast(text);
const chat = new Chat(byId("chat"), { tell, alert: showAlert });
const groups = new Chat(byId("groups"), { tell, alert: showAlert });
chat.onTyping = groups.onTyping = () => drawHeads();

// --- people

function nameFor(code) {
  const name = LANGUAGES[code]?.[1] ?? "Sam";
  const taken = new Set(state.people.map((person) => person.first_name + (person.last_name ? ` ${person.last_name}` : "")));
  for (let n = 1; ; n += 1) {
    const tried = n === 1 ? name : `${name} ${n}`;
    if (!taken.has(tried)) return tried;
  }
}

async function newPerson(code = byId("language").value) {
  const person = await act("people", { name: nameFor(code), language_code: code || null });
  await load();
  await be(person.id);
}

async function be(personId) {
  mine = personId;
  history.replaceState(null, "", `#${personId}`);
  drawWho();
  drawHeads();
  await chat.open(personId, personId);
}

async function switchLanguage() {
  if (mine === null) return;
  await act("language", { person_id: mine, language_code: byId("language").value || null });
  await load();
}

// --- groups

function groupChats() { return state.chats.filter((one) => one.id < 0 && one.moved_to === null); }

function peopleIn(group) {
  return state.people.filter((person) => ["creator", "administrator", "member"].includes(group?.members[person.id]));
}

async function newGroup() {
  const { yes, text, tick } = await ask(words.groupAsk, "Team", true);
  if (!yes || !text) return;
  const person = await act("people", { name: nameFor(LANGUAGE), language_code: LANGUAGE });
  const rulers = tick ? [person.id, state.bot.id] : [person.id];
  const group = await act("groups", { title: text, administrators: rulers });
  await load();
  await showGroup(group.id, person.id);
}

async function newMember() {
  if (groups.chatId === null) return;
  const { yes, text } = await ask(words.memberAsk, nameFor(LANGUAGE));
  if (!yes || !text) return;
  const person = await act("people", { name: text, language_code: LANGUAGE });
  await act("join", { chat_id: groups.chatId, person_id: person.id });
  await load();
  await showGroup(groups.chatId, person.id);
}

async function showGroup(groupId, personId) {
  const group = groupChats().find((one) => one.id === groupId) ?? groupChats()[0];
  const people = peopleIn(group);
  byId("groups").classList.toggle("none", !group || !people.length);
  if (!group || !people.length) return drawGroups();
  meInGroup = people.some((person) => person.id === personId) ? personId : people[0].id;
  await groups.open(group.id, meInGroup);
  drawGroups();
}

// --- drawing

let turn = 0;

async function load() {
  turn += 1;
  const mineNow = turn;
  const found = await look("state");
  if (mineNow !== turn) return; // an older answer came later
  state = found;
  if (mine !== null && !state.people.some((person) => person.id === mine)) mine = null;
  drawWho();
  drawHeads();
}

function fullName(person) { return [person.first_name, person.last_name].filter(Boolean).join(" "); }

function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => element("option", { value }, text)));
  select.value = String(chosen ?? "");
}

function drawWho() {
  options(byId("person"), state.people.map((person) => [person.id, fullName(person)]), mine);
  const person = state.people.find((one) => one.id === mine);
  if (person) byId("language").value = LANGUAGES[person.language_code] ? person.language_code : UNKNOWN;
}

function drawHeads() {
  const name = state.bot.first_name ?? "";
  const head = byId("chat");
  head.querySelector(".title").textContent = name;
  head.querySelector(".avatar").textContent = name.slice(0, 1);
  const status = head.classList.contains("is-typing") ? words.typing : words.bot;
  head.querySelector(".status").textContent = online ? status : words.offline;
  const own = state.chats.find((one) => one.id === mine);
  head.querySelector(".blocked").hidden = !own?.blocked;
  head.classList.toggle("is-blocked", Boolean(own?.blocked));
  head.querySelector("[data-act=block]").hidden = Boolean(own?.blocked);
  head.querySelector(".menu [data-act=unblock]").hidden = !own?.blocked;
  head.querySelector(".about").replaceChildren(...description().split("\n").map((line) => element("span", { dir: "auto" }, line)));
  drawGroups();
}

/** What Telegram shows in an empty chat: the description in the language of the app. */
function description() {
  const code = state.people.find((person) => person.id === mine)?.language_code;
  const texts = (state.texts ?? []).filter((text) => text.kind === "description");
  const found = texts.find((text) => text.language_code === code) ?? texts.find((text) => !text.language_code);
  return found?.text ?? words.empty;
}

function drawGroups() {
  const all = groupChats();
  const group = all.find((one) => one.id === groups.chatId);
  const pane = byId("groups");
  pane.classList.toggle("none", !group);
  options(byId("group"), all.map((one) => [one.id, one.title]), groups.chatId);
  options(byId("group-person"), peopleIn(group).map((person) => [person.id, fullName(person)]), meInGroup);
  pane.querySelector(".title").textContent = group?.title ?? words.groups;
  pane.querySelector(".avatar").textContent = (group?.title ?? "#").slice(0, 1);
  const typing = pane.classList.contains("is-typing") ? ` · ${state.bot.first_name} ${words.typing}` : "";
  const size = group ? Object.values(group.members).filter((status) => !["left", "kicked"].includes(status)).length : 0;
  pane.querySelector(".status").textContent = group ? `${size} ${words.members}${typing}` : "";
  pane.querySelector(".empty").hidden = Boolean(group);
  pane.querySelector(".about").textContent = words.noGroup;
  pane.querySelector(".start").hidden = true;
}

// --- dialogs

function showAlert(text) {
  byId("alert").querySelector("p").textContent = text;
  byId("alert").showModal();
}

function ask(question, suggestion = "", withTick = false) {
  const dialog = byId("ask");
  const input = dialog.querySelector("input[type=text]");
  dialog.querySelector("label span").textContent = question;
  dialog.querySelector(".tick").hidden = !withTick;
  input.value = suggestion;
  dialog.returnValue = "";
  // Enter in the field presses the first button of the form, which is "cancel".
  input.onkeydown = (event) => { if (event.key === "Enter") { event.preventDefault(); dialog.close("yes"); } };
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve({
      yes: dialog.returnValue === "yes", text: input.value.trim(), tick: byId("bot-rules").checked,
    }), { once: true });
  });
}

async function openLink() {
  const { yes, text } = await ask(words.startLinkAsk, "");
  if (yes) await chat.try("start", { person_id: mine, parameter: text || null });
}

// --- everything together

function selectTab(name) {
  document.querySelector(".panes").dataset.shown = name;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  (name === "chat" ? chat : groups).toEnd();
}

function listenToPage() {
  byId("person").addEventListener("change", (event) => be(Number(event.target.value)));
  byId("language").addEventListener("change", switchLanguage);
  byId("new-person").addEventListener("click", () => newPerson());
  byId("new-group").addEventListener("click", newGroup);
  byId("new-member").addEventListener("click", newMember);
  byId("group").addEventListener("change", (event) => showGroup(Number(event.target.value), meInGroup));
  byId("group-person").addEventListener("change", (event) => showGroup(groups.chatId, Number(event.target.value)));
  for (const name of ["chat", "groups"]) byId(`tab-${name}`).addEventListener("click", () => selectTab(name));
  document.querySelector(".tabs").addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = document.querySelector(".panes").dataset.shown === "chat" ? "groups" : "chat";
    selectTab(other);
    byId(`tab-${other}`).focus();
  });
  const head = byId("chat");
  const more = head.querySelector(".more");
  chat.menu(more, head.querySelector(".menu-more"), () => [...head.querySelector(".menu-more").children]);
  head.querySelector("[data-act=link]").addEventListener("click", openLink);
  head.querySelector("[data-act=block]").addEventListener("click", () => chat.try("block", { person_id: mine }));
  head.querySelector(".menu [data-act=unblock]").addEventListener("click", () => chat.try("unblock", { person_id: mine }));
}

function listenToWorld() {
  listen({
    async changed(chatId) {
      await load();
      if (chatId === chat.chatId) await chat.refresh();
      if (chatId === groups.chatId) await groups.refresh();
      if (chatId < 0 && groups.chatId === null) await showGroup(chatId, null);
      const left = state.chats.find((one) => one.id === groups.chatId);
      if (left?.moved_to) await showGroup(left.moved_to, meInGroup);
    },
    typing(chatId) {
      for (const one of [chat, groups]) if (one.chatId === chatId) one.typing(true);
    },
    answered(answer) {
      if (answer.chat_id === groups.chatId) groups.answered(answer);
      else if (answer.chat_id === chat.chatId) chat.answered(answer);
    },
    async state(on) {
      online = on;
      drawHeads();
      if (on) await begin(); // also what happened before we listened
    },
  });
}

async function begin() {
  await load();
  if (mine === null) {
    const wanted = Number(location.hash.slice(1));
    const found = state.people.find((person) => person.id === wanted) ?? state.people[0];
    if (found) await be(found.id);
    else await newPerson(byId("language").value);
  } else await chat.refresh();
  await showGroup(groups.chatId, meInGroup);
  await groups.refresh();
}

const codes = Object.entries(LANGUAGES).map(([code, [own]]) => [code, own]);
const preferred = navigator.language.slice(0, 2).toLowerCase();
options(byId("language"), [...codes, [UNKNOWN, words.unknown]], LANGUAGES[preferred] ? preferred : UNKNOWN);
for (const id of ["language", "person", "message", "send"]) byId(id).disabled = true; // until there is somebody
listenToPage();
await begin();
listenToWorld();
for (const id of ["language", "person", "message", "send"]) byId(id).disabled = false;
byId("message").focus();
