// The stand-in's /sim/: what people do, and what there is to see.

export class Refused extends Error {}

async function request(path, options) {
  const response = await fetch(`sim/${path}`, options);
  const body = await response.json();
  if (!response.ok) throw new Refused(body.error ?? response.statusText);
  return body;
}

export const look = (path) => request(path);

export const act = (name, body) =>
  request(name, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Listen to what happens; `handlers` has one function for each kind of event, and `state(online)`. */
export function listen(handlers) {
  const source = new EventSource("sim/events");
  for (const kind of ["changed", "typing", "answered"]) {
    source.addEventListener(kind, (event) => handlers[kind](JSON.parse(event.data)));
  }
  source.addEventListener("open", () => handlers.state(true));
  source.addEventListener("error", () => handlers.state(false));
}
