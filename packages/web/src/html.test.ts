import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "./html.ts";

test("text put into a template is escaped, in elements and in quoted attributes", () => {
  const title = `<script>alert("x")</script> & 'so on'`;
  assert.equal(
    html`<a title="${title}">${title}</a>`.text,
    '<a title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;so on&#39;">' +
      "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;so on&#39;</a>",
  );
});

test("markup put into a template stays markup, also in lists", () => {
  const items = ["a", "<b>"].map((item) => html`<b>${item}</b>`);
  assert.equal(html`<p>${items}</p>`.text, "<p><b>a</b><b>&lt;b&gt;</b></p>");
});

test("undefined and false leave nothing behind, zero does", () => {
  assert.equal(html`[${undefined}${false}${0}]`.text, "[0]");
});
