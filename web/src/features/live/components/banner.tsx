/**
 * One calm strip over the stage for what needs to be known now. The most important one is shown; while the line is down
 * a second one below it answers what was pressed meanwhile.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import {
  ChartBar,
  Check,
  CircleDot,
  Megaphone,
  MicOff,
  MonitorUp,
  TriangleAlert,
  VolumeX,
  WifiOff,
  X,
} from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { mayUse } from "../engine/rules";
import type { SeatId } from "../engine/protocol";
import type { Note } from "../engine/state";
import { useEngine, useRoom } from "../hooks/use-room";
import { useDeviceHelp } from "./device-help";
import { focusPanel } from "./talk/asking-parts";
import { usePollToAnswer } from "./talk/polls-seen";
import type { TabId } from "./tabs";
import { useWords } from "./hosting/use-words";
import { useNoteText } from "./note-text";
import { useRecordingStrip } from "./recording/news";
import { RecordingQuestion } from "./recording/question";

const PASSING = 6000;

export function Banner({ onTab }: Props) {
  return (
    <div className="lr-banners">
      <Strips onTab={onTab} />
      <RecordingQuestion />
    </div>
  );
}

interface Props {
  onTab: (id: TabId) => void;
}

function Strips({ onTab }: Props) {
  const engine = useEngine();
  const { t } = useLingui();
  const phase = useRoom((state) => state.phase);
  const soundBlocked = useRoom((state) => state.soundBlocked);
  const mediaTrouble = useRoom((state) => state.mediaTrouble);
  const sharing = useRoom((state) => state.screen.on);
  const passing = usePassingNote();
  const { word, close: closeWord } = useWords();
  const recording = useRecordingStrip();
  const help = useHelpOnce();
  const { poll, putOff } = usePollToAnswer();

  if (phase === "reconnecting") {
    return (
      <>
        <Strip look="warn" icon={<WifiOff />}>
          <Trans>The connection dropped. We are bringing you back.</Trans>
        </Strip>
        {passing?.note.kind === "unsent" && <PassingStrip {...passing} />}
      </>
    );
  }
  if (recording) {
    return (
      <Strip
        look={recording.isTrouble ? "warn" : "info"}
        icon={recording.isTrouble ? <TriangleAlert /> : <CircleDot />}
        onClose={recording.close}
      >
        {recording.text}
      </Strip>
    );
  }
  if (soundBlocked) {
    return (
      <Strip
        look="info"
        icon={<VolumeX />}
        action={<Act onPress={() => engine.turnOnSound()}>{t`Turn on sound`}</Act>}
      >
        <Trans>Your browser keeps the sound off until you press the button.</Trans>
      </Strip>
    );
  }
  if (passing) return <PassingStrip {...passing} />;
  if (word) return <PassingStrip note={word} close={closeWord} />;
  if (mediaTrouble) {
    return (
      <Strip look="warn" icon={<TriangleAlert />}>
        <Trans>
          Picture and sound cannot get through this network. We keep trying. Another network may help.
        </Trans>
      </Strip>
    );
  }
  if (help.text) {
    return (
      <Strip look="info" icon={<TriangleAlert />} onClose={help.close}>
        {help.text}
      </Strip>
    );
  }
  if (sharing) {
    return (
      <Strip
        look="info"
        icon={<MonitorUp />}
        action={<Act onPress={() => engine.media.stopScreen()}>{t`Stop sharing`}</Act>}
      >
        <Trans>You are sharing your screen. Everyone can see it.</Trans>
      </Strip>
    );
  }
  // The last: an unanswered poll must not hide what can be done about one's own share and devices.
  if (poll) return <PollStrip question={poll.question} onTab={onTab} onClose={putOff} />;
  return null;
}

/** So much of a question fits into a strip on a phone. */
const LONGEST = 80;

interface PollProps {
  question: string;
  onTab: (id: TabId) => void;
  onClose: () => void;
}

/** A poll waits for an answer. It takes no focus; it is said aloud where the polls are watched. */
function PollStrip({ question, onTab, onClose }: PollProps) {
  const { t } = useLingui();
  const letters = [...question];
  const start = letters.slice(0, LONGEST).join("") + (letters.length > LONGEST ? "…" : "");
  const answer = () => {
    onTab("polls");
    // The panel may have been open with another tab; the button that had the focus is gone either way.
    requestAnimationFrame(focusPanel);
  };
  const close = () => {
    onClose();
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  return (
    <Strip look="info" icon={<ChartBar />} action={<Act onPress={answer}>{t`Answer`}</Act>} onClose={close}>
      <Trans>A poll is open: {start}</Trans>
    </Strip>
  );
}

function PassingStrip({ note, close }: { note: Note; close: () => void }) {
  const engine = useEngine();
  const { t } = useLingui();
  const mayUnmute = useRoom((state) => mayUse(state, "microphone"));
  const text = useNoteText()(note);
  if (note.kind === "back") {
    return (
      <Strip look="good" icon={<Check />}>
        {text}
      </Strip>
    );
  }
  if (note.kind === "share_asked") return <ShareAsked seat={note.seat} text={text} close={close} />;
  const isAboutMuting = note.kind === "talking" || (note.kind === "muted" && note.source === "microphone");
  const unmute = isAboutMuting && mayUnmute && (
    <Act onPress={() => void engine.setMicrophone(true).then(close)}>{t`Unmute`}</Act>
  );
  return (
    <Strip look="info" icon={<NoteIcon note={note} />} action={unmute} onClose={close}>
      {text}
    </Strip>
  );
}

/** A question has an answer on each button, and no third way to close it. */
function ShareAsked({ seat, text, close }: { seat: SeatId; text: string; close: () => void }) {
  const engine = useEngine();
  const { t } = useLingui();
  const makeWay = () => {
    engine.media.stopScreen();
    close();
  };
  const goOn = () => {
    void engine.act("keep_share", { seat_id: seat });
    close();
  };
  return (
    <Strip
      look="info"
      icon={<MonitorUp />}
      action={
        <>
          <Act onPress={makeWay}>{t`Let them share`}</Act>
          <Act quiet onPress={goOn}>{t`Keep sharing`}</Act>
        </>
      }
    >
      {text}
    </Strip>
  );
}

function NoteIcon({ note }: { note: Note }) {
  if (note.kind === "word") return <Megaphone />;
  if (note.kind === "unsent") return <WifiOff />;
  return note.kind === "talking" || note.kind === "muted" ? <MicOff /> : <TriangleAlert />;
}

/** The newest note for a few seconds. "Lost" is a state and has its own strip. */
function usePassingNote(): { note: Note; close: () => void } | null {
  const note = useRoom((state) => state.note);
  const muted = useRoom((state) => !state.microphone.on);
  const sharing = useRoom((state) => state.screen.on);
  const [done, setDone] = useState(0);
  const count = note?.count ?? 0;
  const kind = note?.kind;
  useEffect(() => {
    // A question stays until it is answered.
    if (count === 0 || kind === "share_asked") return;
    const timer = setTimeout(() => setDone(count), PASSING);
    return () => clearTimeout(timer);
  }, [count, kind]);
  // A word of a host, and why a recording ended, have their own strips until they are closed.
  if (!note || note.kind === "lost" || note.kind === "word" || note.kind === "recording_ended") return null;
  if (note.count <= done) return null;
  if (note.kind === "talking" && !muted) return null;
  if (note.kind === "share_asked" && !sharing) return null;
  return { note, close: () => setDone(note.count) };
}

/** How to mend a device; once closed it stays away until something else goes wrong. */
function useHelpOnce(): { text: string | null; close: () => void } {
  const text = useDeviceHelp();
  const [closed, setClosed] = useState<string | null>(null);
  return { text: text === closed ? null : text, close: () => setClosed(text) };
}

interface StripProps {
  look: "warn" | "info" | "good";
  icon: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  onClose?: () => void;
}

function Strip({ look, icon, children, action, onClose }: StripProps) {
  const { t } = useLingui();
  return (
    <div className="lr-banner" data-look={look}>
      <span className="lr-icon" aria-hidden="true">
        {icon}
      </span>
      <p>{children}</p>
      {action}
      {onClose && (
        <button
          type="button"
          className="lr-icon-button"
          aria-label={t`Close`}
          title={t`Close`}
          onClick={onClose}
        >
          <X />
        </button>
      )}
    </div>
  );
}

interface ActProps {
  /** The second of two. */
  quiet?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Act({ quiet = false, onPress, children }: ActProps) {
  return (
    <button type="button" className={quiet ? "lr-act lr-act-quiet" : "lr-act"} onClick={onPress}>
      {children}
    </button>
  );
}
