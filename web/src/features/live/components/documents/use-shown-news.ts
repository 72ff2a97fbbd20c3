/** Says that a host brought a board or notes onto everybody's stage, and that they went. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useRoom } from "../../hooks/use-room";

export function useShownNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const title = useRoom((state) => state.documents.find(({ id }) => id === state.desk.shown)?.title ?? null);
  const shown = useRoom((state) => state.desk.shown);
  const before = useRef(shown);
  useEffect(() => {
    if (shown === before.current || (shown !== null && title === null)) return;
    before.current = shown;
    say(title === null ? t`The stage shows people again.` : t`A host shows “${title}” to everyone.`);
    // Said for a change, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, title]);
}
