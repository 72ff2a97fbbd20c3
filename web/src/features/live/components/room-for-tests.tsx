// A room on the screen for tests: people in it, and a page that lays nothing out by itself.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";

import { useDevice } from "../device";
import { openPage, person } from "../engine/fakes";
import type { RoomState } from "../engine/state";
import { EngineContext } from "../hooks/use-room";
import { Room } from "./room";

/** A page whose tiles stand in rows of three, since jsdom lays nothing out. */
export function layOut(width = 1280, height = 800) {
  localStorage.clear();
  useDevice.setState(useDevice.getInitialState(), true);
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    const tiles = [...document.querySelectorAll(".lr-tile-press")];
    const at = tiles.indexOf(this);
    return at === -1
      ? new DOMRect(0, 0, width, height)
      : new DOMRect((at % 3) * 100, Math.floor(at / 3) * 100, 90, 90);
  });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
}

export const PEOPLE = ["ada", "ben", "cem", "dai", "eva", "fay"].map((seat) =>
  person(seat, {
    name: `${seat[0]?.toUpperCase()}${seat.slice(1)} Hill`,
    role: seat === "ada" ? "staff" : "participant",
  }),
);

/** `more` is what stands already when one comes in. */
export function enter(as = "fay", more: Partial<RoomState> = {}) {
  const { engine } = openPage();
  const me = PEOPLE.find((one) => one.seat_id === as) ?? person(as);
  const base = { track: null, deviceId: null, problem: null, busy: false };
  engine.store.setState({
    phase: "live",
    session: {
      id: "s",
      title: "Gentle movement",
      state: "live",
      starts_at: new Date(Date.now() - 600_000).toISOString(),
      ends_at: new Date(Date.now() + 1_990_000).toISOString(),
      started_at: null,
      program: { id: "p", title: "Weekday Together" },
    },
    you: {
      seat_id: as,
      user_id: me.user_id,
      name: me.name,
      role: me.role,
      host: me.role === "staff",
      waiting: false,
      breakout_id: null,
      consent: null,
    },
    people: Object.fromEntries(PEOPLE.map((one) => [one.seat_id, one])),
    microphone: { ...base, on: false },
    camera: { ...base, on: false },
    ...more,
  });
  const end = vi.fn(() => Promise.resolve());
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient()}>
        <EngineContext value={engine}>
          <Room lead="Ada Hill" endForEveryone={end} />
        </EngineContext>
      </QueryClientProvider>
    </I18nProvider>,
  );
  return { engine, end, user: userEvent.setup() };
}

export const tiles = () =>
  within(screen.getByRole("list", { name: "People in the room" })).getAllByRole("button");
