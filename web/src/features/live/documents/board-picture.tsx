/** A board outside of the room: a picture of it, and everything on it in words. */
import { Trans } from "@lingui/react/macro";
import { useEffect, useMemo, useRef, useState } from "react";

import { allThings } from "../board/list/all-things";
import { countWords, paragraph } from "../board/list/as-text";
import type { AuthorName } from "../board/list/describe";
import type { BoardElement } from "../board/objects";
import "./documents.css";

export interface BoardPictureProps {
  /** In drawing order. */
  elements: BoardElement[];
  authorOf: (id: string) => number | null;
  nameOf: AuthorName;
  /** A data URL of a picture that is on the board. */
  loadImage: (image: string) => Promise<string>;
  /** The words stand under it, or are there for who asks for them. */
  words: "shown" | "folded";
}

export function BoardPicture({ elements, authorOf, nameOf, loadImage, words }: BoardPictureProps) {
  const images = useImages(elements, loadImage);
  const paper = usePrint(elements, images);
  const things = useMemo(() => allThings(elements, authorOf, nameOf), [elements, authorOf, nameOf]);
  const count = countWords(things);
  const text = things.all.map((thing) => <li key={thing.id}>{paragraph(thing, things)}</li>);
  return (
    <div className="bp">
      <div ref={paper} className="bp-paper" role="img" aria-label={count} />
      {text.length > 0 && (
        <details className="bp-words" open={words === "shown"}>
          <summary>
            <Trans>The board in words</Trans>
          </summary>
          <ul>{text}</ul>
        </details>
      )}
    </div>
  );
}

/** Draws the newest; what was asked for meanwhile is drawn next. */
function usePrint(elements: BoardElement[], images: Record<string, string>) {
  const paper = useRef<HTMLDivElement>(null);
  const wish = useRef<(() => Promise<void>) | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    wish.current = async () => {
      const { print } = await import("../board/print");
      paper.current?.replaceChildren(await print(elements, images));
    };
    const work = async () => {
      if (busy.current) return;
      busy.current = true;
      while (wish.current) {
        const next = wish.current;
        wish.current = null;
        // What cannot be drawn is there in words.
        await next().catch(() => paper.current?.replaceChildren());
      }
      busy.current = false;
    };
    void work();
  }, [elements, images]);
  return paper;
}

/** The pictures on it, each asked for once. */
function useImages(
  elements: BoardElement[],
  load: (image: string) => Promise<string>,
): Record<string, string> {
  const [images, setImages] = useState<Record<string, string>>({});
  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const { fileId } of elements) {
      if (typeof fileId !== "string" || asked.current.has(fileId)) continue;
      asked.current.add(fileId);
      load(fileId).then(
        (image) => setImages((known) => ({ ...known, [fileId]: image })),
        () => asked.current.delete(fileId),
      );
    }
  }, [elements, load]);
  return images;
}
