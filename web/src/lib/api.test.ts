// The client of the API: signing in again by itself, and refusals.
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { SignedIn } from "../contract/types";
import { accessToken, api, mayBeSignedIn, refresh, Refused, setSignedIn } from "./api";
import { useReach } from "./reach";
import { refused, serve } from "./test-page";

const signedIn = (token: string, expires_in = 900) =>
  ({ user: { id: "ada" }, access_token: token, token_type: "Bearer", expires_in }) as SignedIn;

beforeEach(() => setSignedIn(signedIn("first")));
afterEach(() => {
  setSignedIn(null);
  useReach.setState({ reach: "here" });
  vi.unstubAllGlobals();
});

test("a call carries the token and the version that is being changed", async () => {
  const asked = serve(() => ({ id: "p1" }));
  await api("PATCH", "/programs/p1", { body: { title: "Tea" }, version: '"3"' });
  expect(asked[0]).toMatchObject({
    method: "PATCH",
    path: "/programs/p1",
    body: { title: "Tea" },
    headers: { authorization: "Bearer first", "if-match": '"3"' },
  });
});

test("several calls with an old token trade the cookie only once, and are asked again", async () => {
  const asked = serve(({ path, headers }) => {
    if (path === "/auth/refresh") return signedIn("second");
    return headers.authorization === "Bearer second" ? { path } : refused(401, "token-expired");
  });
  const answers = await Promise.all(["/a", "/b", "/c"].map((path) => api("GET", path)));
  expect(answers).toEqual([{ path: "/a" }, { path: "/b" }, { path: "/c" }]);
  expect(asked.filter(({ path }) => path === "/auth/refresh")).toHaveLength(1);
});

test("a call that is refused again after a new token is not asked a third time", async () => {
  const asked = serve(({ path }) =>
    path === "/auth/refresh" ? signedIn("second") : refused(401, "sign-in-first"),
  );
  await expect(api("GET", "/me")).rejects.toMatchObject({ status: 401 });
  expect(asked.filter(({ path }) => path === "/me")).toHaveLength(2);
});

test("a cookie that is not good any more signs out", async () => {
  serve(() => refused(401, "signed-out"));
  expect(await refresh()).toBeNull();
  expect(mayBeSignedIn()).toBe(false);
});

test("a stranger's call that is refused does not ask for a cookie that is not there", async () => {
  setSignedIn(null);
  const asked = serve(() => refused(401, "sign-in-first"));
  await expect(api("GET", "/me")).rejects.toBeInstanceOf(Refused);
  expect(asked.map(({ path }) => path)).toEqual(["/me"]);
});

test("a token about to end is traded before it is used", async () => {
  setSignedIn(signedIn("short", 10));
  serve(() => signedIn("fresh"));
  expect(await accessToken()).toBe("fresh");
});

test("a refusal says which field is wrong", async () => {
  serve(() => refused(422, "invalid-fields", [{ field: "title", message: "Give it a name." }]));
  const error = await api("POST", "/programs", { body: {} }).catch((e: unknown) => e as Refused);
  expect((error as Refused).field("title")).toBe("Give it a name.");
  expect((error as Refused).field("kind")).toBeUndefined();
});

test("no answer is a refusal of its own, and the page learns that the server is away", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  await expect(api("GET", "/me/day")).rejects.toMatchObject({ status: 0, type: "offline" });
  expect(useReach.getState().reach).toBe("away");
});

test("a server that is not ready is told apart from one that is away, and the next answer clears it", async () => {
  serve(() => refused(503, "unavailable"));
  await expect(api("GET", "/me/day")).rejects.toMatchObject({ status: 503 });
  expect(useReach.getState().reach).toBe("busy");
  serve(() => ({}));
  await api("GET", "/me/day");
  expect(useReach.getState().reach).toBe("here");
});
