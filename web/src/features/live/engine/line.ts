/**
 * The signalling line: one socket at a time, brought back for as long as somebody wants it.
 *
 * Each attempt is a new socket, so nothing of a dead one can leak into the next. The line knows nothing of rooms;
 * it asks for the token anew each time, because the seat may have changed meanwhile.
 */
import type { Problem } from "../../../contract/types";
import { Refused } from "../../../lib/api";
import type { ClientEvents, ServerEvents } from "./protocol";

/** The part of a Socket.IO socket we use; tests bring their own. */
export interface RawSocket {
  readonly connected: boolean;
  connect(): unknown;
  disconnect(): unknown;
  // The payloads are given their types by the line, once, instead of by each caller.
  on(event: string, hear: (payload: never) => void): unknown;
  emit(event: string, payload: unknown, ack: (answer: unknown) => void): unknown;
}

export type OpenSocket = (token: string) => Promise<RawSocket>;

export class LineLost extends Error {
  override name = "LineLost";
}

export interface LineHandlers {
  token(): string | null;
  up(): void;
  down(): void;
  /** The server refused the handshake with this word. The line stays down until `start` is called again. */
  refused(word: string): void;
  event<E extends keyof ServerEvents>(name: E, payload: ServerEvents[E]): void;
}

const REFUSALS = new Set([
  "seat-gone",
  "session-over",
  "removed",
  "replaced",
  "sent-out",
  "turned-away",
  "token-invalid",
  "token-expired",
]);
/** All of them: one that is left out would never be heard. */
const HEARD: Record<keyof ServerEvents, true> = {
  room: true,
  person: true,
  gone: true,
  offer: true,
  slots: true,
  speaking: true,
  quality: true,
  muted: true,
  removed: true,
  replaced: true,
  closed: true,
  started: true,
  ended: true,
  draining: true,
  desk: true,
  chat: true,
  reactions: true,
  poll: true,
  poll_gone: true,
  question: true,
  question_gone: true,
  waiting: true,
  recording_ended: true,
  let_in: true,
  word: true,
  share_asked: true,
  share_kept: true,
  moved: true,
  captions: true,
  captioning: true,
  documents: true,
  written: true,
  pointing: true,
};
const EVENTS = Object.keys(HEARD) as (keyof ServerEvents)[];
const FIRST_WAIT = 300;
const LONGEST_WAIT = 2000;
const HANDSHAKE = 6000;
export const ANSWER_WITHIN = 6000;

/** How long to wait before attempt `n` (from 0): 0.3 s growing to 2 s, up to a fifth less at random. */
export function waitBefore(attempt: number, random = Math.random): number {
  const grown = Math.min(LONGEST_WAIT, FIRST_WAIT * 1.6 ** attempt);
  return Math.round(grown * (1 - random() / 5));
}

export class Line {
  #socket: RawSocket | null = null;
  #wanted = false;
  #attempt = 0;
  #wasUp = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rises with every new socket; whoever holds an older number speaks for a dead one. */
  #generation = 0;
  #pending = new Set<(reason: LineLost) => void>();

  constructor(
    private readonly open: OpenSocket,
    private readonly handlers: LineHandlers,
  ) {}

  get up(): boolean {
    return this.#socket?.connected ?? false;
  }

  start(): void {
    this.#wanted = true;
    this.#attempt = 0;
    this.#tryNow();
  }

  stop(): void {
    this.#wanted = false;
    this.#dropSocket();
  }

  /** The network may be back: do not wait for the timer. */
  nudge(): void {
    if (!this.#wanted || this.up) return;
    this.#attempt = 0;
    this.#tryNow();
  }

  /** The line looks dead although nobody said so: begin anew. */
  giveUpOnSocket(): void {
    if (!this.#wanted || !this.#socket) return;
    this.#lost();
  }

  ask<E extends keyof ClientEvents>(
    event: E,
    payload: ClientEvents[E]["ask"],
    within = ANSWER_WITHIN,
  ): Promise<ClientEvents[E]["answer"]> {
    const socket = this.#socket;
    if (!socket?.connected) return Promise.reject(new LineLost(event));
    return new Promise((resolve, reject) => {
      const fail = (reason: Error) => {
        clearTimeout(timer);
        this.#pending.delete(fail);
        reject(reason);
      };
      const timer = setTimeout(() => fail(new LineLost(`${event} was not answered`)), within);
      this.#pending.add(fail);
      socket.emit(event, payload, (answer) => {
        const problem = problemIn(answer);
        if (problem) return fail(new Refused(problem));
        clearTimeout(timer);
        this.#pending.delete(fail);
        resolve(answer as ClientEvents[E]["answer"]);
      });
    });
  }

  #tryNow(): void {
    this.#dropSocket();
    const generation = this.#generation;
    const token = this.handlers.token();
    if (!token) return;
    const still = () => this.#wanted && generation === this.#generation;
    // A handshake that hangs (a network that swallows packets) must not hold up the next attempt.
    this.#timer = setTimeout(() => still() && this.#lost(), HANDSHAKE);
    this.open(token).then(
      (socket) => (still() ? this.#adopt(socket, still) : socket.disconnect()),
      () => still() && this.#lost(),
    );
  }

  #adopt(socket: RawSocket, still: () => boolean): void {
    this.#socket = socket;
    socket.on("connect", () => {
      if (!still()) return;
      clearTimeout(this.#timer);
      this.#attempt = 0;
      this.#wasUp = true;
      this.handlers.up();
    });
    socket.on("disconnect", () => still() && this.#lost());
    socket.on("connect_error", (error: Error) => still() && this.#connectError(error.message));
    for (const name of EVENTS) {
      socket.on(name, (payload) => still() && this.handlers.event(name, payload));
    }
    socket.connect();
  }

  #connectError(word: string): void {
    if (!REFUSALS.has(word)) return this.#lost();
    this.stop();
    this.handlers.refused(word);
  }

  #lost(): void {
    const wasUp = this.#dropSocket();
    this.#timer = setTimeout(() => this.#tryNow(), waitBefore(this.#attempt++));
    if (wasUp) this.handlers.down();
  }

  /** True when the socket had been up. */
  #dropSocket(): boolean {
    clearTimeout(this.#timer);
    this.#generation += 1;
    const socket = this.#socket;
    const wasUp = this.#wasUp;
    this.#wasUp = false;
    this.#socket = null;
    socket?.disconnect();
    for (const fail of [...this.#pending]) fail(new LineLost("the line dropped"));
    return wasUp;
  }
}

function problemIn(answer: unknown): Problem | null {
  if (typeof answer !== "object" || answer === null || !("problem" in answer)) return null;
  return answer.problem as Problem;
}
