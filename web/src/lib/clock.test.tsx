// The server's clock, found from its answers.
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { noteServerTime, serverTime, useNow } from "./clock";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const isAbout = (time: number) => Math.abs(serverTime() - time) < 1_000;
const saidAt = (at: number) => new Date(at).toUTCString();

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  noteServerTime(saidAt(Date.now()), Date.now());
  cleanup();
  vi.useRealTimers();
});

test("a browser whose clock is wrong takes the server's", () => {
  noteServerTime(saidAt(NOON + 7 * 60_000), NOON);
  expect(isAbout(NOON + 7 * 60_000)).toBe(true);
});

test("a difference of a second is none, since an answer names its second only", () => {
  const before = serverTime();
  noteServerTime(saidAt(NOON - 1_000), NOON);
  expect(serverTime()).toBe(before);
});

test("an answer that took long, or has no time, changes nothing", () => {
  noteServerTime(saidAt(NOON + 3_600_000), NOON - 20_000);
  noteServerTime(null, NOON);
  noteServerTime("yesterday", NOON);
  expect(isAbout(NOON)).toBe(true);
});

function Clock() {
  return new Date(useNow()).toISOString().slice(11, 19);
}

test("a page that shows the time goes on, and is right at once when the difference is found", () => {
  render(<Clock />);
  act(() => void vi.advanceTimersByTime(10_000));
  expect(screen.getByText("12:00:10")).toBeDefined();
  act(() => noteServerTime(saidAt(Date.now() - 60_000), Date.now()));
  expect(screen.getByText("11:59:10")).toBeDefined();
});
