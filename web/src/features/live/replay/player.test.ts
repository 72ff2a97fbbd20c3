// The player leads its files: to their place, back when they drift, and it waits for them.
import { expect, test } from "vitest";
import { vi, afterEach, beforeEach } from "vitest";

import { type Media, Player } from "./player";

function media(): Media {
  const element: Media = {
    currentTime: 0,
    playbackRate: 1,
    readyState: 4,
    paused: true,
    seeking: false,
    muted: false,
    volume: 1,
    error: null,
    play: () => {
      (element as { paused: boolean }).paused = false;
      return Promise.resolve();
    },
    pause: () => {
      (element as { paused: boolean }).paused = true;
    },
  };
  return element;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PIECES = [
  { id: "voice", starts: 0, ms: 60_000 },
  { id: "late", starts: 20_000, ms: 10_000 },
];

function playing(): { player: Player; voice: Media; late: Media } {
  const player = new Player(PIECES, 60_000, () => Date.now());
  const [voice, late] = [media(), media()];
  player.attach("voice", voice);
  player.attach("late", late);
  return { player, voice, late };
}

test("the clock goes on at its speed and ends with the recording", () => {
  const { player, voice } = playing();
  player.setRate(2);
  player.play();
  expect(voice.paused).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(player.snapshot().at).toBe(20_000);
  vi.advanceTimersByTime(20_000);
  expect(player.snapshot()).toMatchObject({ at: 60_000, playing: false });
  expect(voice.paused).toBe(true);
  player.play();
  expect(player.snapshot().at).toBe(0);
});

test("a file plays in its own time alone, and from the right place after a jump", () => {
  const { player, voice, late } = playing();
  player.play();
  expect(late.paused).toBe(true);
  player.seek(25_000);
  expect([voice.currentTime, late.currentTime, late.paused]).toEqual([25, 5, false]);
  player.seek(40_000);
  expect(late.paused).toBe(true);
  player.seek(-5);
  expect([player.snapshot().at, late.currentTime]).toEqual([0, 0]);
});

test("what drifts is led back gently, what is far off is sought", () => {
  const { player, voice } = playing();
  player.play();
  voice.currentTime = 0.2;
  vi.advanceTimersByTime(100);
  expect(voice.playbackRate).toBeLessThan(1);
  voice.currentTime = 0;
  vi.advanceTimersByTime(100);
  expect(voice.playbackRate).toBeGreaterThan(1);
  voice.currentTime = 9;
  vi.advanceTimersByTime(100);
  expect(voice.currentTime).toBeCloseTo(0.3);
});

test("the clock waits for a file that has nothing yet, though not for ever", () => {
  const { player, voice, late } = playing();
  player.seek(21_000);
  player.play();
  (late as { readyState: number }).readyState = 1;
  vi.advanceTimersByTime(2_000);
  expect(player.snapshot()).toMatchObject({ at: 21_000, waiting: true });
  expect(voice.paused).toBe(true);
  (late as { readyState: number }).readyState = 4;
  vi.advanceTimersByTime(1_000);
  expect(player.snapshot()).toMatchObject({ waiting: false });
  expect(player.snapshot().at).toBeGreaterThan(21_500);
  (late as { readyState: number }).readyState = 0;
  vi.advanceTimersByTime(12_000);
  expect(player.snapshot().at).toBeGreaterThan(23_000);
});

test("files are made ready before they begin, and their sound is everybody's", () => {
  expect(Player.near(PIECES, 0).map((piece) => piece.id)).toEqual(["voice"]);
  expect(Player.near(PIECES, 6_000).map((piece) => piece.id)).toEqual(["voice", "late"]);
  expect(Player.near(PIECES, 30_000).map((piece) => piece.id)).toEqual(["voice"]);
  const { player, voice } = playing();
  player.setVolume(0.4, true);
  const later = media();
  player.attach("late", later);
  expect([voice.volume, later.volume, later.muted]).toEqual([0.4, 0.4, true]);
});

test("a file that cannot be played is left out at once, and the others go on without it", () => {
  const { player, voice, late } = playing();
  player.seek(21_000);
  player.play();
  Object.assign(late, { readyState: 0, error: { code: 4 } });
  player.leaveOut("late");
  vi.advanceTimersByTime(2_000);
  expect(player.snapshot()).toMatchObject({ at: 23_000, waiting: false, broken: ["late"] });
  expect(voice.paused).toBe(false);
  player.leaveOut("late");
  expect(player.snapshot().broken).toEqual(["late"]);
  player.tryAgain();
  expect(player.snapshot().broken).toEqual([]);
});

test("one that was broken before it was asked to play holds nothing up either", () => {
  const { player, late } = playing();
  Object.assign(late, { readyState: 0, error: { code: 2 } });
  player.attach("late", late);
  player.seek(21_000);
  player.play();
  vi.advanceTimersByTime(1_000);
  expect(player.snapshot()).toMatchObject({ at: 22_000, waiting: false, broken: ["late"] });
});

test("a file that does not play at the beginning does not stop the others; a browser that wants a press first does", async () => {
  const { player, voice } = playing();
  voice.play = () => Promise.reject(new DOMException("no", "NotSupportedError"));
  player.play();
  await vi.advanceTimersByTimeAsync(0);
  expect(player.snapshot().playing).toBe(true);
  player.pause();
  player.seek(0);
  voice.play = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  player.play();
  await vi.advanceTimersByTimeAsync(0);
  expect(player.snapshot().playing).toBe(false);
});
