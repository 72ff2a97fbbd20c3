// The page of one session's room: which of its states is on the screen, and the engine behind all of them.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useState } from "react";

import type { Session } from "../../contract/types";
import { api, Refused } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { Early } from "./components/early";
import { Lobby } from "./components/lobby";
import { Room } from "./components/room";
import { Wait } from "./components/wait";
import { WaitingRoom } from "./components/waiting-room";
import { WayOut } from "./components/way-out";
import { browserDoors, JOIN_WITHIN } from "./doors";
import type { Seat } from "./engine/protocol";
import { RoomEngine } from "./engine/room-engine";
import { isInside } from "./engine/state";
import { useDayItem } from "./hooks/use-day-item";
import { useOpening } from "./hooks/use-opening";
import { EngineContext, useRoom } from "./hooks/use-room";

interface PageProps extends Entry {
  sessionId: string;
}

interface Entry {
  /** The device check comes first in any case. */
  check?: boolean;
  onInside?: () => void;
}

export function RoomPage({ sessionId, ...entry }: PageProps) {
  const session = useQuery({
    queryKey: ["sessions", sessionId],
    queryFn: () => api<Session>("GET", `/sessions/${sessionId}`),
    // What was true a moment ago may have begun or ended since.
    staleTime: 0,
  });
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  if (session.error && !session.data) {
    const problem = session.error instanceof Refused ? session.error.problem : null;
    return (
      <Closed>
        <WayOut
          phase="failed"
          problem={problem}
          session={null}
          minutes={null}
          onComeBack={() => void session.refetch()}
        />
      </Closed>
    );
  }
  if (!session.data || !session.isFetchedAfterMount) return <Wait />;
  return <Opening key={attempt} session={session.data} onComeBack={again} {...entry} />;
}

/** Nothing is known of the session, not even its name. */
function Closed({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  usePageTitle(t`You cannot go in right now`);
  return children;
}

interface Props extends Entry {
  session: Session;
  onComeBack: () => void;
  /** How a seat is taken; with the account unless said otherwise. */
  join?: () => Promise<Seat>;
}

/** Before the room opens there is only the time when it will. */
export function Opening(props: Props) {
  const open = useOpening(props.session);
  return open ? <Seated {...props} /> : <Early session={props.session} />;
}

function Seated(props: Props) {
  const engine = useNewEngine(props);
  if (!engine) return <Wait />;
  return (
    <EngineContext value={engine}>
      <Screen {...props} />
    </EngineContext>
  );
}

function Screen({ session, onComeBack, onInside, join }: Props) {
  const { t } = useLingui();
  const phase = useRoom((state) => state.phase);
  const problem = useRoom((state) => state.problem);
  const heard = useRoom((state) => state.session);
  const isStaff = useRoom((state) => state.you?.role === "staff");
  const day = useDayItem(session, phase);
  usePageTitle(t`Room: ${session.title}`, heard?.program.title);
  const inside = isInside(phase);
  useEffect(() => void (inside && onInside?.()), [inside, onInside]);
  if (inside) {
    return (
      <Room
        lead={session.lead?.name ?? null}
        endForEveryone={() => api("POST", `/sessions/${session.id}/end`)}
      />
    );
  }
  if (phase === "joining" || phase === "connecting") return <Wait />;
  if (phase === "waiting") return <WaitingRoom title={session.title} lead={session.lead?.name ?? null} />;
  if (phase === "lobby") {
    return (
      <Lobby
        session={{
          id: join ? null : session.id,
          title: session.title,
          startsAt: session.starts_at,
          endsAt: session.ends_at,
          lead: session.lead?.name ?? null,
          program: day?.program.title ?? heard?.program.title ?? null,
          summary: session.summary,
          plan: session.plan,
          inRoom: day?.in_room ?? null,
          live: (heard?.state ?? session.state) === "live",
        }}
        goLive={isStaff ? () => api("POST", `/sessions/${session.id}/start`) : null}
      />
    );
  }
  return (
    <WayOut
      phase={phase}
      problem={problem}
      session={session}
      isStaff={isStaff || day?.role === "staff"}
      minutes={day?.my_seconds == null ? null : Math.round(day.my_seconds / 60)}
      onComeBack={onComeBack}
    />
  );
}

/** One engine per visit; put away without a word when the page goes, so that a reload finds its seat again. */
function useNewEngine({ session: { id, state }, check = false, join }: Props): RoomEngine | null {
  const [engine, setEngine] = useState<RoomEngine | null>(null);
  // A later change of the state is heard by the engine itself.
  const [first] = useState({ state, check, join });
  useEffect(() => {
    const withAccount = () =>
      api<Seat>("POST", `/sessions/${id}/join`, {
        body: {},
        signal: AbortSignal.timeout(JOIN_WITHIN),
      });
    const made = new RoomEngine(browserDoors(id, first.join ?? withAccount));
    // The engine is the outside system this effect connects to; a second mount must get a new one.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setEngine(made);
    void made.begin(first.state, first.check);
    return () => made.dispose();
  }, [id, first]);
  return engine;
}
