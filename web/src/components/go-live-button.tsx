// One press begins the session and leads into its room.
import { Trans } from "@lingui/react/macro";
import { Video } from "lucide-react";

import { Button } from "./ui/button";
import { useGoLive } from "../lib/go-live";
import { useProblem } from "../lib/problems";

export function GoLiveButton({
  sessionId,
  look = "now",
  size = "lg",
}: {
  sessionId: string;
  look?: "now" | "primary";
  size?: "md" | "lg";
}) {
  const goLive = useGoLive(sessionId);
  const sentence = useProblem();
  return (
    <>
      <Button
        look={look}
        size={size}
        onClick={() => goLive.mutate()}
        busy={goLive.isPending && <Trans>Going live</Trans>}
      >
        <Video className="i" aria-hidden />
        <Trans>Go live</Trans>
      </Button>
      {goLive.error && (
        <p role="alert" className="w-full font-semibold">
          {sentence(goLive.error)}
        </p>
      )}
    </>
  );
}
