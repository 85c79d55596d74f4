import { type Html, html, mark, page } from "@croft/web";

/** The page that asks for name and password, and goes on to `next`. */
export function loginPage({
  next,
  user = "",
  problem,
}: {
  readonly next: string;
  readonly user?: string;
  readonly problem?: string;
}): Html {
  return page({
    title: "Log in · Notes",
    body: html`<main class="login">
      <form class="sheet" method="post" action="/login">
        ${mark}
        <h1>Notes</h1>
        ${problem !== undefined && html`<p class="notice bad" role="alert">${problem}</p>`}
        <input type="hidden" name="next" value="${next}" />
        <label>
          <span>Name</span>
          <input
            name="user"
            value="${user}"
            autocomplete="username"
            autocapitalize="none"
            required
            ${user === "" && focus}
          />
        </label>
        <label>
          <span>Password</span>
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            ${user !== "" && focus}
          />
        </label>
        <button class="button">Log in</button>
      </form>
    </main>`,
  });
}

const focus = html`autofocus`;
