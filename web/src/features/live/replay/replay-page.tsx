// The recordings of a session: which there are, and the one that is watched.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";

import { Banner } from "../../../components/ui/banner";
import { Button, button } from "../../../components/ui/button";
import { Dialog } from "../../../components/ui/dialog";
import { Empty } from "../../../components/ui/empty";
import { Failed, Loaded } from "../../../components/ui/loaded";
import { Segmented } from "../../../components/ui/segmented";
import { say } from "../../../components/ui/toast";
import type { RecordingView, Recordings, Replay, Session } from "../../../contract/types";
import { api } from "../../../lib/api";
import { usePageTitle } from "../../../lib/page";
import { readStored, writeStored } from "../../../lib/stored";
import { browserZone, dateOf, dayOf, timesOf } from "../../../lib/times";
import { DocumentsLink } from "../documents/documents-link";
import { Beside } from "./beside";
import { CaptionLine } from "./captions";
import { byKey, Controls } from "./controls";
import { MySide } from "./my-side";
import { recordingsQuery, replayQuery } from "./queries";
import "./replay.css";
import { Stage, type Track } from "./stage";
import { PlayerProvider, useNewPlayer } from "./use-player";
import { OneVideo } from "./video";
import { Viewers } from "./viewers";
import { clock } from "./words";

/** Drawn by what draws boards, which not every recording needs. */
const ReplayedBoard = lazy(() => import("./board"));

/** Who turned captions off once has them off. */
const CAPTIONS = "vdp-replay-captions";

interface Props {
  sessionId: string;
  /** Which of its recordings; the first that can be watched unless said. */
  part?: string | undefined;
  /** Where it begins, in seconds. */
  from: number;
  onPart: (part: string) => void;
}

export function ReplayPage({ sessionId, ...props }: Props) {
  const { t } = useLingui();
  const session = useQuery({
    queryKey: ["sessions", sessionId],
    queryFn: () => api<Session>("GET", `/sessions/${sessionId}`),
  });
  const recordings = useQuery(recordingsQuery(sessionId));
  const title = session.data?.title ?? "";
  usePageTitle(t`Recording`, title);
  return (
    <div className="work">
      <div className="pagehead">
        <div>
          <h1>{title || <Trans>Recording</Trans>}</h1>
          {session.data && <When session={session.data} />}
        </div>
        <div className="acts">
          <DocumentsLink sessionId={sessionId} className={button({ look: "quiet" })} />
        </div>
      </div>
      <Loaded query={recordings} label={t`Loading the recording`}>
        {(data) => <Parts {...props} sessionId={sessionId} recordings={data} />}
      </Loaded>
    </div>
  );
}

function When({ session }: { session: Session }) {
  const zone = browserZone();
  const { from, to } = timesOf(session.starts_at, session.ends_at, zone);
  const date = dateOf(dayOf(session.starts_at, zone), "long");
  return (
    <p className="sub">
      <Trans>
        Recording of {date}, {from} to {to}
      </Trans>
    </p>
  );
}

function Parts({
  sessionId,
  recordings: { recordings, may_delete },
  part,
  from,
  onPart,
}: Props & { recordings: Recordings }) {
  const { t } = useLingui();
  const ready = recordings.filter((one) => one.state === "ready" && one.ms > 0);
  const running = recordings.some((one) => one.state === "running");
  const chosen = ready.find((one) => one.id === part) ?? ready[0];
  const options = ready.map((one, index) => ({ value: one.id, label: t`Part ${index + 1}` }));
  return (
    <>
      {running && (
        <Banner>
          <Trans>This session is being recorded. It can be watched when the recording has ended.</Trans>
        </Banner>
      )}
      {options.length > 1 && chosen && (
        <Segmented label={t`Parts of the recording`} value={chosen.id} options={options} onChange={onPart} />
      )}
      {chosen ? (
        <Opened key={chosen.id} id={chosen.id} sessionId={sessionId} from={from} mayDelete={may_delete} />
      ) : (
        !running && <Nothing deleted={recordings.some((one) => one.state === "deleted")} />
      )}
    </>
  );
}

function Nothing({ deleted }: { deleted: boolean }) {
  return (
    <Empty
      title={deleted ? <Trans>The recording was deleted</Trans> : <Trans>There is no recording</Trans>}
      action={
        <Link to="/" className="link">
          <Trans>Back to my day</Trans>
        </Link>
      }
    >
      {deleted ? (
        <Trans>Recordings are kept for a while and then deleted.</Trans>
      ) : (
        <Trans>Nothing of this session was recorded.</Trans>
      )}
    </Empty>
  );
}

interface OpenedProps {
  id: string;
  sessionId: string;
  from: number;
  mayDelete: boolean;
}

function Opened({ id, sessionId, from, mayDelete }: OpenedProps) {
  const { t } = useLingui();
  const replay = useQuery(replayQuery(id));
  const [place] = useState(() => keptPlace(from * 1000));
  return (
    <>
      <Loaded query={replay} label={t`Opening the recording`}>
        {(data) => (
          <>
            <Watch key={replay.dataUpdatedAt} replay={data} place={place} />
            <Kept recording={data.recording} mayDelete={mayDelete} />
            {mayDelete && <OneVideo recordingId={id} />}
            {mayDelete && <Viewers recordingId={id} />}
          </>
        )}
      </Loaded>
      <MySide sessionId={sessionId} recordingId={id} />
    </>
  );
}

/** Where it is, in milliseconds: loaded anew, it goes on there. */
interface Place {
  read: () => number;
  write: (at: number) => void;
}

function keptPlace(at: number): Place {
  return {
    read: () => at,
    write: (to) => {
      at = to;
    },
  };
}

function Watch({ replay, place }: { replay: Replay; place: Place }) {
  const { t } = useLingui();
  const [tracks] = useState<Track[]>(() =>
    replay.tracks.map((track) => ({
      ...track,
      starts: track.starts_ms,
      address: `/api/v1/recordings/${replay.recording.id}/tracks/${track.id}`,
    })),
  );
  const player = useNewPlayer(tracks, replay.recording.ms, place.read);
  useEffect(() => player.subscribe(() => place.write(player.snapshot().at)), [player, place]);
  const box = useRef<HTMLElement>(null);
  const [board, setBoard] = useState<string | null>(null);
  const [captioned, setCaptioned] = useState(
    () => replay.captions.length > 0 && readStored(CAPTIONS) !== "off",
  );
  const showCaptions = useCallback((on: boolean) => {
    setCaptioned(on);
    writeStored(CAPTIONS, on ? null : "off");
  }, []);
  const [fullScreen] = useState(() => () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void box.current?.requestFullscreen?.();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => byKey(event, player, fullScreen);
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [player, fullScreen]);
  return (
    <PlayerProvider value={player}>
      {replay.boards.length > 0 && <OnStage boards={replay.boards} board={board} onBoard={setBoard} />}
      <div className="rp">
        <section ref={box} className="rp-box" aria-label={t`Recording`}>
          <div hidden={board !== null}>
            <Stage tracks={tracks} />
          </div>
          {board !== null && (
            <Suspense>
              <ReplayedBoard key={board} recordingId={replay.recording.id} boardId={board} />
            </Suspense>
          )}
          {captioned && <CaptionLine lines={replay.captions} />}
          <Controls
            chapters={replay.chapters}
            captioned={replay.captions.length > 0 ? captioned : null}
            onCaptions={showCaptions}
            onFullScreen={fullScreen}
          />
        </section>
        <Beside replay={replay} />
      </div>
    </PlayerProvider>
  );
}

interface OnStageProps {
  boards: Replay["boards"];
  board: string | null;
  onBoard: (board: string | null) => void;
}

/** The people, or a board of the class. They are heard in any case. */
function OnStage({ boards, board, onBoard }: OnStageProps) {
  const { t } = useLingui();
  const options = [
    { value: "", label: t`People` },
    ...boards.map(({ id, title }) => ({ value: id, label: title })),
  ];
  return (
    <Segmented
      label={t`On the stage`}
      value={board ?? ""}
      options={options}
      onChange={(value) => onBoard(value || null)}
    />
  );
}

function Kept({ recording, mayDelete }: { recording: RecordingView; mayDelete: boolean }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api("DELETE", `/recordings/${recording.id}`),
    onSuccess: async () => {
      say(t`The recording is deleted.`);
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ["recordings"] });
    },
  });
  const until = recording.kept_until && dateOf(dayOf(recording.kept_until, browserZone()), "long");
  const length = clock(recording.ms);
  return (
    <div className="rp-kept">
      <p className="muted">
        {until && <Trans>Kept until {until}, then deleted.</Trans>}{" "}
        {recording.because === "full" && <Trans>It ended early because the disk was full.</Trans>}
        {recording.because === "restart" && <Trans>The server was restarted while it was recorded.</Trans>}
      </p>
      {mayDelete && (
        <Button look="danger" onClick={() => setAsking(true)}>
          <Trash2 className="i" aria-hidden />
          <Trans>Delete the recording</Trans>
        </Button>
      )}
      {asking && (
        <Dialog title={t`Delete this recording?`} onClose={() => setAsking(false)}>
          <p>
            <Trans>Its {length} minutes are gone for everybody, for good.</Trans>
          </p>
          {remove.error && <Failed error={remove.error} />}
          <div className="dialog-foot">
            <Button data-safe="" onClick={() => setAsking(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button look="dangerFill" busy={remove.isPending && t`Deleting`} onClick={() => remove.mutate()}>
              <Trans>Delete</Trans>
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
