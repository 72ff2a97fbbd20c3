// The page of one session's room: which of its states is on the screen, and the engine behind all of them.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";

import type { Session } from "../../contract/types";
import { api, Refused } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { Early } from "./components/early";
import { Lobby } from "./components/lobby";
import { Room } from "./components/room";
import { Wait } from "./components/wait";
import { WayOut } from "./components/way-out";
import { browserDoors, JOIN_WITHIN } from "./doors";
import type { Seat } from "./engine/protocol";
import { RoomEngine } from "./engine/room-engine";
import { isInside } from "./engine/state";
import { useDayItem } from "./hooks/use-day-item";
import { useOpening } from "./hooks/use-opening";
import { EngineContext, useRoom } from "./hooks/use-room";

export function RoomPage({ sessionId }: { sessionId: string }) {
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
      <WayOut
        phase="failed"
        problem={problem}
        session={null}
        minutes={null}
        onComeBack={() => void session.refetch()}
      />
    );
  }
  if (!session.data || !session.isFetchedAfterMount) return <Wait />;
  return <Opening key={attempt} session={session.data} onComeBack={again} />;
}

interface Props {
  session: Session;
  onComeBack: () => void;
}

/** Before the room opens there is only the time when it will. */
function Opening({ session, onComeBack }: Props) {
  const open = useOpening(session);
  return open ? <Seated session={session} onComeBack={onComeBack} /> : <Early session={session} />;
}

function Seated({ session, onComeBack }: Props) {
  const engine = useNewEngine(session);
  if (!engine) return <Wait />;
  return (
    <EngineContext value={engine}>
      <Screen session={session} onComeBack={onComeBack} />
    </EngineContext>
  );
}

function Screen({ session, onComeBack }: Props) {
  const { t } = useLingui();
  const phase = useRoom((state) => state.phase);
  const problem = useRoom((state) => state.problem);
  const heard = useRoom((state) => state.session);
  const isStaff = useRoom((state) => state.you?.role === "staff");
  const day = useDayItem(session, phase);
  usePageTitle(t`Room: ${session.title}`, heard?.program.title);
  if (isInside(phase)) {
    return (
      <Room
        lead={session.lead?.name ?? null}
        endForEveryone={() => api("POST", `/sessions/${session.id}/end`)}
      />
    );
  }
  if (phase === "joining" || phase === "connecting") return <Wait />;
  if (phase === "lobby") {
    return (
      <Lobby
        session={{
          title: session.title,
          startsAt: session.starts_at,
          endsAt: session.ends_at,
          lead: session.lead?.name ?? null,
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
function useNewEngine({ id, state }: Session): RoomEngine | null {
  const [engine, setEngine] = useState<RoomEngine | null>(null);
  // A later change of the state is heard by the engine itself.
  const [stateAtFirst] = useState(state);
  useEffect(() => {
    const join = () =>
      api<Seat>("POST", `/sessions/${id}/join`, {
        body: {},
        signal: AbortSignal.timeout(JOIN_WITHIN),
      });
    const made = new RoomEngine(browserDoors(id, join));
    // The engine is the outside system this effect connects to; a second mount must get a new one.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setEngine(made);
    void made.begin(stateAtFirst);
    return () => made.dispose();
  }, [id, stateAtFirst]);
  return engine;
}
