import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Me } from "../../../contract/types";
import { useAccount } from "../../../lib/account";
import { serve } from "../../../lib/test-page";
import { useDevice } from "../device";
import { openPage } from "../engine/fakes";
import { emptyDesk } from "../engine/state";
import { EngineContext } from "../hooks/use-room";
import { Lobby } from "./lobby";

vi.mock("./porch", () => ({ Porch: ({ children }: { children: React.ReactNode }) => children }));
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
  localStorage.clear();
  useDevice.setState(useDevice.getInitialState(), true);
  vi.stubGlobal(
    "MediaStream",
    class {
      id = "own";
    },
  );
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function come() {
  const page = openPage();
  await page.engine.begin("live");
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={new QueryClient()}>
        <EngineContext value={page.engine}>
          <Lobby
            session={{
              id: "s",
              title: "Gentle movement",
              startsAt: new Date(Date.now() - 600_000).toISOString(),
              endsAt: new Date(Date.now() + 1_990_000).toISOString(),
              lead: "Ada Hill",
              program: "Weekday Together",
              plan: [],
              summary: "Breathe, then arms and shoulders.",
              inRoom: 3,
              live: true,
            }}
            goLive={null}
          />
        </EngineContext>
      </QueryClientProvider>
    </I18nProvider>,
  );
  return { ...page, user: userEvent.setup() };
}

describe("the device check", () => {
  it("says what is about to happen, and how the person will come in", async () => {
    const { user } = await come();
    expect(screen.getByText("Breathe, then arms and shoulders.")).toBeDefined();
    expect(screen.getByText(/Weekday Together\. With Ada Hill\./)).toBeDefined();
    expect(screen.getByText("The others will see and hear you.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Mute" }));
    expect(screen.getByText("The others will see you. You are muted.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Stop video" }));
    expect(screen.getByText("You will watch and listen. The others see your name.")).toBeDefined();
  });

  it("lets a person come with sound only or save data, by keyboard, and says what that means", async () => {
    const { user, choices, state } = await come();
    const how = within(screen.getByRole("group", { name: "How to join" }));
    how.getByRole("radio", { name: "Picture and sound" }).focus();
    await user.click(how.getByRole("radio", { name: "Sound only" }));
    expect(how.getByText("You hear everybody and can speak. No pictures are sent or shown.")).toBeDefined();
    await waitFor(() => expect(state().camera.track).toBeNull());
    expect(choices.kept.thrift).toBe("sound");
    expect(screen.getByText("The others will hear you, and see your name.")).toBeDefined();
  });

  it("says before the door what the hosts keep shut", async () => {
    const { engine } = await come();
    expect(screen.queryByText(/switched microphones off/)).toBeNull();
    const you = { user_id: "bob", name: "Bob", role: "participant" as const, host: false, waiting: false };
    const rules = { ...emptyDesk.rules, speak: false };
    act(() =>
      engine.store.setState({
        you: { ...you, seat_id: "seat1", breakout_id: null, consent: null },
        desk: { ...emptyDesk, rules },
      }),
    );
    expect(
      screen.getByText("The hosts have switched microphones off for now. Raise your hand to speak."),
    ).toBeDefined();
    expect(screen.getByText("The others will see you. You are muted.")).toBeDefined();
    act(() => engine.store.setState({ desk: { ...emptyDesk, rules: { ...rules, show: false } } }));
    expect(screen.getByText("The hosts have switched cameras off for now.")).toBeDefined();
    expect(screen.getByText("You will watch and listen. The others see your name.")).toBeDefined();
  });

  it("asks before the door whether one may be recorded, and keeps nobody from joining", async () => {
    useAccount.setState({ me: { time_zone: "Europe/London" } as Me });
    serve(() => ({ kept_days: 30, answer: null }));
    const { engine, user } = await come();
    const enters = vi.spyOn(engine, "enter").mockResolvedValue();
    const question = await screen.findByRole("region", { name: "Recording" });
    const join = screen.getByRole("button", { name: "Join now" });
    expect(question.compareDocumentPosition(join) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
    await user.click(join);
    expect(enters).toHaveBeenCalledOnce();
    useAccount.setState({ me: undefined });
  });

  it("is left out the next time when the person wants so", async () => {
    const { user } = await come();
    await user.click(screen.getByRole("checkbox", { name: "Next time, go straight in on this device" }));
    expect(useDevice.getState().straightIn).toBe(true);
    expect(localStorage.getItem("vdp-room")).toContain('"straightIn":true');
  });
});
