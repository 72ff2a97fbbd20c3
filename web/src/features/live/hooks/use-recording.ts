/** The recording of the class, as one person's page knows it: whether it runs, who is in it, what they answered. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef } from "react";

import type { ConsentView } from "../../../contract/types";
import { useAccount } from "../../../lib/account";
import { api } from "../../../lib/api";
import { browserZone, dateOf, dayOf } from "../../../lib/times";
import type { Person } from "../engine/protocol";
import type { RoomState } from "../engine/state";
import { useEngine, useRoom } from "./use-room";

export const useIsRecording = () => useRoom((state) => state.desk.recording !== null);

/** Breakout rooms are not recorded. */
const isIn = ({ you }: Pick<RoomState, "you">) => you?.consent?.yes === true && you.breakout_id === null;

export const useAmRecorded = () => useRoom((state) => state.desk.recording !== null && isIn(state));

/** The class is recorded, and nothing of this person is in it just now. */
export function useIsLeftOut(person: Person): boolean {
  const isRecording = useIsRecording();
  return isRecording && (!person.recordable || person.breakout_id !== null);
}

/** "3 November", in the person's own zone. */
export function useAnswerDay(): (at: string) => string {
  const zone = useAccount((account) => account.me?.time_zone) ?? browserZone();
  return (at) => dateOf(dayOf(at, zone), "dayMonth");
}

export const consentKey = (sessionId: string) => ["sessions", sessionId, "recording_consent"];

/** What an account should know and what it answered. Guests have none, and are asked in the room. */
export function useConsentView(sessionId: string | undefined, isGuest = false) {
  const signedIn = useAccount((account) => !!account.me);
  return useQuery({
    queryKey: consentKey(sessionId ?? ""),
    queryFn: () => api<ConsentView>("GET", `/sessions/${sessionId}/recording_consent`),
    enabled: signedIn && !isGuest && sessionId !== undefined,
    retry: 1,
  });
}

/** For how many days recordings of this class are kept; null where it is not known. */
export function useKeptDays(): number | null {
  const session = useRoom((state) => state.session?.id);
  const isGuest = useRoom((state) => state.people[state.you?.seat_id ?? ""]?.guest ?? false);
  return useConsentView(session, isGuest).data?.kept_days ?? null;
}

/** Answers from the room. Rejects when the answer did not arrive: then the one of before holds. */
export function useAnswerInRoom(): (yes: boolean) => Promise<void> {
  const engine = useEngine();
  const queries = useQueryClient();
  return async (yes) => {
    const consent = await engine.ask("consent", { yes });
    engine.store.setState(({ you }) => ({ you: you && { ...you, consent } }));
    const key = consentKey(engine.store.getState().session?.id ?? "");
    queries.setQueryData<ConsentView>(key, (view) => view && { ...view, answer: consent });
  };
}

/** What is heard of a recording: it ran already when one came in, it began, it ended, one is in it now or no longer. */
export type RecordingNews = "already" | "started" | "stopped" | "full" | "failed" | "in" | "out";

export function useRecordingNews(tell: (news: RecordingNews) => void): void {
  const id = useRoom((state) => state.desk.recording?.id ?? null);
  const amIn = useRoom(isIn);
  const note = useRoom((state) => state.note);
  const known = useRef<{ id: string | null; amIn: boolean; note: number; ended: boolean } | null>(null);
  useEffect(() => {
    const before = known.current;
    const now = (known.current = { id, amIn, note: note?.count ?? 0, ended: before?.ended ?? false });
    if (!before) {
      if (id !== null) tell("already");
      return;
    }
    const endedByItself = note?.kind === "recording_ended" && note.count !== before.note;
    if (endedByItself) {
      now.ended = true;
      tell(note.because === "full" ? "full" : "failed");
    }
    if (id !== before.id) {
      // Why it stopped has been told already.
      if (id !== null) tell("started");
      else if (!now.ended) tell("stopped");
      now.ended = endedByItself && id !== null;
    } else if (id !== null && amIn !== before.amIn) tell(amIn ? "in" : "out");
    // Told once for each change, not for a new `tell`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, amIn, note]);
}

/** When what has the focus goes away, the focus goes to the word in the header, else to the stage. */
export function useFocusHome<T extends HTMLElement>() {
  const part = useRef<T>(null);
  useLayoutEffect(() => {
    const element = part.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      queueMicrotask(() => {
        const home = document.querySelector<HTMLElement>(".lr-recording") ?? document.getElementById("main");
        home?.focus({ preventScroll: true });
      });
    };
  }, []);
  return part;
}
