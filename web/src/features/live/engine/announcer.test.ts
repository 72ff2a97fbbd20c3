import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Announcer, type Spoken } from "./announcer";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen() {
  const heard: Spoken[] = [];
  return { heard, announcer: new Announcer((spoken) => heard.push(spoken)) };
}

describe("the live regions", () => {
  it("say urgent words at once", () => {
    const { heard, announcer } = listen();
    announcer.assertive("The connection dropped.");
    expect(heard.at(-1)?.assertive).toBe("The connection dropped.");
  });

  it("gather polite words into one message", () => {
    const { heard, announcer } = listen();
    announcer.polite("Ben shares a screen.");
    announcer.polite("Five minutes left.");
    expect(heard).toHaveLength(0);
    vi.advanceTimersByTime(1000);
    expect(heard.map((spoken) => spoken.polite)).toEqual(["Ben shares a screen. Five minutes left."]);
  });

  it("leave five seconds between polite messages", () => {
    const { heard, announcer } = listen();
    announcer.polite("One.");
    vi.advanceTimersByTime(1000);
    announcer.polite("Two.");
    announcer.polite("Three.");
    vi.advanceTimersByTime(4900);
    expect(heard).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(heard.at(-1)?.polite).toBe("Two. Three.");
  });

  it("do not say the same thing twice in one message, but again when it happens again", () => {
    const { heard, announcer } = listen();
    announcer.polite("Ben shares a screen.");
    announcer.polite("Ben shares a screen.");
    vi.advanceTimersByTime(1000);
    expect(heard.at(-1)?.polite).toBe("Ben shares a screen.");
    announcer.assertive("You are back.");
    const first = heard.at(-1)?.assertive;
    announcer.assertive("You are back.");
    expect(heard.at(-1)?.assertive).not.toBe(first);
    expect(heard.at(-1)?.assertive.trim()).toBe("You are back.");
  });

  it("fall silent when the room is left", () => {
    const { heard, announcer } = listen();
    announcer.polite("Five minutes left.");
    announcer.stop();
    vi.advanceTimersByTime(10_000);
    expect(heard).toHaveLength(0);
  });
});
