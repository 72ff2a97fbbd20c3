/** A shared document for as long as a screen shows it. */
import { useEffect, useState } from "react";

import type { DocumentId } from "../engine/protocol";
import type { SharedDocument } from "../engine/shared-document";
import { useEngine } from "../hooks/use-room";

export function useShared(id: DocumentId): SharedDocument | null {
  const engine = useEngine();
  const [shared, setShared] = useState<SharedDocument | null>(null);
  useEffect(() => {
    let isGone = false;
    const opening = engine.documents.open(id);
    void opening.then((opened) => !isGone && setShared(opened));
    return () => {
      isGone = true;
      void opening.then(() => engine.documents.close(id));
    };
  }, [engine, id]);
  return shared?.id === id ? shared : null;
}
