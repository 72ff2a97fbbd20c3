/** Pictures and pages of a PDF: taken from the person, asked what they show, and loaded where others put them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { SharedDocument } from "../engine/shared-document";
import { useEngine } from "../hooks/use-room";
import { RoomDialog } from "../components/room-dialog";
import { Refused } from "../../../lib/api";
import type { Drawing } from "./kinds";
import type { Board } from "./objects";
import { PictureDialog, type Wish } from "./picture-dialog";
import { PICTURES, type PictureProblem, PictureRefused, shrunk, type Shrunk } from "./pictures";
import { placePictures, show } from "./place-pictures";

interface Pictures {
  choose: () => void;
  take: (files: File[]) => void;
  dialogs: ReactNode;
  busy: ReactNode;
}

export function usePictures(shared: SharedDocument, board: Board, drawing: Drawing | null): Pictures {
  const engine = useEngine();
  const input = useRef<HTMLInputElement>(null);
  const { t } = useLingui();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const explain = usePictureProblem();
  useLoadedPictures(shared, board, drawing);
  const take = useCallback((files: File[]) => setFile(files[0] ?? null), []);
  const choose = useCallback(() => input.current?.click(), []);
  const place = async (wish: Wish) => {
    setFile(null);
    if (!file || !drawing) return;
    setBusy(true);
    try {
      const ask = engine.ask.bind(engine);
      await placePictures({ ask, id: shared.id }, drawing, picturesOf(file, wish));
    } catch (error) {
      const known = error instanceof PictureRefused ? explain(error.because) : null;
      const refused = error instanceof Refused ? (error.problem.detail ?? error.problem.title) : null;
      setProblem(known ?? refused ?? t`The picture could not be sent. Try again in a moment.`);
    } finally {
      setBusy(false);
    }
  };
  const dialogs = (
    <>
      <input
        ref={input}
        type="file"
        accept={`${PICTURES},application/pdf`}
        hidden
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {file && (
        <PictureDialog file={file} onDone={(wish) => void place(wish)} onClose={() => setFile(null)} />
      )}
      {problem && (
        <RoomDialog
          title={<Trans>No picture was added</Trans>}
          onClose={() => setProblem(null)}
          actions={
            <button type="button" className="lr-choice" onClick={() => setProblem(null)}>
              <Trans>Close</Trans>
            </button>
          }
        >
          <p>{problem}</p>
        </RoomDialog>
      )}
    </>
  );
  const news = (
    <p className="bd-busy" role="status">
      {busy && <Trans>Adding the picture</Trans>}
    </p>
  );
  return { choose, take, dialogs, busy: news };
}

async function* picturesOf(file: File, wish: Wish): AsyncGenerator<Shrunk & Wish> {
  if (file.type !== "application/pdf") {
    yield { ...(await shrunk(file)), ...wish };
    return;
  }
  const { MOST_PAGES, openPdf, pageAsPicture } = await import("./pdf-pages");
  const pdf = await openPdf(file);
  try {
    const last = Math.min(pdf.numPages, MOST_PAGES);
    const all = Array.from({ length: last }, (_, index) => index + 1);
    const pages = wish.page === null ? all : [Math.min(Math.max(1, wish.page), pdf.numPages)];
    for (const page of pages) {
      const alt = pages.length > 1 && wish.alt ? `${wish.alt} (${page})` : wish.alt;
      yield { ...(await pageAsPicture(pdf, page)), ...wish, alt, isBackground: true };
    }
  } finally {
    await pdf.loadingTask.destroy();
  }
}

function usePictureProblem(): (because: PictureProblem) => string {
  const { t } = useLingui();
  return (because) => {
    if (because === "kind")
      return t`This kind of file cannot be put on a board. Choose a PNG, JPEG, WebP, GIF or PDF.`;
    if (because === "large") return t`The file is too large. Choose a smaller picture.`;
    if (because === "heavy") return t`The picture could not be made small enough to be sent.`;
    return t`The file could not be read. It may be damaged.`;
  };
}

/** What others put on the board is fetched once. */
function useLoadedPictures(shared: SharedDocument, board: Board, drawing: Drawing | null): void {
  const engine = useEngine();
  useEffect(() => {
    if (!drawing) return;
    let isOver = false;
    const asked = new Set<string>();
    const load = async (id: string) => {
      if (asked.has(id) || drawing.getFiles()[id]) return;
      asked.add(id);
      try {
        const { image } = await engine.ask("document_image", { document_id: shared.id, id });
        if (!isOver) show(drawing, id, image);
      } catch {
        // Asked again when something changes on the board.
        asked.delete(id);
      }
    };
    const look = () => {
      for (const one of board.elements()) if (typeof one.fileId === "string") void load(one.fileId);
    };
    look();
    const deaf = board.observe(look);
    const open = shared.store.subscribe((now, before) => now.phase !== before.phase && look());
    return () => {
      isOver = true;
      deaf();
      open();
    };
  }, [board, drawing, engine, shared]);
}
