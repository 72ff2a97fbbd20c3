/** Where the others are on the board. Their pages say the place alone; name and colour come from the room. */
import { useEffect, useState } from "react";
import { useRoom } from "../hooks/use-room";
import type { SharedDocument } from "../engine/shared-document";
import type { Drawing } from "./kinds";
import { useDocumentState } from "./use-shared";

interface Place {
  x: number;
  y: number;
}

/** What a page of somebody else says is not believed before it is a place. */
export function placeOf(said: string): Place | null {
  try {
    const { x, y } = JSON.parse(said) as Partial<Place>;
    const sound = [x, y].every((one) => typeof one === "number" && Math.abs(one) < 1e6);
    return sound ? ({ x, y } as Place) : null;
  } catch {
    return null;
  }
}

const TONES = 6;
/** The same colour for a person on every page. */
export function toneOf(seat: string): number {
  let sum = 0;
  for (const letter of seat) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return sum % TONES;
}

export function Cursors({ shared, drawing }: { shared: SharedDocument; drawing: Drawing }) {
  const pointers = useDocumentState(shared, (state) => state.pointers);
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you?.seat_id);
  const view = useScroll(drawing);
  return (
    <div className="bd-cursors" aria-hidden="true">
      {Object.entries(pointers).map(([seat, said]) => {
        const person = people[seat];
        const place = placeOf(said);
        if (!person || !place || seat === you) return null;
        const x = (place.x + view.x) * view.zoom;
        const y = (place.y + view.y) * view.zoom;
        return (
          <div
            key={seat}
            className="bd-cursor"
            data-tone={toneOf(seat)}
            style={{ transform: `translate(${x}px, ${y}px)` }}
          >
            <svg viewBox="0 0 24 24" width="24" height="24">
              <path d="M3 2l19 8-8.5 2.8L9.5 22z" fill="currentColor" />
            </svg>
            <span>{person.name.split(/\s+/)[0]}</span>
          </div>
        );
      })}
    </div>
  );
}

function useScroll(drawing: Drawing) {
  const [view, setView] = useState(() => {
    const { scrollX, scrollY, zoom } = drawing.getAppState();
    return { x: scrollX, y: scrollY, zoom: zoom.value };
  });
  useEffect(() => drawing.onScrollChange((x, y, zoom) => setView({ x, y, zoom: zoom.value })), [drawing]);
  return view;
}
