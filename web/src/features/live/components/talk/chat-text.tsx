/** What was written, with its line breaks; addresses of the web can be pressed. */
import { Fragment } from "react";

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/gi;
/** Ends a sentence rather than an address. */
const TAIL = /[.,;:!?'’)\]]+$/;

interface Part {
  text: string;
  href?: string;
}

/** Only http and https become links; nothing that was written is read as markup. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TAIL, "");
    if (!URL.canParse(address)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

export function ChatText({ text }: { text: string }) {
  return (
    <p className="lr-chat-text" dir="auto">
      {partsOf(text).map((part, at) =>
        part.href ? (
          <a key={at} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ) : (
          <Fragment key={at}>{part.text}</Fragment>
        ),
      )}
    </p>
  );
}
