import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { DayItem } from "../../../contract/types";
import { nextOf } from "../hooks/use-next-session";
import { NextSession } from "./next-session";

vi.mock("@tanstack/react-router", () => ({
  Link: ({
    params,
    className,
    children,
  }: {
    params: { id: string };
    className: string;
    children: React.ReactNode;
  }) => (
    <a href={`/sessions/${params.id}/room`} className={className}>
      {children}
    </a>
  ),
}));
afterEach(cleanup);

const NOW = Date.parse("2026-11-24T10:40:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

function item(id: string, from: number, state: DayItem["state"] = "later", to = from + 45): DayItem {
  return {
    state,
    can_join_at: at(from - 10),
    program: { title: "Weekday Together" },
    session: {
      id,
      title: `Session ${id}`,
      starts_at: at(from),
      ends_at: at(to),
      lead: { name: "Maya Osei" },
    },
  } as unknown as DayItem;
}

describe("what comes next", () => {
  it("is the first session that is still to come, other than the one just left", () => {
    const day = [
      item("a", -60, "over"),
      item("b", -45, "live"),
      item("c", 20, "cancelled"),
      item("e", 90),
      item("d", 12),
    ];
    expect(nextOf(day, "b", NOW)).toMatchObject({
      item: { session: { id: "d" } },
      canJoin: false,
      minutes: 12,
    });
    expect(nextOf(day, "b", NOW + 2 * 60_000)).toMatchObject({ canJoin: true, minutes: 10 });
    expect(nextOf(day, "d", NOW)).toMatchObject({ item: { session: { id: "b" } }, canJoin: true });
  });

  it("is nothing when the day is over, also when a session was never started", () => {
    expect(nextOf([item("b", -45, "live"), item("c", -60, "open", -15)], "b", NOW)).toBeNull();
  });
});

describe("the way to the next session", () => {
  const draw = (from: number, state: DayItem["state"] = "later") => {
    const next = nextOf([item("d", from, state)], "b", NOW);
    if (!next) throw new Error("nothing comes next");
    render(
      <I18nProvider i18n={i18n}>
        <NextSession next={next} />
      </I18nProvider>,
    );
  };

  it("counts down and says from when one can join", () => {
    draw(12);
    expect(screen.getByRole("region", { name: "Next: Session d" }).textContent).toContain("In 12 minutes");
    const button = screen.getByRole("button", { name: /^You can join from/ });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("is one sun-coloured button once the door is open", () => {
    draw(6);
    expect(screen.getByText("In 6 minutes")).toBeDefined();
    const link = screen.getByRole("link", { name: "Join Session d" });
    expect(link.getAttribute("href")).toBe("/sessions/d/room");
    expect(link.className).toContain("lb-go");
  });

  it("says that it is on", () => {
    draw(-5, "live");
    expect(screen.getByText("On now")).toBeDefined();
  });

  it("counts hours when it is far", () => {
    draw(135);
    expect(screen.getByText("In 2 h 15 min")).toBeDefined();
  });
});
