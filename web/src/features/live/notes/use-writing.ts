/** The names of the others who write just now. */
import { useEffect, useState } from "react";

import type { SharedDocument } from "../engine/shared-document";
import { useRoom } from "../hooks/use-room";
import { watchWriting } from "./writing";

export function useWriting(shared: SharedDocument, doc: SharedDocument["doc"]): string[] {
  const me = useRoom((state) => state.you?.user_id);
  const [names, show] = useState<string[]>([]);
  useEffect(() => watchWriting(shared, doc, me, show), [shared, doc, me]);
  return names;
}
