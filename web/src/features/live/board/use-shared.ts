/** The document, open for as long as it is on the stage. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { DocumentState, SharedDocument } from "../engine/shared-document";
import { useEngine } from "../hooks/use-room";

export function useShared(id: string): SharedDocument | null {
  const engine = useEngine();
  const [shared, setShared] = useState<SharedDocument | null>(null);
  useEffect(() => {
    let isOpen = true;
    void engine.documents.open(id).then((opened) => {
      if (isOpen) setShared(opened);
      else engine.documents.close(id);
    });
    return () => {
      isOpen = false;
      setShared((opened) => {
        if (opened) engine.documents.close(id);
        return null;
      });
    };
  }, [engine, id]);
  return shared;
}

export function useDocumentState<T>(shared: SharedDocument, select: (state: DocumentState) => T): T {
  return useStore(shared.store, select);
}
