// What the server tells while a page is open: durable pushes with numbers, and who is in a room now. Both only make what we
// hold fresh again; the API stays the one source of truth.
import type { QueryClient } from "@tanstack/react-query";

import type { components } from "../contract/sockets";
import type { Day } from "../contract/types";
import { accessToken, onSignIn, refresh } from "./api";

type Words = components["schemas"];
export type Push = Words["Push"];
type Presence = Omit<Words["PresenceNotice"], "program_id">;
type Resumed = Words["Resumed"];

const SCHEDULE = ["day", "overview", "timetable", "sessions", "program-sessions"];
const PLACES = ["programs", "program", "enrollments", "day"];

/** All that notices are about. */
const SHOWN = [...new Set([...SCHEDULE, ...PLACES, "attendances"])];

/** The queries that an event makes stale. */
export function staleAfter(event: string): string[] {
  if (event.startsWith("session_")) return SCHEDULE;
  if (event === "enrollment_changed") return PLACES;
  return [];
}

/** Writes who is there now into every list of sessions that we hold. */
export function withPresence(day: Day, { session_id, in_room, waiting }: Presence): Day {
  if (!day.items?.some(({ session }) => session.id === session_id)) return day;
  const items = day.items.map((item) => {
    if (item.session.id !== session_id) return item;
    return { ...item, in_room, waiting: item.role === "staff" ? waiting : 0 };
  });
  return { ...day, items };
}

/** Listens until the returned function is called. */
export function listen(queries: QueryClient): () => void {
  const since: Record<string, number> = {};
  let stop = () => {};
  let stopped = false;

  const refreshAll = (keys: string[]) =>
    keys.forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
  const hear = (push: Push) => {
    if (push.seq <= (since[push.channel] ?? 0)) return;
    since[push.channel] = push.seq;
    refreshAll(staleAfter(push.event));
  };

  // What was told between the answer that is shown and this moment was told to nobody here. From now on we hear it. An answer
  // that is still on its way may be older too.
  const askAnew = async () => {
    await Promise.all(SHOWN.map((key) => queries.cancelQueries({ queryKey: [key] })));
    if (!stopped) refreshAll(SHOWN);
  };

  const begin = async () => {
    const { io } = await import("socket.io-client");
    if (stopped) return;
    const auth = (give: (auth: object) => void) =>
      void accessToken()
        .catch(() => null)
        .then((token) => give({ token }));
    const socket = io("/", { auth });
    socket.on("push", hear);
    socket.on("presence", (presence: Presence) => {
      for (const key of ["day", "overview", "timetable"])
        queries.setQueriesData<Day>({ queryKey: [key] }, (day) => day && withPresence(day, presence));
    });
    socket.on("attendance", ({ session_id }: Words["AttendanceNotice"]) => {
      void queries.invalidateQueries({ queryKey: ["attendances", session_id] });
    });
    socket.on("connect", () => {
      void (socket.emitWithAck("resume", { since }) as Promise<Resumed>)
        .then(
          ({ missed, heads }) => {
            missed?.forEach(hear);
            Object.assign(since, heads);
          },
          () => undefined,
        )
        .then(askAnew);
    });
    socket.on("connect_error", (error) => {
      // A refusal of the server is final for the socket; only a new token helps.
      if (!socket.active && error.message === "token-expired")
        void refresh().then(
          (answer) => answer && socket.connect(),
          () => undefined,
        );
    });
    socket.on("disconnect", (reason) => {
      // The server ended it: the token ran out, or the account changed. Only we can come back, with a token that is good.
      if (reason === "io server disconnect")
        void accessToken().then(
          (token) => token && !stopped && socket.connect(),
          () => undefined,
        );
    });
    // A token that was renewed meanwhile keeps the line open.
    const deaf = onSignIn((answer) => {
      if (answer && socket.connected) socket.emit("token", { token: answer.access_token });
    });
    stop = () => {
      deaf();
      socket.disconnect();
    };
  };

  void begin();
  return () => {
    stopped = true;
    stop();
  };
}
