// Listening to the server: what was missed is asked for, nothing is heard twice, an old token is traded.
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { SignedIn } from "../contract/types";
import { setSignedIn } from "./api";
import { listen, type Push } from "./notices";
import { serve } from "./test-page";

const line = vi.hoisted(() => {
  const heard = new Map<string, (payload: unknown) => void>();
  return {
    heard,
    active: true,
    connected: 0,
    resumed: [] as unknown[],
    answer: {},
    on(event: string, hear: (payload: unknown) => void) {
      heard.set(event, hear);
    },
    emitWithAck(_: string, body: unknown) {
      this.resumed.push(structuredClone(body));
      return Promise.resolve(this.answer);
    },
    connect() {
      this.connected += 1;
    },
    disconnect() {},
  };
});
vi.mock("socket.io-client", () => ({ io: () => line }));

const push = (seq: number, event = "session_started"): Push => ({
  channel: "program:p",
  seq,
  event,
  payload: {},
});
const tell = (event: string, payload?: unknown) => line.heard.get(event)?.(payload);
let queries: QueryClient;
let stop: () => void;
let refreshed: () => string[];

beforeEach(async () => {
  setSignedIn({ user: { id: "ada" }, access_token: "t", token_type: "Bearer", expires_in: 900 } as SignedIn);
  line.heard.clear();
  line.resumed.length = 0;
  line.answer = { missed: [], heads: {} };
  queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  refreshed = () => invalidate.mock.calls.map(([filter]) => String(filter?.queryKey?.[0]));
  stop = listen(queries);
  await vi.waitFor(() => expect(line.heard.has("connect")).toBe(true));
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test("a push makes the timetable fresh, and the same push again does nothing", () => {
  tell("push", push(7));
  expect(refreshed()).toContain("overview");
  const calls = refreshed().length;
  tell("push", push(7));
  expect(refreshed()).toHaveLength(calls);
});

test("after a gap the last number of each channel is said, and what was missed is heard", async () => {
  tell("push", push(7));
  line.answer = { missed: [push(8, "enrollment_changed")], heads: { "program:p": 8 } };
  tell("connect");
  await vi.waitFor(() => expect(refreshed()).toContain("programs"));
  expect(line.resumed).toEqual([{ since: { "program:p": 7 } }]);
  tell("connect");
  expect(line.resumed.at(-1)).toEqual({ since: { "program:p": 8 } });
});

/** A day on the page; the answers come when the test gives them. */
function onThePage() {
  const answers: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ["day", "2026-11-24"],
    queryFn: () => new Promise<string>((give) => answers.push(give)),
  });
  const leave = observer.subscribe(() => undefined);
  return { answers, leave, shown: () => observer.getCurrentResult().data };
}

test("what was told before the socket was there is asked for once it is, and after every gap", async () => {
  const { answers, leave, shown } = onThePage();
  answers[0]?.("before");
  await vi.waitFor(() => expect(shown()).toBe("before"));
  tell("connect");
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.("as it is");
  await vi.waitFor(() => expect(shown()).toBe("as it is"));
  tell("connect");
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  leave();
});

test("an answer that is on its way when the socket comes may be too old, and is not waited for", async () => {
  const { answers, leave, shown } = onThePage();
  tell("connect");
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.("as it is");
  answers[0]?.("too old");
  await vi.waitFor(() => expect(shown()).toBe("as it is"));
  leave();
});

test("presence is written into the day without asking again", () => {
  queries.setQueryData(["day", "2026-11-24"], {
    items: [{ session: { id: "s" }, role: "participant", in_room: 0, waiting: 0 }],
  });
  tell("presence", { session_id: "s", in_room: 3, waiting: 1 });
  expect(queries.getQueryData(["day", "2026-11-24"])).toMatchObject({ items: [{ in_room: 3 }] });
  expect(refreshed()).toEqual([]);
});

test("a socket that is refused for its old token comes back with a new one", async () => {
  serve(() => ({ user: { id: "ada" }, access_token: "new", token_type: "Bearer", expires_in: 900 }));
  line.active = false;
  tell("connect_error", new Error("token-expired"));
  await vi.waitFor(() => expect(line.connected).toBe(1));
});
