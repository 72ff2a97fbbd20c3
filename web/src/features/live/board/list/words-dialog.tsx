/** The text of a thing, or the description of what has none; and where it links to. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { isLink, LONGEST_TEXT } from "../properties";
import type { ThingDialogProps } from "./board-dialogs";
import { described, hasDescription, linked, reworded } from "./change";
import { mention } from "./describe";
import { FormDialog, useFirst } from "./dialog-parts";

const LONGEST_DESCRIPTION = 300;

export function WordsDialog({ thing, board, acts, onClose }: ThingDialogProps) {
  const { t } = useLingui();
  const describes = hasDescription(thing);
  const [words, setWords] = useState(thing.text);
  const [problem, setProblem] = useState<string | null>(null);
  const first = useFirst<HTMLTextAreaElement>();
  const what = mention(thing);
  const save = () => {
    const text = words.trim();
    if (!text && (thing.kind === "text" || thing.kind === "title"))
      return setProblem(t`Write something, or delete the text from the list.`);
    const changed = describes ? described(thing, text) : reworded(board.elements(), thing, text);
    const said = mention({ ...thing, text });
    acts.write(changed, t`Changed. It is ${said} now.`);
    onClose();
  };
  return (
    <FormDialog
      title={describes ? <Trans>Describe {what}</Trans> : <Trans>Edit the text of {what}</Trans>}
      done={<Trans>Save</Trans>}
      {...{ problem, onClose }}
      onSubmit={save}
    >
      <label className="bl-field">
        <span>{describes ? t`Description, for people who do not see it` : t`Text`}</span>
        <textarea
          ref={first}
          rows={4}
          dir="auto"
          maxLength={describes ? LONGEST_DESCRIPTION : LONGEST_TEXT}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}

export function LinkDialog({ thing, acts, onClose }: ThingDialogProps) {
  const { t } = useLingui();
  const [address, setAddress] = useState(thing.link ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const first = useFirst<HTMLInputElement>();
  const what = mention(thing);
  const save = () => {
    const link = completed(address.trim());
    if (link !== null && !isLink(link))
      return setProblem(t`Write the whole address, like https://example.org.`);
    acts.write(linked(thing, link), link === null ? t`${what} has no link now.` : t`${what} has a link now.`);
    onClose();
  };
  return (
    <FormDialog
      title={<Trans>Link of {what}</Trans>}
      done={<Trans>Save</Trans>}
      {...{ problem, onClose }}
      onSubmit={save}
    >
      <label className="bl-field">
        <span>{t`Address. Leave it empty for no link.`}</span>
        <input
          ref={first}
          inputMode="url"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}

function completed(address: string): string | null {
  if (address === "") return null;
  return /^[a-z]+:/i.test(address) ? address : `https://${address}`;
}
