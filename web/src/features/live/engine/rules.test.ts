import { describe, expect, it } from "vitest";
import { openPage, person } from "./fakes";
import { withPerson } from "./people";
import { mayUse } from "./rules";
import { createRoomStore, emptyDesk, type RoomState } from "./state";

const me = person("me");
const you = {
  seat_id: "me",
  user_id: me.user_id,
  name: "me",
  role: "participant" as const,
  host: false,
  waiting: false,
  breakout_id: null,
  consent: null,
};
const shut: RoomState["desk"] = { ...emptyDesk, rules: { ...emptyDesk.rules, speak: false, share: false } };

describe("what the rules let one do", () => {
  it("binds participants, by the rule of each source", () => {
    expect(mayUse({ you, desk: emptyDesk }, "microphone")).toBe(true);
    expect(mayUse({ you, desk: shut }, "microphone")).toBe(false);
    expect(mayUse({ you, desk: shut }, "camera")).toBe(true);
    expect(mayUse({ you, desk: shut }, "screen")).toBe(false);
  });

  it("does not bind who leads, nor whom the hosts allow it", () => {
    expect(mayUse({ you: { ...you, host: true }, desk: shut }, "microphone")).toBe(true);
    const allowed = [{ user_id: me.user_id, speak: true, show: false, share: false, draw: false }];
    expect(mayUse({ you, desk: { ...shut, allowed } }, "microphone")).toBe(true);
    expect(mayUse({ you, desk: { ...shut, allowed } }, "screen")).toBe(false);
  });

  it("switches nothing on that is kept shut, and says why", async () => {
    const { engine } = openPage();
    const { microphone } = engine.store.getState();
    engine.store.setState({ phase: "live", you, desk: shut, microphone: { ...microphone, on: false } });
    await engine.setMicrophone(true);
    expect(engine.store.getState().microphone.on).toBe(false);
    expect(engine.store.getState().note).toEqual({ kind: "muted", source: "microphone", by: "", count: 1 });
    await engine.shareScreen();
    expect(engine.store.getState().screen.on).toBe(false);
    expect(engine.store.getState().note).toMatchObject({ kind: "muted", source: "screen", by: "" });
    engine.dispose();
  });
});

describe("hosting", () => {
  it("is mine as soon as it is shared with me, and no longer than that", () => {
    const state = { ...createRoomStore().getState(), you };
    const shared = withPerson(state, { ...me, host: true });
    expect(shared.you?.host).toBe(true);
    const back = withPerson({ ...state, ...shared }, { ...me, host: false });
    expect(back.you?.host).toBe(false);
    expect(withPerson(state, person("other", { host: true })).you).toBeUndefined();
  });
});
