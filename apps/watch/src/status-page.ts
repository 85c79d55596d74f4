import { type Html, html, mark, page } from "@croft/web";
import { type State, stateOf } from "./status.ts";
import { remembered, type Watched } from "./watcher.ts";

/** The page with every target, up or down, by host; it asks for itself again after every interval. */
export function statusPage(
  watched: readonly Watched[],
  { now, intervalSeconds }: { readonly now: Date; readonly intervalSeconds: number },
): Html {
  const hosts = [...new Set(watched.map(({ target }) => target.host))];
  const verdict = verdictOn(watched.map(stateOf));
  return page({
    title: `${verdict.text} · Watch`,
    head: html`<meta http-equiv="refresh" content="${intervalSeconds}" />`,
    body: html`<header class="bar">
        <a class="brand" href="/">${mark} Watch</a>
        <span class="quiet">looks every ${intervalSeconds} s</span>
      </header>
      <main class="board">
        <div class="verdict ${verdict.mood}" role="status">
          <span class="dot" aria-hidden="true"></span>
          <h1>${verdict.text}</h1>
        </div>
        ${hosts.map((host) => showHost(host, watched, now))}
      </main>`,
  });
}

interface Verdict {
  readonly text: string;
  readonly mood: "good" | "bad" | "unsure";
}

function verdictOn(states: readonly State[]): Verdict {
  const down = states.filter((state) => state === "down").length;
  const up = states.filter((state) => state === "up").length;
  if (states.length === 0) return { text: "Nothing to watch", mood: "unsure" };
  if (down > 0) return { text: `${down} of ${up + down} ${down === 1 ? "is" : "are"} down`, mood: "bad" };
  if (states.includes("unknown")) return { text: "Looking…", mood: "unsure" };
  if (up === 0) return { text: "Nothing is probed", mood: "unsure" };
  return { text: up === 1 ? "The one service is up" : `All ${up} are up`, mood: "good" };
}

function showHost(host: string, watched: readonly Watched[], now: Date): Html {
  return html`<section aria-labelledby="host-${host}">
    <h2 id="host-${host}">${host}</h2>
    <ul class="rows">
      ${watched.filter(({ target }) => target.host === host).map((one) => showRow(one, now))}
    </ul>
  </section>`;
}

function showRow(watched: Watched, now: Date): Html {
  const { target, finding, since, history } = watched;
  const state = stateOf(watched);
  const title = isWebAddress(target.url)
    ? html`<a href="${target.url}">${target.title}</a>`
    : html`${target.title}`;
  const took = finding?.milliseconds === undefined ? "" : `, ${finding.milliseconds} ms`;
  const lasts = state === "up" || state === "down" ? since : undefined;
  return html`<li class="row ${classOf(state)}">
    <span class="dot" aria-hidden="true"></span>
    <div class="what">
      <h3>${title}</h3>
      <p class="quiet">${target.port} · ${target.address}:${target.number}/${target.protocol}</p>
    </div>
    <div class="strip" aria-hidden="true">
      ${history.map((past) => html`<i class="${classOf(past)}"></i>`)}
      ${Array.from({ length: remembered - history.length }, () => html`<i></i>`)}
    </div>
    <div class="how">
      <p>
        <b>${state}</b>
        ${lasts && html`<time datetime="${lasts.toISOString()}">for ${span(now.getTime() - lasts.getTime())}</time>`}
      </p>
      <p class="quiet">${finding?.detail ?? "not looked at yet"}${took}</p>
    </div>
  </li>`;
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url);
}

function classOf(state: State): string {
  return state === "up" ? "good" : state === "down" ? "bad" : "unsure";
}

/** A length of time in its largest unit. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
