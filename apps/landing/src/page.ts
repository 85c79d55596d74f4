// Not from "@croft/web", which loads the server: this runs whenever the fleet is evaluated.
import { type Html, html } from "@croft/web/html";
import { mark, page } from "@croft/web/page";

/** A port of a service, as the landing page shows it. */
export interface TilePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** Where a browser opens it; a port without one is shown as text. */
  readonly url?: string;
}

/** A service of the fleet, as the landing page shows it. */
export interface Tile {
  readonly service: string;
  readonly title: string;
  readonly description: string;
  readonly host: string;
  readonly fqdn: string;
  readonly ports: readonly TilePort[];
}

/** The landing page: every service as a tile, grouped by host, in the order of names. Pure: same tiles, same bytes. */
export function landingPage(services: readonly Tile[]): string {
  const hosts = [...new Set(services.map((tile) => tile.host))].sort();
  return page({
    title: "Croft",
    body: html`<header class="sky">
        <div class="bar">
          <a class="brand" href="/">${mark} Croft</a>
        </div>
        <div class="welcome">
          <h1>Welcome home</h1>
          <p>${describeFleet(services.length, hosts.length)}</p>
        </div>
        ${farm} ${hills}
      </header>
      <main class="hosts">
        ${hosts.map((host) =>
          showHost(
            host,
            services.filter((tile) => tile.host === host),
          ),
        )}
      </main>
      <footer class="foot quiet">Made by Croft from what the hosts declare.</footer>`,
  }).text;
}

function describeFleet(services: number, hosts: number): string {
  if (services === 0) return "No service is declared yet.";
  return `${count(services, "service")} on ${count(hosts, "host")}, all in one place.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function showHost(host: string, tiles: readonly Tile[]): Html {
  const byTitle = [...tiles].sort((a, b) => order(a.title, b.title) || order(a.service, b.service));
  return html`<section aria-labelledby="host-${host}">
    <h2 id="host-${host}">${host}</h2>
    <ul class="tiles">
      ${byTitle.map(showTile)}
    </ul>
  </section>`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function showTile(tile: Tile): Html {
  const main = tile.ports.map(webAddress).find((url) => url !== undefined);
  const title =
    main === undefined ? html`${tile.title}` : html`<a class="open" href="${main}">${tile.title}</a>`;
  return html`<li class="tile">
    <span class="crest hue-${hue(tile.service)}" aria-hidden="true">${initial(tile.title)}</span>
    <div>
      <h3>${title}</h3>
      <p class="quiet">${tile.description}</p>
    </div>
    <div class="reach">
      <p class="fqdn">${tile.fqdn}</p>
      <ul class="ports">
        ${tile.ports.map(showPort)}
      </ul>
    </div>
  </li>`;
}

function showPort(port: TilePort): Html {
  const url = webAddress(port);
  const text = html`${port.name} <span class="number">${port.port}/${port.protocol}</span>`;
  return url === undefined
    ? html`<li><span class="port">${text}</span></li>`
    : html`<li><a class="port" href="${url}">${text}</a></li>`;
}

/** The port's URL if a browser opens it as a page; a `javascript:` URL must never become a link. */
function webAddress(port: TilePort): string | undefined {
  return port.url !== undefined && /^https?:\/\//i.test(port.url) ? port.url : undefined;
}

function initial(title: string): string {
  return [...title.trim()][0]?.toUpperCase() ?? "·";
}

/** One of six colours, the same for a name on every page. */
function hue(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 7 + (character.codePointAt(0) ?? 0)) % 6_007;
  return sum % 6;
}

const hills = html`<svg class="hills" viewBox="0 0 1200 160" preserveAspectRatio="none" aria-hidden="true">
  <path class="far" d="M0 110C150 40 300 40 460 90s260 60 420 0 230-50 320-10v80H0z" />
  <path class="mid" d="M0 130c120-40 260-40 400-5s250 20 380-20 290-40 420 10v45H0z" />
  <path class="near" d="M0 150c200-35 420-30 620-10s400 10 580-20v40H0z" />
</svg>`;

const farm = html`<svg class="farm" viewBox="0 0 120 80" aria-hidden="true">
  <path class="trunk" d="M98 52h4v22h-4z" />
  <circle class="tree" cx="100" cy="44" r="15" />
  <path class="barn-wall" d="M22 40 50 18l28 22v34H22z" />
  <path class="barn-roof" d="M50 12 16 40l4 4 30-25 30 25 4-4z" />
  <path class="barn-door" d="M40 50h20v24H40z" />
  <path class="barn-trim" d="M40 50h20v24H40zm0 0 20 24m0-24L40 74M46 34h8v7h-8z" />
</svg>`;
