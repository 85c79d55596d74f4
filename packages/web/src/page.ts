import { type Fragment, type Html, html } from "./html.ts";

const icon =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#3f6b4a"/>' +
      '<path d="M6 17 16 8l10 9v9H6z" fill="#f7f1e3"/><path d="M13 26v-6h6v6" fill="#b5562f"/></svg>',
  );

/** Croft's mark, a gable between two hills, drawn in the colour of the text around it. */
export const mark: Html = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
  <path class="mark-hill" d="M1 27c4-7 9-9 15-5 5-5 11-4 15 5z" />
  <path class="mark-house" d="M8 16.5 16 9l8 7.5V26H8z" />
  <path class="mark-door" d="M14 26v-5h4v5z" />
  <circle class="mark-sun" cx="25" cy="8" r="3" />
</svg>`;

/** The frame of a page: everything around `body`, with the stylesheet that the program serves as `/style.css`. */
export function page({
  title,
  body,
  head,
}: {
  readonly title: string;
  readonly body: Html;
  readonly head?: Fragment;
}): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="/style.css" />
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
}
