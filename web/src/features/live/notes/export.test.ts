import { describe, expect, it } from "vitest";

import { fileName, toHtml, toMarkdown, toText, toWebPage } from "./export";

const text = (words: string, ...marks: string[]) => ({
  type: "text",
  text: words,
  marks: marks.map((type) => ({ type })),
});
const link = (words: string, href: string) => ({
  type: "text",
  text: words,
  marks: [{ type: "link", attrs: { href } }],
});
const p = (...content: object[]) => ({ type: "paragraph", content });
const item = (...content: object[]) => ({ type: "listItem", content });
const doc = (...content: object[]) => ({ type: "doc", content });

const NOTES = doc(
  { type: "heading", attrs: { level: 1 }, content: [text("Harbour & boats")] },
  p(text("A "), text("red", "bold"), text(" boat, "), text("not blue", "italic", "bold")),
  {
    type: "bulletList",
    content: [
      item(p(text("paper")), { type: "orderedList", attrs: { start: 3 }, content: [item(p(text("tear")))] }),
      item(p(text("glue"))),
    ],
  },
  {
    type: "taskList",
    content: [
      { type: "taskItem", attrs: { checked: true }, content: [p(text("bring paper"))] },
      { type: "taskItem", attrs: { checked: false }, content: [p(text("dry it"))] },
    ],
  },
  { type: "blockquote", content: [p(text("one"), { type: "hardBreak" }, text("two")), p(text("three"))] },
  p(
    link("the museum", "https://example.org/a?b=1&c=2"),
    text(", "),
    link("example.org", "https://example.org"),
  ),
);

describe("notes as text", () => {
  it("keep lists, quotes and where links lead", () => {
    expect(toText(NOTES)).toBe(
      `Harbour & boats

A red boat, not blue

- paper
  3. tear
- glue

- [x] bring paper
- [ ] dry it

> one
> two
>
> three

the museum (https://example.org/a?b=1&c=2), example.org
`,
    );
  });

  it("are empty where there is nothing", () => {
    expect(toText(doc(p()))).toBe("\n");
    expect(toText({})).toBe("\n");
  });
});

describe("notes as Markdown", () => {
  it("have its marks", () => {
    expect(toMarkdown(NOTES)).toBe(
      `# Harbour & boats

A **red** boat, ***not blue***

- paper

  3. tear
- glue

- [x] bring paper
- [ ] dry it

> one\\
> two
>
> three

[the museum](<https://example.org/a?b=1&c=2>), [example.org](<https://example.org>)
`
        .replace("boats\n", "boats\n")
        .replace("Harbour & boats", "Harbour \\& boats"),
    );
  });

  it("mean what was written and nothing else", () => {
    const words = doc(
      p(text("# no heading")),
      p(text("1. no list")),
      p(text("*no* <b>bold</b> [no](link) `x` a_b")),
      p(text(" bold ", "bold"), text("x")),
    );
    expect(toMarkdown(words)).toBe(
      `\\# no heading

1\\. no list

\\*no\\* \\<b\\>bold\\</b\\> \\[no\\]\\(link\\) \\\`x\\\` a\\_b

 **bold** x
`.trimStart(),
    );
  });
});

describe("notes as a web page", () => {
  it("have the same parts", () => {
    expect(toHtml(NOTES)).toBe(
      [
        "<h2>Harbour &amp; boats</h2>",
        "<p>A <strong>red</strong> boat, <strong><em>not blue</em></strong></p>",
        '<ul><li><p>paper</p><ol start="3"><li><p>tear</p></li></ol></li><li><p>glue</p></li></ul>',
        '<ul class="checks"><li><input type="checkbox" disabled checked> <p>bring paper</p></li>' +
          '<li><input type="checkbox" disabled> <p>dry it</p></li></ul>',
        "<blockquote><p>one<br>two</p><p>three</p></blockquote>",
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">the museum</a>, ' +
          '<a href="https://example.org" rel="noopener noreferrer">example.org</a></p>',
      ].join("\n"),
    );
  });

  it("run nothing, whatever was written", () => {
    const words = doc(
      p(text("<script>alert(1)</script>"), link("x", "javascript:alert(1)")),
      p(link('"', 'https://example.org/"onclick="x')),
      { type: "orderedList", attrs: { start: '1"><script>' }, content: [item(p(text("a")))] },
      { type: "<img>", content: [text("'")] },
    );
    const page = toWebPage(words, "<title> & 'more'", 'en"');
    const read = new DOMParser().parseFromString(page, "text/html");
    expect(read.querySelectorAll("script, img, [onclick]")).toHaveLength(0);
    expect([...read.querySelectorAll("a")].map((a) => a.protocol)).toEqual(["https:"]);
    expect(read.title).toBe("<title> & 'more'");
    expect(read.body.textContent).toContain("<script>alert(1)</script>");
    expect(page).not.toMatch(/(src|url)\s*[=(]/);
  });
});

it("gives the file a name that every system takes", () => {
  expect(fileName("Art studio: paper/collage?", "2026-11-24", "md")).toBe(
    "Art-studio-paper-collage-2026-11-24.md",
  );
  expect(fileName("../..", "2026-11-24", "txt")).toBe("notes-2026-11-24.txt");
  expect(fileName("Peinture à l’eau", "2026-11-24", "html")).toBe("Peinture-à-l-eau-2026-11-24.html");
});
