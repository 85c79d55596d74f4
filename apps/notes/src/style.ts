import { look } from "@croft/web";

/** The stylesheet of the notes service. */
export const notesStyle: string = `${look}
.who { display: flex; align-items: center; gap: .8rem; }
.sheet { background: var(--card); border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow); }
.notice { padding: .7rem 1rem; border-radius: 10px; background: color-mix(in srgb, var(--sun) 18%, transparent); }
.notice.bad { background: color-mix(in srgb, var(--bad) 14%, transparent); }
.login { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; }
.login .sheet { width: 100%; max-width: 23rem; padding: 2rem; display: grid; gap: 1.1rem; }
.login .mark { width: 3.5rem; height: 3.5rem; }
.login label { display: grid; gap: .3rem; font-weight: 600; font-size: .95rem; }
.login input { background: var(--paper); font-weight: 400; }
.desk { max-width: 72rem; margin: 0 auto; padding: .5rem 1.5rem 2rem; display: grid; gap: 1.5rem;
  grid-template-columns: minmax(15rem, 20rem) 1fr; align-items: start; }
.desk > * { min-width: 0; }
.finder { display: flex; gap: .6rem; }
.finder form { flex: 1; min-width: 0; }
.finder .button { white-space: nowrap; }
.none { padding: 2rem .5rem; }
.notes { list-style: none; margin: 1rem 0 0; padding: 0; display: grid; gap: .35rem; }
.notes a { display: grid; padding: .7rem .9rem; border-radius: 12px; border: 1px solid transparent; color: inherit; text-decoration: none; }
.notes a:hover { background: color-mix(in srgb, var(--card) 60%, transparent); }
.notes a[aria-current] { background: var(--card); border-color: var(--line); box-shadow: var(--shadow); }
.notes b, .excerpt { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.excerpt { font-size: .92rem; }
.desk .sheet { display: grid; overflow: hidden; }
.desk .notice { margin: 1rem 1rem 0; }
textarea { display: block; width: 100%; min-height: min(34rem, 65vh); padding: 1.5rem 1.7rem; resize: vertical; border: 0; border-radius: 0;
  background: transparent; font: 1rem/1.65 var(--mono); field-sizing: content; }
textarea:focus-visible { outline: none; }
.sheet:has(textarea:focus-visible) { border-color: var(--green); }
.actions { display: flex; align-items: center; gap: 1rem; padding: .8rem 1rem; border-top: 1px solid var(--line); }
.delete { margin-top: 1rem; color: var(--faint); }
.delete summary { cursor: pointer; width: max-content; }
.delete .button { margin-top: .7rem; }
@media (max-width: 46rem) {
  .desk { grid-template-columns: minmax(0, 1fr); padding-inline: 1rem; }
  .bar { padding-inline: 1rem; }
  .at-list main, .at-note nav, .at-new nav { display: none; }
}
`;
