/** The stylesheet that Croft's pages begin with: colours for day and night, type, buttons and the header. */
export const look = `:root {
  color-scheme: light dark;
  --paper: #f6f1e6; --card: #fffdf8; --ink: #2b2a25; --faint: #6b675b; --line: #e0d8c6;
  --green: #35613f; --green-ink: #fffdf8; --clay: #a84c26; --sun: #d99a2b;
  --good: #35753f; --bad: #b3382c;
  --shadow: 0 1px 2px rgb(60 45 15 / .07), 0 8px 24px rgb(60 45 15 / .06);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "TeX Gyre Pagella", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171a17; --card: #20241f; --ink: #e9e5d8; --faint: #a29e8f; --line: #343930;
    --green: #8fc29a; --green-ink: #14211a; --clay: #e59a6f; --sun: #f0d9a0;
    --good: #82c48c; --bad: #f08b7c;
    --shadow: 0 1px 2px rgb(0 0 0 / .3), 0 8px 24px rgb(0 0 0 / .2);
  }
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; margin: 0; text-wrap: balance; }
p { margin: 0; }
a { color: var(--green); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--sun); outline-offset: 2px; border-radius: 6px; }
.quiet { color: var(--faint); }
.bar { display: flex; align-items: center; gap: .75rem; max-width: 72rem; margin: 0 auto; padding: 1.1rem 1.5rem; }
.brand { display: flex; align-items: center; gap: .55rem; color: inherit; text-decoration: none; font: 600 1.15rem var(--serif); }
.bar > :last-child:not(.brand) { margin-left: auto; }
.mark { width: 2rem; height: 2rem; flex: none; }
.mark-hill { fill: var(--green); } .mark-house { fill: var(--card); stroke: var(--ink); stroke-width: 1.4; stroke-linejoin: round; }
.mark-door { fill: var(--clay); } .mark-sun { fill: var(--sun); }
.button { display: inline-flex; align-items: center; justify-content: center; gap: .4rem; min-height: 2.5rem; padding: 0 1rem;
  border: 1px solid transparent; border-radius: 10px; background: var(--green); color: var(--green-ink);
  font: 600 .95rem var(--sans); text-decoration: none; cursor: pointer; }
.button:hover { filter: brightness(1.08); }
.button.plain { background: transparent; color: inherit; border-color: var(--line); }
.button.plain:hover { background: var(--card); filter: none; }
.button.danger { background: transparent; color: var(--bad); border-color: currentColor; }
input, textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
input { min-height: 2.5rem; padding: 0 .8rem; width: 100%; }
input::placeholder, textarea::placeholder { color: var(--faint); opacity: 1; }
`;
