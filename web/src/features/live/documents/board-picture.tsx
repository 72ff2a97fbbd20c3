/**
 * A board outside of the room. What is on it as a text for now: a picture of it, drawn by the board's own hand, takes the
 * place of this component and keeps its props.
 */
import { Plural, Trans } from "@lingui/react/macro";
import * as Y from "yjs";

import type { DocumentWriter } from "../../../contract/types";

export interface BoardPictureProps {
  doc: Y.Doc;
  writers: DocumentWriter[];
  /** A data URL of a picture that is on the board. */
  loadImage: (image: string) => Promise<string>;
}

interface Written {
  id: string;
  text: string;
  by: string | undefined;
}

export function BoardPicture({ doc, writers }: BoardPictureProps) {
  const things = [...doc.getMap("elements").entries()];
  const written = things.flatMap(([id, thing]) => writtenIn(id, thing, writers));
  const drawn = things.length - written.length;
  return (
    <div className="bp">
      <ul>
        {written.map(({ id, text, by }) => (
          <li key={id}>
            <span className="bp-text">{text}</span>
            {by && (
              <span className="muted text-sm">
                <Trans>by {by}</Trans>
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="muted">
        <Plural
          value={drawn}
          _0="Nothing else is drawn on it."
          one="# more thing is drawn on it."
          other="# more things are drawn on it."
        />
      </p>
    </div>
  );
}

/** Not trusted: what is no text is not shown as one. */
function writtenIn(id: string, thing: unknown, writers: DocumentWriter[]): Written[] {
  if (!(thing instanceof Y.Map)) return [];
  const text: unknown = thing.get("text");
  if (typeof text !== "string" || text.trim() === "") return [];
  const client = thing._item?.id.client;
  return [{ id, text, by: writers.find((writer) => writer.client === client)?.name }];
}
