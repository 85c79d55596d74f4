import { look } from "@croft/web/look";

/** The stylesheet of the landing page, served beside it as `style.css`. */
export const landingStyle: string = `${look}
.sky { position: relative; background: linear-gradient(#cfe3e6, #f3e6c4 75%); overflow: hidden; }
.welcome { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 9.5rem; }
.welcome h1 { font-size: clamp(2.2rem, 6vw, 3.6rem); letter-spacing: -.015em; }
.welcome p { margin-top: .5rem; font-size: 1.15rem; }
.sky::before { content: ""; position: absolute; right: 16%; top: 4.5rem; width: clamp(3.5rem, 8vw, 5.5rem); aspect-ratio: 1;
  border-radius: 50%; background: var(--sun); opacity: .85; box-shadow: 0 0 5rem 1rem var(--sun); }
.sky > .bar, .welcome { position: relative; z-index: 1; }
.farm { position: absolute; left: 74%; translate: -50%; bottom: 3.6rem; width: 7.5rem; }
.barn-wall { fill: #a4502f; } .barn-roof { fill: #5b3a2c; } .barn-door { fill: #7c3a22; } .barn-trim { stroke: #f3e3c8; stroke-width: 1.2; fill: none; }
.tree { fill: #55805a; } .trunk { fill: #6b4a33; }
.hills { position: absolute; inset: auto 0 -1px; width: 100%; height: 9rem; display: block; }
.far { fill: #b9cfa6; } .mid { fill: #8fb389; } .near { fill: var(--paper); }
.hosts { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem 2rem; display: grid; gap: 2.5rem 1.5rem; align-items: start; }
.hosts, .tiles { grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
@media (min-width: 44rem) { section:has(.tile:nth-child(2)) { grid-column: span 2; } }
@media (min-width: 66rem) { section:has(.tile:nth-child(3)) { grid-column: 1 / -1; } }
.hosts h2 { font-size: 1.35rem; margin-bottom: .9rem; display: flex; align-items: center; gap: .8rem; }
.hosts h2::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.tiles { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.1rem 1.5rem; }
.tile { position: relative; display: grid; grid-template-columns: auto 1fr; gap: .9rem; align-content: space-between;
  padding: 1.2rem; border: 1px solid var(--line); border-radius: 16px; background: var(--card); box-shadow: var(--shadow);
  transition: transform .15s, border-color .15s; }
.tile:has(.open:hover) { transform: translateY(-2px); border-color: var(--green); }
.tile:has(.open:focus-visible) { outline: 3px solid var(--sun); outline-offset: 2px; }
.tile h3 { font-size: 1.2rem; overflow-wrap: anywhere; }
.tile p { overflow-wrap: anywhere; }
.open { color: inherit; text-decoration: none; outline: none; }
.open::after { content: ""; position: absolute; inset: 0; border-radius: inherit; }
.crest { width: 2.75rem; height: 2.75rem; display: grid; place-items: center; border-radius: 12px;
  font: 600 1.35rem var(--serif); color: #fffdf8; }
.hue-0 { background: #4d7c5a; } .hue-1 { background: #a8562e; } .hue-2 { background: #3f6f8a; }
.hue-3 { background: #8a6d1f; } .hue-4 { background: #7a4f74; } .hue-5 { background: #5c6b2f; }
.reach { grid-column: 1 / -1; display: grid; gap: .6rem; padding-top: .9rem; border-top: 1px dashed var(--line); }
.fqdn { font: .9rem var(--mono); color: var(--faint); }
.ports { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .45rem; }
.port { display: inline-block; padding: .1rem .7rem; border: 1px solid var(--line); border-radius: 99px; font-size: .9rem; }
a.port { position: relative; z-index: 1; color: var(--green); border-color: currentColor; text-decoration: none; font-weight: 600; }
a.port:hover { background: var(--green); color: var(--green-ink); }
.number { opacity: .8; font-weight: 400; font-variant-numeric: tabular-nums; }
.foot { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem 2.5rem; font-size: .9rem; }
@media (prefers-color-scheme: dark) {
  .sky { background: linear-gradient(#0f1624, #2b3140 75%); }
  .far { fill: #28362f; } .mid { fill: #1f2b25; }
  .sky::before { opacity: .9; box-shadow: 0 0 4rem 0 rgb(240 217 160 / .5); width: clamp(3rem, 6vw, 4rem); }
  .farm { filter: brightness(.55) saturate(.7); }
}
@media (max-width: 40rem) { .sky::before { top: 1.2rem; } .farm { left: 79%; bottom: 4.6rem; width: 5.5rem; } }
@media (prefers-reduced-motion: reduce) { .tile { transition: none; } .tile:has(.open:hover) { transform: none; } }
`;
