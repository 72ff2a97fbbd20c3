/** Notes as plain text, Markdown and a web page, from what the editor says of itself. Pure. Everything is escaped. */
import type { JSONContent } from "@tiptap/core";

import { isSafeLink } from "./links";

type Node = JSONContent;

const childrenOf = (node: Node): Node[] => node.content ?? [];
const textOf = (node: Node): string => (typeof node.text === "string" ? node.text : "");
const marksOf = (node: Node) => node.marks ?? [];
const linkOf = (node: Node): string | null => {
  const href: unknown = marksOf(node).find((mark) => mark.type === "link")?.attrs?.href;
  return isSafeLink(href) ? href : null;
};
const isHeading = (node: Node) => node.type === "heading";
const levelOf = (node: Node) => (node.attrs?.level === 1 ? 1 : 2);
const isDone = (node: Node) => node.attrs?.checked === true;
/** The number of the first item of a list. */
function startOf(list: Node): number {
  const start: unknown = list.attrs?.start;
  return typeof start === "number" && Number.isSafeInteger(start) ? start : 1;
}

/** What stands before an item of a list. */
function bullet(list: Node, item: Node, index: number): string {
  if (list.type === "orderedList") return `${startOf(list) + index}. `;
  if (list.type === "taskList") return isDone(item) ? "- [x] " : "- [ ] ";
  return "- ";
}

const isList = ({ type = "" }: Node) => ["bulletList", "orderedList", "taskList"].includes(type);

function indented(text: string, first: string, rest = " ".repeat(first.length)): string {
  return text
    .split("\n")
    .map((line, index) => (index === 0 ? first + line : line === "" ? rest.trimEnd() : rest + line))
    .join("\n");
}

interface Writing {
  line: (inline: Node[]) => string;
  heading: (text: string, level: 1 | 2) => string;
  /** Between two items of a list. */
  gap: string;
}

function blocks(nodes: Node[], how: Writing, gap = "\n\n"): string {
  return nodes.map((node) => block(node, how)).join(gap);
}

function block(node: Node, how: Writing): string {
  const children = childrenOf(node);
  if (isHeading(node)) return how.heading(how.line(children), levelOf(node));
  if (node.type === "blockquote") return indented(blocks(children, how), "> ", "> ");
  if (isList(node))
    return children
      .map((item, index) => indented(blocks(childrenOf(item), how, how.gap), bullet(node, item, index)))
      .join("\n");
  return how.line(children);
}

// ---- plain text ----

export function toText(doc: Node): string {
  const line = (inline: Node[]) =>
    inline.map((node) => (node.type === "hardBreak" ? "\n" : plainRun(node))).join("");
  return `${blocks(childrenOf(doc), { line, heading: (text) => text, gap: "\n" }).trim()}\n`;
}

/** A link says where it goes, unless its words say so. */
function plainRun(node: Node): string {
  const [text, link] = [textOf(node), linkOf(node)];
  return link &&
    link !== text &&
    !link.endsWith(`//${text}`) &&
    link !== `mailto:${text}` &&
    link !== `${text}/`
    ? `${text} (${link})`
    : text;
}

// ---- Markdown ----

/** What would be read as a mark. */
const escapeMarkdown = (text: string) => text.replace(/[\\`*_{}[\]()<>#+!|~&$^=-]/g, "\\$&");

export function toMarkdown(doc: Node): string {
  const line = (inline: Node[]) =>
    inline
      .map((node) => (node.type === "hardBreak" ? "\\\n" : markdownRun(node)))
      .join("")
      // A number at the start of a line would begin a list.
      .replace(/^(\s*\d+)([.)])/gm, "$1\\$2");
  const heading = (text: string, level: 1 | 2) => `${"#".repeat(level)} ${text.replaceAll("\\\n", " ")}`;
  return `${blocks(childrenOf(doc), { line, heading, gap: "\n\n" }).trim()}\n`;
}

const MARKDOWN: Record<string, [string, string]> = {
  strike: ["~~", "~~"],
  italic: ["*", "*"],
  bold: ["**", "**"],
  // Markdown has none of its own.
  underline: ["<u>", "</u>"],
};

function markdownRun(node: Node): string {
  const text = textOf(node);
  // Marks do not hold on spaces at their edges.
  const [, before = "", words = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (words === "") return text;
  let marked = escapeMarkdown(words);
  for (const [mark, [open, close]] of Object.entries(MARKDOWN))
    if (marksOf(node).some((one) => one.type === mark)) marked = open + marked + close;
  const link = linkOf(node);
  if (link) marked = `[${marked}](<${link.replace(/[<>\\\s]/g, encodeURIComponent)}>)`;
  return before + marked + after;
}

// ---- web page ----

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const HTML: Record<string, string> = { strike: "s", underline: "u", italic: "em", bold: "strong" };
const STYLE =
  "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:18px/1.6 system-ui,sans-serif;color:#1d2140}" +
  "blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:4px solid #b9bdd3}" +
  "ul.checks{list-style:none;padding-inline-start:0}ul.checks>li>p:first-of-type{display:inline}";

/** The inside of a page. */
export function toHtml(doc: Node): string {
  return childrenOf(doc).map(htmlBlock).join("\n");
}

function htmlBlock(node: Node): string {
  const children = childrenOf(node);
  const inside = () => children.map(htmlBlock).join("");
  if (isHeading(node)) return `<h${levelOf(node) + 1}>${htmlLine(children)}</h${levelOf(node) + 1}>`;
  if (node.type === "blockquote") return `<blockquote>${inside()}</blockquote>`;
  if (node.type === "bulletList") return `<ul>${inside()}</ul>`;
  if (node.type === "taskList") return `<ul class="checks">${inside()}</ul>`;
  if (node.type === "orderedList") return `<ol start="${startOf(node)}">${inside()}</ol>`;
  if (node.type === "listItem") return `<li>${inside()}</li>`;
  if (node.type === "taskItem") {
    const box = `<input type="checkbox" disabled${isDone(node) ? " checked" : ""}>`;
    return `<li>${box} ${inside()}</li>`;
  }
  return `<p>${htmlLine(children)}</p>`;
}

function htmlLine(inline: Node[]): string {
  return inline.map((node) => (node.type === "hardBreak" ? "<br>" : htmlRun(node))).join("");
}

function htmlRun(node: Node): string {
  let marked = escapeHtml(textOf(node));
  for (const [mark, tag] of Object.entries(HTML))
    if (marksOf(node).some((one) => one.type === mark)) marked = `<${tag}>${marked}</${tag}>`;
  const link = linkOf(node);
  return link ? `<a href="${escapeHtml(link)}" rel="noopener noreferrer">${marked}</a>` : marked;
}

/** A file of its own: nothing in it is fetched from anywhere. */
export function toWebPage(doc: Node, title: string, lang: string): string {
  const name = escapeHtml(title);
  return [
    "<!doctype html>",
    `<html lang="${escapeHtml(lang)}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${name}</title><style>${STYLE}</style></head>`,
    `<body dir="auto"><h1>${name}</h1>`,
    toHtml(doc),
    "</body></html>",
    "",
  ].join("\n");
}

/** A name that every system takes: the words of the title, and the day. */
export function fileName(title: string, date: string, ending: string): string {
  const words = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim()
    .split(" ")
    .join("-")
    .slice(0, 60);
  return `${words || "notes"}-${date}.${ending}`;
}
