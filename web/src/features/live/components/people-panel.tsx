/** Who is here: who leads, then the others; microphone, camera and connection in icon and word; search in large rooms. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { AudioLines, Mic, MicOff, Search, Users, Video, VideoOff } from "lucide-react";
import { memo, useState } from "react";
import { standing } from "../engine/people";
import type { Person, SeatId } from "../engine/protocol";
import { useIsLeftOut } from "../hooks/use-recording";
import { useRoom } from "../hooks/use-room";
import { inOrder } from "../layout/cast";
import { Face } from "./face";
import { HandPlate, HandsCard, useHandWords } from "./leading/hands";
import { useWhere } from "./leading/breakout-names";
import { HostFoot } from "./hosting/host-foot";
import { useWaitingCount } from "./hosting/use-waiting-news";
import { WaitingList } from "./hosting/waiting-list";
import type { RoomTab, TabProps } from "./tabs";

const SEARCH_FROM = 13;

export function usePeopleTab(): RoomTab {
  const { t } = useLingui();
  const count = useRoom((state) => Object.keys(state.people).length);
  return {
    id: "people",
    label: t`People`,
    icon: <Users />,
    count,
    unread: useWaitingCount(),
    control: { rank: 5, shortcut: "people" },
    Panel: PeoplePanel,
  };
}

function PeoplePanel({ onOpenPerson: onOpen }: TabProps) {
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const [search, setSearch] = useState("");
  const order = inOrder({ people, you });
  const found = order.filter((person) => fold(person.name).includes(fold(search.trim())));
  const hosts = found.filter((person) => standing(person) < 2);
  const others = found.filter((person) => standing(person) === 2);
  const here = others.length;
  return (
    <>
      {order.length >= SEARCH_FROM && (
        <label className="lr-search">
          <span>
            <Trans>Find a person</Trans>
          </span>
          <span className="lr-search-box">
            <Search className="lr-icon" aria-hidden="true" />
            <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
          </span>
        </label>
      )}
      <div className="lr-panel-scroll">
        <HandsCard />
        <WaitingList />
        {hosts.length > 0 && (
          <section>
            <h3>
              <Plural value={hosts.length} one="Host" other="Hosts" />
            </h3>
            <PersonList people={hosts} you={you?.seat_id ?? null} onOpen={onOpen} />
          </section>
        )}
        {here > 0 && (
          <section>
            <h3>
              <Plural value={here} one="Participants, # here" other="Participants, # here" />
            </h3>
            <PersonList people={others} you={you?.seat_id ?? null} onOpen={onOpen} />
          </section>
        )}
        {found.length === 0 && (
          <p>
            <Trans>Nobody here has that name. Try fewer letters.</Trans>
          </p>
        )}
      </div>
      <HostFoot />
    </>
  );
}

function PersonList({
  people,
  you,
  onOpen,
}: {
  people: Person[];
  you: SeatId | null;
  onOpen: (seat: SeatId) => void;
}) {
  return (
    <ul>
      {people.map((person) => (
        <PersonRow key={person.seat_id} person={person} isYou={person.seat_id === you} onOpen={onOpen} />
      ))}
    </ul>
  );
}

const PersonRow = memo(function PersonRow({
  person,
  isYou,
  onOpen,
}: {
  person: Person;
  isYou: boolean;
  onOpen: (seat: SeatId) => void;
}) {
  const { t } = useLingui();
  const speaking = useRoom((state) => state.speaking.includes(person.seat_id)) && person.state.microphone;
  const hand = useHandWords(person);
  const Microphone = speaking ? AudioLines : person.state.microphone ? Mic : MicOff;
  const Camera = person.state.camera ? Video : VideoOff;
  const microphone = speaking ? t`speaking` : person.state.microphone ? t`microphone on` : t`muted`;
  const camera = person.state.camera ? t`camera on` : t`camera off`;
  return (
    <li>
      <button
        type="button"
        className="lr-person"
        aria-haspopup="dialog"
        data-seat={person.seat_id}
        data-speaking={speaking}
        onClick={() => onOpen(person.seat_id)}
      >
        <Face name={person.name} />
        <span className="lr-person-name">
          <b>{person.name}</b>
          <PersonLine person={person} isYou={isYou} speaking={speaking} />
        </span>
        <HandPlate person={person} />
        <span className="lr-person-icons">
          <Microphone className="lr-icon" aria-hidden="true" />
          <Camera className="lr-icon" aria-hidden="true" />
        </span>
        <span className="lr-sr">{[hand, microphone, camera].filter(Boolean).join(", ")}</span>
      </button>
    </li>
  );
});

function PersonLine({ person, isYou, speaking }: { person: Person; isYou: boolean; speaking: boolean }) {
  const { t } = useLingui();
  const where = useWhere(person);
  const leftOut = useIsLeftOut(person);
  const parts = [
    isYou ? t`You` : "",
    person.role === "staff" ? t`Instructor` : person.host ? t`Host` : "",
    person.guest ? t`Guest` : "",
    where,
    person.pronouns ?? "",
    speaking ? t`Speaking` : "",
    person.state.screen ? t`Sharing a screen` : "",
    leftOut ? t`Not recorded` : "",
    person.kind === "browser" ? "" : t`Joined with other equipment`,
    person.present ? (person.quality === "poor" ? t`Weak connection` : "") : t`Connection lost`,
  ].filter(Boolean);
  return parts.length > 0 ? <span>{parts.join(", ")}</span> : null;
}

/** Letters without case and accents, so that "Jose" finds "José". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
