import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import bcrypt from "bcryptjs";
import fc from "fast-check";
import { type Draw, DrawBook } from "./draw.ts";
import { renderTemplate } from "./template.ts";

const values = new Map([["passwords/alice", "correct horse"]]);

function render(
  content: string,
  data: Record<string, unknown> = {},
  draws = new Map<string, Draw>(),
): string {
  const context = {
    secret: "notes",
    draws: new DrawBook("notes", draws, randomBytes),
    readSecret: (name: string) => values.get(name) ?? assert.fail(`read ${name}`),
  };
  return renderTemplate({ content, data }, context);
}

test("plain data is printed as it is, without HTML escapes", () => {
  assert.equal(
    render("{{a}} {{b.c}} {{#each d}}{{this}},{{/each}}", { a: '<&">', b: { c: 7 }, d: [1, true] }),
    '<&"> 7 1,true,',
  );
});

test("objects are gone through in the order of their keys", () => {
  assert.equal(
    render("{{#each users}}{{@key}} {{/each}}", { users: { carol: 1, alice: 1, bob: 1 } }),
    "alice bob carol ",
  );
});

test("fmt fills in text and whole numbers", () => {
  assert.equal(render('{{fmt "%s:%d:%s%%" "a" 80 true}}'), "a:80:true%");
});

test("readSecret gives the value of another secret", () => {
  assert.equal(render('p={{readSecret (fmt "passwords/%s" user)}}', { user: "alice" }), "p=correct horse");
});

test("lookup finds a field by a computed key", () => {
  assert.equal(render("{{lookup ports name}}", { ports: { http: 80 }, name: "http" }), "80");
});

test("a hash of hashBcrypt is one that bcrypt accepts", async () => {
  const hash = render('{{hashBcrypt (readSecret "passwords/alice") cost=4 draw="salt"}}');
  assert.match(hash, /^\$2b\$04\$/);
  assert.equal(await bcrypt.compare("correct horse", hash), true);
  assert.equal(await bcrypt.compare("wrong horse", hash), false);
});

test("the cost is 10 unless it is given", () => {
  assert.match(render('{{hashBcrypt "x"}}'), /^\$2b\$10\$/);
  assert.match(render('{{hashBcrypt "x" 5}}'), /^\$2b\$05\$/);
});

test("the salt that is drawn is the salt of the hash", () => {
  const salt = { kind: "bytes", length: 16, bytes: new Uint8Array(16).fill(255) } as const;
  const first = render('{{hashBcrypt "x" cost=4}}', {}, new Map([["salt", salt]]));
  assert.equal(first.slice(0, 29), "$2b$04$999999999999999999999u");
});

test("given the draws, rendering gives the same bytes", () => {
  const content = '{{#each users}}{{hashBcrypt this cost=4 draw=(fmt "salt/%s" this)}}\n{{/each}}';
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 3 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (users, bytes) => {
        const draws = new Map(
          users.map((user) => [`salt/${user}`, { kind: "bytes", length: 16, bytes } as const]),
        );
        assert.equal(render(content, { users }, draws), render(content, { users }, draws));
        const reversed = render(content, { users: users.toReversed() }, draws).trim().split("\n");
        assert.deepEqual(reversed.toReversed(), render(content, { users }, draws).trim().split("\n"));
      },
    ),
    { numRuns: 10 },
  );
});
