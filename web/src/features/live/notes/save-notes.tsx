/** Takes the notes along: copied, or as a file. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { JSONContent } from "@tiptap/core";
import { Copy, Download } from "lucide-react";
import { useId, useState } from "react";

import { useAnswer } from "./use-answer";
import { fileName, toHtml, toMarkdown, toText, toWebPage } from "./export";

interface Props {
  read: () => JSONContent;
  title: string;
  /** The day of the class, like 2026-11-24. */
  date: string;
}

export function SaveNotes({ read, title, date }: Props) {
  const { t } = useLingui();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [answer, say] = useAnswer();
  const copy = () =>
    void toClipboard(read()).then(
      () => say(t`Copied.`),
      () => say(t`The browser does not let us copy. Download the notes instead.`),
    );
  const files = [
    { ending: "txt", kind: "text/plain", label: t`Text`, make: toText },
    { ending: "md", kind: "text/markdown", label: t`Markdown`, make: toMarkdown },
    {
      ending: "html",
      kind: "text/html",
      label: t`Web page`,
      make: (doc: JSONContent) => toWebPage(doc, title, document.documentElement.lang || "en"),
    },
  ];
  return (
    <div className="nt-save">
      <span className="nt-answer" role="status">
        {answer}
      </span>
      <button type="button" className="nt-button" onClick={copy}>
        <Copy aria-hidden="true" />
        <Trans>Copy</Trans>
      </button>
      <button
        type="button"
        className="nt-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Download aria-hidden="true" />
        <Trans>Download</Trans>
      </button>
      <div id={id} className="nt-files" hidden={!open}>
        {files.map(({ ending, kind, label, make }) => (
          <button
            key={ending}
            type="button"
            className="nt-button"
            onClick={() => save(fileName(title, date, ending), kind, make(read()))}
          >
            {label} <span className="nt-ending">.{ending}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function save(name: string, kind: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** With its looks where the browser can, else the words. */
async function toClipboard(doc: JSONContent): Promise<void> {
  if (typeof ClipboardItem === "undefined") return navigator.clipboard.writeText(toText(doc));
  const item = new ClipboardItem({
    "text/plain": new Blob([toText(doc)], { type: "text/plain" }),
    "text/html": new Blob([toHtml(doc)], { type: "text/html" }),
  });
  await navigator.clipboard.write([item]);
}
