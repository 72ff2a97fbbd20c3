/** On the tile of a person of whom nothing is recorded while the class is; in words for the tile's name and for the row. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleSlash2 } from "lucide-react";
import type { Person } from "../../engine/protocol";
import { useIsLeftOut } from "../../hooks/use-recording";

export function LeftOutMark({ person }: { person: Person }) {
  if (!useIsLeftOut(person)) return null;
  return (
    <span className="rc-left-out" aria-hidden="true">
      <CircleSlash2 />
      <span>
        <Trans>Not recorded</Trans>
      </span>
    </span>
  );
}

/** As a part of a name; empty for who is recorded, and while nobody is. */
export function useLeftOutWords(person: Person): string {
  const { t } = useLingui();
  return useIsLeftOut(person) ? t`not recorded` : "";
}
