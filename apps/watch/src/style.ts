import { look } from "@croft/web";

/** The stylesheet of the watch. */
export const watchStyle: string = `${look}
.board { max-width: 72rem; margin: 0 auto; padding: .5rem 1.5rem 3rem; display: grid; gap: 2rem; }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .unsure { --tone: var(--faint); }
.dot { width: .8rem; height: .8rem; flex: none; border-radius: 50%; background: var(--tone);
  box-shadow: 0 0 0 .3rem color-mix(in srgb, var(--tone) 18%, transparent); }
.unsure > .dot { background: transparent; border: 2px solid var(--tone); }
.bad > .dot { border-radius: 3px; }
.verdict { display: flex; align-items: center; gap: 1.3rem; padding: 1.6rem 1.8rem; border-radius: 18px;
  border: 1px solid color-mix(in srgb, var(--tone) 35%, var(--line));
  background: color-mix(in srgb, var(--tone) 9%, var(--card)); box-shadow: var(--shadow); }
.verdict .dot { width: 1.1rem; height: 1.1rem; }
.verdict h1 { font-size: clamp(1.6rem, 4vw, 2.2rem); }
section h2 { font-size: 1.3rem; margin-bottom: .7rem; }
.rows { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 16px; background: var(--card); box-shadow: var(--shadow); }
.row { display: grid; grid-template-columns: auto minmax(10rem, 1.2fr) minmax(8rem, 1fr) minmax(10rem, 1fr); gap: 1.2rem; align-items: center; padding: 1rem 1.3rem; }
.row + .row { border-top: 1px solid var(--line); }
.row p { font-size: .92rem; overflow-wrap: anywhere; }
.row h3 { font-size: 1.1rem; }
.row h3 a { color: inherit; text-decoration-color: var(--line); }
.strip { display: flex; gap: 2px; height: 1.7rem; min-width: 0; }
.strip i { flex: 1; min-width: 1px; border-radius: 2px; background: var(--line); }
.strip i[class] { background: var(--tone); opacity: .75; }
.strip i.bad { opacity: 1; } .strip i.unsure { opacity: .35; }
.how { text-align: right; }
.how b { color: var(--tone); }
@media (max-width: 46rem) {
  .board { padding-inline: 1rem; } .bar { padding-inline: 1rem; }
  .row { grid-template-columns: auto 1fr; gap: .7rem 1rem; }
  .strip, .how { grid-column: 2; text-align: left; }
}
`;
