// For staff: a recording as one video file. The server makes it in its own time; meanwhile this looks how far it is.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, Film, Trash2 } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";

import { Button, button } from "../../../components/ui/button";
import { Dialog } from "../../../components/ui/dialog";
import { Failed, Loaded } from "../../../components/ui/loaded";
import type { VideoView } from "../../../contract/types";
import { api } from "../../../lib/api";
import "../problems";
import { isUnderWay, videoQuery } from "./queries";
import { size } from "./words";

export function OneVideo({ recordingId }: { recordingId: string }) {
  const { t } = useLingui();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const video = useQuery(videoQuery(recordingId));
  const said = useEnd(video.data);
  return (
    <section className="rp-video" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1} className="text-lg">
        <Trans>One video (MP4)</Trans>
      </h2>
      <p className="muted">
        <Trans>
          All pictures and sounds in one file, to keep or to show elsewhere. Without board and chat. The
          server makes it beside everything else, which takes about as long as the class.
        </Trans>{" "}
        <Trans>
          It is deleted with the recording, and when somebody who was there says no to recordings.
        </Trans>
      </p>
      <Loaded query={video} label={t`Looking for the video`} rows={1}>
        {(data) => (
          <State
            // What one pressed or was told about the last one is over with it.
            key={isUnderWay(data) ? "under way" : data.state}
            recordingId={recordingId}
            video={data}
            onPressed={() => heading.current?.focus()}
          />
        )}
      </Loaded>
      {/* Always there, to be listened to: the end alone, not each step to it. */}
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}

/** Words for the moment at which it is ready or has failed; none for what was so from the beginning. */
function useEnd(video: VideoView | undefined): string {
  const { t } = useLingui();
  const [before, setBefore] = useState<VideoView | undefined>();
  const [ended, setEnded] = useState<"ready" | "failed" | null>(null);
  if (video && video !== before) {
    setBefore(video);
    const { state } = video;
    if (isUnderWay(video) || state === "none") setEnded(null);
    else if (before && isUnderWay(before)) setEnded(state === "failed" ? "failed" : "ready");
  }
  if (ended === null) return "";
  return ended === "ready" ? t`The video is ready.` : t`The video could not be made.`;
}

interface Props {
  recordingId: string;
  video: VideoView;
  /** What was pressed goes away with what it changed: the focus needs a place. */
  onPressed: () => void;
}

function State({ recordingId, video, onPressed }: Props) {
  const { t, i18n } = useLingui();
  const { state, percent, may_make } = video;
  const [asking, ask] = useState(false);
  const pressed = useRef(false);
  const changed = () => {
    pressed.current = true;
  };
  const make = useChange(recordingId, "POST", changed);
  // The old state goes and takes what had the focus with it.
  useEffect(
    () => () => {
      if (pressed.current) onPressed();
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );
  const made = new Intl.NumberFormat(i18n.locale, { style: "percent" }).format(percent / 100);
  const bytes = size(video.bytes, i18n.locale);
  return (
    <>
      {state === "failed" && (
        <p>
          <Trans>It could not be made. The server's log says why.</Trans>
        </p>
      )}
      {isUnderWay(video) && (
        <>
          <p>
            {state === "waiting" ? <Trans>It waits for its turn.</Trans> : <Trans>{made} is made.</Trans>}
          </p>
          <progress aria-label={t`How much is made`} max={100} value={percent} />
        </>
      )}
      {(state === "none" || state === "failed") && !may_make && (
        <p>
          <Trans>This server has no ffmpeg. Ask who runs it to install it.</Trans>
        </p>
      )}
      {make.error && <Failed error={make.error} />}
      <div className="rp-video-acts">
        {(state === "none" || state === "failed") && may_make && (
          <Button busy={make.isPending && t`Asking for it`} onClick={() => make.mutate()}>
            <Film className="i" aria-hidden />
            {state === "failed" ? <Trans>Try again</Trans> : <Trans>Make one video</Trans>}
          </Button>
        )}
        {isUnderWay(video) && (
          <Button onClick={() => ask(true)}>
            <Trans>Stop making it</Trans>
          </Button>
        )}
        {state === "ready" && (
          <>
            <a className={button()} href={`/api/v1/recordings/${recordingId}/video/file`} download>
              <Download className="i" aria-hidden />
              <Trans>Download ({bytes})</Trans>
            </a>
            <Button look="danger" onClick={() => ask(true)}>
              <Trash2 className="i" aria-hidden />
              <Trans>Delete the video</Trans>
            </Button>
          </>
        )}
      </div>
      {asking && (
        <Away
          recordingId={recordingId}
          isMade={state === "ready"}
          onClose={() => ask(false)}
          onGone={changed}
        />
      )}
    </>
  );
}

/** The question before it is deleted, or before what is made of it is thrown away. */
function Away({
  recordingId,
  isMade,
  onClose,
  onGone,
}: {
  recordingId: string;
  isMade: boolean;
  onClose: () => void;
  onGone: () => void;
}) {
  const { t } = useLingui();
  const remove = useChange(recordingId, "DELETE", onGone);
  const words: Record<"title" | "keep" | "go" | "busy", string> = isMade
    ? { title: t`Delete this video?`, keep: t`Keep it`, go: t`Delete`, busy: t`Deleting` }
    : { title: t`Stop making this video?`, keep: t`Go on`, go: t`Stop`, busy: t`Stopping` };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>
        {isMade ? (
          <Trans>The recording stays, and another video can be made of it.</Trans>
        ) : (
          <Trans>What is made of it until now is thrown away. The recording stays.</Trans>
        )}
      </p>
      {remove.error && <Failed error={remove.error} />}
      <div className="dialog-foot">
        <Button data-safe="" onClick={onClose}>
          {words.keep}
        </Button>
        <Button look="dangerFill" busy={remove.isPending && words.busy} onClick={() => remove.mutate()}>
          {words.go}
        </Button>
      </div>
    </Dialog>
  );
}

function useChange(recordingId: string, method: "POST" | "DELETE", onDone: () => void) {
  const queries = useQueryClient();
  const { queryKey } = videoQuery(recordingId);
  return useMutation({
    mutationFn: () => api<VideoView | undefined>(method, `/recordings/${recordingId}/video`),
    onSuccess: async (view) => {
      onDone();
      if (view) queries.setQueryData(queryKey, view);
      else await queries.invalidateQueries({ queryKey });
    },
  });
}
