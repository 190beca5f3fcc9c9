// The page's own words, in German or English, as the browser prefers.

const WORDS = {
  de: {
    title: "Lotse ausprobieren", person: "Person", language: "Sprache der App", newPerson: "Neue Person",
    chat: "Chat", groups: "Gruppen", group: "Gruppe", iAm: "Ich bin", newGroup: "Neue Gruppe",
    newMember: "Neues Mitglied", messages: "Nachrichten", message: "Nachricht", send: "Senden",
    attach: "Anhängen", commands: "Befehle", more: "Mehr", start: "Starten", ok: "OK",
    cancel: "Abbrechen", block: "Bot blockieren", unblock: "Blockierung aufheben",
    blockedNow: "Sie haben den Bot blockiert.", startLink: "Start-Link öffnen …",
    startLinkAsk: "Was im Link hinter ?start= steht", groupAsk: "Name der Gruppe",
    botRules: "Der Bot ist Administrator", memberAsk: "Name", bot: "Bot", typing: "schreibt …",
    edited: "bearbeitet", reply: "Antworten", edit: "Bearbeiten", you: "Sie", unknown: "unbekannt",
    photo: "Foto", voice: "Sprachnachricht", sticker: "Sticker", document: "Datei", video: "Video",
    location: "Standort", contact: "Kontakt", audio: "Musik", video_note: "Videonachricht",
    animation: "GIF", noCommands: "Noch keine Befehle", noGroup: "Noch keine Gruppe. Mit „Neue Gruppe“ entsteht eine, in der der Bot Mitglied ist.",
    members: "Mitglieder", offline: "keine Verbindung", joined: "ist jetzt in der Gruppe", left: "hat die Gruppe verlassen",
    moved: "Die Gruppe ist jetzt eine Supergruppe", opens: "öffnet eine Adresse", failed: "Das ging nicht",
    editing: "Nachricht bearbeiten", spoiler: "Verdeckter Text", jump: "Zur Nachricht",
    empty: "Hier beginnt der Chat.",
  },
  en: {
    title: "Try Lotse", person: "Person", language: "App language", newPerson: "New person",
    chat: "Chat", groups: "Groups", group: "Group", iAm: "I am", newGroup: "New group",
    newMember: "New member", messages: "Messages", message: "Message", send: "Send",
    attach: "Attach", commands: "Commands", more: "More", start: "Start", ok: "OK",
    cancel: "Cancel", block: "Block the bot", unblock: "Unblock",
    blockedNow: "You have blocked the bot.", startLink: "Open a start link …",
    startLinkAsk: "What stands behind ?start= in the link", groupAsk: "Name of the group",
    botRules: "The bot is an administrator", memberAsk: "Name", bot: "bot", typing: "is typing …",
    edited: "edited", reply: "Reply", edit: "Edit", you: "You", unknown: "unknown",
    photo: "Photo", voice: "Voice message", sticker: "Sticker", document: "File", video: "Video",
    location: "Location", contact: "Contact", audio: "Music", video_note: "Video message",
    animation: "GIF", noCommands: "No commands yet", noGroup: "No group yet. “New group” makes one that the bot is in.",
    members: "members", offline: "no connection", joined: "is in the group now", left: "left the group",
    moved: "The group is a supergroup now", opens: "opens an address", failed: "That did not work",
    editing: "Edit the message", spoiler: "Hidden text", jump: "Go to the message",
    empty: "The chat begins here.",
  },
};

export const LANGUAGE = navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
export const words = WORDS[LANGUAGE];

// The languages of people's apps, by their own names, with a name that somebody there may have.
export const LANGUAGES = {
  de: ["Deutsch", "Jonas"], en: ["English", "Grace"], ar: ["العربية", "أميرة"], fa: ["فارسی", "پریسا"],
  fr: ["Français", "Aminata"], ku: ["Kurdî", "Rojda"], nl: ["Nederlands", "Sanne"], pl: ["Polski", "Zofia"],
  ro: ["Română", "Ioana"], ru: ["Русский", "Ольга"], tr: ["Türkçe", "Elif"], uk: ["Українська", "Оксана"],
};

/** Fill every place that asks for a word. */
export function translate(root) {
  for (const place of root.querySelectorAll("[data-word]")) place.textContent = words[place.dataset.word];
  for (const place of root.querySelectorAll("[data-word-label]")) {
    place.setAttribute("aria-label", words[place.dataset.wordLabel]);
    if (place.matches("button")) place.title = words[place.dataset.wordLabel];
  }
  for (const place of root.querySelectorAll("[data-word-hint]")) place.placeholder = words[place.dataset.wordHint];
}
