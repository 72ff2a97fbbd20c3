/** The Yjs document that the server answered; null while it is unpacked. */
import { useEffect, useState } from "react";
import * as Y from "yjs";

import type { OpenedDocument } from "../../../contract/types";
import { fromBase64, inflated } from "../engine/bytes";

export function useDoc(opened: OpenedDocument): Y.Doc | null {
  const [read, setRead] = useState<{ of: OpenedDocument; doc: Y.Doc } | null>(null);
  useEffect(() => {
    let isGone = false;
    void docOf(opened).then((doc) => !isGone && setRead({ of: opened, doc }));
    return () => {
      isGone = true;
    };
  }, [opened]);
  return read?.of === opened ? read.doc : null;
}

async function docOf({ update, deflated }: OpenedDocument): Promise<Y.Doc> {
  const bytes = fromBase64(update);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, deflated ? await inflated(bytes) : bytes);
  return doc;
}
